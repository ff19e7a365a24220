from django.apps import AppConfig


class OnboardingConfig(AppConfig):
    name = "apps.onboarding"
    label = "onboarding"
    verbose_name = "Onboarding"

    def ready(self) -> None:
        from apps.audit.kinds import register_kinds
        from apps.audit.settling import register_observer
        from apps.console.navigation import Group, register
        from apps.core.permissions import Permission
        from apps.directory.services import observing
        from apps.jobs.kinds import register_kind
        from apps.onboarding import looking
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
        # The rows follow when an invitation is settled outside of its job.
        register_observer("user.added", observing.observe_invitation, on_outcome=looking.settled)
        register(
            Group.WORK, "Onboarding", "onboarding:list", "person-plus", Permission.ONBOARDING_VIEW, order=10
        )
