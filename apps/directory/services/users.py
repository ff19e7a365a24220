"""Changing and adding users."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any

from django.db.models import Q
from django.utils import timezone

from apps.audit import operation
from apps.audit.events import Subject
from apps.audit.models import Stage
from apps.audit.operation import DONE, Change, OnIntent, OnOutcome, Outcome, nothing
from apps.cliq.added import AddUsersReply
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.errors import ALREADY_THERE_CODES
from apps.cliq.sentences import sentence
from apps.connections.clients import client
from apps.core.actor import Actor
from apps.core.errors import NothingToChange, Refused
from apps.directory import canonical, mirror
from apps.directory.models import User
from apps.directory.services import refusals, seen, writing

UPDATE = CATALOGUE["users.update"]
ADD = CATALOGUE["users.add"]


@dataclass(frozen=True, slots=True)
class Result:
    """What an update did: the user as they are now, the changed fields, the event that tells."""

    user: User
    changed: Mapping[str, str]
    event: int | None = None


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody to be invited; `values` by the API's field names, custom fields by their unique name.

    `after_unknown`: an earlier attempt was sent and not answered, so «already a member» means it took effect.
    """

    email: str
    values: Mapping[str, Any] = field(default_factory=dict)
    after_unknown: bool = False

    @property
    def key(self) -> str:
        """The address as it is compared."""
        return self.email.strip().casefold()


def update(
    user: User,
    *,
    values: Mapping[str, Any],
    shown: Mapping[str, Any] | None,
    actor: Actor,
    reason: str = "",
    job_id: int | None = None,
    on_intent: OnIntent = nothing,
    on_outcome: OnOutcome = nothing,
    cliq: Cliq | None = None,
    trusted: timedelta = timedelta(0),
) -> Result:
    """Change those of `values` (API field names) that differ from `shown`, which is what the person saw.

    Without `shown` every value counts. Judged against a fresh reading: ChangedElsewhere if somebody else
    changed one of the same fields meanwhile, NothingToChange if all is so already; Refused with `field`,
    QuotaWait (nothing was sent), OutcomeUnknown (settled later by reading). A reading that is `trusted`, not
    older than that, is not made again.
    """
    cliq = cliq or client(interactive=job_id is None)
    writing.demand_settled(user.name, Q(kind="user.updated", key=user.cliq_id))
    recent = timezone.now() - user.read_at <= trusted
    present = canonical.of_mirror(user) if recent else _read(user, cliq)
    user.refresh_from_db()
    known = canonical.of_mirror(user) | present
    saw = None if shown is None else canonical.values(shown)
    wanted = writing.judged(canonical.values(values), saw, present, noun="user", unread=canonical.UNREAD)
    wanted = canonical.differences(known, wanted)
    if not wanted:
        raise NothingToChange(f"{user.name} is so already; nothing was sent to Zoho.")
    writing.demand_slot(cliq, UPDATE, interactive=job_id is None)
    return _send(user, wanted, known, actor, reason, job_id, on_intent, on_outcome, cliq)


def _read(user: User, cliq: Cliq) -> dict[str, str]:
    """What Zoho shows now; the mirror is brought up to it, and what had changed there is recorded."""
    asked_at = timezone.now()
    wire = cliq.users.get(user.cliq_id)
    seen.store(user.organization, [wire], asked_at=asked_at)
    return canonical.of_wire(wire)


def _send(
    user: User,
    wanted: Mapping[str, str],
    known: Mapping[str, str],
    actor: Actor,
    reason: str,
    job_id: int | None,
    on_intent: OnIntent,
    on_outcome: OnOutcome,
    cliq: Cliq,
) -> Result:
    change = Change(
        kind="user.updated",
        subject=Subject("user", user.cliq_id, user.name),
        endpoint=UPDATE.name,
        key=user.cliq_id,
        before=seen.readable({name: known.get(name, "") for name in wanted}, user),
        after=seen.readable(wanted),
    )
    try:
        event = writing.carry_out(
            [change],
            call=lambda: cliq.users.update(user.cliq_id, **wanted),
            store=lambda reply: mirror.write_reply(user, reply, written=wanted, at=timezone.now()),
            actor=actor,
            reason=reason,
            job_id=job_id,
            on_intent=on_intent,
            on_outcome=on_outcome,
        )
    except Refused as error:
        raise refusals.placed(error, wanted) from error
    user.refresh_from_db()
    return Result(user, dict(wanted), event)


def add(
    people: Sequence[NewPerson],
    *,
    actor: Actor,
    job_id: int | None,
    on_intent: OnIntent = nothing,
    on_outcome: OnOutcome = nothing,
    reason: str = "",
    cliq: Cliq | None = None,
) -> list[Outcome]:
    """Invite people in one call, and return one outcome for each.

    A person whom no list of the answer names is unknown. Refused is raised where the call as a whole was
    refused: nobody was added, and the caller halves. The mirror learns of them from a reading: the answer
    has addresses and no ids.
    """
    cliq = cliq or client(interactive=False)
    rows = [{"email_id": person.email.strip(), **_sendable(person.values)} for person in people]

    def send() -> list[Outcome]:
        reply = cliq.users.add(rows)
        return [_outcome(person, reply) for person in people]

    changes = [
        Change(
            kind="user.added",
            subject=Subject("user", person.key, _name_of(person)),
            endpoint=ADD.name,
            key=person.key,
            after=seen.readable(row),
        )
        for person, row in zip(people, rows, strict=True)
    ]
    return operation.run(
        changes,
        actor=actor,
        send=send,
        reason=reason,
        job_id=job_id,
        on_intent=on_intent,
        on_outcome=on_outcome,
    )


def _sendable(values: Mapping[str, Any]) -> dict[str, Any]:
    """Canonical values and lists of ids; what is empty is not sent with an invitation."""
    lists = {name: each for name, each in values.items() if isinstance(each, list)}
    rest = {name: each for name, each in values.items() if name not in lists}
    return {name: each for name, each in (canonical.values(rest) | lists).items() if each}


def _name_of(person: NewPerson) -> str:
    return mirror.shown_name(canonical.values(person.values), person.email.strip())


def _outcome(person: NewPerson, reply: AddUsersReply) -> Outcome:
    key = person.key
    if key in reply.success:
        return DONE
    code = reply.failed.get(key) or reply.already.get(key, "")
    if not code and key not in reply.failed and key not in reply.already:
        return Outcome(Stage.UNKNOWN, "Zoho's answer does not name this address: it may have been added.")
    there = key in reply.already or code in ALREADY_THERE_CODES
    if there and person.after_unknown:
        return Outcome(
            Stage.DONE, "An earlier attempt had taken effect: Zoho has this address already.", code
        )
    return Outcome(Stage.REFUSED, sentence(ADD, code), code, {"answer": {key: code}})


__all__ = ["NewPerson", "Result", "add", "update"]
