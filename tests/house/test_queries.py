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
    "/": 28,
    "/users/": 23,
    "/users/?q=a&status=active&sort=-name": 23,
    "/departments/": 22,
    "/departments/?q=a&sort=-number": 20,
    "/departments/{department}/": 28,
    "/designations/": 20,
    "/designations/{designation}/": 23,
    "/teams/": 19,
    "/teams/?q=a&sort=-number": 19,
    "/teams/{team}/": 23,
    "/user-fields/": 22,
    "/user-fields/{userfield}/": 21,
    "/user-fields/layouts/": 17,
    "/log/": 19,
    "/log/?q=File&stage=fact": 19,
    "/log/open/": 18,
    "/jobs/": 17,
    "/jobs/{job}/rows/": 19,
    "/jobs/{plan}/plan/": 22,
    "/plan/users-department/?all=1": 19,
    "/onboarding/": 17,
    "/onboarding/{onboarding}/": 23,
    "/administrators/": 17,
    "/sessions/": 23,
    "/users/{user}/": 24,
    "/log/{event}/": 19,
    "/domain/": 18,
    "/mail/": 18,
    "/domain/dns/": 13,
    "/roles/": 18,
    "/roles/?q=a&type=Members&sort=-members_count": 18,
    "/roles/{role}/": 22,
    "/roles/{role}/people/": 21,
    "/roles/{role}/permissions/": 14,
    "/roles/who/?what=bots/create": 16,
    "/channels/": 24,
    "/channels/?q=a&status=created&team=1&sort=-participants": 24,
    "/channels/requests/": 19,
    "/channels/{channel}/": 22,
    "/channels/{channel}/members/": 19,
    "/channels/{channel}/permissions/": 15,
    "/roles/{role}/people/choose/?q=zoe": 16,
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
