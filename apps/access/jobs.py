"""What of the roles can be sent when the quota is free: registered with `jobs.later`."""

from collections.abc import Mapping
from typing import Any

from apps.access import selectors
from apps.access.models import Role
from apps.access.services import roles
from apps.core.actor import Actor
from apps.core.errors import Refused
from apps.core.permissions import Permission
from apps.jobs.later import Write
from apps.jobs.models import Job


def _send(data: Mapping[str, Any], **job: Any) -> None:
    role = selectors.role_by_id(data["role"])
    if role is None or role.gone_at is not None:
        raise Refused("Nothing was sent: Zoho no longer has this role.")
    roles.update(role, **data["values"], shown=data["shown"], reason=data["reason"], **job)


UPDATE = Write("access.role_update", "role", Permission.ROLES_EDIT, _send)


def update(
    role: Role, *, values: Mapping[str, str], shown: Mapping[str, str], actor: Actor, reason: str
) -> Job:
    """Queue what `roles.update` would do now."""
    data = {"role": role.cliq_id, "values": dict(values), "shown": dict(shown), "reason": reason}
    return UPDATE.queue(key=f"role:{role.cliq_id}", name=role.name, data=data, actor=actor)
