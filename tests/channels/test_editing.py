"""Creating and changing channels; archiving, deleting; bots and threads."""

import json

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Event, Operation, Stage
from apps.channels.models import Channel
from apps.channels.services import editing, extras, moving
from apps.channels.services.editing import Wanted
from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import quota
from apps.core.errors import ChangedElsewhere, NothingToChange, OutcomeUnknown, QuotaWait, Refused
from apps.sandbox import cast
from tests.channels.conftest import last, text

PNG = b"\x89PNG\r\n\x1a\n" + b"0" * 2000


def settle() -> None:
    """Read what is open now, not in twenty seconds."""
    Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
    settling.settle_due()


def make(owner, name="Board games", level="organization", **given):
    return editing.create(Wanted(name, level, **given), actor=owner.actor())


def test_creating(read, owner, sandbox):
    """The reply is mirrored; the log knows the id under which Zoho keeps it, and no picture."""
    saved = make(owner, description="After work", user_ids=[cast.MEMBER.zuid], picture=PNG, invite_only=True)
    row = sandbox.channel(saved.channel.cliq_id)
    assert (row["name"], row["status"], row["has_image"], row["invite_only"]) == (
        "Board games",
        "created",
        1,
        1,
    )
    assert cast.MEMBER.email in row["members"]
    told = last("channel.created")
    assert told["subject_id"] == saved.channel.cliq_id
    assert told["after"] == {
        "name": "Board games",
        "level": "organization",
        "description": "After work",
        "invite_only": True,
        "user_ids": [cast.MEMBER.zuid],
        "picture": "2 KB",
    }


def test_creating_for_teams_and_for_others(read, owner, sandbox):
    team = str(sandbox.teams()[0]["id"])
    assert list(make(owner, level="team", team_ids=[team]).channel.teams) == [team]
    assert make(owner, level="private").channel.level == "private"
    saved = make(owner, level="external", emails=[cast.STRANGER.email])
    assert cast.STRANGER.email in sandbox.channel(saved.channel.cliq_id)["members"]


@pytest.mark.parametrize(
    ("given", "field", "said"),
    [
        ({"level": "team"}, "team_ids", "A channel of the level Team needs at least one team."),
        ({"team_ids": ["1"]}, "team_ids", "Teams go with the level Team only: leave them out."),
        (
            {"level": "private", "invite_only": True},
            "invite_only",
            "Only channels of the organisation and of teams can be joined.",
        ),
        (
            {"emails": ["a@zillum.com"]},
            "people",
            "Only external channels take people outside the organisation: a@zillum.com.",
        ),
        ({"name": " # "}, "name", "A channel needs a name."),
        ({"name": "x" * 51}, "name", "Zoho takes at most 50 letters."),
        ({"name": "#marketing"}, "name", "A channel of this name and level exists already."),
        ({"picture": b"GIF89a"}, "picture", "This is neither a PNG nor a JPEG picture."),
    ],
)
def test_what_zoho_would_refuse_is_said_before_asking(read, owner, sandbox, given, field, said):
    with pytest.raises(Refused) as refused:
        make(owner, **given)
    assert (refused.value.field, refused.value.sentence) == (field, said)
    assert sandbox.journal() == []
    assert not Event.objects.filter(kind="channel.created").exists()


def test_a_creation_whose_answer_was_lost_is_settled_by_its_name(read, owner, sandbox):
    sandbox.fault("channels.create", drop="after")
    with pytest.raises(OutcomeUnknown):
        make(owner)
    with pytest.raises(Refused, match="An earlier change of Board games has no answer yet"):
        make(owner)
    settle()
    assert Operation.objects.get(kind="channel.created").stage == Stage.DONE
    assert Channel.objects.get(name="Board games").status == "created"


def test_a_creation_that_never_happened_is_settled_by_two_readings(read, owner, sandbox):
    sandbox.fault("channels.create", drop="before")
    with pytest.raises(OutcomeUnknown):
        make(owner)
    settle()
    assert Operation.objects.get(kind="channel.created").stage == Stage.UNKNOWN
    settle()
    assert Operation.objects.get(kind="channel.created").stage == Stage.NOT_DONE


def change(channel, owner, shown=None, **values):
    return editing.update(channel, values=values, shown=shown, actor=owner.actor())


def test_changing_sends_only_what_changed(marketing, owner, sandbox):
    shown = {"name": "Marketing", "description": "Marketing updates"}
    saved = change(marketing, owner, shown, name="Campaigns", description="Marketing updates")
    assert saved.changed == ["name"]
    told = last("channel.updated")
    assert (told["before"], told["after"]) == ({"name": "Marketing"}, {"name": "Campaigns"})
    assert sandbox.channel(marketing.cliq_id)["name"] == saved.channel.name == "Campaigns"


def test_changing_returns_early_and_shows_what_changed_elsewhere(marketing, owner, sandbox):
    with pytest.raises(NothingToChange, match=r"^Marketing is so already; nothing was sent to Zoho\.$"):
        change(marketing, owner, name="Marketing")
    sandbox.alter("channels", marketing.cliq_id, description="Newer")
    with pytest.raises(ChangedElsewhere) as elsewhere:
        change(marketing, owner, {"description": "Marketing updates"}, description="Mine")
    assert elsewhere.value.fields == {"description": "Newer"}
    assert sandbox.journal() == []


@pytest.mark.parametrize(("drop", "stage"), [("after", Stage.DONE), ("before", Stage.NOT_DONE)])
def test_a_change_whose_answer_was_lost_is_settled_by_reading(marketing, owner, sandbox, drop, stage):
    sandbox.fault("channels.update", drop=drop)
    with pytest.raises(OutcomeUnknown):
        change(marketing, owner, name="Campaigns")
    settle()
    assert Operation.objects.get(kind="channel.updated").stage == stage
    marketing.refresh_from_db()
    assert marketing.name == ("Campaigns" if drop == "after" else "Marketing")


def move(channel, what, owner):
    return moving.carry(channel, what, actor=owner.actor(), reason="Tidying up")


def test_archiving_and_opening_again(marketing, owner, sandbox):
    move(marketing, moving.ARCHIVE, owner)
    assert marketing.status == sandbox.channel(marketing.cliq_id)["status"] == "archived"
    with pytest.raises(NothingToChange, match=r"^Marketing is archived already"):
        move(marketing, moving.ARCHIVE, owner)
    move(marketing, moving.UNARCHIVE, owner)
    assert marketing.status == "created"
    with pytest.raises(NothingToChange, match=r"^Marketing is open already"):
        move(marketing, moving.UNARCHIVE, owner)
    assert last("channel.unarchived")["reason"] == "Tidying up"


def test_a_request_cannot_be_archived(chess, owner, sandbox):
    with pytest.raises(Refused, match=r"^Chess cannot be archived: it still waits for approval\.$"):
        move(chess, moving.ARCHIVE, owner)
    assert sandbox.journal() == []


def test_deleting(marketing, owner, sandbox):
    move(marketing, moving.DELETE, owner)
    assert marketing.gone_at is not None
    assert marketing.cliq_id not in {row["channel_id"] for row in sandbox.channels()}
    with pytest.raises(NothingToChange, match=r"^Marketing is gone already"):
        move(marketing, moving.DELETE, owner)


@pytest.mark.parametrize("what", [moving.ARCHIVE, moving.DELETE])
def test_moves_are_refused_and_settled_alike(marketing, owner, sandbox, what):
    sandbox.fault(what.endpoint, status=403, code="operation_not_allowed")
    with pytest.raises(Refused, match="may not do this in the channel"):
        move(marketing, what, owner)
    sandbox.fault(what.endpoint, drop="before")
    with pytest.raises(OutcomeUnknown):
        move(marketing, what, owner)
    settle()
    settle()
    assert Operation.objects.filter(kind=what.kind, stage=Stage.NOT_DONE).exists()
    sandbox.fault(what.endpoint, drop="after")
    with pytest.raises(OutcomeUnknown):
        move(marketing, what, owner)
    settle()
    assert Operation.objects.filter(kind=what.kind, stage=Stage.DONE).exists()
    quota(cast.ADMIN.zuid).lock(CATALOGUE[what.endpoint])
    marketing.refresh_from_db()
    if what is moving.DELETE:
        assert marketing.gone_at is not None
    else:
        move(marketing, moving.UNARCHIVE, owner)
        with pytest.raises(QuotaWait):
            move(marketing, what, owner)


def test_a_bot(marketing, owner, sandbox):
    extras.add_bot(marketing, "standupbot", actor=owner.actor())
    assert "standupbot" in json.loads(sandbox.channel(marketing.cliq_id)["bots"])
    assert last("channel.bot_added")["after"] == {"bot": "standupbot"}
    with pytest.raises(Refused) as refused:
        extras.add_bot(marketing, "nobot", actor=owner.actor())
    assert refused.value.field == "bot"


@pytest.mark.open_operations
def test_what_zoho_never_shows_is_left_to_a_person(marketing, owner, sandbox):
    sandbox.fault("threads.auto_follow", drop="after")
    with pytest.raises(OutcomeUnknown):
        extras.follow_threads(marketing, True, actor=owner.actor())
    for _ in range(settling.ATTEMPTS):
        settle()
    operation = Operation.objects.get(kind="channel.threads_followed")
    assert (operation.stage, operation.observe_at) == (Stage.UNKNOWN, None)


def test_following_threads(marketing, owner, sandbox):
    extras.follow_threads(marketing, True, actor=owner.actor())
    assert sandbox.channel(marketing.cliq_id)["follow_threads"] == 1
    extras.follow_threads(marketing, False, actor=owner.actor())
    assert sandbox.channel(marketing.cliq_id)["follow_threads"] == 0


def test_creating_in_the_browser(read, owner_client, sandbox):
    """Whoever is known goes by id; a wrong level comes back beside its field."""
    page = text(owner_client.get("/channels/create/"))
    assert "Everybody in the organisation can find it." in page
    data = {"name": "#Board games", "level": "team", "people": f"{cast.MEMBER.email}, nobody"}
    answer = owner_client.post("/channels/create/", data)
    assert "“nobody” is not an address." in text(answer)
    data["people"] = cast.MEMBER.email
    assert "needs at least one team" in text(owner_client.post("/channels/create/", data))
    data |= {"level": "private", "picture": SimpleUploadedFile("a.png", PNG)}
    answer = owner_client.post("/channels/create/", data)
    channel = Channel.objects.get(name="Board games")
    assert answer.url == channel.get_absolute_url()
    page = text(owner_client.get(answer.url))
    assert "Created the channel #Board games." in page
    assert "Has one" in page


def test_editing_in_the_browser(marketing, owner_client, sandbox):
    url = f"{marketing.get_absolute_url()}edit/"
    shown = {"initial-name": "Marketing", "initial-description": "Marketing updates"}
    data = {"name": "Marketing", "description": "Campaigns, numbers", "audit_reason": "Clearer"}
    answer = owner_client.post(url, shown | data)
    assert "Saved the changes of #Marketing." in text(owner_client.get(answer.url))
    assert last("channel.updated")["reason"] == "Clearer"
    answer = owner_client.post(url, shown | data | {"description": "Else"})
    assert "Somebody changed this meanwhile to “Campaigns, numbers”" in text(answer)


def test_deleting_in_the_browser(marketing, owner_client, operator_client, sandbox):
    url = f"{marketing.get_absolute_url()}delete/"
    assert "Zoho cannot bring them back." in text(owner_client.get(url))
    assert owner_client.post(url, {"typed": "marketing", "reason": "x"}).status_code == 422
    assert operator_client.post(url, {"typed": "Marketing", "reason": "x"}).status_code == 403
    assert "Delete the channel" not in text(operator_client.get(marketing.get_absolute_url()))
    answer = owner_client.post(url, {"typed": "Marketing", "reason": "Nobody uses it"})
    assert answer.url == "/channels/"
    assert "Deleted #Marketing." in text(owner_client.get("/channels/"))


def test_the_other_acts_in_the_browser(marketing, owner_client, sandbox):
    base = marketing.get_absolute_url()
    answer = owner_client.post(f"{base}bot/", {"bot": "standupbot"})
    assert "Added standupbot to #Marketing." in text(owner_client.get(answer.url))
    answer = owner_client.post(f"{base}threads/", {"follow": "on"})
    assert "follows every thread by themselves" in text(owner_client.get(answer.url))
    answer = owner_client.post(f"{base}archive/", {"reason": ""})
    page = text(owner_client.get(answer.url))
    assert "Archived #Marketing." in page
    assert "Open again" in page
    assert "Add members" not in page
