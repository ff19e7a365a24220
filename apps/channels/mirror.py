"""Writing what Zoho said about channels into the mirror, never over what was read later."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.channels.models import Channel, ChannelMember
from apps.cliq.replies_channels import Channel as WireChannel
from apps.cliq.replies_channels import ChannelMember as WireMember
from apps.connections.models import Organization

# More than one query can name on every database.
CHUNK = 500
SHARED = ("chat_id", "unique_name", "description", "level", "status", "invite_only", "creator_id")
COLUMNS = (
    "name",
    *SHARED,
    "image_url",
    "creator_name",
    "created_at",
    "active_at",
    "participants",
    "messages",
    "teams",
    "config",
    "permissions",
    "own_role",
)
_STORED = ("name_key", "search", "creator_key", "team_ids", *COLUMNS, "raw", "read_at", "gone_at")


def write_channels(
    organization: Organization, wires: Iterable[WireChannel], *, asked_at: datetime
) -> list[Channel]:
    """Store channels as a list or a single answer showed them; who is in them stays as it was."""
    found = {wire.channel_id: wire for wire in wires}
    with transaction.atomic():
        rows = Channel.objects.select_for_update().filter(organization=organization, cliq_id__in=list(found))
        known = {row.cliq_id: row for row in rows}
        written = []
        for cliq_id, wire in found.items():
            row = known.get(cliq_id) or Channel(organization=organization, cliq_id=cliq_id)
            if row.pk and row.read_at > asked_at:
                continue
            fill(row, wire)
            row.read_at, row.gone_at = asked_at, None
            written.append(row)
        Channel.objects.bulk_create(
            written,
            batch_size=100,
            update_conflicts=True,
            unique_fields=["organization", "cliq_id"],
            update_fields=_STORED,
        )
    return written


def fill(row: Channel, wire: WireChannel) -> None:
    """The columns of one answer; a list carries no picture, so that the one known stays."""
    for name in SHARED:
        setattr(row, name, getattr(wire, name))
    row.name = wire.name[:300]
    row.creator_name = wire.creator_name[:300]
    row.image_url = (wire.image_url or row.image_url)[:500]
    row.created_at, row.active_at = moment(wire.creation_time), moment(wire.last_modified_time)
    row.participants, row.messages = wire.participant_count, wire.total_message_count
    row.teams, row.config = dict(wire.teams), dict(wire.config) or row.config
    row.permissions = {role: dict(given) for role, given in wire.permissions.items() if given}
    row.own_role, row.raw = wire.current_user_role, wire.raw
    row.prepare()


def moment(text: str) -> datetime | None:
    """A time of a reply; what is none is not known."""
    try:
        found = parse_datetime(text)
    except ValueError:
        return None
    return found if found is None or found.tzinfo else timezone.make_aware(found)


def change(channel_id: str, columns: Mapping[str, Any]) -> None:
    """Put what was written into the mirror; runs in the outcome's transaction."""
    row = Channel.objects.select_for_update().filter(cliq_id=channel_id).first()
    if row is None:
        return
    for name, value in columns.items():
        setattr(row, name, value)
    row.read_at = timezone.now()
    row.save()


def forget(channel_id: str) -> None:
    """Zoho no longer has it: deleted, or its request rejected."""
    now = timezone.now()
    ChannelMember.objects.filter(channel__cliq_id=channel_id).delete()
    Channel.objects.filter(cliq_id=channel_id, gone_at=None).update(gone_at=now, read_at=now)


def write_members(channel: Channel, wires: Sequence[WireMember], *, asked_at: datetime) -> None:
    """Store who is in a channel; whoever is not named any more has left."""
    with transaction.atomic():
        row = Channel.objects.select_for_update().get(pk=channel.pk)
        if row.members_read_at and row.members_read_at > asked_at:
            return
        here = {wire.user_id or wire.email_id: wire for wire in wires}
        gone = [pk for pk, user in row.members.values_list("pk", "user_id") if user not in here]
        for start in range(0, len(gone), CHUNK):
            ChannelMember.objects.filter(pk__in=gone[start : start + CHUNK]).delete()
        put(row, [_member(row, user_id, wire) for user_id, wire in here.items()])
        Channel.objects.filter(pk=row.pk).update(members_read_at=asked_at, participants=len(here))
    channel.refresh_from_db()


def _member(channel: Channel, user_id: str, wire: WireMember) -> ChannelMember:
    role = "member" if wire.user_role == "members" else wire.user_role
    return ChannelMember(
        channel=channel, user_id=user_id[:60], name=wire.name[:300], email=wire.email_id[:320], role=role
    )


def put(channel: Channel, members: Sequence[ChannelMember]) -> None:
    """Members into the mirror, those that are there already as they are now."""
    for member in members:
        member.prepare()
    ChannelMember.objects.bulk_create(
        members,
        batch_size=CHUNK,
        update_conflicts=True,
        unique_fields=["channel", "user_id"],
        update_fields=["name", "email", "role", "rank", "search"],
    )


def count(channel: Channel) -> None:
    """How many are in, after somebody came or went."""
    Channel.objects.filter(pk=channel.pk).update(participants=channel.members.count())
