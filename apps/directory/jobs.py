"""What of the directory can be sent when the quota is free: registered with `jobs.later`.

A picture cannot: Zoho never shows one, so whether it arrived while nobody looked could not be found out.
"""

from typing import Any

from apps.core.permissions import Permission
from apps.directory import canonical
from apps.directory.models import User
from apps.directory.services import userfields, users
from apps.directory.services.placing import Placing, Saved
from apps.jobs.later import About, Write, named, register_write
from apps.jobs.models import RowAction


def _of_user(_: str, user: User, **__: object) -> About:
    """By address, so that no onboarding changes them at the same time."""
    return About(user.email_key or user.cliq_id, user.name, user.search)


def _of_new(noun: str, *, values: Any, **_: object) -> About:
    return named(noun, name=str(values["name"]))


USER_UPDATE = Write(
    "directory.user_update",
    "user",
    Permission.USERS_EDIT,
    users.update,
    about=_of_user,
    labels=canonical.LABELS,
)
FIELD_CREATE = Write(
    "directory.userfield_create",
    "user field",
    Permission.USERFIELDS_EDIT,
    userfields.create,
    title="Create {name}",
    done="{name} was created.",
    about=named,
    action=RowAction.ADD,
)
FIELD_UPDATE = Write(
    "directory.userfield_update", "user field", Permission.USERFIELDS_EDIT, userfields.update
)
FIELD_DELETE = Write(
    "directory.userfield_delete",
    "user field",
    Permission.USERFIELDS_EDIT,
    userfields.delete,
    title="Delete {name}",
    done="{name} was deleted.",
    confirmed=True,
)


class PlacingWrites:
    """Making, changing and deleting one resource, and who is in it, later."""

    create: Write[Saved]
    update: Write[Saved]
    delete: Write[Saved]
    add_members: Write[Saved]
    remove_members: Write[Saved]

    def __init__(self, placing: Placing) -> None:
        def write(act: str, title: str, done: str, **more: Any) -> Write[Saved]:
            name = f"directory.{placing.noun}_{act}"
            send = getattr(placing, act)
            return Write(name, placing.noun, placing.edit, send, title=title, done=done, **more)

        self.create = write(
            "create", "Create {name}", "{name} was created.", about=_of_new, action=RowAction.ADD
        )
        self.update = write("update", "Change {name}", "{name} was changed.")
        self.delete = write("delete", "Delete {name}", "{name} was deleted.", confirmed=True)
        self.add_members = write("add_members", "Add members to {name}", "They were added to {name}.")
        self.remove_members = write(
            "remove_members",
            "Remove members from {name}",
            "They were removed from {name}.",
            each=placing.removes_each,
        )

    def all(self) -> tuple[Write[Saved], ...]:
        """Every one of them."""
        return self.create, self.update, self.delete, self.add_members, self.remove_members


_writes: dict[str, PlacingWrites] = {}


def register(*placings: Placing) -> None:
    """From the app's ready()."""
    register_write(USER_UPDATE, FIELD_CREATE, FIELD_UPDATE, FIELD_DELETE)
    for placing in placings:
        _writes[placing.noun] = writes = PlacingWrites(placing)
        register_write(*writes.all())


def writes_of(placing: Placing) -> PlacingWrites:
    """What can be sent later of a resource."""
    return _writes[placing.noun]
