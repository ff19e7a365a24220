"""Templates: no inline style, script or handler, and a first line that says what they are."""

import re
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
TEMPLATES = sorted([*(ROOT / "templates").rglob("*.html"), *(ROOT / "apps").rglob("templates/**/*.html")])
# Drawn by a tag of the same name, which says what they are.
SMALL = 12
FORBIDDEN = {
    "a style attribute": re.compile(r"<[^>]+\sstyle\s*=", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(r"<script(?![^>]*\bsrc=)[^>]*>", re.IGNORECASE),
    "a handler attribute": re.compile(r"<[^>]+\son[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"javascript:", re.IGNORECASE),
    "an hx-on attribute": re.compile(r"\shx-on", re.IGNORECASE),
    "an address of another host": re.compile(r"(?:src|href)=\"https?://", re.IGNORECASE),
    "a filter that trusts": re.compile(r"\|\s*safe\b|autoescape off"),
}


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_obeys_the_content_security_policy(path):
    text = path.read_text("utf-8")
    found = [what for what, pattern in FORBIDDEN.items() if pattern.search(text)]
    assert found == []


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(ROOT)))
def test_it_says_what_it_is(path):
    text = path.read_text("utf-8")
    assert "{#" in text.lstrip()[:2] or "{% comment %}" in text[:60] or len(text.splitlines()) <= SMALL
