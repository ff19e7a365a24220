"""Imports point down only, and modules and functions stay small."""

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent.parent
APPS = ROOT / "apps"

# An app imports only rooms that stand after it.
ORDER = (
    "home",
    "onboarding",
    "access",
    "channels",
    "organization",
    "directory",
    "jobs",
    "accounts",
    "connections",
    "audit",
    "console",
)
EVERYBODY = ("core", "cliq")
LONGEST_MODULE = 350
LONGEST_FUNCTION = 60


def allowed(app: str) -> set[str]:
    """The rooms an app may import, its own included."""
    if app == "cliq":
        return {"cliq"}
    if app == "sandbox":
        return {"sandbox"}
    if app == "core":
        return {"core"}
    return {*ORDER[ORDER.index(app) :], *EVERYBODY}


# Single modules that a room which may import nothing of another is allowed to know.
EXCEPTIONS = {
    ("cliq", "apps.core.errors"),
    ("sandbox", "apps.cliq.catalogue"),
    # The command that prints the catalogue; the catalogue's own room knows no Django.
    ("core", "apps.cliq.catalogue"),
}


def modules() -> list[Path]:
    """Every module of ours, migrations aside."""
    return [path for path in sorted(APPS.rglob("*.py")) if "migrations" not in path.parts]


def imports(path: Path) -> Iterator[tuple[int, str]]:
    """Line and dotted name of everything under `apps` that a module imports, wherever in it."""
    package = ".".join(path.relative_to(ROOT).with_suffix("").parts[:-1])
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            base = package.split(".")[: len(package.split(".")) - node.level + 1] if node.level else []
            name = ".".join([*base, *([node.module] if node.module else [])])
            yield from ((node.lineno, f"{name}.{alias.name}") for alias in node.names)


def test_imports_point_down():
    """What a lower room shows of a higher one is registered with it, never imported."""
    wrong = []
    for path in modules():
        app = path.relative_to(APPS).parts[0]
        if path.parent == APPS:
            continue
        for line, name in imports(path):
            if not name.startswith("apps."):
                continue
            room = name.split(".")[1]
            known = any(name.startswith(module) for one, module in EXCEPTIONS if one == app)
            if room not in allowed(app) and not known:
                wrong.append(f"{path.relative_to(ROOT)}:{line} imports {name}")
    assert wrong == []


def test_the_client_knows_no_django():
    """`cliq` is pure Python: neither ORM nor settings."""
    wrong = [
        f"{path.relative_to(ROOT)}:{line} imports {name}"
        for path in modules()
        if path.relative_to(APPS).parts[0] == "cliq"
        for line, name in imports(path)
        if name.split(".")[0] in ("django", "allauth", "celery")
    ]
    assert wrong == []


def test_every_room_has_its_place():
    rooms = {path.name for path in APPS.iterdir() if (path / "__init__.py").exists()}
    assert rooms == {*ORDER, *EVERYBODY, "sandbox"}


@pytest.mark.parametrize("path", modules(), ids=lambda path: str(path.relative_to(APPS)))
def test_it_stays_small(path):
    """A module one can hold in the head, functions one can see at once."""
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= LONGEST_MODULE
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            length = (node.end_lineno or node.lineno) - node.lineno + 1
            assert length <= LONGEST_FUNCTION, f"{node.name} has {length} lines"
