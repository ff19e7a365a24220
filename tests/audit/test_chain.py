"""The chain under somebody who owns the database: each way of editing is found, and the first event named."""

import json

import pytest
import structlog
from django.db import DatabaseError, connection, transaction

from apps.audit import chain, triggers
from apps.audit.chain import Head
from apps.audit.events import Draft, Subject, record
from apps.audit.models import ChainHead, ChainLink, Event
from apps.audit.verify import verify
from apps.core.actor import SYSTEM


def write(number: int) -> list[int]:
    """Plain facts, as many as asked for."""
    return [
        seq
        for n in range(number)
        for seq in record(
            Draft(
                kind="list.exported",
                actor=SYSTEM,
                subject=Subject("log", str(n), f"Export {n}"),
                reason=f"Reason {n}",
            )
        )
    ]


@pytest.fixture
def events(db) -> list[int]:
    return write(8)


@pytest.fixture
def sql(events):
    """Raw SQL with the triggers dropped: what somebody with the database's password can do."""
    triggers.drop()

    def run(statement: str, *values: object) -> None:
        with connection.cursor() as cursor:
            cursor.execute(statement, values)

    return run


def test_it_holds(events):
    verdict = verify()
    assert verdict.holds
    assert verdict.sentence == "All 8 events are as they were written."
    assert events == list(range(1, 9))


def test_an_edited_text_is_found(sql):
    body = json.loads(Event.objects.get(seq=4).body)
    body["reason"] = "Something nicer"
    sql("UPDATE audit_event SET body = %s WHERE seq = 4", chain.canonical(body))
    verdict = verify()
    assert (verdict.broken, verdict.sentence) == (4, "The text of event 4 was changed.")


@pytest.mark.parametrize("column", ["actor_name", "subject_id", "kind", "stage"])
def test_an_edited_column_is_found(sql, column):
    """The columns are what lists and filters read: they must say what the text says."""
    sql(f"UPDATE audit_event SET {column} = 'other' WHERE seq = 5")
    verdict = verify()
    assert verdict.broken == 5
    assert verdict.sentence == f"The {column.replace('_', ' ')} of event 5 was changed."


def test_an_edited_time_is_found(sql):
    sql("UPDATE audit_event SET at = %s WHERE seq = 5", "2020-01-01 00:00:00+00:00")
    assert verify().broken == 5


def test_one_removed_from_the_middle_is_found(sql):
    for table in ("audit_event", "audit_chainlink"):
        sql(f"DELETE FROM {table} WHERE seq = 3")
    verdict = verify()
    assert (verdict.broken, verdict.sentence) == (
        3,
        "Event 3 is missing, or something stands in its place.",
    )


def test_one_removed_and_the_rest_moved_up_is_found(sql):
    for table in ("audit_event", "audit_chainlink"):
        sql(f"DELETE FROM {table} WHERE seq = 3")
        for seq in range(4, 9):
            sql(f"UPDATE {table} SET seq = %s WHERE seq = %s", seq - 1, seq)
    sql("UPDATE audit_chainhead SET seq = 7")
    assert verify().broken == 3


def test_a_removed_text_with_its_link_left_is_found(sql):
    sql("DELETE FROM audit_event WHERE seq = 6")
    assert verify().broken == 6


def test_a_tail_cut_off_is_found_by_the_head(sql):
    for table in ("audit_event", "audit_chainlink"):
        sql(f"DELETE FROM {table} WHERE seq > 6")
    verdict = verify()
    assert (verdict.broken, verdict.sentence) == (
        7,
        "Event 7 is missing: the log was cut off after 6.",
    )


def test_a_tail_cut_off_with_its_head_is_found_by_the_log_stream(db, django_capture_on_commit_callbacks):
    """Whoever also mends the head row cannot take back what has left the machine."""
    with structlog.testing.capture_logs() as lines, django_capture_on_commit_callbacks(execute=True):
        write(8)
    heads = [Head(line["seq"], line["mac"]) for line in lines if line["event"] == "audit.head"]
    assert heads[-1].seq == 8
    triggers.drop()
    with connection.cursor() as cursor:
        for table in ("audit_event", "audit_chainlink"):
            cursor.execute(f"DELETE FROM {table} WHERE seq > 6")
    ChainHead.objects.update(seq=6, mac=ChainLink.objects.get(seq=6).mac)
    assert verify().holds
    verdict = verify(heads)
    assert (verdict.broken, verdict.sentence) == (
        7,
        "The log stream names event 8, but the log ends at 6.",
    )


def test_two_that_changed_places_are_found(sql):
    for table in ("audit_event", "audit_chainlink"):
        sql(f"UPDATE {table} SET seq = 1000 WHERE seq = 4")
        sql(f"UPDATE {table} SET seq = 4 WHERE seq = 5")
        sql(f"UPDATE {table} SET seq = 5 WHERE seq = 1000")
    assert verify().broken == 4


def test_everything_written_anew_without_the_key_is_found(sql):
    """All digests and links fit each other; only the seal cannot be made."""
    previous = chain.GENESIS
    for event in Event.objects.order_by("seq"):
        body = chain.canonical(json.loads(event.body) | {"reason": "Rewritten"})
        digest = chain.digest(event.salt, body)
        mac = chain.authenticate(b"a guess", seq=event.seq, previous=previous, digest=digest, key_id="tests")
        sql("UPDATE audit_event SET body = %s WHERE seq = %s", body, event.seq)
        sql(
            "UPDATE audit_chainlink SET previous = %s, digest = %s, mac = %s WHERE seq = %s",
            previous,
            digest,
            mac,
            event.seq,
        )
        previous = mac
    ChainHead.objects.update(mac=previous)
    verdict = verify()
    assert (verdict.broken, verdict.sentence) == (1, "Event 1 was not sealed with the portal's key.")


def test_an_added_event_is_found(sql):
    sql(
        "INSERT INTO audit_event (seq, at, kind, stage, actor_kind, actor_zuid, actor_name, subject_type, "
        "subject_id, subject_name, salt, body) SELECT 9, at, kind, stage, actor_kind, actor_zuid, "
        "actor_name, subject_type, subject_id, subject_name, salt, body FROM audit_event WHERE seq = 8"
    )
    assert verify().broken == 9


def test_an_emptied_log_is_found(sql):
    for table in ("audit_event", "audit_chainlink"):
        sql(f"DELETE FROM {table}")
    assert verify().broken == 1


def test_a_key_that_was_retired_still_proves_its_events(events, settings):
    """The new key signs, the old one verifies; without the old one its events are not proven."""
    old = settings.AUDIT_KEYS
    settings.AUDIT_KEYS = ["second:" + "ab" * 32, *old]
    write(2)
    assert ChainLink.objects.get(seq=9).key_id == "second"
    assert verify().holds
    settings.AUDIT_KEYS = settings.AUDIT_KEYS[:1]
    assert verify().sentence == "Event 1 names the key 'tests', which AUDIT_KEYS lacks."


def test_the_newest_part_can_be_checked_alone(events, sql):
    sql("UPDATE audit_event SET body = '{}' WHERE seq = 2")
    verdict = verify(start=5)
    assert verdict.holds
    assert verdict.sentence == "Events 5 to 8 are as they were written."
    sql("UPDATE audit_event SET body = '{}' WHERE seq = 7")
    assert verify(start=5).broken == 7


@pytest.mark.parametrize("table", triggers.TABLES)
@pytest.mark.parametrize("statement", ["UPDATE {} SET seq = seq + 100", "DELETE FROM {}", "TRUNCATE {}"])
def test_the_triggers_refuse(events, table, statement):
    """Update and delete on both databases, truncate where there is such a thing."""
    if connection.vendor == "sqlite" and statement.startswith("TRUNCATE"):
        pytest.skip("SQLite has no TRUNCATE.")
    with (
        pytest.raises(DatabaseError, match=r"The log is append-only\."),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(statement.format(table))
    assert verify().holds


def test_a_missing_trigger_is_an_error_of_the_checks(events):
    from apps.audit.checks import check_triggers

    assert check_triggers(None, databases=["default"]) == []
    triggers.drop()
    error = check_triggers(None, databases=["default"])[0]
    assert error.id == "portal.E101"
    assert "audit_event_no_delete" in error.msg
    triggers.install()


def test_nothing_is_written_outside_a_transaction(transactional_db):
    with pytest.raises(transaction.TransactionManagementError):
        chain.append([])


def test_secrets_never_enter(db):
    record(
        Draft(
            kind="list.exported",
            actor=SYSTEM,
            before={"refresh_token": "1000.aaaa.bbbb"},
            details={"answer": {"url": "https://x/?code=1000.abcdef", "note": "Zoho-oauthtoken 1000.x.y"}},
        )
    )
    body = Event.objects.first().body
    assert "1000." not in body
    assert body.count("[redacted]") == 3
