from django.apps import AppConfig


class ConnectionsConfig(AppConfig):
    name = "apps.connections"
    label = "connections"
    verbose_name = "Connection"

    def ready(self) -> None:
        from apps.audit.kinds import register_kinds
        from apps.connections.shell import register

        register_kinds(
            {"connection.connected": "connected", "connection.refused": "did not manage to connect"}
        )
        register()
