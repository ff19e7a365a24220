"""Channels and their members as the portal reads them."""

from collections.abc import Mapping
from typing import Annotated, Any, Self

from pydantic import BeforeValidator, model_validator

from apps.cliq import envelopes
from apps.cliq.replies import Flag, Number, Text, Wire, text_of

LEVELS = {"personal": "private", "organisation": "organization"}
"""Other words that Zoho has for levels of channels."""


def _name(value: Any) -> str:
    return text_of(value).removeprefix("#")


def _level(value: Any) -> str:
    level = text_of(value).casefold()
    return LEVELS.get(level, level)


def _permissions(value: Any) -> dict[str, bool]:
    found = value if isinstance(value, dict) else {}
    return {key: envelopes.flag(allowed) for key, allowed in found.items()}


def _teams(value: Any) -> dict[str, str]:
    found = value if isinstance(value, dict) else {}
    return {str(key): text_of(name) for key, name in found.items()}


def _texts(value: Any) -> dict[str, str]:
    return {key: text_of(each) for key, each in value.items()} if isinstance(value, dict) else {}


Permissions = Annotated[dict[str, bool], BeforeValidator(_permissions)]


class Channel(Wire):
    """A channel, its name without the `#` that Zoho puts before it.

    `level` is organization, team, private or external, `status` created, pending or archived.
    """

    channel_id: Text
    chat_id: Text = ""
    name: Annotated[str, BeforeValidator(_name)] = ""
    unique_name: Text = ""
    description: Text = ""
    image_url: Text = ""
    level: Annotated[str, BeforeValidator(_level)] = ""
    status: Text = ""
    invite_only: Flag = False
    organization_id: Text = ""
    creator_id: Text = ""
    creator_name: Text = ""
    creation_time: Text = ""
    last_modified_time: Text = ""
    current_user_role: Text = ""
    participant_count: Number = None
    total_message_count: Number = None
    joined: Flag = False
    pinned: Flag = False
    teams: Annotated[dict[str, str], BeforeValidator(_teams)] = {}
    """Names by id, of a channel of level team."""
    config: Annotated[dict[str, str], BeforeValidator(_texts)] = {}
    admin_permission: Permissions = {}
    moderator_permission: Permissions = {}
    member_permission: Permissions = {}

    @model_validator(mode="after")
    def _has_id(self) -> Self:
        if not self.channel_id:
            raise ValueError("a channel without an id")
        return self

    @property
    def permissions(self) -> Mapping[str, Mapping[str, bool]]:
        """The three sets of permissions by role."""
        return {
            "admin": self.admin_permission,
            "moderator": self.moderator_permission,
            "member": self.member_permission,
        }


class ChannelMember(Wire):
    """A member of a channel; `user_role` is super_admin, admin, moderator or member."""

    user_id: Text
    email_id: Text = ""
    name: Text = ""
    user_role: Text = ""
