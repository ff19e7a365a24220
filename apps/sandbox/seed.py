"""The organisation a fresh state begins with: the same people for the same number, every time."""

import json
import random
import sqlite3
from collections.abc import Iterator
from typing import Any

from apps.sandbox import cast, seed_channels, seed_teams, structure
from apps.sandbox.names import REGIONS, SPECIMENS, Region

DEPARTMENT_BASE = 1901318000001424001
DESIGNATION_BASE = 1901318000001072003
FIELD_BASE = 1901318000001264001
OPTION_BASE = 1901318000003603001
ROLE_BASE = 1901318000000004047
OTHER_ROLE_BASE = 1901318000900004047
FIRST_ID = 631831100
NEW = 1_000_000
"""Distance of what is created from what is seeded."""
PEOPLE_PER_EXTRA_DEPARTMENT = 100

COLUMNS = (
    "id", "organization_id", "email_id", "email_key", "search_key", "status", "plan_type", "role_id",
    "first_name", "last_name", "display_name", "phone", "mobile", "extension", "timezone", "language",
    "country", "work_location", "employee_id", "department_id", "designation_id", "reporting_to", "custom",
)  # fmt: skip
TABLES = (
    "people", "departments", "designations", "roles", "fields", "blocked", "codes", "refresh_tokens",
    "access_tokens", "arrivals", "locks", "journal", "faults", "options", "serials",
    "teams", "team_members", "channels", "channel_members", "chats", "chat_members", "messages", "settings",
)  # fmt: skip


def search_key(first_name: str, last_name: str, display_name: str, email_id: str) -> str:
    """What `search` looks into: names and address."""
    return f"{first_name} {last_name} {display_name} {email_id}".casefold()


def populated(db: sqlite3.Connection) -> bool:
    """Whether the file already holds an organisation."""
    return db.execute("SELECT 1 FROM people LIMIT 1").fetchone() is not None


def reset(db: sqlite3.Connection, users: int) -> None:
    """Empty every table and plant an organisation of that many people, the cast among them."""
    for table in TABLES:
        db.execute(f"DELETE FROM {table}")  # noqa: S608 - the names stand above
    db.execute("DELETE FROM sqlite_sequence WHERE name = 'serials'")
    _plant_structure(db, users)
    people = [*_cast(), *_people(users)]
    marks = ", ".join("?" for _ in COLUMNS)
    db.executemany(
        f"INSERT INTO people ({', '.join(COLUMNS)}) VALUES ({marks})",  # noqa: S608 - the names stand above
        ([person.get(column, "") for column in COLUMNS] for person in people),
    )
    _appoint_leads(db)
    seed_teams.plant(db)
    seed_channels.plant(db, users)
    mail = (cast.ORGANIZATION_ID, "mail", json.dumps(structure.MAIL))
    db.execute("INSERT INTO settings VALUES (?, ?, ?)", mail)
    db.execute("INSERT INTO blocked VALUES (?)", (cast.BLOCKED_EMAIL,))


def department_names(users: int) -> list[tuple[str, str]]:
    """Departments and their parents; a large organisation has more of them."""
    extra = users // PEOPLE_PER_EXTRA_DEPARTMENT if users >= 1000 else 0
    parents = [name for name, _ in structure.DEPARTMENTS[1:]]
    more = [
        (f"{parents[n % len(parents)]} {n // len(parents) + 2}", parents[n % len(parents)])
        for n in range(extra)
    ]
    return [*structure.DEPARTMENTS, *more]


def _plant_structure(db: sqlite3.Connection, users: int) -> None:
    organization = cast.ORGANIZATION_ID
    names = department_names(users)
    ids = {name: str(DEPARTMENT_BASE + 2 * n) for n, (name, _) in enumerate(names)}
    db.executemany(
        "INSERT INTO departments (id, organization_id, name, parent_id, is_default) VALUES (?, ?, ?, ?, ?)",
        ((ids[name], organization, name, ids.get(parent), int(not parent)) for name, parent in names),
    )
    db.executemany(
        "INSERT INTO designations VALUES (?, ?, ?)",
        ((designation_id(n), organization, name) for n, name in enumerate(structure.DESIGNATIONS)),
    )
    roles = [(ROLE_BASE + 2 * n, organization, role) for n, role in enumerate(structure.ROLES)]
    other = cast.OTHER_ORGANIZATION_ID
    roles += [(OTHER_ROLE_BASE + 2 * n, other, role) for n, role in enumerate(structure.ROLES[:2])]
    db.executemany(
        "INSERT INTO roles (id, organization_id, name, profile_type, description, is_default, permissions,"
        " permission_type, creation_time, last_modified_time) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (str(key), where, *role, json.dumps(changes), role[1], structure.CREATED, structure.CREATED)
            for key, where, (*role, changes) in roles
        ),
    )
    db.executemany(
        "INSERT INTO fields (id, unique_name, name, type, system_defined, is_searchable, mandatory,"
        " edit_permission, options, creation_time, last_modified_time)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        ((*field, field[-1]) for field in _fields()),
    )


def _fields() -> Iterator[tuple[Any, ...]]:
    number = FIELD_BASE
    for unique_name, name, kind, searchable in structure.SYSTEM_FIELDS:
        yield str(number), unique_name, name, kind, 1, int(searchable), 0, 1, "[]", structure.CREATED
        number += 2
    option = OPTION_BASE
    for unique_name, name, kind, editable, options in structure.CUSTOM_FIELDS:
        listed = [{"name": text, "id": str(option + 2 * n)} for n, text in enumerate(options)]
        option += 2 * len(listed)
        yield (
            str(number),
            unique_name,
            name,
            kind,
            0,
            0,
            0,
            int(editable),
            json.dumps(listed),
            structure.CREATED,
        )
        number += 2


def designation_id(number: int) -> str:
    """The seeded designation of that number."""
    return str(DESIGNATION_BASE + 2 * number)


def _role_id(name: str, organization_id: str = cast.ORGANIZATION_ID) -> str:
    base = ROLE_BASE if organization_id == cast.ORGANIZATION_ID else OTHER_ROLE_BASE
    return str(base + 2 * [role[0] for role in structure.ROLES].index(name))


def _person(number: int, email: str, first: str, last: str, **more: Any) -> dict[str, Any]:
    display = more.pop("display_name", "") or " ".join(part for part in (first, last) if part)
    return {
        "id": number,
        "organization_id": cast.ORGANIZATION_ID,
        "email_id": email,
        "email_key": email.casefold(),
        "search_key": search_key(first, last, display, email),
        "status": "active",
        "plan_type": "paid",
        "role_id": _role_id("Members"),
        "first_name": first,
        "last_name": last,
        "display_name": display,
        "timezone": "America/Los_Angeles",
        "language": "en",
        "country": "US",
        "department_id": None,
        "designation_id": None,
        "reporting_to": None,
        "custom": "{}",
        **more,
    }


def _cast() -> Iterator[dict[str, Any]]:
    home = (DEPARTMENT_BASE, DEPARTMENT_BASE + 2, DEPARTMENT_BASE + 12)
    for number, member in enumerate(cast.CAST):
        more: dict[str, Any] = {
            "organization_id": member.organization_id,
            "role_id": _role_id(member.role, member.organization_id),
        }
        if member.organization_id == cast.ORGANIZATION_ID:
            more |= {
                "department_id": str(home[number]),
                "designation_id": designation_id(2 if member is cast.MEMBER else 0),
                "employee_id": f"{976 + number:04d}",
                "mobile": f"534 678 {1234 + number}",
                "extension": str(3129 + number),
                "work_location": "C block, S-H12",
                "custom": json.dumps({"dateofjoining": "2019-02-04"}),
            }
        if member is cast.MEMBER:
            more["reporting_to"] = int(cast.SECOND_ADMIN.zuid)
        yield _person(int(member.zuid), member.email, member.first_name, member.last_name, **more)


def _people(users: int) -> Iterator[dict[str, Any]]:
    """Everybody but the cast; `users` counts the cast of the same organisation."""
    dice = random.Random(20190613)  # noqa: S311 - the same people every time is the point
    departments = [str(DEPARTMENT_BASE + 2 * n) for n in range(len(department_names(users)))]
    taken = {member.email: 1 for member in cast.CAST}
    at_home = sum(member.organization_id == cast.ORGANIZATION_ID for member in cast.CAST)
    for index in range(max(0, users - at_home)):
        region = REGIONS[min(dice.randrange(len(REGIONS)), dice.randrange(len(REGIONS)))]
        if index < len(SPECIMENS):
            email, first, last = SPECIMENS[index]
            taken[email.casefold()] = 1
        else:
            (first, spelt), (last, surname) = dice.choice(region.first), dice.choice(region.last)
            email = _address(f"{spelt}.{surname}", taken)
        profile = _profile(index, region, dice, departments)
        yield _person(FIRST_ID + 7 * index, email, first, last, **profile)


def _address(local: str, taken: dict[str, int]) -> str:
    """The next free address for that name; namesakes are numbered."""
    plain = f"{local}@{cast.DOMAIN}"
    number = taken[plain] = taken.get(plain, 0) + 1
    return plain if number == 1 else f"{local}{number}@{cast.DOMAIN}"


def _status(index: int) -> str:
    for period, remainder, status in (
        (41, 5, "pending"), (29, 7, "inactive"), (53, 11, "imported_active"), (67, 13, "imported_inactive"),
    ):  # fmt: skip
        if index % period == remainder:
            return status
    return "active"


def _profile(index: int, region: Region, dice: random.Random, departments: list[str]) -> dict[str, Any]:
    """What one person's profile says; every optional thing is missing for some."""
    status = _status(index)
    profile: dict[str, Any] = {
        "status": status,
        "plan_type": "free" if index % 9 == 4 else "paid",
        "role_id": _role_id({17: "Cliq Admin", 23: "Interns"}.get(index % 60, "Members")),
        "timezone": region.timezone,
        "language": region.language,
        "country": region.country,
    }
    if status == "pending" and index % 2:
        return profile
    serial = dice.randrange(10000)
    optional = {
        "department_id": (index % 13 != 6, departments[(index * 5 + serial % 3) % len(departments)]),
        "designation_id": (index % 11 != 4, designation_id(serial % len(structure.DESIGNATIONS))),
        "employee_id": (index % 10 != 3, f"{index + 1:05d}" if index % 4 else f"ZC-{index + 1:04d}"),
        "mobile": (index % 3 != 1, region.mobile.format(serial)),
        "phone": (index % 7 == 2, f"044-{serial:04d}"),
        "extension": (index % 5 == 0, str(serial % 9000)),
        "work_location": (index % 6 != 5, dice.choice(region.places)),
        "reporting_to": (index % 8 != 7 and index > 0, FIRST_ID + 7 * (index // 9)),
    }
    profile |= {name: value for name, (given, value) in optional.items() if given}
    profile["custom"] = json.dumps(_custom(index, serial), ensure_ascii=False)
    return profile


def _custom(index: int, serial: int) -> dict[str, str]:
    options = structure.CUSTOM_FIELDS[3][4]
    optional = {
        "workshift": (index % 4 == 1, ("Day", "Night", "Früh")[serial % 3]),
        "dateofjoining": (
            index % 5 != 2,
            f"20{10 + serial % 15}-{serial % 12 + 1:02d}-{serial % 28 + 1:02d}",
        ),
        "employmenttype": (index % 3 != 0, options[serial % len(options)]),
    }
    return {name: value for name, (given, value) in optional.items() if given}


def _appoint_leads(db: sqlite3.Connection) -> None:
    """Every department but the default one is led by its first active member, an empty one by the admin."""
    db.execute(
        "UPDATE departments SET lead_id = coalesce((SELECT min(people.id) FROM people"
        " WHERE people.department_id = departments.id AND people.status = 'active'), ?) WHERE is_default = 0",
        (int(cast.ADMIN.zuid),),
    )
