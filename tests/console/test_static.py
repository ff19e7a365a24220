"""The front-end packages and our own files as production serves them: hashed, compressed, nothing missing."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from .conftest import ROOT, guide_environment

# Everything the pages name: a template's {% static %}.
NAMED = {
    name
    for path in (ROOT / "templates").rglob("*.html")
    for name in re.findall(r"{% static ['\"]([^'\"]+)['\"]", path.read_text())
}


@pytest.mark.slow
def test_every_file_a_page_names_is_collected_and_hashed(tmp_path: Path) -> None:
    storage = {"GUIDE_STORAGE": "whitenoise.storage.CompressedManifestStaticFilesStorage"}
    environment = guide_environment(tmp_path) | storage
    command = [sys.executable, "-m", "django", "collectstatic", "--noinput", "--skip-checks"]
    done = subprocess.run(command, cwd=ROOT, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    folder = Path(environment["GUIDE_STATIC"])
    paths = json.loads((folder / "staticfiles.json").read_text())["paths"]
    assert sorted(NAMED - paths.keys()) == []
    broken = [
        f"{name}: {reference}"
        for name in NAMED
        if name.endswith(".css")
        for reference in re.findall(r"url\([\"']?([^\"')]+)", (folder / paths[name]).read_text())
        if not reference.startswith(("data:", "#", "<", "%")) and not exists(folder / paths[name], reference)
    ]
    assert broken == []


def exists(stylesheet: Path, reference: str) -> bool:
    return Path(os.path.normpath(stylesheet.parent / reference.split("?")[0].split("#")[0])).exists()


def test_our_own_scripts_import_nothing() -> None:
    """An import would ask for the unhashed name, which a browser may keep for ever."""
    for path in (ROOT / "static" / "js").glob("*.js"):
        assert not re.search(r"^\s*(import\s|export\s.*from)|\bimport\(", path.read_text(), re.M), path.name
        assert not re.search(
            r"\beval\(|new Function|innerHTML\s*=|setAttribute\(\"style\"", path.read_text()
        ), path.name


def test_our_own_styles_are_small_and_use_the_tokens() -> None:
    for path in (ROOT / "static" / "css").rglob("*.css"):
        text = path.read_text()
        assert "@import" not in text, path.name
        assert len(text.splitlines()) <= 150, path.name
