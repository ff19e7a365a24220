"""`manage.py audit_verify` as a process: its words and its exit code."""

import json
import subprocess
import sys

import pytest
from django.db import connection

from apps.audit import triggers
from apps.audit.events import Draft, record
from apps.audit.models import ChainLink
from apps.core.actor import SYSTEM

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def run(command_environment):
    """The command in a process of its own, over this test's database."""
    for _ in range(3):
        record(Draft(kind="list.exported", actor=SYSTEM))

    def call(*arguments: str) -> subprocess.CompletedProcess[str]:
        command = [sys.executable, "manage.py", "audit_verify", *arguments]
        return subprocess.run(command, env=command_environment, capture_output=True, text=True, timeout=60)

    return call


def test_it_works(run):
    done = run()
    assert (done.returncode, done.stdout) == (0, "All 3 events are as they were written.\n")


def test_it_names_the_first_broken_event(run):
    triggers.drop()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE audit_event SET actor_name = 'Nobody' WHERE seq = 2")
    done = run("--json")
    assert done.returncode == 1
    assert json.loads(done.stdout) == {
        "holds": False,
        "checked": 1,
        "broken": 2,
        "sentence": "The actor name of event 2 was changed.",
    }


def test_it_compares_with_the_log_stream(run, tmp_path):
    """Both spellings of a line: JSON as in production, readable as in development."""
    mac = ChainLink.objects.get(seq=3).mac
    stream = tmp_path / "portal.log"
    stream.write_text(f'{{"seq": 3, "mac": "{mac}", "event": "audit.head", "logger": "audit"}}\nother line\n')
    assert run("--log", str(stream)).returncode == 0
    stream.write_text(f"2026-01-01 [info] audit.head [audit] mac={'0' * 64} seq=3\n")
    done = run("--log", str(stream))
    assert done.returncode == 1
    assert done.stdout == "Event 3 is not the one the log stream names.\n"
