"""The demo's environment and its spreadsheet."""

import csv
import os
import stat

import pytest
from django.core.checks import Tags, run_checks

from apps.sandbox import cast, structure
from portal import demo


def test_the_spreadsheet_fits_the_sandbox(tmp_path):
    """All departments and designations but one, which is mistyped on purpose, are the organisation's."""
    path = tmp_path / "a folder of a fresh clone" / "joiners.csv"
    demo.write_spreadsheet(path)
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = list(csv.DictReader(file))
    assert len(rows) == 28
    assert tuple(rows[0]) == demo.COLUMNS
    known = {name for name, _ in structure.DEPARTMENTS}
    assert [row["Department"] for row in rows if row["Department"] not in known] == ["Enginering"]
    assert {row["Designation"] for row in rows} <= set(structure.DESIGNATIONS)
    assert all(row["Email"].endswith(cast.DOMAIN) for row in rows)


@pytest.fixture
def secrets_file(tmp_path, monkeypatch):
    """A place where no demo has been yet."""
    path = tmp_path / "var" / "demo.env"
    monkeypatch.setattr(demo, "SECRETS", path)
    return path


def test_its_secrets_are_made_once_and_are_nobody_elses_to_read(secrets_file):
    """Other secrets at the second start would make its own data unreadable."""
    first = demo.keep_secrets()
    assert demo.keep_secrets() == first
    assert stat.S_IMODE(secrets_file.stat().st_mode) == 0o600


def test_its_environment_is_complete_and_passes_every_check(secrets_file, settings):
    """No variable of a real installation leaks in, and nothing has to be silenced."""
    from portal.environment import env

    values = demo.environment(8000, 8021)
    assert set(values) == set(env.scheme)
    for name in ("SECRET_KEY", "PUBLIC_URL", "ZOHO_ACCOUNTS_URL", "CLIQ_BASE_URL", "ZOHO_ORGANIZATION_ID"):
        setattr(settings, name, values[name])
    for name in ("FIELD_ENCRYPTION_KEYS", "AUDIT_KEYS"):
        setattr(settings, name, values[name].split(","))
    assert run_checks(tags=[Tags.security]) == []


def test_it_says_where_and_as_whom_to_begin():
    """Address, three people, the spreadsheet."""
    notice = demo.notice(8123)
    assert "http://localhost:8123" in notice
    for person in (cast.ADMIN, cast.SECOND_ADMIN, cast.MEMBER):
        assert f"{person.name} <{person.email}>" in notice
    assert str(demo.SPREADSHEET) in notice


def test_it_becomes_serve_in_its_own_environment(secrets_file, tmp_path, monkeypatch):
    """The settings read what it made, and `serve` gets the ports."""
    became = []
    monkeypatch.setattr(demo, "SPREADSHEET", tmp_path / "joiners.csv")
    monkeypatch.setattr("sys.argv", ["demo", "--port", "8123", "--sandbox-port", "8124"])
    monkeypatch.setattr("os.environ", dict(os.environ))
    monkeypatch.setattr("django.core.management.execute_from_command_line", became.append)
    demo.main()
    [command] = became
    assert command[1:7] == ["serve", "--sandbox", "--port", "8123", "--sandbox-port", "8124"]
    assert os.environ["PUBLIC_URL"] == "http://localhost:8123"
    assert os.environ["ZOHO_ACCOUNTS_URL"] == os.environ["CLIQ_BASE_URL"] == "http://127.0.0.1:8124"
    assert os.environ["DJANGO_SETTINGS_MODULE"] == "portal.settings"
