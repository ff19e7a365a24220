"""The seeded people: always the same, as varied as real ones, soon there."""

import time
import unicodedata

from apps.sandbox import cast, seed
from apps.sandbox.store import Store


def planted(path, users):
    with Store(path).transaction() as db:
        seed.reset(db, users)
        return rows(db, "people")


def rows(db, table):
    return [tuple(row) for row in db.execute(f"SELECT * FROM {table} ORDER BY 1, 2")]


def test_it_is_the_same_every_time(tmp_path):
    assert planted(tmp_path / "one.sqlite3", 300) == planted(tmp_path / "two.sqlite3", 300)


def test_teams_channels_and_messages_are_the_same_every_time_of_a_day(tmp_path):
    tables = ("teams", "team_members", "channels", "channel_members", "chats", "chat_members", "messages")
    with Store(tmp_path / "state.sqlite3").transaction() as db:
        seed.reset(db, 300)
        first = {table: rows(db, table) for table in tables}
        seed.reset(db, 300)
        assert {table: rows(db, table) for table in tables} == first
    assert (len(first["teams"]), len(first["channels"])) == (10, 40)
    assert all(first.values())


def test_it_counts_the_cast(control):
    people = control.people()
    assert len(people) == 40
    assert {cast.ADMIN.email, cast.SECOND_ADMIN.email, cast.MEMBER.email} <= {
        row["email_id"] for row in people
    }


def test_it_is_varied(control):
    control.reset(users=300)
    people = control.people()
    text = "".join(person["first_name"] + person["last_name"] for person in people)
    scripts = {unicodedata.name(letter).split()[0] for letter in text if letter.isalpha()}
    assert {"TAMIL", "DEVANAGARI", "ARABIC", "CJK", "HIRAGANA", "CYRILLIC", "GREEK", "LATIN"} <= scripts
    assert {person["status"] for person in people} == {
        "active", "inactive", "pending", "imported_active", "imported_inactive",
    }  # fmt: skip
    assert any(not person["last_name"] for person in people)
    assert any("'" in person["email_id"] for person in people)
    assert max(len(person["last_name"]) for person in people) > 60
    for name in ("department_id", "designation_id", "employee_id", "mobile", "reporting_to"):
        missing = sum(not person[name] for person in people)
        assert 0 < missing < 150, name
    assert len({person["department_id"] for person in people if person["department_id"]}) == 14


def test_fifty_thousand_people_are_there_within_five_seconds(tmp_path):
    started = time.monotonic()
    people = planted(tmp_path / "state.sqlite3", 50_000)
    assert time.monotonic() - started < 5
    assert len(people) == 50_001
