"""The teams that a fresh organisation begins with."""

import sqlite3

from apps.sandbox import cast, structure

TEAM_BASE = 655249742
NEW = 40_000_000
TEAMS = (
    ("Zylcal", "Team working on the Zylker Calendar"),
    ("Zylker Website Revamp", "To revamp Zylker's website"),
    ("Zylnotes", "Team for the Zylnotes project"),
    ("Zylker Support", "Exclusive team with Zylker support professionals"),
    ("Zylker Marketing", "To discuss Zylker marketing strategies"),
    ("Équipe Montréal", "Tout le monde à Montréal"),
    ("சென்னை", ""),
    ("Security Champions", "One from each department"),
    ("Release Managers", ""),
    ("Green Office", "Bicycles, plants & paper cups"),
)
EVERY = (23, 31, 17, 11, 13, 41, 29, 19, 37, 15)
"""One in so many people is in the team of the same place."""
LARGEST = 400


def plant(db: sqlite3.Connection) -> None:
    """Teams and who is in them; the admin moderates the first three."""
    ids = [
        row["id"]
        for row in db.execute(
            "SELECT id FROM people WHERE organization_id = ? AND status = 'active' ORDER BY id",
            (cast.ORGANIZATION_ID,),
        )
    ]
    for number, (name, description) in enumerate(TEAMS):
        key = TEAM_BASE + 7 * number
        db.execute(
            "INSERT INTO teams VALUES (?, ?, ?, ?, ?)",
            (key, cast.ORGANIZATION_ID, name, description, structure.CREATED),
        )
        inside = set(ids[number :: EVERY[number]][:LARGEST])
        if number < 3:
            inside.add(int(cast.ADMIN.zuid))
        db.executemany(
            "INSERT INTO team_members VALUES (?, ?, ?)",
            ((key, user_id, int(user_id == int(cast.ADMIN.zuid))) for user_id in sorted(inside)),
        )
