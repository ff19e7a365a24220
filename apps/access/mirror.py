"""Writing what Zoho said about roles into the mirror, never over what was read later."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import Count, Q

from apps.access.models import Role, RoleMember
from apps.cliq.replies import Role as WireRole
from apps.cliq.replies_organization import ModulePermission
from apps.connections.models import Organization

# More than one query can name on every database.
CHUNK = 500
COLUMNS = ("name", "description", "profile_type", "is_default", "is_custom_admin")
_STORED = ("name_key", "search", *COLUMNS, "raw", "read_at", "gone_at")


def write_roles(organization: Organization, wires: Iterable[WireRole], *, asked_at: datetime) -> list[Role]:
    """Store roles as a list or a single answer showed them; permissions and people stay as they were."""
    found = {wire.id: wire for wire in wires}
    with transaction.atomic():
        rows = Role.objects.select_for_update().filter(organization=organization, cliq_id__in=list(found))
        known = {row.cliq_id: row for row in rows}
        written = []
        for cliq_id, wire in found.items():
            row = known.get(cliq_id) or Role(organization=organization, cliq_id=cliq_id)
            if row.pk and row.read_at > asked_at:
                continue
            for name in COLUMNS:
                value = getattr(wire, name)
                setattr(row, name, value[:300] if name == "name" else value)
            row.raw, row.read_at, row.gone_at = wire.raw, asked_at, None
            row.prepare()
            written.append(row)
        Role.objects.bulk_create(
            written,
            batch_size=100,
            update_conflicts=True,
            unique_fields=["organization", "cliq_id"],
            update_fields=_STORED,
        )
    return written


def mark_gone(organization: Organization, *, asked_at: datetime) -> int:
    """The list is complete in one answer: what it does not name is gone."""
    missed = Role.objects.filter(organization=organization, gone_at=None, read_at__lt=asked_at)
    RoleMember.objects.filter(role__in=missed).delete()
    return missed.update(gone_at=asked_at, members_count=0)


def write_permissions(role: Role, modules: Mapping[str, ModulePermission], *, asked_at: datetime) -> None:
    """Store what a role may do."""
    Role.objects.filter(pk=role.pk).exclude(permissions_read_at__gt=asked_at).update(
        permissions=stored(modules), permissions_read_at=asked_at
    )
    role.refresh_from_db()


def stored(modules: Mapping[str, ModulePermission]) -> dict[str, dict[str, Any]]:
    """Permissions as the mirror keeps them: every module, known or not."""
    return {
        name: {
            "admin": module.is_admin_module,
            "status": module.status,
            "actions": dict(module.actions),
            "configs": [
                {"name": each.name, "label": each.label, "type": each.type, "value": each.value}
                for each in module.configs
            ],
        }
        for name, module in modules.items()
    }


def write_members(role: Role, user_ids: Sequence[str], *, asked_at: datetime) -> None:
    """Store who is in a role: whoever is, is in no other; who is not any more, is in one not yet read."""
    with transaction.atomic():
        row = Role.objects.select_for_update().get(pk=role.pk)
        if row.members_read_at and row.members_read_at > asked_at:
            return
        here = set(user_ids)
        gone = [pk for pk, user in row.members.values_list("pk", "user_id") if user not in here]
        for start in range(0, len(gone), CHUNK):
            RoleMember.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
        _put(row, sorted(here))
        Role.objects.filter(pk=role.pk).update(members_read_at=asked_at)
        count(row.organization)
    role.refresh_from_db()


def move(role: Role, user_ids: Sequence[str]) -> None:
    """Put users into a role, as a write that took effect did; runs in the outcome's transaction."""
    _put(role, user_ids)
    count(role.organization)


def forget_role(role: Role, *, heir: Role | None, at: datetime) -> None:
    """A role was deleted: its people are in `heir` now."""
    if heir is not None:
        RoleMember.objects.filter(role=role).update(role=heir)
    RoleMember.objects.filter(role=role).delete()
    Role.objects.filter(pk=role.pk).update(gone_at=at, read_at=at)
    count(role.organization)


def _put(role: Role, user_ids: Sequence[str]) -> None:
    RoleMember.objects.bulk_create(
        [RoleMember(organization=role.organization, user_id=user_id, role=role) for user_id in user_ids],
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["organization", "user_id"],
        update_fields=["role"],
    )


def count(organization: Organization) -> None:
    """How many people each role has, for those whose people were ever read or that somebody was put into."""
    rows = Role.objects.filter(organization=organization, gone_at=None).annotate(found=Count("members"))
    stale = [
        row
        for row in rows.exclude(Q(members_read_at=None) & Q(found=0)).only("pk", "members_count")
        if row.members_count != row.found
    ]
    for row in stale:
        row.members_count = row.found
    Role.objects.bulk_update(stale, ["members_count"], batch_size=CHUNK)
