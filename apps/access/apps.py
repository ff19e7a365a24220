from django.apps import AppConfig


class AccessConfig(AppConfig):
    name = "apps.access"
    label = "access"
    verbose_name = "Roles"

    def ready(self) -> None:
        from apps.access import bulk, jobs, shell
        from apps.access.services import observing, syncing
        from apps.access.sync import Sync
        from apps.audit.kinds import register_kinds
        from apps.audit.settling import register_observer
        from apps.connections.hooks import on_connected
        from apps.jobs.kinds import register_kind

        register_kinds(
            {
                "role.created": "created the role",
                "role.updated": "changed the role",
                "role.deleted": "deleted the role",
                "role.permissions_changed": "changed the permissions of",
                "role.user_added": "gave another role to",
                "role.user_removed": "took the role from",
                "role.seen": "noticed a change in Zoho of the role",
            }
        )
        for kind, observe in {
            "role.created": observing.observe_created,
            "role.updated": observing.observe_updated,
            "role.deleted": observing.observe_deleted,
            "role.permissions_changed": observing.observe_permissions,
            "role.user_added": observing.observe_added,
            "role.user_removed": observing.observe_removed,
        }.items():
            register_observer(kind, observe, on_outcome=observing.keep)
        register_kind(Sync())
        jobs.register()
        bulk.register()
        on_connected(syncing.start_after_connecting)
        shell.register()
