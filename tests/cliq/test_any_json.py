"""Whatever JSON arrives, reading it ends in a value or in Unreadable: never in another error."""

from contextlib import suppress

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apps.cliq import added, envelopes
from apps.cliq.envelopes import Unreadable
from apps.cliq.replies import Department, Designation, Role, Team, User, UserField

NAMES = st.sampled_from(
    [
        *("data", "list", "id", "zuid", "name", "error", "code", "message", "next_token", "has_more"),
        *("success_users", "failed_users", "already_availableusers", "email_id", "custom_attributes"),
        *("department", "reportingto", "lead", "options", "timeoffset", "members_count", "is_default"),
    ]
)
SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5) | st.just("a@b.c")
ANY = st.recursive(
    SCALARS,
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(NAMES | st.text(max_size=3), inner, max_size=5)
    ),
    max_leaves=20,
)
READERS = [
    User.of_body,
    lambda body: [kind.read(envelopes.data_of(body)) for kind in (Department, Designation, Role)],
    lambda body: [kind.read(item) for kind in (User, UserField, Team) for item in envelopes.items_of(body)],
    lambda body: added.read(body).unnamed(["a@b.c"]),
    envelopes.error_of,
    lambda body: envelopes.error_of(body, 400),
    envelopes.token_of,
    envelopes.shortened,
]


@pytest.mark.parametrize("reader", READERS)
@given(body=ANY)
@settings(max_examples=150, deadline=None)
def test_it_is_read_or_unreadable(reader, body):
    assert ending(reader, body) in ("value", "unreadable")


def ending(reader, body) -> str:
    try:
        reader(body)
    except Unreadable:
        return "unreadable"
    return "value"


@given(body=ANY)
@settings(max_examples=300, deadline=None)
def test_an_address_has_one_outcome_at_most(body):
    with suppress(Unreadable):
        found = added.read(body)
        named = [*found.success, *found.failed, *found.already]
        assert len(named) == len(set(named))
        assert all(address == added.fold(address) for address in named)
