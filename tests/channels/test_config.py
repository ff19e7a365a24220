"""How a channel behaves: written when it is made or changed, never shown, so never compared."""

import json

import pytest

from apps.audit import settling
from apps.audit.models import Event, Operation, Stage
from apps.channels import config
from apps.channels.models import Channel
from apps.channels.services import editing
from apps.channels.services.editing import Wanted
from apps.cliq.api.channels import CONFIG
from apps.core.errors import NothingToChange, OutcomeUnknown, Refused
from tests.channels.conftest import last, text
from tests.channels.test_editing import settle

CHOSEN = {"reply_mode": "threads", "add_remove_info": "disable"}


def kept(sandbox, channel) -> dict[str, str]:
    """What Zoho has of it."""
    return json.loads(sandbox.channel(channel.cliq_id)["config"])


def change(channel, owner, **given):
    return editing.update(channel, **{"values": {}, "actor": owner.actor()} | given)


def test_the_form_offers_all_that_zoho_takes():
    offered = {each.name: tuple(value for value, _ in each.choices) for each in config.SETTINGS}
    assert offered == CONFIG


def test_creating(read, owner, sandbox):
    wanted = Wanted("Board games", "private", config=CHOSEN | {"leave_join_info": ""})
    saved = editing.create(wanted, actor=owner.actor())
    assert kept(sandbox, saved.channel) == CHOSEN
    assert last("channel.created")["after"] == {"name": "Board games", "level": "private"} | CHOSEN


def test_changing(marketing, owner, sandbox):
    """Sent whenever it is chosen: whether it is so already cannot be known."""
    saved = change(marketing, owner, config=CHOSEN)
    assert saved.changed == ["add_remove_info", "reply_mode"]
    assert kept(sandbox, marketing) == CHOSEN
    told = last("channel.updated")
    assert (told["before"], told["after"]) == ({}, CHOSEN)
    change(marketing, owner, values={"name": "Campaigns"}, config={"reply_mode": "both"})
    assert kept(sandbox, marketing) == CHOSEN | {"reply_mode": "both"}
    told = last("channel.updated")
    assert told["before"] == {"name": "Marketing"}
    assert told["after"] == {"name": "Campaigns", "reply_mode": "both"}
    change(marketing, owner, config={"reply_mode": "both"})
    assert [entry.operation for entry in sandbox.journal()] == ["channels.update"] * 3


def test_what_is_not_chosen_is_not_sent(marketing, owner, sandbox):
    with pytest.raises(NothingToChange):
        change(marketing, owner, config=dict.fromkeys(CONFIG, ""))
    assert sandbox.journal() == []


def test_an_unknown_choice_is_refused_before_asking(marketing, owner, sandbox):
    for act in (
        lambda wrong: change(marketing, owner, config=wrong),
        lambda wrong: editing.create(Wanted("Board games", "private", config=wrong), actor=owner.actor()),
    ):
        with pytest.raises(Refused) as refused:
            act({"reply_mode": "shout"})
        assert (refused.value.field, refused.value.sentence) == ("reply_mode", "Zoho knows no such choice.")
    assert sandbox.journal() == []
    assert not Event.objects.filter(kind__in=["channel.created", "channel.updated"]).exists()


@pytest.mark.parametrize(("drop", "stage"), [("after", Stage.DONE), ("before", Stage.NOT_DONE)])
def test_a_lost_answer_is_settled_by_what_zoho_shows_of_the_same_call(marketing, owner, sandbox, drop, stage):
    sandbox.fault("channels.update", drop=drop)
    with pytest.raises(OutcomeUnknown):
        change(marketing, owner, values={"name": "Campaigns"}, config=CHOSEN)
    settle()
    assert Operation.objects.get(kind="channel.updated").stage == stage
    assert kept(sandbox, marketing) == (CHOSEN if drop == "after" else {})


@pytest.mark.open_operations
@pytest.mark.parametrize("drop", ["after", "before"])
def test_alone_it_is_left_to_a_person(marketing, owner, sandbox, drop):
    sandbox.fault("channels.update", drop=drop)
    with pytest.raises(OutcomeUnknown):
        change(marketing, owner, config=CHOSEN)
    for _ in range(settling.ATTEMPTS):
        settle()
    operation = Operation.objects.get(kind="channel.updated")
    assert (operation.stage, operation.observe_at) == (Stage.UNKNOWN, None)


def test_creating_in_the_browser(read, owner_client, sandbox):
    page = text(owner_client.get("/channels/create/"))
    assert "Zoho takes these settings and never shows them" in page
    data = {"name": "Board games", "level": "private", "meeting_chat_type": "loud"}
    assert owner_client.post("/channels/create/", data).status_code == 422
    owner_client.post("/channels/create/", data | {"meeting_chat_type": "host_choice"})
    channel = Channel.objects.get(name="Board games")
    assert kept(sandbox, channel) == {"meeting_chat_type": "host_choice"}


def test_editing_in_the_browser(marketing, owner_client, sandbox):
    url = f"{marketing.get_absolute_url()}edit/"
    page = text(owner_client.get(url))
    assert "the portal cannot tell how they are now" in page
    assert page.count('<option value="" selected>Unchanged</option>') == len(CONFIG)
    data = {"initial-name": "Marketing", "initial-description": "Marketing updates"}
    data |= {"name": "Marketing", "description": "Marketing updates"}
    assert "is so already" in text(owner_client.post(url, data | {"reply_mode": ""}))
    answer = owner_client.post(url, data | {"reply_mode": "both"})
    assert "Saved the changes of #Marketing." in text(owner_client.get(answer.url))
    assert kept(sandbox, marketing) == {"reply_mode": "both"}


@pytest.mark.open_operations
def test_a_lost_answer_in_the_browser(marketing, owner_client, sandbox):
    """What reading shows is found out by itself; settings alone are not, and that is said."""
    url = f"{marketing.get_absolute_url()}edit/"
    data = {"initial-name": "Marketing", "initial-description": "", "name": "Marketing", "description": ""}
    sandbox.fault("channels.update", drop="after")
    answer = owner_client.post(url, data | {"leave_join_info": "disable"})
    page = text(owner_client.get(answer.url))
    assert "Zoho never shows this, so look for it in Cliq and settle it in the log." in page
    assert "will find out by reading" not in page
