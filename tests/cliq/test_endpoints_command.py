"""`manage.py cliq_endpoints`."""

import io
import json

from django.core.management import call_command

from apps.cliq.catalogue import CATALOGUE


def output(*arguments: str) -> str:
    stream = io.StringIO()
    call_command("cliq_endpoints", *arguments, stdout=stream)
    return stream.getvalue()


def test_json_lists_every_operation():
    rows = json.loads(output("--json"))
    assert [row["name"] for row in rows] == list(CATALOGUE)
    assert rows[2] == {
        "name": "users.add",
        "method": "POST",
        "path": "/api/v2/users",
        "scope": "ZohoCliq.Users.CREATE",
        "quota": 5,
        "period_seconds": 60,
        "lock_seconds": 600,
    }


def test_the_table_has_a_head_and_a_line_for_each():
    lines = output().splitlines()
    assert lines[0].split() == ["name", "method", "path", "scope", "quota", "period_seconds", "lock_seconds"]
    assert len(lines) == 1 + len(CATALOGUE)
