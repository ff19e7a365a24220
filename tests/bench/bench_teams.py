"""2,000 teams, one of which everybody is in; user fields with 50,000 people's values."""

from functools import cache

from django.utils import timezone

from apps.directory.models import FieldType, Team, TeamMember, User, UserField
from tests.bench import Step, bench
from tests.bench.bench_users import browser, organization

TEAMS = 2_000
MEMBERS = 20


@cache
def team() -> Team:
    """Teams of twenty, and one of everybody, which is the answer."""
    made, now = organization(), timezone.now()
    Team.objects.all().delete()
    rows = Team.objects.bulk_create(
        Team(
            organization=made,
            cliq_id=str(70_000 + n),
            name=f"Team {n}",
            description=f"What team {n} is for",
            search=f"team {n}\nwhat team {n} is for",
            members_count=MEMBERS,
            members_read_at=now,
            read_at=now,
        )
        for n in range(TEAMS)
    )
    ids = list(User.objects.values_list("cliq_id", flat=True))
    members = [TeamMember(team=rows[0], user_id=one) for one in ids]
    for n, row in enumerate(rows[1:]):
        members += [TeamMember(team=row, user_id=ids[(MEMBERS * n + k) % len(ids)]) for k in range(MEMBERS)]
    TeamMember.objects.bulk_create(members, batch_size=500)
    return rows[0]


@cache
def field() -> UserField:
    """A drop-down that everybody has filled in."""
    made = organization()
    return UserField.objects.create(
        organization=made,
        cliq_id="80001",
        name="Work Shift",
        unique_name="workshift",
        type=FieldType.DROP_DOWN,
        options=[{"id": str(n), "name": name} for n, name in enumerate(("Day", "Night"))],
        read_at=timezone.now(),
    )


def opening(path: str, shows: bytes) -> Step:
    """A page that has to show something."""
    client = browser()

    def step() -> None:
        page = client.get(path)
        if page.status_code != 200 or shows not in page.content:
            raise RuntimeError(f"{path} does not show what it should.")

    return step


@bench("2,000 teams: open the list", target_ms=100)
def opened() -> Step:
    team()
    return opening("/teams/", b"identity-name")


@bench("2,000 teams: search", target_ms=100)
def searched() -> Step:
    team()
    return opening("/teams/?q=1999", b"Team 1999")


@bench("2,000 teams: sort by members", target_ms=100)
def sorted_by_members() -> Step:
    team()
    return opening("/teams/?sort=-number", b"identity-name")


@bench("2,000 teams: open the one with 50,000 members", target_ms=100)
def one_opened() -> Step:
    return opening(team().get_absolute_url(), b"50,000")


@bench("2,000 teams: choose members of a team of 50,000 to remove", target_ms=100)
def picking() -> Step:
    return opening(f"{team().get_absolute_url()}members/remove/", b"pick-note")


@bench("user fields: open the list", target_ms=100)
def fields_opened() -> Step:
    field()
    return opening("/user-fields/", b"Work Shift")


@bench("user fields: open one with 50,000 values", target_ms=100)
def field_opened() -> Step:
    return opening(field().get_absolute_url(), b"50,000 people")
