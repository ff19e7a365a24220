"""Two roles beside each other, and who can do what."""

from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.access import cells, groups, selectors
from apps.access.cells import Cell
from apps.access.models import Role
from apps.access.services import reading
from apps.console.views import PageView
from apps.core.permissions import Permission

ACTIVE = "access:roles"


@dataclass(frozen=True, slots=True)
class Difference:
    """One cell that two roles do not share; a side that has no such cell is empty."""

    title: str
    is_admin: bool
    sides: tuple[str, str]


class CompareView(PageView):
    """Only what differs between two roles."""

    permission = Permission.ROLES_VIEW
    title, active, template_name = "Compare two roles", ACTIVE, "access/compare.html"
    description = "Only what differs is shown."

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return "Roles", reverse("access:roles")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the choices and, where two are chosen, what differs."""
        roles = list(selectors.roles())
        a, b = (self._chosen(name) for name in "ab")
        problems: list[str] = []
        context: dict[str, Any] = {"roles": roles, "a": a, "b": b, "problems": problems}
        if a and b and a.pk != b.pk:
            for role in (a, b):
                if role.permissions_read_at is None and (problem := reading.refresh_permissions(role)):
                    problems.append(f"{role.name}: {problem}")
            if not problems:
                context |= compared(a, b)
        return super().get_context_data(**context, **kwargs)

    def _chosen(self, name: str) -> Role | None:
        role = selectors.role_by_id(self.request.GET.get(name, ""))
        return role if role is not None and role.gone_at is None else None


def compared(a: Role, b: Role) -> dict[str, Any]:
    """What differs, by group, and how much is the same."""
    ours, theirs = cells.cells(a.permissions), cells.cells(b.permissions)
    differing: dict[str, list[Difference]] = {}
    same = 0
    for key in dict.fromkeys([*ours, *theirs]):
        one, other = ours.get(key), theirs.get(key)
        if one is not None and other is not None and one.value == other.value:
            same += 1
            continue
        cell = one or other
        assert cell is not None  # noqa: S101
        difference = Difference(cell.title, cell.is_admin, (_said(one), _said(other)))
        differing.setdefault(groups.group_of(cell.module), []).append(difference)
    order = groups.grouped({cell.module for cell in (*ours.values(), *theirs.values())})
    return {
        "differing": [(title, differing[title]) for title in order if title in differing],
        "number": sum(len(each) for each in differing.values()),
        "same": same,
        "oldest": min(
            (each for each in (a.permissions_read_at, b.permissions_read_at) if each), default=None
        ),
    }


def _said(cell: Cell | None) -> str:
    return cell.spoken(cell.value) if cell is not None else ""


@dataclass(frozen=True, slots=True)
class Capable:
    """A role, and whether it can; None where its permissions were not read yet."""

    role: Role
    can: bool | None


class WhoView(PageView):
    """A module and an action: which roles can, and how many people that is."""

    permission = Permission.ROLES_VIEW
    title, active, template_name = "Who can do it", ACTIVE, "access/who.html"
    description = "Pick what it is about, and see the roles that can and how many people have them."

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return "Roles", reverse("access:roles")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the choices and the answer."""
        known = selectors.known_actions()
        what = self.request.GET.get("what", "")
        module, _, action = what.partition("/")
        context: dict[str, Any] = {
            "choices": [
                (title, [choice for module in modules for choice in _choices(module, known[module])])
                for title, modules in groups.grouped(known).items()
            ],
            "what": what,
        }
        if module in known and (not action or action in known[module]):
            context |= {"chosen": _label(module, action), **_answer(module, action)}
        return super().get_context_data(**context, **kwargs)


def _answer(module: str, action: str) -> dict[str, Any]:
    roles = selectors.roles_with(module)
    judged = [Capable(role, _can(role, module, what, action)) for role, what in roles]
    able = [each for each in judged if each.can]
    return {
        "able": able,
        "unable": [each for each in judged if each.can is False],
        "unread": [each for each in judged if each.can is None],
        "people": sum(each.role.members_count or 0 for each in able),
        "uncounted": any(each.role.members_count is None for each in able),
        "oldest": min(
            (role.permissions_read_at for role, _ in roles if role.permissions_read_at), default=None
        ),
    }


def _choices(module: str, actions: list[str]) -> list[tuple[str, str]]:
    return [(module, _label(module, "")), *((f"{module}/{name}", _label(module, name)) for name in actions)]


def _label(module: str, action: str) -> str:
    return f"{groups.words(module)}: {groups.words(action)}" if action else groups.words(module)


def _can(role: Role, module: str, what: dict[str, Any], action: str) -> bool | None:
    if role.permissions_read_at is None:
        return None
    return cells.allows({module: what}, module, action)
