"""Reading the channels: every page, what changed in Zoho, what is gone, what is doubted."""

from datetime import timedelta

from django.utils import timezone

from apps.audit.models import Event
from apps.channels.models import Channel
from apps.channels.services import syncing
from apps.core.actor import SYSTEM
from apps.jobs.models import JobStatus
from tests.channels.conftest import PATIENCE, last


def test_it_reads_every_channel(read, sandbox):
    """One call for each hundred; the sign before a name is Zoho's, not the channel's."""
    assert read.status == JobStatus.FINISHED, read.activity
    known = {row["channel_id"]: row for row in sandbox.channels()}
    assert set(Channel.objects.values_list("cliq_id", flat=True)) == set(known)
    marketing = Channel.objects.get(name="Marketing")
    assert (marketing.level, marketing.status) == ("organization", "created")
    assert marketing.description == "Marketing updates"
    assert marketing.permissions["admin"]["delete_channel"] is True
    assert len(marketing.permissions["member"]) == 20
    support = Channel.objects.get(name="Zylker-Support")
    assert support.team_ids == f" {' '.join(support.teams)} "
    assert len(sandbox.arrivals("channels.list")) == 1
    assert read.activity == f"Read {len(known)} channels; nothing had changed."


def test_it_follows_pages(sandbox, work, request):
    """A hundred a call."""
    sandbox.reset(users=2200)
    request.getfixturevalue("organization")
    job = work(syncing.start(SYSTEM), patience=PATIENCE)
    assert job.status == JobStatus.FINISHED, job.activity
    assert Channel.objects.count() == len(sandbox.channels()) > 100
    assert len(sandbox.arrivals("channels.list")) == 2
    assert (job.done, job.total) == (Channel.objects.count(), Channel.objects.count())


def test_a_token_that_zoho_no_longer_takes_begins_the_reading_again(organization, work, sandbox):
    job = syncing.start(SYSTEM)
    job.state = {"token": "outlived", "from": timezone.now().isoformat()}
    job.save()
    job = work(job, patience=PATIENCE)
    assert job.status == JobStatus.FINISHED, job.activity
    assert job.state["restarts"] == 1
    assert Channel.objects.count() == len(sandbox.channels())


def test_it_tells_what_changed_in_zoho(marketing, sandbox, work):
    sandbox.alter("channels", marketing.cliq_id, status="archived", description="Closed")
    work(syncing.start(SYSTEM), patience=PATIENCE)
    told = last("channel.seen")
    assert told["before"] == {"description": "Marketing updates", "status": "created"}
    assert told["after"] == {"description": "Closed", "status": "archived"}
    marketing.refresh_from_db()
    assert marketing.status == "archived"


def test_a_deleted_channel_is_gone_and_told(marketing, sandbox, work):
    sandbox.erase("channels", marketing.cliq_id)
    job = work(syncing.start(SYSTEM), patience=PATIENCE)
    marketing.refresh_from_db()
    assert marketing.gone_at is not None
    assert last("channel.gone")["subject_name"] == "Marketing"
    assert job.activity.endswith("1 gone.")


def test_too_many_gone_are_doubted(read, sandbox, work):
    """Nothing is marked until a person says so."""
    for row in sandbox.channels()[:12]:
        sandbox.erase("channels", row["channel_id"])
    job = work(syncing.start(SYSTEM), patience=PATIENCE)
    assert job.status == JobStatus.PAUSED
    assert job.activity.startswith(f"12 of {Channel.objects.count()} channels are missing from Zoho")
    assert not Event.objects.filter(kind="channel.gone").exists()
    assert Channel.objects.exclude(gone_at=None).count() == 0


def test_a_late_page_never_overwrites_what_was_read_since(marketing, organization, sandbox, work):
    Channel.objects.filter(pk=marketing.pk).update(
        description="Newer", read_at=timezone.now() + timedelta(hours=1)
    )
    work(syncing.start(SYSTEM), patience=PATIENCE)
    marketing.refresh_from_db()
    assert marketing.description == "Newer"


def test_starting_twice_is_one_job(organization, work):
    assert syncing.start(SYSTEM) == syncing.start(SYSTEM)
