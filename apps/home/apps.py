from django.apps import AppConfig


class HomeConfig(AppConfig):
    name = "apps.home"
    label = "home"
    verbose_name = "Home"

    def ready(self) -> None:
        from apps.console.navigation import Group, register
        from apps.core.permissions import Permission
        from apps.home import cards

        register(Group.ORGANISATION, "Overview", "home:dashboard", "house", Permission.HOME_VIEW, order=1)
        cards.register()
