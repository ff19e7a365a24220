"""The style guide as a server of its own, and a browser to look at it."""

import os
import re
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
import requests
from playwright.sync_api import BrowserContext, Page

ROOT = Path(__file__).resolve().parents[2]
CHROMIUM = Path(os.environ.get("CHROMIUM", "/usr/bin/chromium"))


def guide_environment(folder: Path) -> dict[str, str]:
    """The style guide's environment: its settings and a database of its own."""
    return os.environ | {
        "DJANGO_SETTINGS_MODULE": "tests.console.guide.settings",
        "GUIDE_DATABASE": str(folder / "guide.sqlite3"),
        "GUIDE_STATIC": str(folder / "static"),
    }


def free_port() -> int:
    """A port that nobody listens on."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


@pytest.fixture(scope="session")
def guide(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of the running style guide."""
    folder = tmp_path_factory.mktemp("guide")
    environment, port = guide_environment(folder), free_port()
    fill = (
        "import django; django.setup(); from django.core.management import call_command; "
        "call_command('migrate', run_syncdb=True, verbosity=0); "
        "from tests.console.guide.cast import seed; seed()"
    )
    subprocess.run([sys.executable, "-c", fill], cwd=ROOT, env=environment, check=True)
    serve = ["-m", "django", "runserver", "--noreload", "--insecure", "--skip-checks", f"127.0.0.1:{port}"]
    with (folder / "log").open("w") as log:
        server = subprocess.Popen([sys.executable, *serve], cwd=ROOT, env=environment, stdout=log, stderr=log)
    address = f"http://127.0.0.1:{port}"
    try:
        wait_for(address, server)
        yield address
    finally:
        server.terminate()
        server.wait(10)


def wait_for(address: str, server: "subprocess.Popen[bytes]") -> None:
    """Until the server answers, or ends."""
    end = time.monotonic() + 30
    while time.monotonic() < end:
        assert server.poll() is None, "The style guide ended."
        try:
            requests.get(f"{address}/sign-in/", timeout=5)
        except requests.ConnectionError:
            time.sleep(0.05)
        else:
            return
    pytest.fail("The style guide did not start within 30 seconds.")


class Visitor(requests.Session):
    """A person without script: follows links, sends forms with the token they were given."""

    def __init__(self, address: str) -> None:
        super().__init__()
        self.address = address

    def request(self, method: str, url: str, *args: Any, **kwargs: Any) -> requests.Response:  # type: ignore[override]
        """Resolve a path of the style guide."""
        kwargs.setdefault("timeout", 20)
        return super().request(method, self.address + url if url.startswith("/") else url, *args, **kwargs)

    def submit(self, path: str, data: dict[str, str], **kwargs: Any) -> requests.Response:
        """Open the form at `path`, fill in `data` over what it showed, send it."""
        page = self.get(path).text
        return self.post(path, data=shown_values(page) | data, headers={"Referer": self.address}, **kwargs)


def shown_values(page: str) -> dict[str, str]:
    """What the form's inputs hold, hidden ones included."""
    values = {}
    for tag in re.findall(r"<input[^>]*>", page):
        name, value = re.search(r'name="([^"]*)"', tag), re.search(r'value="([^"]*)"', tag)
        if name and (' type="radio"' not in tag or " checked" in tag):
            values[name[1]] = value[1] if value else ""
    for name_, options in re.findall(r'<select name="([^"]*)".*?>(.*?)</select>', page, re.S):
        chosen = re.search(r'value="([^"]*)" selected', options)
        values[name_] = chosen[1] if chosen else ""
    return values


@pytest.fixture
def visitor(guide: str) -> Visitor:
    """Somebody without script, signed in as Owner unless the address says `?as=`."""
    return Visitor(guide)


@pytest.fixture(scope="session")
def browser_type_launch_args() -> dict[str, Any]:
    """The system's Chromium; its absence skips the test, unless browser tests are required."""
    if not CHROMIUM.exists():
        if os.environ.get("BROWSER_REQUIRED"):
            pytest.fail(f"There is no Chromium at {CHROMIUM}, and browser tests are required.")
        pytest.skip(f"There is no Chromium at {CHROMIUM}.")
    return {
        "executable_path": str(CHROMIUM),
        "args": ["--no-sandbox", "--disable-gpu", "--disable-quic", "--disable-background-networking"],
    }


WATCH = """
window.violations = [];
document.addEventListener("securitypolicyviolation", (event) =>
  window.violations.push(`${event.violatedDirective} ${event.sourceFile}:${event.lineNumber}`));
"""


@pytest.fixture
def open_page(guide: str, new_context: Callable[..., BrowserContext]) -> Iterator[Callable[..., Page]]:
    """`open_page(path, width=, theme=)`; afterwards no page may have thrown or broken the content policy."""
    pages, errors = [], []

    def open_(path: str, width: int = 1440, theme: str = "light", **options: Any) -> Page:
        height = 844 if width < 500 else 900
        context = new_context(viewport={"width": width, "height": height}, color_scheme=theme, **options)
        context.add_init_script(WATCH)
        page = context.new_page()
        page.on("pageerror", lambda error: errors.append(str(error)))
        page.goto(guide + path)
        pages.append(page)
        return page

    yield open_
    assert errors == []
    assert [page.evaluate("window.violations") for page in pages] == [[] for _ in pages]
