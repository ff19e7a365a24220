"""Reading all roles again."""

from django.db import transaction

from apps.access.selectors import SYNC, open_job, roles
from apps.cliq.catalogue import CATALOGUE
from apps.connections import selectors as connections
from apps.connections.models import Grant, Organization
from apps.core.actor import Actor
from apps.jobs import services as jobs
from apps.jobs.models import Job

TITLE = "Read the roles"


def start(actor: Actor) -> Job:
    """The job that reads the roles: the one under way, paused ones included, or a new one."""
    connections.active_grant()
    with transaction.atomic():
        # Two clicks at once: the second waits here and finds the first one's job.
        list(Organization.objects.select_for_update().values_list("pk", flat=True))
        return open_job() or jobs.create(SYNC, title=TITLE, actor=actor)


def start_after_connecting(grant: Grant, actor: Actor) -> None:
    """Who administers the organisation is worth knowing from the first day."""
    start(actor)


def cost() -> str:
    """How many calls a reading takes and how long, judged by what is known."""
    known = roles().count()
    endpoint = CATALOGUE["roles.users"]
    if not known:
        return f"One call for the list and two for each role; Zoho allows {endpoint.quota} a minute of each."
    minutes = max(1, -(-known // endpoint.quota))
    time = "less than a minute" if minutes == 1 else f"about {minutes} minutes"
    return f"That takes {2 * known + 1:,} calls and {time}."
