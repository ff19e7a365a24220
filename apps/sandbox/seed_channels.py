"""The channels, chats and messages that a fresh organisation begins with."""

import json
import random
import sqlite3
import time
from collections.abc import Iterator
from typing import Any

from apps.sandbox import cast, seed_teams
from apps.sandbox.channels import LEVELS

CHANNEL_BASE = 1775998000013036075
CHAT_BASE = 2230642524712404875
DIRECT_BASE = 1277744317795524701
NEW = 1_000_000_000
DAY = 86400
PEOPLE_PER_EXTRA_CHANNEL = 25
MEMBERS = 24
BOTS = ("announcerbot", "standupbot", "zylkersupportbot")

# Name, level, status, description.
NAMED = (
    ("announcements", "organization", "created", "What everybody has to know"),
    ("Marketing", "organization", "created", "Marketing updates"),
    ("devops", "organization", "created", ""),
    ("Zylker-Support", "team", "created", "To post all the support tickets from customers"),
    ("contentreview", "private", "created", "Texts before they go out"),
    ("Zylker & Zillum", "external", "created", "With the people of Zillum"),
    ("sales", "organization", "created", "Numbers, leads, applause"),
    ("книжный клуб", "organization", "created", "Читаем вместе"),
    ("تصميم", "private", "created", ""),
    ("salary-review-2025", "private", "created", "Closed circle"),
    ("summer-party-2024", "organization", "archived", "Photographs of last year"),
    ("zylcal-beta", "team", "archived", "Until the release"),
    ("migration", "private", "archived", ""),
    ("Chess", "organization", "pending", "A place for the lunch-break games; about 20 of us play already."),
    ("marketing-emea", "organization", "pending", "Campaigns in Europe, apart from the Marketing channel."),
    ("Parents", "organization", "pending", ""),
    ("Running Group 🏃", "organization", "pending", "Wednesdays 18:00 at the back gate, all paces welcome!"),
    ("Announcement", "organization", "pending", "For announcements of the second floor."),
    ("Devops", "organization", "pending", "I did not find one. Please approve soon, the rota begins Monday."),
    ("தமிழ் மன்றம்", "organization", "pending", "தமிழ் இலக்கியம், விழாக்கள்"),
    ("Lost and found", "organization", "pending", "Keys, umbrellas, badges."),
)  # fmt: skip
TOPICS = ("project", "release", "office", "hiring", "incident", "customer", "design", "quality", "training")
WORDS = (
    "Team, please check for the updates ASAP.", "Done, have a look.", "Who takes this one?", "👍",
    "The build is green again.", "Postponed to Thursday.", "Danke!", "நன்றி", "See the notes in the wiki.",
)  # fmt: skip


def plant(db: sqlite3.Connection, users: int) -> None:
    """Channels of every level and status with members and messages, and a few chats."""
    dice = random.Random(20191129)  # noqa: S311 - the same channels every time is the point
    now = time.time() // DAY * DAY
    people = [
        row["id"]
        for row in db.execute(
            "SELECT id FROM people WHERE organization_id = ? AND status = 'active' ORDER BY id",
            (cast.ORGANIZATION_ID,),
        )
    ]
    taken: dict[str, int] = {}
    wanted = [*NAMED, *_more(users // PEOPLE_PER_EXTRA_CHANNEL + 7)]
    for number, (name, level, status, description) in enumerate(wanted):
        row = _channel(number, level, dice, now)
        row |= {"name": name, "status": status, "description": description}
        row["unique_name"] = _unique_name(name, taken)
        inside = _members(number, people, dice)
        row["creator_id"] = inside[0]
        _insert(db, "channels", row)
        _fill(db, row, inside, dice)
    _plant_chats(db, people, dice, now)


def _unique_name(name: str, taken: dict[str, int]) -> str:
    plain = "".join(letter for letter in name.lower() if letter.isalnum())
    number = taken[plain] = taken.get(plain, -1) + 1
    return f"{plain}{number or ''}"


def _more(count: int) -> Iterator[tuple[str, str, str, str]]:
    """Channels that are nothing special; one in nine is archived."""
    levels = ("organization", "team", "private", "private", "organization")
    for number in range(count):
        topic = TOPICS[number % len(TOPICS)]
        status = "archived" if number % 9 == 8 else "created"
        yield (
            f"{topic}-{number + 1}",
            levels[number % len(levels)],
            status,
            f"All about {topic}" * (number % 3 > 0),
        )


def _channel(number: int, level: str, dice: random.Random, now: float) -> dict[str, Any]:
    created = now - DAY * dice.randrange(1, 1500) - dice.randrange(DAY)
    active = created + (now - created) * dice.random()
    waiting = number in range(13, len(NAMED))
    teams = [seed_teams.TEAM_BASE + 7 * (number % len(seed_teams.TEAMS))] if level == "team" else []
    return {
        "seq": number + 1,
        "channel_id": f"{LEVELS[level]}{CHANNEL_BASE + 2 * number}",
        "chat_id": f"CT_{CHAT_BASE + 2 * number}_{cast.ORGANIZATION_ID}",
        "organization_id": cast.ORGANIZATION_ID,
        "level": level,
        "invite_only": int(number % 7 == 2 and level in ("organization", "team")),
        "created_at": now - DAY * (number - 12) ** 2 / 3 if waiting else created,
        "active_at": now - DAY * (number - 12) ** 2 / 3 if waiting else active,
        "changed_at": created,
        "team_ids": json.dumps(teams),
        "permissions": json.dumps({"member": {"special_mentions": True}} if number % 5 == 3 else {}),
        "has_image": int(number % 4 == 0),
        "bots": json.dumps([BOTS[number % len(BOTS)]] if number % 6 == 0 else []),
    }


def _members(number: int, people: list[int], dice: random.Random) -> list[int]:
    """Who is in it, the creator first: everybody in the first, the admin in one of three."""
    if number == 0:
        return people[:2000]
    inside = dice.sample(people, min(len(people), dice.randrange(2, MEMBERS)))
    admin = int(cast.ADMIN.zuid)
    inside = [one for one in inside if one != admin]
    if number % 3 == 1:
        inside.insert(number % 2, admin)
    return inside or [admin]


def _fill(db: sqlite3.Connection, row: dict[str, Any], inside: list[int], dice: random.Random) -> None:
    roles = ("super_admin", "admin", "moderator")
    db.executemany(
        "INSERT INTO channel_members VALUES (?, ?, ?)",
        ((row["seq"], one, roles[n] if n < len(roles) else "member") for n, one in enumerate(inside)),
    )
    if row["level"] == "external":
        db.execute("INSERT INTO channel_members VALUES (?, ?, 'member')", (row["seq"], cast.STRANGER.zuid))
    if row["status"] != "pending":
        _write_messages(db, row["chat_id"], inside, row["active_at"], dice.randrange(1, 7), dice)


def _write_messages(
    db: sqlite3.Connection, chat_id: str, inside: list[int], last: float, count: int, dice: random.Random
) -> None:
    """Messages that end at a moment, some hours apart."""
    serial = 51_531_000_000 + db.execute("SELECT count(*) AS n FROM messages").fetchone()["n"]
    moments = [int(last * 1000) - 7_200_000 * before for before in range(count)][::-1]
    db.executemany(
        "INSERT INTO messages (id, chat_id, sender_id, time, text) VALUES (?, ?, ?, ?, ?)",
        (
            (f"{at}_{serial + n:011d}", chat_id, dice.choice(inside), at, dice.choice(WORDS))
            for n, at in enumerate(moments)
        ),
    )


def _plant_chats(db: sqlite3.Connection, people: list[int], dice: random.Random, now: float) -> None:
    """Direct and group chats, the admin in the first ones."""
    for number in range(min(len(people) // 6, 300)):
        inside = dice.sample(people, min(len(people), 2 if number % 3 else 5))
        if number < 6 and int(cast.ADMIN.zuid) not in inside:
            inside[0] = int(cast.ADMIN.zuid)
        key = str(DIRECT_BASE + 3 * number)
        created = now - DAY * (number % 400 + 1)
        title = f"Chat {number + 1}" if number % 3 else f"Whats new, feature updates {number + 1}"
        kind = "direct" if number % 3 else "group"
        db.execute(
            "INSERT INTO chats VALUES (?, ?, ?, ?, ?, ?)",
            (key, cast.ORGANIZATION_ID, kind, title, inside[0], created),
        )
        db.executemany("INSERT INTO chat_members VALUES (?, ?)", ((key, one) for one in inside))
        _write_messages(db, key, inside, created + DAY / 2, number % 5 + 2, dice)
        db.execute(
            "UPDATE messages SET type = 'info', text = ? WHERE ? AND seq = (SELECT max(seq) FROM messages)",
            (str(inside[-1]), number % 4 == 0),
        )


def _insert(db: sqlite3.Connection, table: str, row: dict[str, Any]) -> None:
    marks = ", ".join("?" for _ in row)
    db.execute(f"INSERT INTO {table} ({', '.join(row)}) VALUES ({marks})", list(row.values()))  # noqa: S608
