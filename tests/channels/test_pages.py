"""The pages of channels as a person gets them."""

from apps.channels.models import Channel
from apps.sandbox import cast
from tests.channels.conftest import text


def names(response) -> set[str]:
    """The channels that a list shows."""
    return {row.name for row in response.context["table"].page.object_list.data}


def test_the_list_narrows_down(read, owner_client):
    """Each filter by itself."""
    assert len(names(owner_client.get("/channels/"))) == Channel.objects.count()
    assert names(owner_client.get("/channels/?q=%23MARKET")) == {"Marketing", "marketing-emea"}
    assert "Chess" in names(owner_client.get("/channels/?status=pending"))
    assert names(owner_client.get("/channels/?level=external")) == {"Zylker & Zillum"}
    support = Channel.objects.get(name="Zylker-Support")
    team = next(iter(support.teams))
    assert "Zylker-Support" in names(owner_client.get(f"/channels/?team={team}"))
    assert "Marketing" not in names(owner_client.get(f"/channels/?team={team}"))
    assert "Zylker-Support" in names(owner_client.get(f"/channels/?creator={support.creator_id}"))
    first_name = support.creator_name.split()[0].upper()
    assert "Zylker-Support" in names(owner_client.get(f"/channels/?creator={first_name}"))
    large = names(owner_client.get("/channels/?size=medium"))
    assert large == set(Channel.objects.filter(participants__range=(10, 99)).values_list("name", flat=True))
    quiet = names(owner_client.get("/channels/?active=year"))
    assert quiet
    assert not quiet & names(owner_client.get("/channels/?active=week"))


def test_an_empty_list_offers_to_read(organization, owner_client, approver_client):
    """Who may not read is not offered it."""
    assert "Read the channels" in text(owner_client.get("/channels/"))
    assert "/channels/read/" not in text(approver_client.get("/channels/"))
    assert "Zoho allows 30 calls a minute, 3,000 channels in a minute." in text(
        owner_client.get("/channels/read/")
    )


def test_one_channel_shows_the_mirror_and_reads_again(marketing, owner_client, sandbox):
    """The page costs no call; the fragment two."""
    before = len(sandbox.arrivals("channels.get"))
    page = text(owner_client.get(marketing.get_absolute_url()))
    assert 'hx-trigger="load"' in page
    assert len(sandbox.arrivals("channels.get")) == before
    sandbox.alter("channels", marketing.cliq_id, description="Closed")
    fragment = text(owner_client.get(f"{marketing.get_absolute_url()}facts/"))
    assert "hx-trigger" not in fragment
    marketing.refresh_from_db()
    assert marketing.description == "Closed"
    assert marketing.members.count() == marketing.participants
    assert f"See all {marketing.participants} members" in fragment
    assert [len(sandbox.arrivals(name)) - before for name in ("channels.get", "channels.members")] == [1, 1]


def test_members_are_a_list_of_their_own(marketing, owner_client, sandbox):
    owner_client.get(f"{marketing.get_absolute_url()}facts/")
    page = owner_client.get(f"{marketing.get_absolute_url()}members/?role=super_admin")
    assert [member.role for member in page.context["table"].page.object_list.data] == ["super_admin"]
    assert f"/users/{marketing.creator_id}/" in text(page)
    user_page = text(owner_client.get(f"/users/{marketing.creator_id}/"))
    assert "#Marketing" in user_page


def test_a_stranger_in_an_external_channel_has_no_page(read, owner_client):
    channel = Channel.objects.get(level="external")
    owner_client.get(f"{channel.get_absolute_url()}facts/")
    page = text(owner_client.get(f"{channel.get_absolute_url()}members/"))
    assert cast.STRANGER.email in page
    assert f"/users/{cast.STRANGER.zuid}/" not in page


def test_a_channel_that_zoho_hides_is_said(marketing, owner_client, sandbox):
    sandbox.erase("channels", marketing.cliq_id)
    fragment = text(owner_client.get(f"{marketing.get_absolute_url()}facts/"))
    assert "Zoho no longer shows this channel to the portal: it may have been deleted." in fragment
    sandbox.fault("channels.get", status=500, body="<html>")
    fragment = text(owner_client.get(f"{marketing.get_absolute_url()}facts/"))
    assert "Nothing was changed; try again in a moment." in fragment


def test_search_finds_channels(read, owner_client):
    page = text(owner_client.get("/search/?q=%23devops"))
    assert "#devops" in page
