"""What of the roles can be sent when the quota is free: registered with `jobs.later`.

All of it may wait, those that concern admin roles too: the service judges right before it sends, from a
reading, who would be the last organisation admin, and by the portal role of whoever asked what is an Owner's.
"""

from apps.access.services import people, permissions, roles
from apps.core.permissions import Permission
from apps.jobs.later import Write, named, register_write
from apps.jobs.models import RowAction

EDIT = Permission.ROLES_EDIT

CREATE = Write(
    "access.role_create",
    "role",
    EDIT,
    roles.create,
    title="Create {name}",
    done="{name} was created.",
    about=named,
    action=RowAction.ADD,
)
UPDATE = Write("access.role_update", "role", EDIT, roles.update)
DELETE = Write(
    "access.role_delete",
    "role",
    EDIT,
    roles.delete,
    title="Delete {name}",
    done="{name} was deleted.",
    confirmed=True,
)
PERMISSIONS = Write(
    "access.role_permissions",
    "role",
    EDIT,
    permissions.update,
    title="Change the permissions of {name}",
    done="The permissions of {name} were changed.",
)
MOVE = Write(
    "access.role_move",
    "role",
    EDIT,
    people.add,
    title="Move people to {name}",
    done="They were moved to {name}.",
    confirmed=True,
)
REMOVE = Write(
    "access.role_remove",
    "role",
    EDIT,
    people.remove,
    title="Take people out of {name}",
    done="They were taken out of {name}.",
    confirmed=True,
)


def register() -> None:
    """From the app's ready()."""
    register_write(CREATE, UPDATE, DELETE, PERMISSIONS, MOVE, REMOVE)
