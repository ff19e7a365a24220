from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "apps.channels"
    label = "channels"
    verbose_name = "Channels"

    def ready(self) -> None:
        from apps.audit.kinds import register_kinds
        from apps.channels import shell
        from apps.channels.services import syncing
        from apps.channels.sync import Sync
        from apps.connections.hooks import on_connected
        from apps.jobs.kinds import register_kind

        register_kinds(
            {
                "channel.seen": "noticed a change in Zoho of the channel",
                "channel.gone": "no longer found in Zoho the channel",
            }
        )
        register_kind(Sync())
        on_connected(syncing.start_after_connecting)
        shell.register()
