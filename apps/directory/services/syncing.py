"""Reading the organisation again."""

from django.db import transaction

from apps.cliq.catalogue import CATALOGUE
from apps.connections import selectors as connections
from apps.connections.models import Grant, Organization
from apps.core.actor import Actor
from apps.directory.selectors import SYNC, users
from apps.jobs import services as jobs
from apps.jobs.models import ENDED, Job

TITLE = "Read the organisation"
PAGE = 100
# Departments, designations, user fields, teams, and a last page for each of the five statuses.
OTHER_CALLS = 9


def start(actor: Actor) -> Job:
    """The job that reads the organisation: the one under way, paused ones included, or a new one."""
    connections.active_grant()
    with transaction.atomic():
        # Two clicks at once: the second waits here and finds the first one's job.
        list(Organization.objects.select_for_update().values_list("pk", flat=True))
        under_way = Job.objects.filter(kind=SYNC).exclude(status__in=ENDED).order_by("-pk").first()
        return under_way or jobs.create(SYNC, title=TITLE, actor=actor)


def start_after_connecting(grant: Grant, actor: Actor) -> None:
    """The console is of no use before the organisation was read once."""
    start(actor)


def cost() -> str:
    """How many calls a reading takes and how long, judged by what is known."""
    endpoint = CATALOGUE["users.list"]
    known = users().count()
    if not known:
        return f"Zoho allows {endpoint.quota} calls a minute, {endpoint.quota * PAGE:,} users in a minute."
    pages = known // PAGE + OTHER_CALLS
    minutes = max(1, -(-pages // endpoint.quota))
    time = "less than a minute" if minutes == 1 else f"about {minutes} minutes"
    return f"That takes about {pages:,} calls and {time}."
