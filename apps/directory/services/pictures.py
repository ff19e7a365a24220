"""Changing a user's picture. Zoho takes one and never shows it, so nothing of it is mirrored."""

from dataclasses import dataclass

from django.db.models import Q
from django.utils import timezone

from apps.audit.events import Subject
from apps.audit.operation import Change, OnIntent, OnOutcome, nothing
from apps.cliq.catalogue.users import PHOTO_SCOPE
from apps.cliq.client import Cliq
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.core.actor import Actor
from apps.core.errors import Refused
from apps.directory import mirror
from apps.directory.models import User
from apps.directory.services import writing
from apps.directory.services.users import UPDATE

# Zoho documents neither sizes nor types: what every client shows, and far below what a request may hold.
MOST_BYTES = 2 * 1024 * 1024
KINDS = {b"\x89PNG\r\n\x1a\n": "PNG", b"\xff\xd8\xff": "JPEG"}


@dataclass(frozen=True, slots=True)
class Picture:
    """A picture that may be sent."""

    data: bytes
    kind: str

    @property
    def told(self) -> str:
        """What the log keeps of it."""
        return f"{self.kind}, {max(1, round(len(self.data) / 1024)):,} KB"


def checked(data: bytes) -> Picture:
    """A picture by its first bytes, whatever its name says. Refused with the field it belongs to."""
    kind = next((name for start, name in KINDS.items() if data.startswith(start)), "")
    if not kind:
        raise Refused("This is neither a PNG nor a JPEG picture.", field="picture")
    if len(data) > MOST_BYTES:
        most = MOST_BYTES // 1024**2
        raise Refused(f"This picture is larger than {most} MB: choose a smaller one.", field="picture")
    return Picture(data, kind)


def obstacle() -> str:
    """Why no picture can be changed through this connection, known before asking."""
    grant = connections.latest_grant()
    if grant is None:
        return "No Zoho organisation is connected, so nothing can be changed."
    if grant.scopes and PHOTO_SCOPE not in grant.scopes:
        return (
            f"The portal was not given {PHOTO_SCOPE}, so it cannot change pictures. "
            "An Owner can connect the organisation again and grant it."
        )
    return ""


def change(
    user: User,
    *,
    data: bytes,
    actor: Actor,
    reason: str = "",
    job_id: int | None = None,
    on_intent: OnIntent = nothing,
    on_outcome: OnOutcome = nothing,
    cliq: Cliq | None = None,
) -> int | None:
    """Send a picture; answers the number of the event. Refused with `field`, QuotaWait, OutcomeUnknown.

    Whether it is so already cannot be known, and a lost answer cannot be settled by reading.
    """
    picture = checked(data)
    if missing := obstacle():
        raise Refused(missing)
    cliq = cliq or client(interactive=job_id is None)
    writing.demand_settled(user.name, Q(kind="user.picture_changed", key=user.cliq_id))
    writing.demand_slot(cliq, UPDATE, interactive=job_id is None)
    return writing.carry_out(
        [
            Change(
                kind="user.picture_changed",
                subject=Subject("user", user.cliq_id, user.name),
                endpoint=UPDATE.name,
                key=user.cliq_id,
                after={"picture": picture.told},
            )
        ],
        call=lambda: cliq.users.set_picture(user.cliq_id, picture.data),
        store=lambda reply: mirror.write_reply(user, reply, written={}, at=timezone.now()),
        actor=actor,
        reason=reason,
        job_id=job_id,
        on_intent=on_intent,
        on_outcome=on_outcome,
    )
