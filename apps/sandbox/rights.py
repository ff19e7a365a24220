"""What roles may do: modules with actions and configuration values, and their changes."""

import json
import sqlite3
from copy import deepcopy
from typing import Any

from apps.sandbox.exceptions import Malformed, NotAllowed
from apps.sandbox.tables import DATA

STATUSES = ("enabled", "disabled")
# What a Cliq Admin, who has no access to the organisation itself, may not do from the beginning.
ORGANIZATION_MODULES = (
    "organisations", "users", "departments", "designations", "profiles", "policies", "ip_restriction", "sso",
)  # fmt: skip
UNSETTABLE_MODULE = "custom_admin"
READ_ONLY_ACTION = "get"
REPLY_TIME = {
    "name": "profile_based_restricted_reply_time_frame",
    "label": "Time to reply",
    "type": "long",
    "value": {"profile_based_restricted_reply_time_frame": "", "restricted_reply_time_frame": "345600000"},
}
COLLEAGUES = {
    "name": "custom_rule",
    "label": "Other colleagues - Set custom",
    "type": "hash",
    "value": {"disabled": [], "enabled": []},
}
CONFIGS = {"direct_message": [REPLY_TIME], "organisation_member": [COLLEAGUES]}


def _modules() -> dict[str, dict[str, Any]]:
    """Every module as an administrator has it: name, whom it is for, status, actions."""
    found: dict[str, dict[str, Any]] = {}
    for line in (DATA / "modules.txt").read_text(encoding="utf-8").splitlines():
        name, whose, status, *actions = line.split()
        found[name] = {"is_admin_module": whose == "admin", "status": status}
        if name in CONFIGS:
            found[name]["configs"] = CONFIGS[name]
        if actions:
            pairs = (action.partition("=") for action in actions)
            found[name]["actions"] = {action: given or "enabled" for action, _, given in pairs}
    return found


MODULES = _modules()


def of(role: sqlite3.Row) -> dict[str, dict[str, Any]]:
    """All modules of one role."""
    found = deepcopy(MODULES)
    for name, module in found.items():
        if _closed(role["permission_type"], name):
            module["status"] = "disabled"
            module |= {"actions": dict.fromkeys(module["actions"], "disabled")} if "actions" in module else {}
        change = json.loads(role["permissions"]).get(name, {})
        module["status"] = change.get("status", module["status"])
        for action, status in change.get("actions", {}).items():
            module["actions"][action] = status
        for config in module.get("configs", ()):
            _configure(config, change.get("configs", {}).get(config["name"]))
    return found


def _closed(profile_type: str, name: str) -> bool:
    if profile_type == "Cliq Admin":
        return name in ORGANIZATION_MODULES
    return profile_type == "Members" and bool(MODULES[name]["is_admin_module"])


def _configure(config: dict[str, Any], value: Any) -> None:
    """A number is written bare and read inside an object, under the name of its configuration."""
    if value is None:
        return
    if config["type"] == "long":
        config["value"][config["name"]] = str(value)
    else:
        config["value"] = value


def changed(role: sqlite3.Row, items: Any) -> dict[str, Any]:
    """The role's changes with those of one call; a Refusal where one is not taken, then none is."""
    if not isinstance(items, list) or not items:
        raise Malformed("The parameter list is missing or empty.")
    changes: dict[str, Any] = json.loads(role["permissions"])
    for item in items:
        name = item.get("module") if isinstance(item, dict) else None
        if name not in MODULES:
            raise Malformed(f"The module {name} does not exist.")
        if name == UNSETTABLE_MODULE or (
            role["profile_type"] == "Members" and MODULES[name]["is_admin_module"]
        ):
            raise NotAllowed(f"The module {name} cannot be changed for this role.")
        _change(name, item, changes.setdefault(name, {}))
    return changes


def _change(name: str, item: dict[str, Any], change: dict[str, Any]) -> None:
    if set(item) - {"module", "action", "status", "configs"} or not {"status", "configs"} & set(item):
        raise Malformed(f"The entry of the module {name} is not valid.")
    if "status" in item:
        if item["status"] not in STATUSES:
            raise Malformed("The parameter status is not valid.")
        if "action" in item:
            _demand_action(name, item["action"])
            change.setdefault("actions", {})[item["action"]] = item["status"]
        else:
            change["status"] = item["status"]
    for config in _given_configs(name, item):
        change.setdefault("configs", {})[config["name"]] = config["value"]


def _demand_action(name: str, action: Any) -> None:
    if action not in MODULES[name].get("actions", {}):
        raise Malformed(f"The module {name} has no action {action}.")
    if action == READ_ONLY_ACTION:
        raise NotAllowed("The action get cannot be changed.")


def _given_configs(name: str, item: dict[str, Any]) -> list[dict[str, Any]]:
    configs = item.get("configs", [])
    known = {config["name"]: config["type"] for config in CONFIGS.get(name, ())}
    if not isinstance(configs, list):
        raise Malformed("The parameter configs is not a list.")
    for config in configs:
        if not isinstance(config, dict) or set(config) != {"name", "value"} or config["name"] not in known:
            raise Malformed(f"The module {name} has no such configuration.")
        numeric = isinstance(config["value"], int | str) and str(config["value"]).isdigit()
        if known[config["name"]] == "long" and not numeric:
            raise Malformed("The configuration's value is not a number.")
        if known[config["name"]] == "hash" and not isinstance(config["value"], dict):
            raise Malformed("The configuration's value is not an object.")
    return configs
