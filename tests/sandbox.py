"""A local Zoho for each test process, and the proof that the log tells exactly what was written there."""

import json
import tempfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

import pytest

from apps.audit.models import Event, Operation, Stage
from apps.audit.verify import verify
from apps.sandbox.control import Control
from apps.sandbox.server import SandboxServer

# The API's minute in tests, on both sides: quota windows are real, only short.
MINUTE = 1.0
PEOPLE = 40


@pytest.fixture(scope="session")
def sandbox_server() -> Iterator[SandboxServer]:
    """One server a test process, in a thread, on a port of its own."""
    with (
        tempfile.TemporaryDirectory(prefix="portal-sandbox-") as folder,
        SandboxServer(Path(folder) / "sandbox.sqlite3", users=PEOPLE, minute=MINUTE) as server,
    ):
        yield server


@pytest.fixture
def sandbox(sandbox_server, settings, monkeypatch, request, db) -> Iterator[Control]:
    """A fresh organisation of 40 people that the portal takes for Zoho; see `proven` for what follows it."""
    control = Control(sandbox_server.url)
    control.reset(users=PEOPLE)
    for name, value in {
        "ZOHO_ACCOUNTS_URL": sandbox_server.url,
        "CLIQ_BASE_URL": sandbox_server.url,
        "CLIQ_MINUTE_SECONDS": MINUTE,
    }.items():
        setattr(settings, name, value)
        # For the commands and workers that a test starts as processes.
        monkeypatch.setenv(name, str(value))
    yield control
    proven(control, open_operations=bool(request.node.get_closest_marker("open_operations")))


def proven(control: Control, *, open_operations: bool = False) -> None:
    """Every write the sandbox carried out stands in the log as done, once, and nothing else does.

    With `open_operations`, a write may also belong to an operation whose outcome is still unknown.
    """
    # The sandbox keeps an address as it was typed; the log folds it, so that one person is one key.
    # The ids of channels hold a capital letter in both.
    written = Counter((entry.operation, entry.key.casefold()) for entry in control.journal())
    done = Counter(logged_as_done())
    assert not done - written, f"the log says done, the sandbox never saw it: {dict(done - written)}"
    unexplained = written - done
    if open_operations:
        pending = Operation.objects.filter(stage__in=[Stage.INTENT, Stage.UNKNOWN])
        unexplained -= Counter(
            (endpoint, key.casefold()) for endpoint, key in pending.values_list("endpoint", "key")
        )
    assert not unexplained, f"the sandbox was changed, the log does not say so: {dict(unexplained)}"
    verdict = verify()
    assert verdict.holds, verdict.sentence


def logged_as_done() -> Iterator[tuple[str, str]]:
    """Endpoint and key of every change that the log's own text says was made."""
    for text in Event.objects.filter(stage=Stage.DONE).values_list("body", flat=True):
        details = json.loads(text)["details"]
        yield details["endpoint"], details["key"].casefold()
