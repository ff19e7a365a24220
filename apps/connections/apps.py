from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "apps.connections"
    label = "connections"
    verbose_name = "Connection"

    def ready(self) -> None:
        from apps.audit.kinds import register_kinds

        register_kinds({"connection.connected": "connected"})
