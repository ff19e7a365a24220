from django.apps import AppConfig


class DirectoryConfig(AppConfig):
    name = "apps.directory"
    label = "directory"
    verbose_name = "Users"

    def ready(self) -> None:
        from apps.accounts.suggesting import register_suggestions
        from apps.audit.kinds import register_kinds
        from apps.audit.operation import nothing
        from apps.audit.settling import cannot_tell, register_observer
        from apps.connections.hooks import on_connected, on_probe
        from apps.directory import bulk, jobs, probing, shell
        from apps.directory.services import (
            departments,
            designations,
            observing,
            placed,
            syncing,
            teams,
            userfields,
        )
        from apps.directory.sync import Sync
        from apps.jobs.kinds import register_kind

        register_kinds(
            {
                "user.updated": "changed",
                "user.added": "added",
                "user.picture_changed": "changed the picture of",
                "user.seen": "noticed a change in Zoho of",
                "user.gone": "no longer found in Zoho",
                "directory.synced": "read",
            }
        )
        register_observer("user.updated", observing.observe_update, on_outcome=observing.keep_unread)
        # Whoever was invited is in the mirror once a sweep has met them.
        register_observer("user.added", observing.observe_invitation, on_outcome=nothing)
        register_observer("user.picture_changed", cannot_tell, on_outcome=nothing)
        placed.register(departments.DEPARTMENTS)
        placed.register(designations.DESIGNATIONS)
        placed.register(teams.TEAMS)
        userfields.register()
        register_suggestions("directory:suggest")
        register_kind(Sync())
        jobs.register(departments.DEPARTMENTS, designations.DESIGNATIONS, teams.TEAMS)
        register_kind(probing.Probe())
        bulk.register()
        on_connected(syncing.start_after_connecting)
        on_connected(probing.start_after_connecting)
        on_probe(probing.start_again)
        shell.register()
