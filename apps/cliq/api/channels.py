"""Channels, their members, the decision on requested ones. v2-rest-api.txt:1346–1651, channels.yml.

No error codes are documented.
"""

import builtins
from collections.abc import Iterable, Iterator, Mapping
from typing import Any, Literal, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from apps.cliq.api.base import Api, given, ids
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.paging import Page, follow
from apps.cliq.replies_channels import Channel, ChannelMember

MEMBERS_PER_CALL = 100
"""Users that one call may add or remove."""
ROLES = ("super_admin", "admin", "moderator", "member")
PERMISSION_SETS = ("admin_permission", "moderator_permission", "member_permission")
UPDATABLE = frozenset({"name", "description", "image_data", "config"})
CONFIG: Mapping[str, tuple[str, ...]] = {
    "reply_mode": ("normal_reply", "threads", "both"),
    "leave_join_info": ("enable", "disable"),
    "add_remove_info": ("enable", "disable"),
    "meeting_chat_type": ("channel", "thread", "host_choice"),
}
"""What `config` takes, and in which words: channels.yml:274. No reply is documented to show it."""


class NewChannel(BaseModel):
    """A channel to be created; what is None is not sent."""

    model_config = ConfigDict(extra="forbid", coerce_numbers_to_str=True)

    name: str = Field(min_length=1, max_length=50)
    level: Literal["organization", "team", "private", "external"]
    description: str | None = None
    invite_only: bool | None = None
    """Only for the levels organization and team."""
    team_ids: list[str] | None = None
    """Mandatory for the level team."""
    user_ids: list[str] | None = None
    email_ids: list[str] | None = None
    image_data: str | None = None
    config: dict[str, Any] | None = None
    admin_permission: dict[str, bool] | None = None
    moderator_permission: dict[str, bool] | None = None
    member_permission: dict[str, bool] | None = None

    @model_validator(mode="after")
    def _fits_its_level(self) -> Self:
        if (self.level == "team") != bool(self.team_ids):
            raise ValueError("teams go with the level team, and only with it")
        if self.invite_only and self.level not in ("organization", "team"):
            raise ValueError("invite_only is for the levels organization and team")
        _demand_known(self.config or {})
        return self


class ChannelsApi(Api):
    """`cliq.channels`."""

    def page(
        self,
        *,
        next_token: str = "",
        limit: int = CATALOGUE["channels.list"].page_limit,
        **filters: Any,
    ) -> Page[Channel]:
        """One page of channels; `filters` are those of the reference: name, status, level, joined …"""
        params = {"limit": limit, "next_token": next_token, **filters}
        return self._call(CATALOGUE["channels.list"], params=params).page(Channel)

    def pages(self, *, next_token: str = "", **filters: Any) -> Iterator[Page[Channel]]:
        """All pages from `next_token` on, one call each."""
        return follow(lambda token: self.page(next_token=token, **filters), next_token)

    def list(self, **filters: Any) -> list[Channel]:
        """All channels that fit the filters."""
        return [channel for page in self.pages(**filters) for channel in page.items]

    def get(self, channel_id: str) -> Channel:
        """One channel with its permissions; answers the bare object. NotFound."""
        return self._call(CATALOGUE["channels.get"], path={"channel_id": channel_id}).object(Channel)

    def create(self, channel: NewChannel | Mapping[str, Any]) -> Channel:
        """Create a channel; answers the bare object. ValueError for what does not fit its level."""
        row = channel if isinstance(channel, NewChannel) else NewChannel.model_validate(channel)
        body = row.model_dump(exclude_none=True)
        return self._call(CATALOGUE["channels.create"], json=body).object(Channel)

    def update(self, channel_id: str, **fields: Any) -> Channel:
        """Change name, description, image_data or config; answers the bare object. NotFound, NotAllowed."""
        if not fields or not fields.keys() <= UPDATABLE:
            raise ValueError(f"channels.update does not take {sorted(fields) or 'nothing'}")
        _demand_known(fields.get("config", {}))
        return self._put("channels.update", channel_id, fields)

    def update_permissions(self, channel_id: str, **sets: Mapping[str, bool]) -> Channel:
        """Change what a role may do, by `admin_permission`, `moderator_permission`, `member_permission`.

        Answers the bare object. NotAllowed: only of roles below one's own, only what one may do oneself.
        """
        if not sets or not sets.keys() <= set(PERMISSION_SETS):
            raise ValueError(f"channels.update_permissions does not take {sorted(sets) or 'nothing'}")
        return self._put("channels.update_permissions", channel_id, sets)

    def delete(self, channel_id: str) -> None:
        """Delete a channel with its messages; answers 204. NotFound, NotAllowed."""
        self._act("channels.delete", channel_id)

    def members(self, channel_id: str) -> builtins.list[ChannelMember]:
        """The members of one channel; answers `{"members": [{…}]}`, unpaged. NotFound."""
        path = {"channel_id": channel_id}
        return self._call(CATALOGUE["channels.members"], path=path).items(ChannelMember)

    def add_members(
        self, channel_id: str, *, user_ids: Iterable[str] = (), email_ids: Iterable[str] = ()
    ) -> None:
        """Add at most 100 users, by id or by address; answers 204. NotFound."""
        self._act("channels.add_members", channel_id, _people(user_ids, email_ids))

    def remove_members(
        self,
        channel_id: str,
        *,
        user_ids: Iterable[str] = (),
        email_ids: Iterable[str] = (),
        silent: bool = False,
    ) -> None:
        """Remove at most 100 users, by id or by address, without a message if `silent`; answers 204."""
        body = _people(user_ids, email_ids) | ({"silent": True} if silent else {})
        self._act("channels.remove_members", channel_id, body)

    def remove_member(self, channel_id: str, user: str) -> None:
        """Remove one user, by id or address; answers 204. NotFound."""
        path = {"channel_id": channel_id, "user_id": user}
        self._call(CATALOGUE["channels.remove_member"], path=path)

    def update_member_role(self, channel_id: str, user_id: str, role: str) -> None:
        """Make a member super_admin, admin, moderator or member; answers 204. NotAllowed."""
        if role not in ROLES:
            raise ValueError(f"{role} is no role of a channel")
        path = {"channel_id": channel_id, "user_id": user_id}
        self._call(CATALOGUE["channels.update_member_role"], path=path, json={"role": role})

    def add_bot(self, bot_unique_name: str, channel_unique_name: str) -> None:
        """Let a bot take part in a channel; answers 204. NotFound."""
        path = {"bot_unique_name": bot_unique_name}
        body = {"channel_unique_name": channel_unique_name}
        self._call(CATALOGUE["channels.add_bot"], path=path, json=body)

    def follow_threads(self, channel_id: str, on: bool) -> None:
        """Let everybody follow every thread by themselves, or no longer; answers `{"status"}`."""
        body = {"auto_follow_threads": "enable" if on else "disable"}
        self._call(CATALOGUE["threads.auto_follow"], path={"channel_id": channel_id}, json=body)

    def approve(self, channel_id: str) -> None:
        """Admit a pending channel of level organization; answers 204. Only for an organisation admin."""
        self._act("channels.approve", channel_id)

    def reject(self, channel_id: str) -> None:
        """Refuse a pending channel of level organization; answers 204. Only for an organisation admin."""
        self._act("channels.reject", channel_id)

    def join(self, channel_id: str) -> None:
        """Let the grant's own person join; answers 204."""
        self._act("channels.join", channel_id)

    def leave(self, channel_id: str) -> None:
        """Let the grant's own person leave; answers 204."""
        self._act("channels.leave", channel_id)

    def archive(self, channel_id: str) -> None:
        """Archive a channel; answers 204. NotFound, NotAllowed."""
        self._act("channels.archive", channel_id)

    def unarchive(self, channel_id: str) -> None:
        """Open an archived channel again; answers 204. NotFound, NotAllowed."""
        self._act("channels.unarchive", channel_id)

    def _put(self, name: str, channel_id: str, body: Mapping[str, Any]) -> Channel:
        return self._call(CATALOGUE[name], path={"channel_id": channel_id}, json=body).object(Channel)

    def _act(self, name: str, channel_id: str, body: Mapping[str, Any] | None = None) -> None:
        self._call(CATALOGUE[name], path={"channel_id": channel_id}, json=body)


def _demand_known(config: Mapping[str, Any]) -> None:
    for name, value in config.items():
        if value not in CONFIG.get(name, ()):
            raise ValueError(f"{value!r} is no {name} of a channel's config")


def _people(user_ids: Iterable[str], email_ids: Iterable[str]) -> dict[str, Any]:
    """A body of ids or addresses: the reference shows no call with both."""
    users, emails = list(user_ids), list(email_ids)
    if users and emails:
        raise ValueError("name users by id or by address, not both")
    key = "email_ids" if emails else "user_ids"
    return given(**{key: ids(emails or users, MEMBERS_PER_CALL)})
