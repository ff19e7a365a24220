"""Registers the style guide's pages in the sidebar, as a domain app would."""

from django.apps import AppConfig

from apps.core.permissions import Permission


class GuideConfig(AppConfig):
    """The only app of the style guide."""

    name = "tests.console.guide"
    label = "guide"

    def ready(self) -> None:
        """Fill the sidebar, the organisation's name and one panel."""
        from apps.console.context import register_context
        from apps.console.navigation import Group, register
        from apps.console.registry import Action, Panel, actions, panels

        register_context(lambda request: {"organisation": "Zylker Corporation", "data_centre": "EU"})
        register(Group.ORGANISATION, "Users", "guide:people", "people", Permission.USERS_VIEW, order=10)
        register(
            Group.ORGANISATION, "Departments", "guide:nothing", "diagram-3", Permission.USERS_VIEW, order=20
        )
        register(Group.ORGANISATION, "Channels", "guide:form", "hash", Permission.USERS_EDIT, order=30)
        register(Group.WORK, "Onboarding", "guide:plan", "person-plus", Permission.ONBOARDING_VIEW, order=10)
        register(
            Group.WORK,
            "Jobs",
            "guide:job",
            "list-check",
            Permission.JOBS_VIEW,
            count=lambda request: 3,
            order=20,
        )
        register(Group.GOVERNANCE, "Log", "guide:log", "journal-text", Permission.LOG_VIEW, order=10)
        register(
            Group.GOVERNANCE,
            "Administrators",
            "guide:pieces",
            "shield-check",
            Permission.ADMINISTRATORS_VIEW,
            order=20,
        )
        register(
            Group.GOVERNANCE, "Connection", "guide:signin_card", "plug", Permission.CONNECTION_VIEW, order=30
        )

        from .cast import timeline

        panels.add(
            "guide.person",
            Panel(
                "History",
                "console/timeline.html",
                lambda request, person: {"events": timeline(person)},
                order=20,
            ),
        )
        actions.add(
            "guide.person",
            Action("Open in Zoho", lambda person: "https://cliq.zoho.eu/", "box-arrow-up-right"),
        )
