"""Many channels at once: a plan, then a call for each."""

from urllib.parse import urlencode

import pytest

from apps.channels.models import Channel
from apps.channels.services import telling
from apps.jobs.models import JobStatus
from tests.channels.conftest import events
from tests.jobs.conftest import planned, run

pytestmark = pytest.mark.django_db(transaction=True)
PAST = {"approve": "approved", "reject": "rejected"}


def ids(*names: str) -> str:
    """A selection of channels by name."""
    return urlencode([("id", Channel.objects.get(name=name).cliq_id) for name in names])


def test_archiving_many(read, owner, sandbox):
    """What is so already and what waits is left alone, and says so."""
    query = ids("Marketing", "sales", "migration", "Chess")
    job = planned("channels-archive", query, {}, owner.actor())
    said = {row.key: (row.action, row.sentence) for row in job.rows.all()}
    assert said[Channel.objects.get(name="migration").cliq_id] == ("nothing", "So already.")
    assert said[Channel.objects.get(name="Chess").cliq_id] == ("cannot", "It still waits for approval.")
    job = run(job, owner.actor())
    assert job.status == JobStatus.FINISHED, job.activity
    gone_quiet = {row["name"] for row in sandbox.channels() if row["status"] == "archived"}
    assert {"Marketing", "sales", "migration"} <= gone_quiet
    assert len(sandbox.arrivals("channels.archive")) == 2


@pytest.mark.parametrize(("act", "status"), [("approve", "created"), ("reject", "")])
def test_deciding_about_many(read, approver, owner, sandbox, act, status):
    """Everyone who asked is told, once."""
    telling.wish(True, actor=owner.actor())
    job = planned(f"channels-{act}", "all=1&status=pending", {}, approver.actor())
    job = run(job, approver.actor())
    assert job.status == JobStatus.FINISHED, job.activity
    left = {row["channel_id"]: row["status"] for row in sandbox.channels()}
    names = ("Chess", "Devops", "Parents")
    chosen = [Channel.objects.get(name=name).cliq_id for name in names]
    assert [left.get(each, "") for each in chosen] == [status] * 3
    assert len(events("channel.requester_told")) == len(events(f"channel.{PAST[act]}")) == 8
