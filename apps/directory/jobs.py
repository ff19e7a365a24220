"""What of the directory can be sent when the quota is free: registered with `jobs.later`."""

from collections.abc import Mapping
from typing import Any

from apps.connections.mirror import fold
from apps.core.actor import Actor
from apps.core.errors import Refused
from apps.core.permissions import Permission
from apps.directory import canonical
from apps.directory.models import User
from apps.directory.services import users
from apps.directory.services.placing import Placing
from apps.jobs.later import Write, register_write
from apps.jobs.models import Job, RowAction


def _send_user(data: Mapping[str, Any], **job: Any) -> None:
    user = User.objects.get(cliq_id=data["user"])
    users.update(user, values=data["values"], shown=data["shown"], reason=data["reason"], **job)


USER_UPDATE = Write(
    "directory.user_update", "user", Permission.USERS_EDIT, _send_user, labels=canonical.LABELS
)


def update_user(
    user: User, *, values: Mapping[str, Any], shown: Mapping[str, Any], actor: Actor, reason: str = ""
) -> Job:
    """Queue what `users.update` would do now. Refused while another job is about to change this user."""
    data = {
        "user": user.cliq_id,
        "values": canonical.values(values),
        "shown": canonical.values(shown),
        "reason": reason,
    }
    key = user.email_key or user.cliq_id
    return USER_UPDATE.queue(key=key, name=user.name, data=data, actor=actor, search=user.search)


class PlacingWrites:
    """Making and changing one department or designation, later."""

    def __init__(self, placing: Placing) -> None:
        noun, edit = placing.noun, placing.edit
        self.placing = placing
        self.making = Write(f"directory.{noun}_create", noun, edit, self._make, action=RowAction.ADD)
        self.changing = Write(f"directory.{noun}_update", noun, edit, self._change)

    def create(self, *, values: Mapping[str, str], actor: Actor, reason: str) -> Job:
        """Queue what `placing.create` would do now."""
        name = values["name"].strip()
        key = f"{self.placing.noun}:{fold(name)}"[:320]
        data = {"values": dict(values), "reason": reason}
        return self.making.queue(key=key, name=name, data=data, actor=actor, title=f"Create {name}")

    def update(
        self, row: Any, *, values: Mapping[str, str], shown: Mapping[str, str], actor: Actor, reason: str
    ) -> Job:
        """Queue what `placing.update` would do now."""
        data = {"row": row.cliq_id, "values": dict(values), "shown": dict(shown), "reason": reason}
        key = f"{self.placing.noun}:{row.cliq_id}"
        return self.changing.queue(key=key, name=row.name, data=data, actor=actor)

    def _make(self, data: Mapping[str, Any], **job: Any) -> None:
        self.placing.create(values=data["values"], reason=data["reason"], **job)

    def _change(self, data: Mapping[str, Any], **job: Any) -> None:
        row = self.placing.row(data["row"])
        if row is None or row.gone_at is not None:
            raise Refused(f"Nothing was sent: Zoho no longer has this {self.placing.noun}.")
        values, shown = data["values"], data["shown"]
        self.placing.update(row, values=values, shown=shown, reason=data["reason"], **job)


_writes: dict[str, PlacingWrites] = {}


def register(*placings: Placing) -> None:
    """From the app's ready()."""
    register_write(USER_UPDATE)
    for placing in placings:
        _writes[placing.noun] = writes = PlacingWrites(placing)
        register_write(writes.making)
        register_write(writes.changing)


def writes_of(placing: Placing) -> PlacingWrites:
    """What can be queued about a resource."""
    return _writes[placing.noun]
