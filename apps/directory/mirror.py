"""Writing what Zoho said into the mirror, never over what was read later."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.cliq import replies
from apps.cliq.replies import User as WireUser
from apps.connections.mirror import Mirrored, fold
from apps.connections.models import Organization
from apps.directory import canonical
from apps.directory.models import Department, Designation, Team, User, UserField

# Column and Zoho's field of what is copied as it is.
_PLAIN = {name: name for name in canonical.FIELDS} | {"manager_id": "reporting_to_zuid"}
del _PLAIN["reporting_to_zuid"]

# What can be set of any user field.
FLAGS = ("mandatory", "encrypted", "edit_permission")


@dataclass(frozen=True, slots=True)
class Noticed:
    """What Zoho shows otherwise than the mirror did; `before` and `after` hold what differs, for the log."""

    row: Mirrored
    before: Mapping[str, Any]
    after: Mapping[str, Any]


@dataclass(slots=True)
class Written:
    """What a page of Zoho's answers did to the mirror."""

    new: int = 0
    kept: int = 0
    noticed: list[Noticed] = field(default_factory=list)


def write_users(
    organization: Organization, wires: Iterable[WireUser], *, asked_at: datetime, status: str = ""
) -> Written:
    """Store full readings of users; `status` is that of the list they stand in, where they do not say."""
    found = {wire.id: _user_columns(wire, status) for wire in wires}
    return _write(User, organization, found, asked_at=asked_at)


def write_departments(
    organization: Organization, wires: Iterable[replies.Department], *, asked_at: datetime
) -> Written:
    """Store departments."""
    found = {
        wire.id: {
            "name": wire.name,
            "raw": wire.raw,
            "lead_id": wire.lead_zuid or wire.lead.id,
            "lead_name": wire.lead.name,
            "parent_id": wire.parent_department_id,
            "is_default": wire.is_default,
        }
        # The base department has no number of members, and the reply of a write has none either.
        | ({} if wire.members_count is None else {"members_count": wire.members_count})
        for wire in wires
    }
    return _write(Department, organization, found, asked_at=asked_at)


def write_designations(
    organization: Organization, wires: Iterable[replies.Designation], *, asked_at: datetime
) -> Written:
    """Store designations."""
    found = {wire.id: {"name": wire.name, "raw": wire.raw} for wire in wires}
    return _write(Designation, organization, found, asked_at=asked_at)


def write_teams(organization: Organization, wires: Iterable[replies.Team], *, asked_at: datetime) -> Written:
    """Store teams; who is in them is read by itself."""
    found = {
        wire.id: {
            "name": wire.name,
            "raw": wire.raw,
            "description": wire.description,
            "is_active": wire.is_active,
        }
        | ({} if wire.participant_count is None else {"members_count": wire.participant_count})
        for wire in wires
        if wire.id
    }
    return _write(Team, organization, found, asked_at=asked_at)


def write_userfields(
    organization: Organization, wires: Iterable[replies.UserField], *, asked_at: datetime
) -> Written:
    """Store user fields."""
    found = {
        wire.id: {
            "name": wire.label or wire.name,
            "raw": wire.raw,
            "unique_name": wire.unique_name,
            "type": wire.type,
            "system_defined": wire.system_defined,
            "mandatory": wire.mandatory,
            "encrypted": wire.encrypted,
            "edit_permission": wire.edit_permission,
            "enabled": wire.enabled,
            "options": [{"id": option.id, "name": option.name} for option in wire.options],
        }
        for wire in wires
    }
    return _write(UserField, organization, found, asked_at=asked_at)


def write_reply(user: User, wire: WireUser, *, written: Mapping[str, str], at: datetime) -> User:
    """Store what an update answered; runs in the outcome's transaction.

    What was written counts unless the reply says otherwise, what neither tells stays as it was.
    """
    row = User.objects.select_for_update().get(pk=user.pk)
    present = canonical.of_mirror(row) | dict(written) | canonical.carried(wire)
    columns = _canonical_columns(present) | {
        "department_name": _name(
            wire.department, present["department_id"], row.department_id, row.department_name
        ),
        "designation_name": _name(
            wire.designation, present["designation_id"], row.designation_id, row.designation_name
        ),
        "manager_name": _name(
            wire.reportingto, present["reporting_to_zuid"], row.manager_id, row.manager_name
        ),
        "name": shown_name(present, row.email),
        "status": wire.status or row.status,
        "raw": {**row.raw, **wire.raw},
    }
    _fill(row, columns)
    row.read_at, row.gone_at = at, None
    row.save()
    return row


def shown_name(values: Mapping[str, str], email: str) -> str:
    """What Cliq shows for a user: the display name, else the names, else the address."""
    full = f"{values.get('first_name', '')} {values.get('last_name', '')}".strip()
    return values.get("display_name") or full or email


def snapshot(user: User) -> dict[str, str]:
    """What of a user is worth telling when it changes, in canonical form."""
    return {"email_id": user.email, "status": user.status} | canonical.of_mirror(user)


def names_of(user: User) -> dict[str, str]:
    """The names behind the ids a user carries, by field."""
    return {
        "department_id": user.department_name,
        "designation_id": user.designation_name,
        "reporting_to_zuid": user.manager_name,
    }


def _name(wire: replies.Ref, now: str, then: str, known: str) -> str:
    """The name of what is referred to now; looked up by the reader where neither side tells it."""
    if not now:
        return ""
    if wire.id == now and wire.name:
        return wire.name
    if now == then:
        return known
    for model in (Department, Designation, User):
        row = model.objects.filter(cliq_id=now).values_list("name", flat=True).first()
        if row is not None:
            return row
    return ""


def _user_columns(wire: WireUser, status: str) -> dict[str, Any]:
    values = canonical.of_wire(wire)
    columns = _canonical_columns(values) | {
        "name": shown_name({"display_name": wire.display_name or wire.full_name or wire.name}, wire.email_id),
        "email": wire.email_id,
        "department_name": wire.department.name,
        "designation_name": wire.designation.name,
        "manager_name": wire.reportingto.name,
        "raw": wire.raw,
    }
    said = (wire.status or status).casefold()
    return columns | ({"status": said} if said else {})


def _canonical_columns(values: Mapping[str, str]) -> dict[str, Any]:
    columns: dict[str, Any] = {column: values[name] for column, name in _PLAIN.items() if name in values}
    custom = {name: each for name, each in values.items() if name not in canonical.FIELDS and each}
    return columns | {"custom": custom}


def _write(
    model: type[Mirrored],
    organization: Organization,
    found: Mapping[str, dict[str, Any]],
    *,
    asked_at: datetime,
) -> Written:
    """One page, at most a few hundred rows, in one transaction."""
    result = Written()
    changed: list[Mirrored] = []
    same: list[int] = []
    with transaction.atomic():
        rows = model._default_manager.select_for_update().filter(
            organization=organization, cliq_id__in=list(found)
        )
        known = {row.cliq_id: row for row in rows}
        for cliq_id, columns in found.items():
            row = known.get(cliq_id) or model(organization=organization, cliq_id=cliq_id)
            if row.pk and row.read_at > asked_at:
                result.kept += 1
            elif row.pk and row.raw == columns["raw"] and row.gone_at is None and not _differs(row, columns):
                same.append(row.pk)
            else:
                _renew(row, columns, asked_at, result)
                changed.append(row)
        model._default_manager.filter(pk__in=same).update(read_at=asked_at)
        _store(model, changed)
    return result


def _renew(row: Mirrored, columns: Mapping[str, Any], asked_at: datetime, result: Written) -> None:
    known = bool(row.pk) and row.gone_at is None
    before = told(row) if known else {}
    result.new += not row.pk
    _fill(row, columns)
    row.read_at, row.gone_at = asked_at, None
    if isinstance(row, User):
        row.prepare()
    else:
        row.search = fold(*row.search_parts())
    after = told(row)
    differing = [name for name in {**before, **after} if _bare(before.get(name)) != _bare(after.get(name))]
    if known and differing:
        old, new = ({name: side.get(name, "") for name in differing} for side in (before, after))
        result.noticed.append(Noticed(row, old, new))


def told(row: Mirrored) -> dict[str, Any]:
    """What of a row is worth telling when it changes, as the log keeps it."""
    if isinstance(row, User):
        return canonical.logged(snapshot(row), names_of(row))
    if isinstance(row, Department):
        lead = {"id": row.lead_id, "name": row.lead_name} if row.lead_id else ""
        return {"name": row.name, "lead": lead, "parent": {"id": row.parent_id} if row.parent_id else ""}
    if isinstance(row, Team):
        return {"name": row.name, "description": row.description}
    if isinstance(row, UserField):
        return {name: getattr(row, name) for name in FLAGS} | {
            "name": row.name,
            "options": sorted(str(option["name"]) for option in row.options),
        }
    return {"name": row.name} if isinstance(row, Designation) else {}


def _bare(kept: Any) -> str:
    """A reference is the same as long as its id is."""
    return str(kept["id"] if isinstance(kept, Mapping) else kept or "")


def _store(model: type[Mirrored], rows: Sequence[Mirrored]) -> None:
    kept = {"id", "organization", "cliq_id"}
    columns = [each.name for each in model._meta.concrete_fields if each.name not in kept]
    model._default_manager.bulk_create(
        rows,
        batch_size=100,
        update_conflicts=True,
        unique_fields=["organization", "cliq_id"],
        update_fields=columns,
    )


def _fill(row: Mirrored, columns: Mapping[str, Any]) -> None:
    for name, given in columns.items():
        setattr(row, name, _fitting(row, name, given))


def _differs(row: Mirrored, columns: Mapping[str, Any]) -> bool:
    return any(getattr(row, name) != _fitting(row, name, given) for name, given in columns.items())


def _fitting(row: Mirrored, name: str, given: Any) -> Any:
    """Zoho documents no lengths: what is longer than anything seen is cut rather than lost."""
    limit = getattr(row._meta.get_field(name), "max_length", None)
    return given[:limit] if isinstance(given, str) and limit else given


__all__ = [
    "Noticed",
    "Written",
    "names_of",
    "shown_name",
    "snapshot",
    "told",
    "write_departments",
    "write_designations",
    "write_reply",
    "write_teams",
    "write_userfields",
    "write_users",
]
