"""The log's pages: lines, filters, paging, one event, the verdict, and settling by a person."""

import pytest
from django.db import connection

from apps.audit import operation, seal, triggers
from apps.audit.events import Draft, Subject, record
from apps.audit.models import Event, Operation, Stage
from apps.audit.operation import DONE, Change, Outcome
from apps.core.actor import SYSTEM
from apps.core.errors import OutcomeUnknown
from tests.accounts.browser import words

CHANGE = Change(
    kind="user.updated",
    subject=Subject("user", "42", "Amélie Őz"),
    endpoint="users.update",
    key="42",
    before={"extension": "3131", "country": "FR", "designation_id": ""},
    after={"extension": "4000", "country": "FR", "designation_id": "77"},
)


def changed(owner, outcome: Outcome = DONE) -> Operation:
    """A change that was carried out, as far as the log knows."""
    operation.run([CHANGE], actor=owner.actor(), send=lambda: [outcome], reason="Moved desks")
    return Operation.objects.latest("started_at")


@pytest.fixture
def unknown(owner) -> Operation:
    """A change whose reply was lost."""

    def lost() -> list[Outcome]:
        raise OutcomeUnknown("Zoho did not answer in time.")

    with pytest.raises(OutcomeUnknown):
        operation.run([CHANGE], actor=owner.actor(), send=lost)
    return Operation.objects.get()


def rows(answer) -> str:
    return words(answer).partition("Changed ")[2]


def test_a_line_says_who_did_what_to_whom(auditor_client, owner):
    changed(owner)
    page = rows(auditor_client.get("/log/"))
    assert "Olivia Palmer changed Amélie Őz Moved desks Done just now Designation, Extension" in page


def test_an_intent_with_an_outcome_is_not_told_twice(auditor_client, owner):
    changed(owner)
    assert rows(auditor_client.get("/log/?kind=user.updated")).count("changed Amélie") == 1


def test_a_pending_intent_is_told(auditor_client, owner):
    with pytest.raises(KeyboardInterrupt):
        operation.run([CHANGE], actor=owner.actor(), send=_interrupted)
    assert "Pending" in rows(auditor_client.get("/log/?stage=intent"))


def _interrupted() -> list[Outcome]:
    raise KeyboardInterrupt


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=user.updated", True),
        ("kind=sign_in.done", False),
        ("stage=done", True),
        ("stage=refused", False),
        ("actor=631830846", True),
        ("actor=portal", False),
        ("q=amélie", True),
        ("q=42", True),
        ("q=Nobody", False),
        ("since=2020-01-01", True),
        ("until=2020-01-01", False),
        ("job=7", False),
        ("kind=nonsense", True),
    ],
)
def test_filters(auditor_client, owner, query, found):
    """One that cannot be understood is ignored rather than an error."""
    changed(owner)
    assert ("changed Amélie Őz" in words(auditor_client.get(f"/log/?{query}"))) is found


def test_it_pages_by_cursor(auditor_client, owner):
    """Older and newer, without a count, each event on exactly one page."""
    subjects = (Subject("log", str(n), f"File {n}.") for n in range(120))
    record(*(Draft("list.exported", SYSTEM, subject=subject) for subject in subjects))
    first = auditor_client.get("/log/").content.decode()
    assert "File 119." in first
    assert "File 71." in first
    assert "File 20." not in first
    older = first.partition('rel="next" href="')[2].partition('"')[0].replace("&amp;", "&")
    second = auditor_client.get(f"/log/{older}").content.decode()
    assert "File 119." not in second
    assert "Back to the newest" in second


def test_the_event_shows_before_and_after(auditor_client, owner):
    changed(owner)
    event = Event.objects.get(stage=Stage.DONE)
    page = words(auditor_client.get(f"/log/{event.seq}/"))
    assert "Field Before After Designation empty 77 Extension 3131 4000 1 unchanged Country FR" in page
    assert "Reason Moved desks" in page
    assert "Owner of the portal" in page
    assert f"Event {event.seq - 1} Intent" in page
    asked = words(auditor_client.get(f"/log/{event.seq - 1}/"))
    assert "Olivia Palmer changed Amélie Őz: what was asked for" in asked
    assert f"Event {event.seq} Done" in asked
    assert event.get_absolute_url() == f"/log/{event.seq}/"


def test_a_refused_change_does_not_read_as_made(auditor_client, owner):
    """The page's title says how it ended."""
    changed(owner, Outcome(Stage.REFUSED, "Zoho does not let anybody.", "operation_not_allowed"))
    event = Event.objects.get(stage=Stage.REFUSED)
    page = words(auditor_client.get(f"/log/{event.seq}/"))
    assert "Olivia Palmer changed Amélie Őz: refused" in page
    assert "Zoho does not let anybody." in page


def test_the_verdict_is_given_on_demand(auditor_client, owner):
    changed(owner)
    assert "Not checked lately" in words(auditor_client.get("/log/"))
    answer = auditor_client.post("/log/check/", follow=True)
    assert f"All {seal.length()} events are as they were written. Checked just now" in words(answer)


def test_a_broken_log_is_said_loudly(auditor_client, owner):
    changed(owner)
    triggers.drop()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET actor_name = 'Nobody' WHERE seq = 2")
    answer = auditor_client.post("/log/check/")
    assert answer.status_code == 422
    assert "The log does not hold. The actor name of event 2 was changed." in words(answer)
    assert "The actor name of event 2 was changed." in words(auditor_client.get("/log/"))


def test_a_long_log_is_checked_from_its_newest_end(auditor_client, owner, monkeypatch):
    monkeypatch.setattr(seal, "CAP", 2)
    changed(owner)
    length = seal.length()
    assert "The newest 2 events are compared" in words(auditor_client.get("/log/check/"))
    page = words(auditor_client.post("/log/check/", follow=True))
    assert f"Events {length - 1} to {length} are as they were written." in page
    assert f", from event {length - 1} on" in page


def test_a_person_settles_what_reading_could_not(owner_client, unknown):
    page = words(owner_client.get("/log/open/"))
    assert "Outcome unknown" in page
    url = f"/log/open/{unknown.pk}/"
    assert "Your answer becomes the outcome in the log, with your name" in words(owner_client.get(url))
    answer = owner_client.post(url, {"outcome": "", "reason": ""})
    assert answer.status_code == 422
    assert "Say which of the two Zoho shows." in words(answer)
    answer = owner_client.post(
        url, {"outcome": "not_done", "reason": "Zoho's panel still shows 3131"}, follow=True
    )
    assert "The change is settled." in words(answer)
    unknown.refresh_from_db()
    assert unknown.stage == Stage.NOT_DONE
    kinds = list(Event.objects.order_by("-seq").values_list("kind", "stage")[:2])
    assert kinds == [("log.settled", "fact"), ("user.updated", "not_done")]
    assert owner_client.get(url).status_code == 404


def test_an_auditor_sees_it_open_and_cannot_settle_it(auditor_client, unknown):
    assert "Amélie Őz" in words(auditor_client.get("/log/open/"))
    assert auditor_client.post(f"/log/open/{unknown.pk}/", {"outcome": "done"}).status_code == 403


def test_an_operator_may_not_read_it(operator_client, owner):
    changed(owner)
    assert operator_client.get("/log/").status_code == 403
    assert operator_client.get("/log/1/").status_code == 403
