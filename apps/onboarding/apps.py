from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "apps.onboarding"
    label = "onboarding"
    verbose_name = "Onboarding"

    def ready(self) -> None:
        from apps.audit.kinds import register_kinds
        from apps.console.navigation import Group, register
        from apps.core.permissions import Permission
        from apps.jobs.kinds import register_kind
        from apps.onboarding.kind import OnboardingKind

        register_kinds(
            {
                "onboarding.uploaded": "uploaded",
                "onboarding.checked": "had checked",
                "onboarding.confirmed": "confirmed the plan of",
                "onboarding.finished": "finished",
                "onboarding.downloaded": "downloaded the result of",
            }
        )
        register_kind(OnboardingKind())
        register(
            Group.WORK, "Onboarding", "onboarding:list", "person-plus", Permission.ONBOARDING_VIEW, order=10
        )
