"""Lists ask the database the same number of times for one row as for fifty."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from apps.audit.events import Draft, Subject, record
from apps.core.actor import SYSTEM
from apps.directory.models import User
from apps.jobs.models import Job, JobRow, RowAction
from tests.cast import BACKEND

# Most questions are the shell's: session, person, the sidebar's counts, the organisation.
LISTS = {
    "/": 27,
    "/users/": 22,
    "/users/?q=a&status=active&sort=-name": 22,
    "/departments/": 21,
    "/departments/?q=a&sort=-number": 19,
    "/departments/{department}/": 27,
    "/designations/": 19,
    "/designations/{designation}/": 22,
    "/teams/": 18,
    "/teams/?q=a&sort=-number": 18,
    "/teams/{team}/": 22,
    "/log/": 18,
    "/log/?q=File&stage=fact": 18,
    "/log/open/": 17,
    "/jobs/": 16,
    "/jobs/{job}/rows/": 18,
    "/jobs/{plan}/plan/": 21,
    "/plan/users-department/?all=1": 18,
    "/onboarding/": 16,
    "/onboarding/{onboarding}/": 22,
    "/administrators/": 16,
    "/sessions/": 22,
    "/users/{user}/": 20,
    "/log/{event}/": 18,
    "/domain/": 17,
    "/mail/": 17,
    "/domain/dns/": 12,
    "/roles/": 17,
    "/roles/?q=a&type=Members&sort=-members_count": 17,
    "/roles/{role}/": 21,
    "/roles/{role}/people/": 20,
    "/roles/{role}/permissions/": 13,
    "/roles/who/?what=bots/create": 15,
    "/channels/": 19,
    "/channels/?q=a&status=created&team=1&sort=-participants": 19,
    "/channels/{channel}/": 21,
    "/channels/{channel}/members/": 18,
    "/roles/{role}/people/choose/?q=zoe": 15,
}


@pytest.fixture
def full(world):
    """Far more rows than a page holds."""
    organization = User.objects.first().organization
    template = User.objects.first()
    for number in range(120):
        template.pk = None
        template.cliq_id, template.name = f"9{number:06d}", f"Zoe {number}"
        template.organization = organization
        template.save(force_insert=True)
    job = world.names["job"]
    JobRow.objects.bulk_create(
        JobRow(job_id=job, number=number, key=f"row{number}", action=RowAction.ADD) for number in range(120)
    )
    Job.objects.bulk_create(
        Job(
            kind="directory.sync",
            title=f"Job {n}",
            status="finished",
            actor_kind="system",
            actor_name="Portal",
        )
        for n in range(120)
    )
    record(*(Draft("list.exported", SYSTEM, subject=Subject("log", str(n), f"File {n}")) for n in range(120)))
    return world


def test_every_list_stays_below_its_ceiling(full, client):
    client.force_login(full.people["owner"], backend=BACKEND)
    client.get("/")
    counts = {}
    for path, ceiling in LISTS.items():
        with CaptureQueriesContext(
            connection,
        ) as queries:
            response = client.get(path.format(**full.names))
        assert response.status_code == 200, path
        counts[path] = (len(queries), ceiling)
    assert {path: pair for path, pair in counts.items() if pair[0] > pair[1]} == {}
