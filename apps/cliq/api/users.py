"""Users: read, add, update. v2-rest-api.txt:247–505, users.yml."""

import base64
from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from pydantic import BaseModel, ConfigDict, Field

from apps.cliq import added
from apps.cliq.added import AddUsersReply
from apps.cliq.api.base import Api, Reply
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.envelopes import Unreadable
from apps.cliq.paging import Page, follow
from apps.cliq.replies import Layout, LiveStatus, Team, User

NOT_UPDATABLE = frozenset({"email_id", "channel_ids", "team_ids", "users", "id", "zuid"})
"""Keys the update does not know: addresses and memberships are changed elsewhere or not at all."""


class NewUser(BaseModel):
    """A user to be added; custom user fields go by their unique name, what is None is not sent."""

    model_config = ConfigDict(extra="allow", coerce_numbers_to_str=True)

    email_id: str = Field(min_length=3)
    display_name: str | None = None
    first_name: str | None = None
    last_name: str | None = None
    phone: str | None = None
    mobile: str | None = None
    timezone: str | None = None
    language: str | None = None
    country: str | None = None
    designation_id: str | None = None
    department_id: str | None = None
    reporting_to_zuid: str | None = None
    work_location: str | None = None
    extension: str | None = None
    employee_id: str | None = None
    channel_ids: list[str] | None = None
    team_ids: list[str] | None = None


class UsersApi(Api):
    """`cliq.users`."""

    def page(
        self,
        *,
        next_token: str = "",
        status: str | None = None,
        search: str | None = None,
        fields: str = "all",
        limit: int = CATALOGUE["users.list"].page_limit,
    ) -> Page[User]:
        """One page of users; `status` is active, inactive, pending, imported_active or imported_inactive."""
        params = {
            "status": status,
            "search": search,
            "fields": fields,
            "limit": limit,
            "next_token": next_token,
        }
        return self._call(CATALOGUE["users.list"], params=params).page(User)

    def pages(
        self,
        *,
        status: str | None = None,
        search: str | None = None,
        fields: str = "all",
        limit: int = CATALOGUE["users.list"].page_limit,
        next_token: str = "",
    ) -> Iterator[Page[User]]:
        """All pages from `next_token` on, one call each, asked for as they are consumed."""

        def fetch(token: str) -> Page[User]:
            return self.page(next_token=token, status=status, search=search, fields=fields, limit=limit)

        return follow(fetch, next_token)

    def search(self, email: str, status: str | None = None) -> list[User]:
        """Users with exactly this address: Zoho's search also finds names and parts."""
        wanted = added.fold(email)
        pages = self.pages(search=email, status=status)
        return [user for page in pages for user in page.items if added.fold(user.email_id) == wanted]

    def get(self, user_id: str) -> User:
        """One user with all fields; answers `{"data": {…}, "custom_attributes": {…}}`. NotFound."""
        reply = self._call(CATALOGUE["users.get"], path={"user_id": user_id}, params={"fields": "all"})
        return _user(reply)

    def add(self, users: Iterable[NewUser | Mapping[str, Any]]) -> AddUsersReply:
        """Invite users, in one call; each may succeed or fail by itself, so the answer names addresses.

        Refused where the call as a whole is wrong; a code of `failed` is explained by `sentence`.
        """
        rows = [user if isinstance(user, NewUser) else NewUser.model_validate(user) for user in users]
        body = {"users": [row.model_dump(exclude_none=True) for row in rows]}
        reply = self._call(CATALOGUE["users.add"], json=body)
        try:
            return added.read(reply.body)
        except Unreadable as error:
            raise reply.unreadable() from error

    def update(self, user_id: str, **fields: Any) -> User:
        """Change fields of one user, a flat object; answers the user as it is now. NotAllowed, NotFound.

        Custom user fields go by their unique name. ValueError for what this operation does not know.
        """
        if not fields or (unknown := NOT_UPDATABLE & fields.keys()):
            raise ValueError(f"users.update does not take {sorted(unknown) if fields else 'nothing'}")
        return _user(self._call(CATALOGUE["users.update"], path={"user_id": user_id}, json=fields))

    def set_picture(self, user_id: str, picture: bytes) -> User:
        """Change the picture of one user, which no answer shows; needs PHOTO_SCOPE. NotAllowed, NotFound."""
        return self.update(user_id, image_data=base64.b64encode(picture).decode())

    def live_status(self, user_id: str) -> LiveStatus:
        """What one user is doing now; answers `{"data": {"state", "activity", "text"}}`. NotAllowed."""
        reply = self._call(
            CATALOGUE["status.of_user"], path={"user_id": user_id}, params={"fields": "chat_status"}
        )
        return reply.object(LiveStatus)

    def teams(self, user_id: str) -> list[Team]:
        """The teams of one user; answers `{"data": [{…}]}`."""
        return self._call(CATALOGUE["users.teams"], path={"user_id": user_id}).items(Team)

    def layouts(self, unique_name: str | None = None) -> list[Layout]:
        """What a profile shows, by client, or in the one named; answers `{"data": [{…}]}`."""
        return self._call(CATALOGUE["users.layout"], params={"unique_name": unique_name}).items(Layout)


def _user(reply: Reply) -> User:
    try:
        return User.of_body(reply.body)
    except Unreadable as error:
        raise reply.unreadable() from error
