"""`manage.py sync`."""

import io

import pytest
from django.core.management import CommandError, call_command

from apps.directory import selectors
from apps.jobs.models import Job, JobStatus


def test_it_carries_the_job_through(organization):
    """Without a worker, telling what it does."""
    out = io.StringIO()
    call_command("sync", wait=True, stdout=out)
    assert out.getvalue().splitlines()[-1] == "Read 40 users: 40 new."
    assert selectors.users().count() == 40


def test_it_only_starts_without_wait(organization):
    """A worker carries it on."""
    call_command("sync", stdout=io.StringIO())
    assert Job.objects.get().status == JobStatus.QUEUED


@pytest.mark.django_db
def test_it_says_that_nothing_is_connected():
    """In one sentence."""
    with pytest.raises(CommandError, match=r"^No Zoho organisation is connected yet"):
        call_command("sync")
