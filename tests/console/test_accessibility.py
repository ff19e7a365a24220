"""axe-core over every page of the style guide, in both themes, on a phone and on a desk."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Page

from .conftest import ROOT

AXE = ROOT / "node_modules" / "axe-core" / "axe.min.js"
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
PAGES = ["/", "/?q=zzz&status=active", "/nothing/", "/log/", "/people/5/", "/people/5/edit/"]
PAGES += ["/people/5/remove/", "/plan/", "/job/", "/pieces/", "/sign-in/", "/nope", "/broken/"]

pytestmark = pytest.mark.browser


def problems(page: Page, within: str = "html") -> list[str]:
    """What axe finds, one line each. It runs beside the page, past the page's own policy."""
    page.evaluate(AXE.read_text())
    found: dict[str, Any] = page.evaluate(
        "([within, rules]) => axe.run(within, {runOnly: rules, resultTypes: ['violations']})", [within, RULES]
    )
    return [
        f"{rule['id']}: {node['target']} {node['failureSummary']}"
        for rule in found["violations"]
        for node in rule["nodes"]
    ]


@pytest.mark.parametrize(("width", "theme"), [(1440, "light"), (390, "dark")])
def test_no_page_shuts_anybody_out(
    open_page: Callable[..., Page], guide: str, width: int, theme: str
) -> None:
    page = open_page("/", width=width, theme=theme, reduced_motion="reduce")
    found = {}
    for path in PAGES:
        page.goto(guide + path)
        found[path] = problems(page)
    assert found == {path: [] for path in PAGES}


def test_open_things_shut_nobody_out(open_page: Callable[..., Page]) -> None:
    page = open_page("/", reduced_motion="reduce")
    page.click(".chip >> nth=1")
    assert problems(page, within=".chip[open]") == []
    page.click(".chip >> nth=2")
    assert problems(page, within=".chip[open]") == []
    page = open_page("/people/5/", reduced_motion="reduce")
    page.click("#remove")
    page.wait_for_selector("#dialog[open]")
    assert problems(page) == []
    page = open_page("/people/5/edit/", reduced_motion="reduce")
    page.click("#id_department_search")
    assert problems(page, within=".field:has(.combobox)") == []
    page.fill("#id_designation", "Emperor")
    page.click("[data-submit]")
    page.wait_for_selector("#id_designation_error")
    # The bar with the buttons sticks to the window's end: what it covers now is not covered after scrolling.
    page.set_viewport_size({"width": 1440, "height": 1800})
    assert problems(page) == []
    page = open_page("/", width=390, reduced_motion="reduce")
    page.click(".topbar-menu")
    assert problems(page) == []


def test_no_page_is_wider_than_its_window(open_page: Callable[..., Page], guide: str) -> None:
    page, wide = open_page("/"), []
    for path in PAGES:
        page.goto(guide + path)
        for width in (360, 390, 768, 1024, 1440, 2560):
            page.set_viewport_size({"width": width, "height": 900})
            shown = page.evaluate("document.documentElement.scrollWidth")
            if shown > width:
                wide.append(f"{path} takes {shown} of {width}")
    assert wide == []
