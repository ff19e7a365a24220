"""Finding out what Zoho answers to this grant, by reading only: one call a check, a few checks in all.

Zoho People is recognised by what the reference says of it: reading users wants scopes of its own, the
list of departments wants a search, and no designation can be read. Whether the holder may edit other
users is said by the permissions of their role (module `users`, action `edit`); the last word has Zoho's
answer to a real change, which no probe sends.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils import timezone

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.errors import NotAllowed, ScopeMissing
from apps.connections import scopes
from apps.connections.capabilities import ModuleState
from apps.connections.models import Grant, Organization
from apps.core.errors import PortalError, Refused, VendorFailure

Findings = dict[str, Any]
PEOPLE_SENTENCE = "Zoho People manages them for this organisation: change them there."
# Of the documented `search`: any department will do, the answer itself is the finding.
ANY = "a"
# The holder was moved out of the Admin role: says nothing of Zoho People.
NO_ADMIN = "not_an_organization_admin"


@dataclass(frozen=True, slots=True)
class Check:
    """One reading call that shows whether a part of the API answers."""

    name: str
    label: str
    endpoint: str
    params: Mapping[str, Any]


CHECKS = (
    Check("users", "Users", "users.list", {"limit": 1}),
    Check("departments", "Departments", "departments.list", {"limit": 1}),
    Check("departments_search", "", "departments.list", {"limit": 1, "search": ANY}),
    Check("designations", "Designations", "designations.list", {"limit": 1}),
    Check("userfields", "User fields", "userfields.list", {}),
    Check("layouts", "Profile layouts", "users.layout", {"unique_name": "quick_view"}),
    Check("roles", "Roles", "roles.list", {}),
    Check("teams", "Teams", "teams.list", {}),
    Check("channels", "Channels", "channels.list", {"limit": 1}),
    Check("custom_domain", "Custom domain", "custom_domain.get", {}),
    Check("mail", "Mail configuration", "mail.get", {}),
)
ROLE = "role"


def plan() -> list[str]:
    """The names of the checks that make sense: of what the portal asks permissions for."""
    asked = set(scopes.needed())
    return [check.name for check in CHECKS if set(CATALOGUE[check.endpoint].scopes) <= asked] + [ROLE]


def carry_out(name: str, cliq: Cliq, grant: Grant, findings: Findings) -> Findings:
    """The findings with those of one more check. QuotaWait, NotSent, GrantDead: nothing was found out yet."""
    if name == ROLE:
        return findings | {"edits_others": _edits_others(cliq, grant)}
    check = next(check for check in CHECKS if check.name == name)
    state, error = _state(lambda: cliq.call(CATALOGUE[check.endpoint], params=check.params))
    found = {
        "label": check.label,
        "state": state.value,
        "sentence": error.sentence if error else "",
        "code": error.code if isinstance(error, Refused) else "",
    }
    return findings | {"modules": {**findings.get("modules", {}), name: found}}


def conclude(findings: Findings, grant: Grant) -> Findings:
    """What the checks mean together."""
    modules: dict[str, dict[str, str]] = dict(findings.get("modules", {}))
    searched = modules.pop("departments_search", None)
    people = _people_in_use(modules, searched, grant)
    for name, found in modules.items():
        if found["state"] == ModuleState.NO_SCOPE:
            modules[name] = found | {"sentence": _lacking(name, grant, people) or found["sentence"]}
    for name in ("departments", "designations"):
        if people and modules.get(name, {}).get("state") == ModuleState.REFUSED:
            modules[name] |= {"state": ModuleState.PEOPLE.value, "sentence": PEOPLE_SENTENCE}
    return findings | {"modules": modules, "zoho_people": people}


def _lacking(name: str, grant: Grant, people: bool) -> str:
    """Which permissions the consent should have held."""
    endpoint = CATALOGUE[next(check.endpoint for check in CHECKS if check.name == name)]
    wanted = endpoint.scopes + (endpoint.people_scopes if people else ())
    lacking = [scope for scope in wanted if scope not in grant.scopes]
    return f"The consent lacks {', '.join(lacking)}." if lacking else ""


def keep(organization: Organization, findings: Findings) -> None:
    """Store what was found; pages then explain what cannot work."""
    Organization.objects.filter(pk=organization.pk).update(findings=findings, probed_at=timezone.now())


def _people_in_use(
    modules: Mapping[str, Mapping[str, str]], searched: Mapping[str, str] | None, grant: Grant
) -> bool:
    def state(name: str) -> str:
        return modules.get(name, {}).get("state", "")

    granted, users = set(grant.scopes), CATALOGUE["users.list"]
    wants_more = state("users") == ModuleState.NO_SCOPE and set(users.scopes) <= granted
    only_by_search = (
        state("departments") == ModuleState.REFUSED
        and searched is not None
        and searched["state"] == ModuleState.ANSWERS
    )
    neither = state("departments") == state("designations") == ModuleState.REFUSED and (
        modules["designations"]["code"] != NO_ADMIN
    )
    return wants_more or only_by_search or neither


def _state(call: Callable[[], object]) -> tuple[ModuleState, PortalError | None]:
    try:
        call()
    except ScopeMissing as error:
        return ModuleState.NO_SCOPE, error
    except Refused as error:
        return ModuleState.REFUSED, error
    except VendorFailure as error:
        return ModuleState.FAILED, error
    return ModuleState.ANSWERS, None


def _edits_others(cliq: Cliq, grant: Grant) -> bool | None:
    """What the holder's role says; None where it names no such permission."""
    if not grant.role_id:
        return None
    try:
        users = cliq.roles.permissions(grant.role_id).get("users")
    except (NotAllowed, ScopeMissing, VendorFailure):
        return None
    if users is None:
        return None
    # As real replies name them: a module for each thing that is administered, an action for each act.
    return _enabled(users.status) and _enabled(users.actions.get("edit", "enabled"))


def _enabled(word: str) -> bool:
    return word.casefold() == "enabled"
