"""The departments as a tree, out of the mirror."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.db.models import Count, QuerySet

from apps.directory.models import Department
from apps.directory.selectors import users

# Of one branch; the rest is found by searching.
MOST_SHOWN = 200


@dataclass(slots=True)
class Node:
    """One department with those below it; `members` are its own, not theirs."""

    cliq_id: str
    name: str
    lead: str
    is_default: bool
    members: int = 0
    children: list["Node"] = field(default_factory=list)


def roots() -> list[Node]:
    """The whole tree; what hangs under nothing known, or in a circle, is a root too."""
    nodes, parents = _nodes()
    top = []
    for cliq_id, node in nodes.items():
        if parents[cliq_id] in nodes and not _circular(cliq_id, parents):
            nodes[parents[cliq_id]].children.append(node)
        else:
            top.append(node)
    return sorted(top, key=lambda node: not node.is_default)


def branch(cliq_id: str) -> list[Node]:
    """What is directly below one department."""
    waiting = roots()
    while waiting:
        node = waiting.pop()
        if node.cliq_id == cliq_id:
            return node.children
        waiting += node.children
    return []


def below(cliq_id: str) -> set[str]:
    """The ids of everything below one department, at any depth."""
    children: dict[str, list[str]] = defaultdict(list)
    for one, parent in _present().values_list("cliq_id", "parent_id"):
        children[parent].append(one)
    found: set[str] = set()
    waiting = [cliq_id]
    while waiting:
        new = [child for child in children[waiting.pop()] if child not in found]
        found.update(new)
        waiting += new
    return found


def above(department: Department) -> list[Department]:
    """The departments above one, the topmost first."""
    found: list[Department] = []
    parent = department.parent_id
    while parent and parent not in [each.cliq_id for each in found]:
        row = _present().filter(cliq_id=parent).first()
        if row is None:
            break
        found.insert(0, row)
        parent = row.parent_id
    return found


def paths() -> dict[str, str]:
    """Each department by id, with those above it: «Sales › EMEA»; the base department is left out."""
    found: dict[str, str] = {}

    def walk(nodes: Iterable[Node], before: str) -> None:
        for node in nodes:
            found[node.cliq_id] = before + node.name
            walk(node.children, "" if node.is_default else f"{found[node.cliq_id]} › ")

    walk(roots(), "")
    return found


def _nodes() -> tuple[dict[str, Node], dict[str, str]]:
    counted = users().exclude(department_id="").order_by().values_list("department_id")
    members = dict(counted.annotate(number=Count("pk")).values_list("department_id", "number"))
    nodes: dict[str, Node] = {}
    parents: dict[str, str] = {}
    rows = _present().order_by("search", "cliq_id")
    for cliq_id, name, lead, parent, base in rows.values_list(
        "cliq_id", "name", "lead_name", "parent_id", "is_default"
    ):
        nodes[cliq_id] = Node(cliq_id, name, lead, base, members.get(cliq_id, 0))
        parents[cliq_id] = parent
    return nodes, parents


def _circular(cliq_id: str, parents: dict[str, str]) -> bool:
    """Whether going up from here leads back here: a mirror read while departments were moved."""
    met = {cliq_id}
    one = parents[cliq_id]
    while one in parents:
        if one in met:
            return one == cliq_id
        met.add(one)
        one = parents[one]
    return False


def _present() -> QuerySet[Department]:
    return Department.objects.filter(gone_at=None)
