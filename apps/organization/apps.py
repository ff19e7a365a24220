from django.apps import AppConfig


class OrganizationConfig(AppConfig):
    name = "apps.organization"
    label = "organization"
    verbose_name = "Organisation"

    def ready(self) -> None:
        from apps.audit.kinds import register_kinds
        from apps.console.navigation import Group, register
        from apps.core.permissions import Permission
        from apps.organization import jobs
        from apps.organization.services import observing

        register_kinds(
            {
                "domain.added": "added the custom domain",
                "domain.verified": "asked Zoho to activate the custom domain",
                "domain.deactivated": "asked Zoho to deactivate the custom domain",
                "domain.deleted": "deleted the custom domain",
                "domain.seen": "noticed a change in Zoho of the custom domain",
                "mail.updated": "changed",
                "mail.verified": "asked Zoho to verify",
                "mail.seen": "noticed a change in Zoho of",
            }
        )
        observing.register()
        jobs.register()
        register(
            Group.ORGANISATION,
            "Domain and mail",
            "organization:domain",
            "globe2",
            Permission.ORGANIZATION_VIEW,
            order=60,
        )
