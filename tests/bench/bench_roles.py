"""500 roles with 143 modules each: the list, the matrix, and what looks at all of them."""

import random
from functools import cache

from django.utils import timezone

from apps.access.models import Role, RoleMember
from apps.sandbox.rights import MODULES
from tests.bench import Step, bench
from tests.bench.bench_users import USERS, browser, organization

ROLES = 500


@cache
def roles() -> list[Role]:
    """Roles that each differ from the next in a few permissions, and everybody in one of them."""
    made, now, chance = organization(), timezone.now(), random.Random(5)
    found = []
    for number in range(ROLES):
        permissions = {
            name: {
                "admin": module["is_admin_module"],
                "status": "enabled" if chance.random() < 0.9 else "disabled",
                "actions": dict.fromkeys(module.get("actions", ()), "enabled"),
                "configs": module.get("configs", []),
            }
            for name, module in MODULES.items()
        }
        role = Role(
            organization=made,
            cliq_id=str(1000 + number),
            name=f"Role {number}",
            description=f"What group {number} may do",
            profile_type="Cliq Admin" if number % 50 == 0 else "Members",
            permissions=permissions,
            permissions_read_at=now,
            members_read_at=now,
            members_count=USERS // ROLES,
            read_at=now,
        )
        role.prepare()
        found.append(role)
    Role.objects.bulk_create(found, batch_size=100)
    stored = list(Role.objects.order_by("pk").only("pk"))
    RoleMember.objects.bulk_create(
        [
            RoleMember(organization=made, user_id=str(600_000_000 + n), role=stored[n % ROLES])
            for n in range(USERS)
        ],
        batch_size=1000,
    )
    return stored


def opening(path: str, holds: str) -> Step:
    """A page that must hold some words."""
    roles()
    client = browser()

    def step() -> None:
        page = client.get(path)
        if page.status_code != 200 or holds.encode() not in page.content:
            raise RuntimeError(f"{path} does not show {holds}.")

    return step


@bench("500 roles: open the list", target_ms=100)
def opened() -> Step:
    return opening("/roles/", "Role 1")


@bench("500 roles: search", target_ms=100)
def searched() -> Step:
    return opening("/roles/?q=group+43&type=Members", "Role 43")


@bench("500 roles: one role of 100 people", target_ms=100)
def one() -> Step:
    return opening("/roles/1007/", "See all 100 people")


@bench("500 roles × 143 modules: the matrix of one", target_ms=100)
def matrix() -> Step:
    return opening("/roles/1007/permissions/", 'name="p:bots/create"')


@bench("500 roles × 143 modules: compare two", target_ms=100)
def compared() -> Step:
    return opening("/roles/compare/?a=1007&b=1008", "permissions differ")


@bench("500 roles × 143 modules: who can create bots")
def who() -> Step:
    return opening("/roles/who/?what=bots/create", "can,")
