from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "apps.channels"
    label = "channels"
    verbose_name = "Channels"

    def ready(self) -> None:
        from apps.audit.kinds import register_kinds
        from apps.audit.settling import register_observer
        from apps.channels import shell
        from apps.channels.services import observing, syncing, telling
        from apps.channels.sync import Sync
        from apps.connections.hooks import on_connected
        from apps.directory.services.writing import nothing
        from apps.jobs.kinds import register_kind

        register_kinds(
            {
                "channel.approved": "approved the channel",
                "channel.rejected": "rejected the channel",
                "channel.archived": "archived the channel",
                "channel.unarchived": "opened again the channel",
                "channel.deleted": "deleted the channel",
                "channel.requester_told": "told about their channel",
                "channel.settings_changed": "changed the settings of channel requests of",
                "channel.seen": "noticed a change in Zoho of the channel",
                "channel.gone": "no longer found in Zoho the channel",
            }
        )
        for move in ("approved", "rejected", "archived", "unarchived", "deleted"):
            register_observer(f"channel.{move}", observing.observe_move, on_outcome=observing.keep_move)
        register_observer("channel.requester_told", telling.observe, on_outcome=nothing)
        register_kind(Sync())
        on_connected(syncing.start_after_connecting)
        shell.register()
