"""What the pages of channels share."""

from django.urls import reverse

from apps.channels import selectors
from apps.channels.models import Channel
from apps.console.errors import NothingHere

ACTIVE = "channels:channels"
LATER = " The portal will find out by reading Zoho."
BACK = "Channels"


def found(cliq_id: str) -> Channel:
    """The channel of the address bar, also one that is gone."""
    channel = selectors.channel_by_id(cliq_id)
    if channel is None:
        raise NothingHere("The portal knows no channel with this id. Read the channels again if it is new.")
    return channel


def present(cliq_id: str) -> Channel:
    """The channel of the address bar, which Zoho still has."""
    channel = found(cliq_id)
    if channel.gone_at is not None:
        raise NothingHere(f"{channel.name} is no longer in Zoho, so nothing about it can be changed.")
    return channel


def url(name: str, channel: Channel) -> str:
    """The address of a page about one channel."""
    return reverse(f"channels:{name}", args=[channel.cliq_id])
