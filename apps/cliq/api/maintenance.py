"""Exports of all conversations, for the organisation admin alone. v2-rest-api.txt:193–246, bulkexport.yml.

A line `next_token=…` after the rows, or the key in JSON, asks for the next page.
"""

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from apps.cliq import exports
from apps.cliq.api.base import Api
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.envelopes import Unreadable
from apps.cliq.exports import Row
from apps.cliq.paging import Page, follow
from apps.cliq.replies_organization import Message

CHAT_FIELDS = (
    "title",
    "chat_id",
    "creation_time",
    "last_modified_time",
    "participant_count",
    "total_message_count",
    "creator_id",
)
CHANNEL_FIELDS = (
    "name",
    "channel_id",
    "creation_time",
    "last_modified_time",
    "creator_id",
    "description",
    "participant_count",
    "total_message_count",
    "status",
    "role",
)
MEMBER_FIELDS = ("name", "email_id", "user_id")


class MaintenanceApi(Api):
    """`cliq.maintenance`; each method answers pages, one call each, asked for as they are consumed."""

    def chats(self, fields: Sequence[str] = CHAT_FIELDS, next_token: str = "") -> Iterator[Page[Row]]:
        """Direct and group chats; answers CSV without heads, or `{"list": [{…}]}`. NotAllowed."""
        return self._rows("maintenance.chats", _known(fields, CHAT_FIELDS), {}, next_token)

    def channels(self, fields: Sequence[str] = CHANNEL_FIELDS, next_token: str = "") -> Iterator[Page[Row]]:
        """Channels; answers CSV without heads, or `{"data": [{…}]}`. NotAllowed."""
        return self._rows("maintenance.channels", _known(fields, CHANNEL_FIELDS), {}, next_token)

    def members(
        self, chat_id: str, fields: Sequence[str] = MEMBER_FIELDS, next_token: str = ""
    ) -> Iterator[Page[Row]]:
        """Members of a chat or channel; answers CSV without heads, or `{"data": [{…}]}`. NotAllowed."""
        known = _known(fields, MEMBER_FIELDS)
        return self._rows("maintenance.members", known, {"chat_id": chat_id}, next_token)

    def messages(self, chat_id: str, next_token: str = "") -> Iterator[Page[Message]]:
        """Messages of a chat or channel; answers `{"data": [{…}]}`. NotAllowed."""

        def fetch(token: str) -> Page[Message]:
            params = {"next_token": token}
            reply = self._call(CATALOGUE["maintenance.messages"], path={"chat_id": chat_id}, params=params)
            return reply.page(Message)

        return follow(fetch, next_token)

    def _rows(
        self, name: str, fields: Sequence[str], path: Mapping[str, Any], next_token: str
    ) -> Iterator[Page[Row]]:
        def fetch(token: str) -> Page[Row]:
            params = {"fields": ",".join(fields), "next_token": token}
            reply = self._call(CATALOGUE[name], path=path, params=params)
            try:
                return exports.read(reply.body, fields)
            except Unreadable as error:
                raise reply.unreadable() from error

        return follow(fetch, next_token)


def _known(fields: Sequence[str], allowed: Sequence[str]) -> Sequence[str]:
    unknown = [field for field in fields if field not in allowed]
    if unknown or not fields:
        raise ValueError(f"an export has no column {', '.join(unknown) or 'at all without a name'}")
    return fields
