from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "apps.accounts"
    label = "accounts"
    verbose_name = "Administrators"

    def ready(self) -> None:
        from apps.accounts import signals  # noqa: F401
        from apps.accounts.shell import register
        from apps.audit.kinds import register_kinds

        register_kinds(
            {
                "sign_in.done": "signed in",
                "sign_in.refused": "was not let in",
                "sign_in.ended": "signed out",
                "administrator.admitted": "admitted",
                "administrator.role_changed": "changed the portal role of",
                "administrator.removed": "removed",
                "administrator.sessions_ended": "ended sessions of",
            }
        )
        register()
