"""Every typed read gives the same objects whatever form the local Zoho puts them in, and every refusal is
told apart whatever body it comes in."""

from collections.abc import Callable
from typing import Any

import pytest
from pydantic import BaseModel

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.errors import NotAllowed
from apps.core.errors import QuotaWait, Refused
from apps.sandbox import cast

TEAM_OF = cast.MEMBER.zuid


def seen(found: Any) -> Any:
    """The values that have a type; what nobody has heard of stays as it came."""
    if isinstance(found, list):
        return [seen(each) for each in found]
    if isinstance(found, dict):
        return {key: seen(each) for key, each in found.items()}
    if isinstance(found, BaseModel):
        return {name: seen(getattr(found, name)) for name in type(found).model_fields}
    return found


def pages_of(pages: Any) -> list[Any]:
    return [item for page in pages for item in page.items]


# An export's names are lines of a file: they keep the sign that Zoho puts before them.
EXPORTED = ("channel_id", "creation_time", "creator_id", "participant_count", "status", "role")
READS: dict[str, Callable[[Cliq], Any]] = {
    "users.page": lambda cliq: cliq.users.page(fields="all", limit=20).items,
    "users.search": lambda cliq: cliq.users.search(cast.MEMBER.email),
    "users.get": lambda cliq: cliq.users.get(cast.MEMBER.zuid),
    "users.teams": lambda cliq: cliq.users.teams(TEAM_OF),
    "users.layouts": lambda cliq: cliq.users.layouts("quick_view"),
    "departments.list": lambda cliq: cliq.departments.list(),
    "departments.get": lambda cliq: cliq.departments.get(cliq.departments.list()[1].id),
    "departments.members": lambda cliq: cliq.departments.members(cliq.departments.list()[1].id),
    "designations.list": lambda cliq: cliq.designations.list(),
    "designations.get": lambda cliq: cliq.designations.get(cliq.designations.list()[0].id),
    "designations.member_pages": lambda cliq: pages_of(
        cliq.designations.member_pages(cliq.designations.list()[0].id)
    ),
    "userfields.list": lambda cliq: cliq.userfields.list(),
    "userfields.get": lambda cliq: cliq.userfields.get(cliq.userfields.list()[0].id),
    "roles.list": lambda cliq: cliq.roles.list(),
    "roles.get": lambda cliq: cliq.roles.get(cliq.roles.list()[0].id),
    "roles.user_ids": lambda cliq: cliq.roles.user_ids(cliq.roles.list()[0].id),
    "roles.permissions": lambda cliq: cliq.roles.permissions(cliq.roles.list()[0].id),
    "teams.list": lambda cliq: cliq.teams.list(),
    "teams.get": lambda cliq: cliq.teams.get(cliq.teams.list()[0].team_id),
    "teams.members": lambda cliq: cliq.teams.members(cliq.teams.list()[0].team_id),
    "channels.list": lambda cliq: cliq.channels.list(),
    "channels.get": lambda cliq: cliq.channels.get(cliq.channels.list()[0].channel_id),
    "channels.members": lambda cliq: cliq.channels.members(cliq.channels.list()[0].channel_id),
    "mail.get": lambda cliq: cliq.mail.get(),
    "maintenance.channels": lambda cliq: pages_of(cliq.maintenance.channels(EXPORTED)),
}
QUIRKS: dict[str, dict[str, Any]] = {
    "ids as numbers": {"ids_as_numbers": True},
    "a list for an object": {"list_for_object": True},
    "both": {"ids_as_numbers": True, "list_for_object": True},
    "OpenAPI's forms": {
        "permissions_shape": "object",
        "channel_hash": False,
        "channel_level_words": "openapi",
        "export_form": "json",
    },
}


@pytest.mark.parametrize("quirk", QUIRKS.values(), ids=QUIRKS)
def test_a_read_is_the_same_in_every_form(cliq, zoho, quirk):
    """Compared as values: ids stay text, names lose their sign, lists keep their order."""
    plain = {name: seen(read(cliq)) for name, read in READS.items()}
    assert all(plain.values())
    for option, value in quirk.items():
        zoho.option(option, value)
    quaint = {name: seen(read(cliq)) for name, read in READS.items()}
    assert {name: quaint[name] for name in READS if quaint[name] != plain[name]} == {}


@pytest.mark.parametrize(
    ("shape", "code"), [("code", True), ("nested", True), ("error", True), ("html", False)]
)
def test_a_refusal_is_told_in_every_shape(cliq, zoho, shape, code):
    """A web page holds no code: the status alone says that it was refused."""
    zoho.option("error_shape", shape)
    with pytest.raises(Refused) as refused:
        cliq.departments.get("1")
    assert refused.value.code == ("" if shape == "html" else "department_not_exist")
    assert refused.value.status == 400
    zoho.option("zoho_people", True)
    with pytest.raises(NotAllowed):
        cliq.designations.list()


@pytest.mark.parametrize("status", [400, 429])
@pytest.mark.parametrize("shape", ["code", "nested", "error"])
def test_a_throttle_reply_locks_in_every_shape(cliq, zoho, shape, status):
    """And the next call is not made."""
    zoho.option("error_shape", shape)
    zoho.option("throttle_status", status)
    zoho.fault("roles.list", code="request_limit_exceeded", status=status)
    for _ in range(2):
        with pytest.raises(QuotaWait) as wait:
            cliq.roles.list()
        assert wait.value.locked
    assert wait.value.seconds <= CATALOGUE["roles.list"].lock / 60
    assert len(zoho.arrivals("roles.list")) == 1
