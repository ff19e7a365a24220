"""20,000 channels: the list, its filters, the inbox, one channel."""

from datetime import timedelta
from functools import cache

from django.utils import timezone

from apps.channels.models import Channel
from tests.bench import Step, bench
from tests.bench.bench_users import browser, organization

CHANNELS, REQUESTS = 20_000, 25
TOPICS = ("project", "release", "office", "hiring", "incident", "customer", "design", "quality", "training")
LEVELS = ("organization", "team", "private", "private", "external")


@cache
def channels() -> None:
    """Channels of every level and status, the first of them requests."""
    made, now = organization(), timezone.now()
    rows = []
    for number in range(CHANNELS):
        waits = number < REQUESTS
        level = "organization" if waits else LEVELS[number % len(LEVELS)]
        row = Channel(
            organization=made,
            cliq_id=f"O{1_000_000 + number}",
            name=f"{TOPICS[number % len(TOPICS)]}-{number}",
            description=f"All about {TOPICS[number % len(TOPICS)]}",
            level=level,
            status="pending" if waits else "archived" if number % 9 == 8 else "created",
            creator_id=str(600_000_000 + number % 3000),
            creator_name=f"Person {number % 3000}",
            created_at=now - timedelta(days=number % 900),
            active_at=now - timedelta(days=number % 700),
            participants=number % 300,
            messages=number,
            teams={str(number % 200): f"Team {number % 200}"} if level == "team" else {},
            permissions={role: {"send_message": True} for role in ("admin", "moderator", "member")},
            raw={"channel_id": f"O{1_000_000 + number}"},
            read_at=now,
        )
        row.prepare()
        rows.append(row)
    Channel.objects.bulk_create(rows, batch_size=500)


def opening(path: str, holds: str) -> Step:
    """A page that must hold some words."""
    channels()
    client = browser()

    def step() -> None:
        page = client.get(path)
        if page.status_code != 200 or holds.encode() not in page.content:
            raise RuntimeError(f"{path} does not show {holds}.")

    return step


@bench("20,000 channels: open the list", target_ms=100)
def opened() -> Step:
    return opening("/channels/", "of 20,000 channels")


@bench("20,000 channels: search and filter", target_ms=100)
def searched() -> Step:
    return opening("/channels/?q=release&level=team&status=created&size=large", "release-")


@bench("20,000 channels: by team, quiet for a year, by last message", target_ms=100)
def quiet() -> Step:
    return opening("/channels/?team=71&active=year&sort=-active_at", "channels")


@bench("20,000 channels: the inbox of 25 requests with similar names", target_ms=100)
def inbox() -> Step:
    return opening("/channels/requests/", "25 requests wait")


@bench("20,000 channels: one channel", target_ms=100)
def one() -> Step:
    return opening("/channels/O1000777/", "O1000777")
