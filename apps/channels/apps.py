from django.apps import AppConfig


class ChannelsConfig(AppConfig):
    name = "apps.channels"
    label = "channels"
    verbose_name = "Channels"

    def ready(self) -> None:
        from apps.audit.kinds import register_kinds
        from apps.audit.operation import nothing, on_settled
        from apps.audit.settling import cannot_tell, register_observer
        from apps.channels import bulk, jobs, shell
        from apps.channels.services import members, observing, permissions, syncing
        from apps.channels.sync import Sync
        from apps.connections.hooks import on_connected
        from apps.jobs.kinds import register_kind

        register_kinds(
            {
                "channel.created": "created the channel",
                "channel.updated": "changed the channel",
                "channel.member_added": "added to a channel",
                "channel.member_removed": "removed from a channel",
                "channel.member_role_changed": "changed the role in a channel of",
                "channel.bot_added": "added a bot to the channel",
                "channel.threads_followed": "let everybody follow the threads of",
                "channel.threads_unfollowed": "no longer lets everybody follow the threads of",
                "channel.approved": "approved the channel",
                "channel.rejected": "rejected the channel",
                "channel.archived": "archived the channel",
                "channel.unarchived": "opened again the channel",
                "channel.deleted": "deleted the channel",
                "channel.requester_told": "told about their channel",
                "channel.settings_changed": "changed the settings of channel requests of",
                "channel.permissions_changed": "changed the permissions in the channel",
                "channel.seen": "noticed a change in Zoho of the channel",
                "channel.gone": "no longer found in Zoho the channel",
            }
        )
        look, keep = observing.observe_move, observing.keep_move
        for decision in ("approved", "rejected"):
            register_observer(f"channel.{decision}", look, on_outcome=keep, follows=jobs.follows)
        for move in ("archived", "unarchived", "deleted"):
            register_observer(f"channel.{move}", look, on_outcome=keep)
        register_observer("channel.created", observing.observe_created, on_outcome=nothing)
        register_observer("channel.updated", observing.observe_updated, on_outcome=nothing)
        for act in ("member_added", "member_removed", "member_role_changed"):
            register_observer(f"channel.{act}", members.observe, on_outcome=nothing)
        for act in ("requester_told", "bot_added", "threads_followed", "threads_unfollowed"):
            register_observer(f"channel.{act}", cannot_tell, on_outcome=nothing)
        register_observer("channel.permissions_changed", permissions.observe, on_outcome=permissions.keep)
        on_settled(jobs.settled)
        register_kind(Sync())
        on_connected(syncing.start_after_connecting)
        jobs.register()
        bulk.register()
        shell.register()
