"""Inviting people: one call, an outcome each."""

import json

import pytest

from apps.audit.models import Operation, Stage
from apps.connections.clients import client
from apps.core.errors import OutcomeUnknown, Refused
from apps.directory.services import observing, users
from apps.directory.services.users import NewPerson
from apps.sandbox import cast

JOINER = NewPerson(
    "maria.lindqvist@zylker.com", {"first_name": "Maria", "last_name": "Lindqvist", "mobile": ""}
)


def invite(owner, *people):
    """One call."""
    return users.add(people, actor=owner.actor(), job_id=None)


def test_it_tells_what_became_of_each(organization, owner, sandbox):
    """Added, already a member, blocked: three outcomes of one call."""
    member, blocked = NewPerson(cast.MEMBER.email.upper()), NewPerson(cast.BLOCKED_EMAIL)
    outcomes = invite(owner, JOINER, member, blocked)
    assert [outcome.stage for outcome in outcomes] == [Stage.DONE, Stage.REFUSED, Stage.REFUSED]
    assert outcomes[1].code == "email.activeuser"
    assert (
        outcomes[1].sentence == "Zoho refused: this address already belongs to a member of the organisation."
    )
    assert sandbox.person(JOINER.email)["last_name"] == "Lindqvist"
    keys = set(Operation.objects.values_list("key", "stage"))
    assert keys == {
        ("maria.lindqvist@zylker.com", Stage.DONE),
        (cast.MEMBER.email, Stage.REFUSED),
        (cast.BLOCKED_EMAIL, Stage.REFUSED),
    }


@pytest.mark.open_operations
def test_already_invited_after_an_unknown_means_done(organization, owner, sandbox):
    """The first answer was lost: the second attempt's «already invited» is the first one's success."""
    sandbox.fault("users.add", drop="after")
    with pytest.raises(OutcomeUnknown):
        invite(owner, JOINER)
    again = NewPerson(JOINER.email, JOINER.values, after_unknown=True)
    (outcome,) = invite(owner, again)
    assert outcome.stage == Stage.DONE
    Operation.objects.filter(stage=Stage.UNKNOWN).delete()


def test_an_address_the_answer_does_not_name_is_unknown(organization, owner, sandbox):
    """200, and no word of the second person."""
    other = NewPerson("somebody.else@zylker.com")
    sandbox.fault(
        "users.add",
        status=200,
        body=json.dumps({"data": {"success_users": [], "failed_users": {JOINER.key: "email.activeuser"}}}),
        content_type="application/json",
    )
    outcomes = invite(owner, JOINER, other)
    assert [outcome.stage for outcome in outcomes] == [Stage.REFUSED, Stage.UNKNOWN]


def test_a_call_refused_as_a_whole_is_raised(organization, owner, sandbox):
    """Nobody was added: every row is refused in the log, the caller halves."""
    with pytest.raises(Refused):
        invite(owner, JOINER, NewPerson("other@zylker.com", {"country": "Atlantis"}))
    assert sandbox.journal() == []
    assert set(Operation.objects.values_list("stage", flat=True)) == {Stage.REFUSED}


def test_reading_finds_members_and_the_invited(organization, owner, sandbox):
    """By exact address, whatever its capitals, with and without `status=pending`."""
    invite(owner, JOINER)
    asked = [JOINER.email.upper(), cast.MEMBER.email, "nobody@zylker.com"]
    found = observing.observe_added(asked, client=client(interactive=True))
    assert {key: wire and wire.status for key, wire in found.items()} == {
        JOINER.key: "pending",
        cast.MEMBER.email: "active",
        "nobody@zylker.com": None,
    }
