"""The permission matrix as it is drawn: groups, rows, controls."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from django.utils.html import format_html
from django.utils.safestring import SafeString

from apps.access import cells, groups
from apps.access.cells import Cell, Kind, Permissions
from apps.connections.mirror import fold
from apps.console import matrix

# Beyond this many actions, those that only one module of a group has stand together in a last column.
COLUMNS = 7
# What every group begins with, so that the eye finds it in the same place.
FIRST = ("get", "use", "access", "create", "edit", "delete", "manage")


@dataclass(frozen=True, slots=True)
class Row:
    """One module: its name, whether it is an admin's, its controls."""

    module: str
    label: str
    is_admin: bool
    status: SafeString
    actions: list[SafeString]
    others: list[tuple[str, SafeString]]
    configs: list[tuple[str, SafeString, str]]
    search: str


@dataclass(frozen=True, slots=True)
class Group:
    """Modules under one heading; `columns` are the actions that have one of their own."""

    title: str
    slug: str
    columns: list[str]
    rows: list[Row]
    has_others: bool
    has_configs: bool
    on: int


@dataclass(frozen=True, slots=True)
class Editing:
    """Who looks: what they may change, and what they have chosen so far."""

    members: bool = False
    admins: bool = False
    wanted: Mapping[str, str] = ()  # type: ignore[assignment]

    def may(self, cell: Cell) -> bool:
        """Whether this cell is a control for them."""
        return not cell.fixed and (self.admins if cell.is_admin else self.members)

    def value(self, cell: Cell) -> str:
        """What the control shows."""
        return dict(self.wanted).get(cell.key, cell.value)


def drawn(permissions: Permissions, editing: Editing, *, search: str = "") -> list[Group]:
    """Every module in its group; with `search` those whose names hold all its words."""
    known = cells.cells(permissions)
    by_module: dict[str, list[Cell]] = {}
    for cell in known.values():
        by_module.setdefault(cell.module, []).append(cell)
    wanted = [module for module in by_module if _matches(module, by_module[module], search)]
    return [
        _group(title, modules, by_module, permissions, editing)
        for title, modules in groups.grouped(wanted).items()
    ]


def _matches(module: str, its: Iterable[Cell], search: str) -> bool:
    text = _searched(module, its)
    return all(word in text for word in fold(search).split())


def _searched(module: str, its: Iterable[Cell]) -> str:
    return fold(module, groups.words(module), groups.group_of(module), *(cell.label for cell in its))


def _group(
    title: str,
    modules: list[str],
    by_module: Mapping[str, list[Cell]],
    permissions: Permissions,
    editing: Editing,
) -> Group:
    names = Counter(cell.name for module in modules for cell in by_module[module] if cell.kind == Kind.ACTION)
    columns = [name for name, _ in names.most_common(COLUMNS)]
    columns = sorted(columns, key=lambda name: FIRST.index(name) if name in FIRST else len(FIRST))
    rows = [_row(module, by_module[module], columns, permissions, editing) for module in modules]
    on = sum(
        cell.value == matrix.ENABLED for m in modules for cell in by_module[m] if cell.kind == Kind.STATUS
    )
    return Group(
        title,
        "group-" + title.casefold().replace(" ", "-"),
        [groups.words(name) for name in columns],
        rows,
        any(row.others for row in rows),
        any(row.configs for row in rows),
        on,
    )


def _row(module: str, its: list[Cell], columns: list[str], permissions: Permissions, editing: Editing) -> Row:
    actions = {cell.name: cell for cell in its if cell.kind == Kind.ACTION}
    return Row(
        module=module,
        label=groups.words(module),
        is_admin=its[0].is_admin,
        status=control(its[0], editing),
        actions=[control(actions[name], editing) if name in actions else matrix.NONE for name in columns],
        others=[
            (cell.label, control(cell, editing)) for name, cell in actions.items() if name not in columns
        ],
        configs=[
            (cell.label, control(cell, editing), cells.inherited(permissions, cell))
            for cell in its
            if cell.kind == Kind.CONFIG
        ],
        search=_searched(module, its),
    )


def control(cell: Cell, editing: Editing) -> SafeString:
    """A switch with its word, a field, or plain text where this person may change nothing."""
    value = editing.value(cell)
    if not editing.may(cell):
        return matrix.fixed(cell, value)
    return matrix.switch(cell, value) if cell.kind != Kind.CONFIG else _field(cell, value)


def _field(cell: Cell, value: str) -> SafeString:
    shown = matrix.shown_before(cell, value)
    if cell.is_number:
        template = (
            '<input class="form-control" type="text" inputmode="numeric" name="{}{}" value="{}" '
            'data-shown="{}" aria-label="{}">{}'
        )
        return format_html(template, matrix.PREFIX, cell.key, value, cell.value, cell.title, shown)
    template = (
        '<textarea class="form-control" rows="2" spellcheck="false" name="{}{}" data-shown="{}" '
        'aria-label="{}">\n{}</textarea>{}'
    )
    return format_html(template, matrix.PREFIX, cell.key, cell.value, cell.title, value, shown)
