"""Every kind of event that has a verb is emitted somewhere, and every emitted kind has a verb."""

import ast
from pathlib import Path

from apps.audit.kinds import KINDS

APPS = Path(__file__).resolve().parent.parent.parent / "apps"


def strings() -> dict[str, set[str]]:
    """Text constants by the file they stand in, AppConfigs aside: those only register."""
    found: dict[str, set[str]] = {}
    for path in APPS.rglob("*.py"):
        if path.name == "apps.py" or "migrations" in path.parts:
            continue
        tree = ast.parse(path.read_text("utf-8"))
        found[str(path)] = {
            node.value
            for node in ast.walk(tree)
            if isinstance(node, ast.Constant) and isinstance(node.value, str)
        }
    return found


def emitted() -> set[str]:
    """Kinds given to a Draft, a Change or a helper that records."""
    kinds = set()
    for path in APPS.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name = getattr(node.func, "id", getattr(node.func, "attr", ""))
            values = [keyword.value for keyword in node.keywords if keyword.arg == "kind"]
            if name in ("_record", "Draft", "Change"):
                values += node.args[:1]
                kinds |= {
                    value.value
                    for value in values
                    if isinstance(value, ast.Constant) and isinstance(value.value, str)
                }
    return kinds


def test_every_registered_kind_is_emitted():
    known = set().union(*strings().values())
    assert set(KINDS) - known == set()


def test_every_emitted_kind_has_a_verb():
    found = emitted()
    assert len(found) > 12
    assert found - set(KINDS) == set()
