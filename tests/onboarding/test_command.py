"""`manage.py onboard` and the sample spreadsheet."""

import json
from pathlib import Path

import pytest
from django.core.management import call_command

from portal import demo
from tests.onboarding.conftest import csv_of, people

pytestmark = pytest.mark.django_db(transaction=True)


def onboard(path: Path, *options: str) -> int:
    with pytest.raises(SystemExit) as ended:
        call_command("onboard", str(path), "--actor", "Olivia.Palmer@zylker.com", *options)
    return int(str(ended.value.code))


@pytest.fixture
def spreadsheet(tmp_path) -> Path:
    path = tmp_path / "joiners.csv"
    path.write_bytes(csv_of(people(3)))
    return path


def test_it_works(spreadsheet, synced, owner, sandbox, capsys):
    assert onboard(spreadsheet) == 0
    assert capsys.readouterr().out == "3 added.\n"
    assert len(sandbox.journal()) == 3
    assert onboard(spreadsheet) == 0
    assert capsys.readouterr().out == "3 already there.\n"
    assert len(sandbox.journal()) == 3


def test_the_plan_alone_as_json(spreadsheet, synced, owner, sandbox, capsys):
    spreadsheet.write_bytes(csv_of([*people(1), "bad,,,,"]))
    assert onboard(spreadsheet, "--plan-only", "--json") == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["totals"] == {"planned": 1, "cannot": 1}
    assert printed["rows"][1] == {
        "row": 3,
        "email": "bad",
        "action": "cannot",
        "problems": ["“bad” is no email address: an email address must have an @-sign."],
        "outcome": "Cannot be added. “bad” is no email address: an email address must have an @-sign.",
    }
    assert not sandbox.journal()


def test_some_rows_not(spreadsheet, synced, owner, capsys):
    spreadsheet.write_bytes(csv_of([*people(1), "bad,,,,"]))
    assert onboard(spreadsheet) == 1
    out = capsys.readouterr().out
    assert out.startswith("1 added, 1 could not be added.\nRow 3, bad: Cannot be added.")


def test_the_second_pass_counts(spreadsheet, synced, owner, sandbox, capsys):
    """Everybody added, but a manager refused: some rows not; tried again with all done: all done."""
    lines = ["boss@zylker.com,", "amy@zylker.com,boss@zylker.com"]
    spreadsheet.write_bytes(csv_of(lines, "Email,Manager"))
    sandbox.fault("users.update", status=400, code="not_zoho_organization_user")
    assert onboard(spreadsheet, "--json") == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["totals"] == {"done": 2}
    assert "Does not report to boss@zylker.com." in printed["rows"][1]["outcome"]
    spreadsheet.write_bytes(csv_of(["carl@zylker.com,dora@zylker.com", "dora@zylker.com,"], "Email,Manager"))
    assert onboard(spreadsheet) == 0
    assert sandbox.person("carl@zylker.com")["reporting_to"] == sandbox.person("dora@zylker.com")["id"]


def test_nothing_ran(spreadsheet, grant, owner, operator, capsys):
    assert onboard(spreadsheet) == 2
    assert "The organisation has not been read from Zoho yet" in capsys.readouterr().err
    assert onboard(spreadsheet.with_name("missing.csv")) == 2
    with pytest.raises(SystemExit) as ended:
        call_command("onboard", str(spreadsheet), "--actor", "nobody@zylker.com")
    assert ended.value.code == 2
    assert "nobody@zylker.com is no administrator" in capsys.readouterr().err


def test_the_demos_spreadsheet_has_what_it_promises(synced, owner, tmp_path, capsys):
    path = tmp_path / "sample.csv"
    demo.write_spreadsheet(path)
    assert onboard(path, "--plan-only", "--json") == 1
    printed = json.loads(capsys.readouterr().out)
    assert printed["totals"] == {"planned": 24, "nothing": 1, "cannot": 3}
    problems = [problem for row in printed["rows"] for problem in row["problems"]]
    assert problems[0] == "The same address is in row 3 already."
    assert "Did you mean" in problems[1]
    assert "is no email address" in problems[2]


def test_another_encoding_is_named(spreadsheet, synced, owner, capsys):
    spreadsheet.write_bytes(csv_of(["jm@zylker.com,Jürgen,Müller,,"]).decode().encode("cp1252"))
    assert onboard(spreadsheet, "--plan-only") == 2
    assert "is not UTF-8: say how it was saved with --encoding." in capsys.readouterr().err
    assert onboard(spreadsheet, "--plan-only", "--encoding", "cp1252") == 0
