"""What reading shows to have changed in Zoho's own panel: stored in the mirror and told in the log."""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.db import transaction

from apps.audit.events import Draft, Subject, record
from apps.audit.models import Operation, Stage
from apps.channels import matrix, mirror
from apps.channels.models import Channel
from apps.cliq.replies_channels import Channel as WireChannel
from apps.connections.models import Organization
from apps.core.actor import SYSTEM

TOLD = ("name", "description", "level", "status", "invite_only")


def store(
    organization: Organization,
    wires: Iterable[WireChannel],
    *,
    asked_at: datetime,
    most: int | None = None,
    job_id: int | None = None,
) -> tuple[list[Channel], int]:
    """Store channels and record what somebody changed in Zoho; at most `most` of it.

    Answers the rows, and how many had changed.
    """
    found = list(wires)
    with transaction.atomic():
        ids = [wire.channel_id for wire in found]
        rows = Channel.objects.filter(organization=organization, cliq_id__in=ids, gone_at=None)
        known = {row["cliq_id"]: row for row in rows.values("cliq_id", "permissions", *TOLD)}
        written = mirror.write_channels(organization, found, asked_at=asked_at)
        drafts = [draft for row in written if (draft := _draft(row, known.get(row.cliq_id), job_id))]
        drafts = _not_ours(drafts)
        if told := drafts if most is None else drafts[:most]:
            record(*told)
    return written, len(drafts)


def _draft(row: Channel, known: dict[str, Any] | None, job_id: int | None) -> Draft | None:
    if known is None:
        return None
    before = {name: known[name] for name in TOLD}
    after = {name: getattr(row, name) for name in TOLD}
    # What a role may do; a permission that Zoho shows for the first time is no change of the channel.
    before |= matrix.values(known["permissions"])
    after |= matrix.values(row.permissions)
    differing = [name for name in before if name in after and before[name] != after[name]]
    if not differing:
        return None
    return Draft(
        "channel.seen",
        SYSTEM,
        subject=Subject("channel", row.cliq_id, row.name),
        before={name: before[name] for name in differing},
        after={name: after[name] for name in differing},
        job_id=job_id,
    )


def _not_ours(drafts: list[Draft]) -> list[Draft]:
    """Leave out channels that the portal is changing right now: that is told by their own operation."""
    if not drafts:
        return []
    ids = [draft.subject.id for draft in drafts if draft.subject]
    mine = Operation.objects.filter(
        kind__startswith="channel.", key__in=ids, stage__in=[Stage.INTENT, Stage.UNKNOWN]
    )
    under_way = set(mine.values_list("key", flat=True))
    return [draft for draft in drafts if draft.subject and draft.subject.id not in under_way]
