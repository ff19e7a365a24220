"""Django's description of the page toolkit."""

from django.apps import AppConfig


class ConsoleConfig(AppConfig):
    """The toolkit has no models: only views, templates and tags."""

    name = "apps.console"
    label = "console"
