"""Adding many users to a channel and taking them out again, by a plan."""

import pytest

from apps.directory.models import User
from tests.accounts.browser import words
from tests.jobs.conftest import ids, planned, run

pytestmark = pytest.mark.django_db(transaction=True)


def test_they_join_in_one_call_and_leave_in_one(marketing, owner, sandbox):
    people = User.objects.filter(status="active").order_by("pk")[:12]
    job = planned("users-join-channel", ids(people), {"channel": marketing.cliq_id}, owner.actor())
    assert job.title == "Add to the channel Marketing"
    coming = job.state["to_do"]
    assert coming > 0
    job = run(job, owner.actor())
    assert job.rows.filter(status="done").count() == coming
    assert len(sandbox.arrivals("channels.add_members")) == 1
    inside = sandbox.channel(marketing.cliq_id)["members"]
    assert {user.email for user in people} <= inside.keys()

    was_there = set(job.rows.filter(status="nothing").values_list("key", flat=True))
    newcomers = [user for user in people if user.cliq_id not in was_there]
    job = planned("users-leave-channel", ids(newcomers), {"channel": marketing.cliq_id}, owner.actor())
    job = run(job, owner.actor())
    assert job.activity == f"{coming} done."
    assert len(sandbox.arrivals("channels.remove_members")) == 1


def test_the_channel_is_named_by_typing(owner_client, operator_client, marketing):
    """Suggested while typing; a name that nothing has is said."""
    html = owner_client.get("/channels/suggest/", {"channel": "#mark"}).content.decode()
    assert '<option value="Marketing">' in html
    assert operator_client.get("/channels/suggest/", {"channel": "mark"}).status_code == 403
    url = "/plan/users-join-channel/?all=1"
    assert 'list="id_channel_suggestions"' in owner_client.get(url).content.decode()
    answer = owner_client.post(url, {"channel": "Markting"})
    assert answer.status_code == 422
    assert "No active channel is called “Markting”. Type a part of its name to see some." in words(answer)
    assert owner_client.post(url, {"channel": "#marketing"}).status_code == 302
