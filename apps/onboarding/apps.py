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
        from apps.jobs.ticking import on_tick
        from apps.onboarding import keeping
        from apps.onboarding.kind import OnboardingKind
        from apps.onboarding.notices import unseen_by

        register_kinds(
            {
                "onboarding.uploaded": "uploaded",
                "onboarding.checked": "had checked",
                "onboarding.confirmed": "confirmed the plan of",
                "onboarding.finished": "finished",
                "onboarding.downloaded": "downloaded the result of",
                "onboarding.retried": "had tried again the failed rows of",
                "onboarding.erased": "removed the file and the rows of",
            }
        )
        register_kind(OnboardingKind())
        on_tick("onboarding.erase_expired", keeping.erase_expired)
        register(
            Group.WORK,
            "Onboarding",
            "onboarding:list",
            "person-plus",
            Permission.ONBOARDING_VIEW,
            count=unseen_by,
            order=10,
        )
