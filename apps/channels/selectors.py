"""Reading the mirror of channels."""

from datetime import datetime

from django.db.models import Exists, Min, OuterRef, QuerySet

from apps.channels.models import Channel, ChannelMember, ChannelStatus, Level
from apps.directory.models import User
from apps.jobs.models import ENDED, Job

SYNC = "channels.sync"


def channels() -> QuerySet[Channel]:
    """Every channel Zoho still shows, without what no list needs."""
    return Channel.objects.filter(gone_at=None).defer("permissions", "raw", "search", "config")


def channel_by_id(cliq_id: str) -> Channel | None:
    """The channel of that id, also one that is gone."""
    return Channel.objects.filter(cliq_id=cliq_id).defer("raw").first()


def active() -> QuerySet[Channel]:
    """Channels whose members can be changed, by name."""
    return channels().filter(status=ChannelStatus.CREATED).order_by("name_key", "pk")


def waiting() -> QuerySet[Channel]:
    """Channels that somebody asked for and nobody has decided about, the longest waiting first."""
    found = channels().filter(status=ChannelStatus.PENDING, level=Level.ORGANIZATION)
    return found.order_by("created_at", "pk")


def members_of(channel: Channel) -> QuerySet[ChannelMember]:
    """Who is in it, the highest role first, and whether the directory knows them."""
    known = Exists(User.objects.filter(cliq_id=OuterRef("user_id")))
    return channel.members.select_related("channel").annotate(known=known).order_by("rank", "search", "pk")


def channels_of(user_id: str) -> QuerySet[Channel]:
    """The channels in which the portal has seen somebody."""
    return channels().filter(members__user_id=user_id).order_by("name_key", "pk")


def read_at() -> datetime | None:
    """When the channels were last read: the oldest of what the list shows."""
    found = Channel.objects.filter(gone_at=None).aggregate(oldest=Min("read_at"))["oldest"]
    return found if isinstance(found, datetime) else None


def open_job() -> Job | None:
    """The job that reads the channels, running or stopped, if there is one."""
    return Job.objects.filter(kind=SYNC).exclude(status__in=ENDED).order_by("-pk").first()
