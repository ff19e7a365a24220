"""`users.add`."""

import json

import pytest
from pydantic import ValidationError

from apps.cliq.api.users import NewUser
from apps.cliq.errors import sentence
from apps.core.errors import OutcomeUnknown, QuotaWait, Refused
from apps.sandbox import cast
from tests.cliq.servers import reply

NEW = "zoe.new@zylker.com"


def test_it_works(cliq, zoho):
    found = cliq.users.add(
        [NewUser(email_id="Zoe.New@Zylker.com", first_name="Zoë"), {"email_id": "b@zylker.com"}]
    )
    assert found.success == [NEW, "b@zylker.com"]
    assert (found.failed, found.already, found.unnamed([NEW, "B@zylker.com"])) == ({}, {}, [])
    assert [(entry.operation, entry.key.casefold()) for entry in zoho.journal()] == [
        ("users.add", NEW),
        ("users.add", "b@zylker.com"),
    ]
    assert zoho.person(NEW)["first_name"] == "Zoë"


@pytest.mark.parametrize("place", ["data", "root"])
@pytest.mark.parametrize("already_shape", ["object", "list"])
@pytest.mark.parametrize("failed_shape", ["object", "list"])
def test_each_row_has_an_outcome_of_its_own(cliq, zoho, place, already_shape, failed_shape):
    zoho.option("already_place", place)
    zoho.option("already_shape", already_shape)
    zoho.option("failed_shape", failed_shape)
    rows = [{"email_id": address} for address in (NEW, cast.BLOCKED_EMAIL, cast.MEMBER.email)]
    found = cliq.users.add(rows)
    assert found.success == [NEW]
    assert found.failed == {cast.BLOCKED_EMAIL: "email.invitation.blocked"}
    code = "email.activeuser" if already_shape == "object" else "already_availableusers"
    assert found.already == {cast.MEMBER.email: code}
    assert [entry.key for entry in zoho.journal()] == [NEW]


@pytest.mark.parametrize(
    ("code", "expected"),
    [
        ("zohoaccount.conflict", "this address already has a Zoho account elsewhere. Use another address."),
        (
            "email.invitation.blocked",
            "this person has declined the invitation too often. Use another address.",
        ),
        ("email.activeuser", "this address already belongs to a member of the organisation."),
        (
            "email.pendinguser",
            "this address has been invited already and has not accepted yet. "
            "Invite it again in Zoho's own admin panel.",
        ),
        ("already_availableusers", "this address is in the organisation already."),
        ("", "Zoho refused without a reason."),
        ("brand.new", "brand.new."),
    ],
)
def test_a_code_is_a_sentence(code, expected):
    assert sentence("users.add", code) == (expected if not code else f"Zoho refused: {expected}")


def test_only_what_is_known_is_sent(scripted, against):
    sent = []

    def script(connection, request):
        sent.append(json.loads(request.partition(b"\r\n\r\n")[2]))
        reply({"data": {"success_users": []}})(connection, request)

    against(script).users.add([NewUser(email_id=NEW, designation_id=17, workshift="Night", phone=None)])  # type: ignore[arg-type]
    assert sent == [{"users": [{"email_id": NEW, "designation_id": "17", "workshift": "Night"}]}]


def test_it_rejects_a_row_without_an_address(cliq, zoho):
    with pytest.raises(ValidationError):
        cliq.users.add([{"first_name": "Nobody"}])
    assert zoho.arrivals("users.add") == []


def test_a_call_too_large_is_refused_as_a_whole(cliq, zoho):
    zoho.option("users_per_call", 1)
    with pytest.raises(Refused):
        cliq.users.add([{"email_id": NEW}, {"email_id": "b@zylker.com"}])
    assert zoho.journal() == []


@pytest.mark.parametrize("drop", ["before", "after"])
def test_a_lost_answer_is_unknown(cliq, zoho, drop):
    zoho.fault("users.add", drop=drop)
    with pytest.raises(OutcomeUnknown) as unknown:
        cliq.users.add([{"email_id": NEW}])
    assert unknown.value.sentence == (
        "Zoho broke off the connection: the change may or may not have been made."
    )
    assert len(zoho.journal()) == (1 if drop == "after" else 0)
    assert len(zoho.arrivals("users.add")) == 1


@pytest.mark.parametrize("status", [400, 429])
def test_a_throttle_locks_and_nothing_calls_into_the_lock(cliq, zoho, status):
    zoho.option("throttle_status", status)
    zoho.fault("users.add", code="request_limit_exceeded", status=status)
    for _ in range(3):
        with pytest.raises(QuotaWait) as wait:
            cliq.users.add([{"email_id": NEW}])
        assert wait.value.locked
    assert len(zoho.arrivals("users.add")) == 1


def test_the_quota_keeps_zoho_from_throttling(cliq, zoho):
    for number in range(8):
        cliq.users.add([{"email_id": f"joiner{number}@zylker.com"}])
    assert [arrival.throttled for arrival in zoho.arrivals("users.add")] == [False] * 8
