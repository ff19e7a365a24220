from django.apps import AppConfig
from django.core import checks
from django.db.models.signals import post_migrate


class AuditConfig(AppConfig):
    name = "apps.audit"
    label = "audit"
    verbose_name = "Log"

    def ready(self) -> None:
        from apps.audit.checks import check_triggers
        from apps.audit.kinds import register_kinds
        from apps.audit.shell import register
        from apps.audit.triggers import install_after_migrate

        # For every app: an unrelated migration may rebuild nothing of ours, but costs nothing either.
        post_migrate.connect(install_after_migrate, sender=self)
        checks.register(check_triggers, checks.Tags.database)
        register_kinds(
            {
                "permission.refused": "was refused",
                "list.exported": "downloaded the list",
                "log.settled": "settled",
            }
        )
        register()
