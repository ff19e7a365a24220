"""Reading all channels again."""

from django.db import transaction

from apps.channels.selectors import SYNC, channels, open_job
from apps.cliq.catalogue import CATALOGUE
from apps.connections import selectors as connections
from apps.connections.models import Grant, Organization
from apps.core.actor import Actor
from apps.jobs import services as jobs
from apps.jobs.models import Job

TITLE = "Read the channels"
LIST = CATALOGUE["channels.list"]


def start(actor: Actor) -> Job:
    """The job that reads the channels: the one under way, paused ones included, or a new one."""
    connections.active_grant()
    with transaction.atomic():
        # Two clicks at once: the second waits here and finds the first one's job.
        list(Organization.objects.select_for_update().values_list("pk", flat=True))
        return open_job() or jobs.create(SYNC, title=TITLE, actor=actor)


def start_after_connecting(grant: Grant, actor: Actor) -> None:
    """Requests that wait are worth knowing from the first day."""
    start(actor)


def cost() -> str:
    """How many calls a reading takes and how long, judged by what is known."""
    known = channels().count()
    if not known:
        return (
            f"Zoho allows {LIST.quota} calls a minute, {LIST.quota * LIST.page_limit:,} channels in a minute."
        )
    calls = known // LIST.page_limit + 1
    minutes = max(1, -(-calls // LIST.quota))
    time = "less than a minute" if minutes == 1 else f"about {minutes} minutes"
    return f"That takes {calls:,} {'call' if calls == 1 else 'calls'} and {time}."
