"""The core's place in Django."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Registers the checks of the configuration."""

    name = "apps.core"
    label = "core"
    verbose_name = "Core"

    def ready(self) -> None:
        from apps.core import checks

        checks.register()
