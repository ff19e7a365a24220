"""Who is in what one may be in many of: rows of a table, written from readings and from what was done."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.db.models.functions import Greatest
from django.utils import timezone

from apps.directory.models import Team, TeamMember

# More than one query can name on every database.
CHUNK = 500


def write(row: Any, found: Mapping[str, bool], *, asked_at: datetime) -> None:
    """Store who is in it, by id, and whether they moderate it."""
    with transaction.atomic():
        fresh = type(row)._default_manager.select_for_update().get(pk=row.pk)
        if fresh.members_read_at and fresh.members_read_at > asked_at:
            return
        known = dict(row.members.values_list("user_id", "is_moderator"))
        _drop(row, [user_id for user_id, moderator in known.items() if found.get(user_id) is not moderator])
        _add(row, {user_id: each for user_id, each in found.items() if known.get(user_id) is not each})
        fresh.members_read_at, fresh.members_count = asked_at, len(found)
        fresh.save(update_fields=["members_read_at", "members_count"])


def join(row: Any, ids: Sequence[str]) -> None:
    """Users came, as a write that took effect did; runs in the outcome's transaction."""
    known = set(row.members.filter(user_id__in=list(ids)).values_list("user_id", flat=True))
    coming = [user_id for user_id in dict.fromkeys(ids) if user_id not in known]
    _add(row, dict.fromkeys(coming, False))
    _counted(row, len(coming))


def leave(row: Any, ids: Sequence[str]) -> None:
    """Users left, likewise."""
    _counted(row, -_drop(row, ids))


def write_teams_of(user_id: str, teams: Iterable[Team], *, asked_at: datetime) -> None:
    """Store which teams one user is in, but for those whose members were read later."""
    with transaction.atomic():
        here = {team.pk: team for team in teams}
        settled = Team.objects.filter(members_read_at__gt=asked_at).values_list("pk", flat=True)
        mine = TeamMember.objects.filter(user_id=user_id).exclude(team__in=settled)
        known = set(mine.values_list("team_id", flat=True))
        mine.exclude(team__in=list(here)).delete()
        TeamMember.objects.bulk_create(
            [TeamMember(team=team, user_id=user_id) for pk, team in here.items() if pk not in known],
            ignore_conflicts=True,
        )


def _add(row: Any, found: Mapping[str, bool]) -> None:
    made = [
        row.members.model(**{row.members.field.name: row, "user_id": user_id, "is_moderator": moderator})
        for user_id, moderator in found.items()
    ]
    row.members.bulk_create(made, batch_size=CHUNK, ignore_conflicts=True)


def _drop(row: Any, ids: Sequence[str]) -> int:
    gone = 0
    for start in range(0, len(ids), CHUNK):
        gone += row.members.filter(user_id__in=ids[start : start + CHUNK]).delete()[0]
    return gone


def _counted(row: Any, more: int) -> None:
    """A reading asked for before this moment is older than what was just done."""
    rows = type(row)._default_manager.filter(pk=row.pk)
    rows.exclude(members_count=None).update(members_count=Greatest(F("members_count") + more, 0))
    rows.exclude(members_read_at=None).update(members_read_at=timezone.now())
