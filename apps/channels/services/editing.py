"""Creating a channel, and changing its name, description, picture and how it behaves."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Unpack

from django.db.models import Q
from django.utils import timezone

from apps.audit.events import Subject
from apps.audit.models import Stage
from apps.audit.operation import Change, Outcome
from apps.channels import config as settings
from apps.channels import mirror, pictures
from apps.channels.models import Channel, Level
from apps.channels.services import moving, reading, seen
from apps.cliq.api.channels import NewChannel
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.replies_channels import Channel as WireChannel
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.connections.mirror import fold
from apps.core.actor import Actor
from apps.core.errors import NothingToChange, Refused
from apps.directory.services import writing
from apps.directory.services.writing import InJob, for_operation

CREATE, UPDATE = CATALOGUE["channels.create"], CATALOGUE["channels.update"]
NAME_LENGTH = 50
FIELDS = ("name", "description")


@dataclass(frozen=True, slots=True)
class Wanted:
    """A channel to be created; people by id, those outside the organisation by address.

    `config` holds those of the settings that are not left to Zoho, in its words.
    """

    name: str
    level: str
    description: str = ""
    invite_only: bool = False
    team_ids: Sequence[str] = ()
    user_ids: Sequence[str] = ()
    emails: Sequence[str] = ()
    picture: bytes = b""
    config: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Saved:
    """What a write did: the channel as it is now, the changed fields, the event that tells."""

    channel: Channel
    event: int | None = None
    changed: list[str] = field(default_factory=list)


def create(wanted: Wanted, *, actor: Actor, reason: str = "", **job: Unpack[InJob]) -> Saved:
    """Make a channel, whose first super admin is the account that connects the portal.

    Judged against a reading: a name that is taken at that level is not sent. Refused with `field`,
    QuotaWait, OutcomeUnknown.
    """
    organization = connections.active_grant().organization
    cliq = job.get("cliq") or client(interactive="job_id" not in job)
    name = wanted.name.strip().lstrip("#").strip()
    _demand_sound(wanted, name)
    config = settings.chosen(wanted.config)
    image = pictures.encoded(wanted.picture) if wanted.picture else None
    key = f"{wanted.level}/{fold(name)}"[:300]
    writing.demand_settled(name, Q(kind="channel.created", key=key))
    if same_name(cliq, name, wanted.level) is not None:
        raise Refused("A channel of this name and level exists already.", field="name")
    writing.demand_slot(cliq, CREATE, interactive="job_id" not in job)
    row = NewChannel(
        name=name,
        level=wanted.level,
        description=wanted.description.strip() or None,
        invite_only=True if wanted.invite_only else None,
        team_ids=list(wanted.team_ids) or None,
        user_ids=list(wanted.user_ids) or None,
        email_ids=list(wanted.emails) or None,
        image_data=image,
        config=config or None,
    )
    change = Change(
        kind="channel.created",
        subject=Subject("channel", "", name),
        endpoint=CREATE.name,
        key=key,
        after=_told(row, wanted.picture),
    )
    made: list[WireChannel] = []

    def store(wire: WireChannel) -> None:
        made.append(wire)
        mirror.write_channels(organization, [wire], asked_at=timezone.now())

    event = writing.carry_out(
        [change],
        call=lambda: cliq.channels.create(row),
        store=store,
        answered=lambda wire: Outcome(Stage.DONE, subject=subject(wire)),
        actor=actor,
        reason=reason,
        **for_operation(job),
    )
    return Saved(Channel.objects.get(cliq_id=made[0].channel_id), event)


def _demand_sound(wanted: Wanted, name: str) -> None:
    """What Zoho would refuse is said before asking, with its field."""
    if not name:
        raise Refused("A channel needs a name.", field="name")
    if len(name) > NAME_LENGTH:
        raise Refused(f"Zoho takes at most {NAME_LENGTH} letters.", field="name")
    if wanted.level == Level.TEAM and not wanted.team_ids:
        raise Refused("A channel of the level Team needs at least one team.", field="team_ids")
    if wanted.level != Level.TEAM and wanted.team_ids:
        raise Refused("Teams go with the level Team only: leave them out.", field="team_ids")
    if wanted.invite_only and wanted.level not in (Level.ORGANIZATION, Level.TEAM):
        raise Refused("Only channels of the organisation and of teams can be joined.", field="invite_only")
    if wanted.emails and wanted.level != Level.EXTERNAL:
        raise Refused(
            f"Only external channels take people outside the organisation: {', '.join(wanted.emails)}.",
            field="people",
        )


def _told(row: NewChannel, picture: bytes) -> dict[str, Any]:
    """What the log keeps; a picture as its size, each setting by its own name."""
    kept = row.model_dump(exclude_none=True, exclude={"image_data", "config"})
    return kept | (row.config or {}) | ({"picture": pictures.told(picture)} if picture else {})


def subject(wire: WireChannel) -> Subject:
    """What a reply is about, for the log."""
    return Subject("channel", wire.channel_id, wire.name)


def same_name(cliq: Cliq, name: str, level: str) -> WireChannel | None:
    """The channel of this name and level as Zoho has it now; kept in the mirror."""
    asked_at = timezone.now()
    found = [
        wire
        for wire in cliq.channels.page(name=name).items
        if fold(wire.name) == fold(name) and wire.level == level
    ]
    seen.store(connections.active_grant().organization, found, asked_at=asked_at)
    return found[0] if found else None


def update(
    channel: Channel,
    *,
    values: Mapping[str, str],
    shown: Mapping[str, str] | None = None,
    picture: bytes = b"",
    config: Mapping[str, str] | None = None,
    actor: Actor,
    reason: str = "",
    **job: Unpack[InJob],
) -> Saved:
    """Change those of `values` (name, description) that differ from `shown`, and the picture if one is given.

    Judged against a fresh reading. What `config` names is sent as it is: no reading shows it, so that nothing
    can be said about it before. ChangedElsewhere, NothingToChange, Refused with `field`, QuotaWait,
    OutcomeUnknown.
    """
    cliq = job.get("cliq") or client(interactive="job_id" not in job)
    image = pictures.encoded(picture) if picture else ""
    chosen = settings.chosen(config or {})
    moving.settled(channel)
    reading.facts(channel, cliq)
    present = {name: str(getattr(channel, name)) for name in FIELDS}
    given = {name: str(each).strip().replace("\r\n", "\n") for name, each in values.items()}
    wanted = writing.judged(given, shown, present, noun="channel")
    wanted = {name: each for name, each in wanted.items() if present[name] != each}
    if not wanted and not image and not chosen:
        raise NothingToChange(f"{channel.name} is so already; nothing was sent to Zoho.")
    if "name" in wanted and not wanted["name"].lstrip("#").strip():
        raise Refused("A channel needs a name.", field="name")
    writing.demand_slot(cliq, UPDATE, interactive="job_id" not in job)
    after = {**wanted, **chosen, **({"picture": pictures.told(picture)} if image else {})}
    change = Change(
        kind="channel.updated",
        subject=Subject("channel", channel.cliq_id, channel.name),
        endpoint=UPDATE.name,
        key=channel.cliq_id,
        before={name: present[name] for name in wanted},
        after=after,
    )
    body: dict[str, Any] = {**wanted, **({"image_data": image} if image else {})}
    body |= {"config": chosen} if chosen else {}
    event = writing.carry_out(
        [change],
        call=lambda: cliq.channels.update(channel.cliq_id, **body),
        store=lambda wire: stored(channel.cliq_id, wanted, wire),
        actor=actor,
        reason=reason,
        **for_operation(job),
    )
    channel.refresh_from_db()
    return Saved(channel, event, sorted(after))


def stored(channel_id: str, wanted: Mapping[str, str], wire: WireChannel | None = None) -> None:
    """What was written, in the mirror; runs in the outcome's transaction."""
    columns: dict[str, Any] = dict(wanted)
    if wire is not None and wire.image_url:
        columns["image_url"] = wire.image_url[:500]
    mirror.change(channel_id, columns)
