"""A role's permissions as single cells, each with a key, so that they can be shown, compared and sent.

A cell is a module's status (`bots`), one of its actions (`bots/create`) or a configuration
(`direct_message#restricted_reply_time_frame`).
"""

import json
from collections.abc import Iterable, Mapping
from copy import deepcopy
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from apps.access.groups import words
from apps.console.matrix import DISABLED, ENABLED, SWITCH

# Zoho shows these and takes no change of them.
FIXED_ACTION, FIXED_MODULE = "get", "custom_admin"
Permissions = Mapping[str, Mapping[str, Any]]


class Kind(StrEnum):
    """What a cell holds."""

    STATUS = "status"
    ACTION = "action"
    CONFIG = "config"


@dataclass(frozen=True, slots=True)
class Cell:
    """One thing a role may or may not do, or one setting; `value` in canonical text."""

    key: str
    module: str
    kind: Kind
    name: str
    value: str
    label: str
    type: str = ""
    is_admin: bool = False

    @property
    def fixed(self) -> bool:
        """Whether Zoho takes no change of it."""
        return self.module == FIXED_MODULE or (self.kind == Kind.ACTION and self.name == FIXED_ACTION)

    @property
    def title(self) -> str:
        """Module and what of it, in words."""
        return words(self.module) if self.kind == Kind.STATUS else f"{words(self.module)}: {self.label}"

    @property
    def is_number(self) -> bool:
        """Whether it is a configuration that is written as a bare number."""
        return self.type in ("long", "int", "integer", "number")

    def spoken(self, value: str) -> str:
        """A value as a person reads it."""
        return SWITCH.get(value, value) if self.kind != Kind.CONFIG else value or "not set"

    def canonical(self, text: str) -> str:
        """What was typed, as it is compared. ValueError where it is not of the cell's type."""
        text = text.strip()
        if self.kind != Kind.CONFIG:
            if text not in (ENABLED, DISABLED, self.value):
                raise ValueError("Choose On or Off.")
            return text
        if text == self.value:
            return text
        if self.is_number:
            if not (text.isascii() and text.isdigit()):
                raise ValueError("Enter a whole number.")
            return str(int(text))
        if self.type in ("hash", "json", "array"):
            try:
                value = json.loads(text)
            except ValueError:
                raise ValueError("This is not valid JSON.") from None
            if not isinstance(value, dict | list):
                raise ValueError("A JSON object is needed here.")
            return json.dumps(value, ensure_ascii=False, sort_keys=True)
        return text


def cells(permissions: Permissions) -> dict[str, Cell]:
    """Every cell by its key, in the order of the modules as they came."""
    found: dict[str, Cell] = {}
    for module, what in permissions.items():
        is_admin = bool(what.get("admin"))
        for cell in _of_module(module, what, is_admin):
            found[cell.key] = cell
    return found


def _of_module(module: str, what: Mapping[str, Any], is_admin: bool) -> Iterable[Cell]:
    yield Cell(module, module, Kind.STATUS, "", str(what.get("status", "")), "Module", is_admin=is_admin)
    for name, status in what.get("actions", {}).items():
        yield Cell(f"{module}/{name}", module, Kind.ACTION, name, str(status), words(name), is_admin=is_admin)
    for config in what.get("configs", ()):
        name = str(config["name"])
        label = str(config.get("label") or words(name))
        kind = str(config.get("type", ""))
        value = config_text(name, kind, config.get("value"))
        yield Cell(f"{module}#{name}", module, Kind.CONFIG, name, value, label, kind, is_admin)


def config_text(name: str, kind: str, value: Any) -> str:
    """A configuration's value as it is edited: a number that is read inside an object comes out bare."""
    if kind != "hash" and isinstance(value, dict) and name in value:
        value = value[name]
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, sort_keys=True)


def inherited(permissions: Permissions, cell: Cell) -> str:
    """What a configuration falls back to where the role has no value of its own."""
    for config in permissions.get(cell.module, {}).get("configs", ()):
        value = config.get("value")
        if config["name"] == cell.name and isinstance(value, dict) and cell.name in value:
            return next((str(each) for name, each in value.items() if name != cell.name), "")
    return ""


def wire(changes: Mapping[str, str], known: Mapping[str, Cell]) -> list[dict[str, Any]]:
    """The body of one call that makes these changes, and nothing else."""
    entries: list[dict[str, Any]] = []
    configs: dict[str, list[dict[str, Any]]] = {}
    for key, value in changes.items():
        cell = known[key]
        if cell.kind == Kind.STATUS:
            entries.append({"module": cell.module, "status": value})
        elif cell.kind == Kind.ACTION:
            entries.append({"module": cell.module, "action": cell.name, "status": value})
        else:
            configs.setdefault(cell.module, []).append({"name": cell.name, "value": _sent(cell, value)})
    return entries + [{"module": module, "configs": each} for module, each in configs.items()]


def _sent(cell: Cell, value: str) -> Any:
    if cell.is_number:
        return int(value)
    return json.loads(value) if cell.type in ("hash", "json", "array") else value


def values(permissions: Permissions) -> dict[str, str]:
    """The value of every cell by its key."""
    return {key: cell.value for key, cell in cells(permissions).items()}


def allows(permissions: Permissions, module: str, action: str) -> bool:
    """Whether a role may do this: the module is on, and so is the action if one is named."""
    what = permissions.get(module, {})
    if what.get("status") != ENABLED:
        return False
    return not action or what.get("actions", {}).get(action) == ENABLED


def changed(permissions: Permissions, after: Mapping[str, str]) -> dict[str, Any]:
    """The permissions with these cells changed."""
    found: dict[str, Any] = deepcopy(dict(permissions))
    known = cells(permissions)
    for key, value in after.items():
        cell = known.get(key)
        if cell is None:
            continue
        module = found[cell.module]
        if cell.kind == Kind.STATUS:
            module["status"] = value
        elif cell.kind == Kind.ACTION:
            module["actions"][cell.name] = value
        else:
            for config in module["configs"]:
                if config["name"] == cell.name:
                    config["value"] = _kept(config["value"], cell, value)
    return found


def _kept(present: Any, cell: Cell, value: str) -> Any:
    """The value in the form in which Zoho shows it."""
    if isinstance(present, dict) and cell.type != "hash" and cell.name in present:
        return {**present, cell.name: value}
    return _sent(cell, value)
