"""The portal behind a real port, a worker beside it, and the system's Chromium in front."""

import copy
import os
import threading
import traceback
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.db import DatabaseError, connection
from django.utils import timezone
from playwright.sync_api import Page

from apps.directory.services import syncing
from apps.jobs import runner
from apps.jobs.models import ACTIVE, Job
from tests.working import carry_through

SHOTS = os.environ.get("SHOTS", "")
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))
AXE = Path(__file__).resolve().parents[2] / "node_modules" / "axe-core" / "axe.min.js"
# What fades in has less contrast until it is there; nothing of ours moves for longer than this.
CALM = """() => Promise.race([
  Promise.allSettled(document.getAnimations().map((each) => each.finished)),
  new Promise((done) => setTimeout(done, 500)),
])"""
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
# Playwright runs a loop of its own in this thread; the database is not used from within it.
os.environ.setdefault("DJANGO_ALLOW_ASYNC_UNSAFE", "1")


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium; its absence skips the test, unless browser tests are required."""
    if not CHROMIUM.exists():
        if os.environ.get("BROWSER_REQUIRED"):
            pytest.fail(f"There is no Chromium at {CHROMIUM}, and browser tests are required.")
        pytest.skip(f"There is no Chromium at {CHROMIUM}.")
    return {"executable_path": str(CHROMIUM), "args": ["--no-sandbox", "--disable-gpu"]}


@pytest.fixture
def portal(live_server, sandbox, settings, tmp_path) -> str:
    """The portal's address, unclaimed, pointed at the sandbox."""
    settings.PUBLIC_URL = live_server.url
    policy = copy.deepcopy(settings.CONTENT_SECURITY_POLICY)
    policy["DIRECTIVES"]["form-action"] = ["'self'", sandbox.url]
    settings.CONTENT_SECURITY_POLICY = policy
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = storages
    return str(live_server.url)


@pytest.fixture
def worker(portal) -> Iterator[None]:
    """Carries every job on, in a thread, until the test is over."""
    over = threading.Event()

    def carry_on() -> None:
        while not over.wait(0.05):
            due = Job.objects.filter(status__in=ACTIVE, wake_at__lte=timezone.now())
            for job_id in list(due.values_list("pk", flat=True)):
                try:
                    runner.carry_on(job_id)
                except DatabaseError:
                    # As with a real worker: the task fails, and the job is woken again.
                    traceback.print_exc()
        connection.close()

    thread = threading.Thread(target=carry_on, name="worker")
    thread.start()
    yield
    over.set()
    thread.join()


@pytest.fixture
def watched(page: Page, portal) -> Iterator[Page]:
    """A page; afterwards none of its scripts may have failed and nothing broken the content policy."""
    problems: list[str] = []
    page.on("pageerror", lambda error: problems.append(str(error)))
    page.on(
        "console",
        lambda line: problems.append(line.text) if "Content Security Policy" in line.text else None,
    )
    page.set_default_timeout(15_000)
    yield page
    assert problems == []


def shuts_nobody_out(page: Page) -> None:
    """axe-core finds nothing; it runs beside the page, past the page's own policy."""
    page.evaluate(CALM)
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "(rules) => axe.run('html', {runOnly: rules, resultTypes: ['violations']})", RULES
    )
    problems = [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]
    assert problems == [], page.url


def look(page, name):
    """Nothing sticks out at either width, and nobody is shut out; SHOTS names a folder for pictures."""
    shuts_nobody_out(page)
    for width in (390, 1440):
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth <= innerWidth"), (name, width)
        for theme in ("light", "dark") if SHOTS else ():
            page.evaluate("(theme) => document.documentElement.dataset.bsTheme = theme", theme)
            page.wait_for_timeout(250)
            page.screenshot(path=Path(SHOTS) / f"{name}-{width}-{theme}.png", full_page=True)
        page.evaluate("document.documentElement.dataset.bsTheme = 'light'")


@pytest.fixture
def here(watched, portal, grant, owner, owner_client):
    """The Owner's browser in an organisation that was read."""
    carry_through(syncing.start(owner.actor()), patience=30)
    cookie = owner_client.cookies["portal_session"]
    watched.context.add_cookies([{"name": "portal_session", "value": cookie.value, "url": portal}])
    return watched
