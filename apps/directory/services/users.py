"""Changing and adding users."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.utils import timezone

from apps.audit import operation
from apps.audit.events import Subject
from apps.audit.models import Operation, Stage
from apps.audit.operation import DONE, Change, OnIntent, OnOutcome, Outcome
from apps.cliq.added import AddUsersReply
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.durations import spoken
from apps.cliq.errors import ALREADY_THERE_CODES
from apps.cliq.replies import User as WireUser
from apps.cliq.sentences import sentence
from apps.connections.clients import PATIENCE, client
from apps.core.actor import Actor
from apps.core.errors import ChangedElsewhere, NothingToChange, QuotaWait, Refused
from apps.directory import canonical, mirror
from apps.directory.models import User
from apps.directory.services import refusals, seen

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


def _nothing(*_: object) -> None:
    """For callers that keep nothing of their own beside the log."""


def update(
    user: User,
    *,
    values: Mapping[str, Any],
    shown: Mapping[str, Any] | None,
    actor: Actor,
    reason: str = "",
    job_id: int | None = None,
    on_intent: OnIntent = _nothing,
    on_outcome: OnOutcome = _nothing,
    cliq: Cliq | None = None,
) -> Result:
    """Change those of `values` (API field names) that differ from `shown`, which is what the person saw.

    Without `shown` every value counts. Judged against a fresh reading: ChangedElsewhere if somebody else
    changed one of the same fields meanwhile, NothingToChange if all is so already; Refused with `field`,
    QuotaWait (nothing was sent), OutcomeUnknown (settled later by reading).
    """
    cliq = cliq or client(interactive=job_id is None)
    _demand_settled(user)
    present = _read(user, cliq)
    user.refresh_from_db()
    known = canonical.of_mirror(user) | present
    wanted = _changed(values, shown)
    _demand_unchanged(wanted, shown, present)
    wanted = canonical.differences(known, wanted)
    if not wanted:
        raise NothingToChange(f"{user.name} is so already; nothing was sent to Zoho.")
    _demand_slot(cliq, interactive=job_id is None)
    return _send(user, wanted, known, actor, reason, job_id, on_intent, on_outcome, cliq)


def _read(user: User, cliq: Cliq) -> dict[str, str]:
    """What Zoho shows now; the mirror is brought up to it, and what had changed there is recorded."""
    asked_at = timezone.now()
    wire = cliq.users.get(user.cliq_id)
    seen.store(user.organization, [wire], asked_at=asked_at)
    return canonical.of_wire(wire)


def _changed(values: Mapping[str, Any], shown: Mapping[str, Any] | None) -> dict[str, str]:
    wanted = canonical.values(values)
    if shown is None:
        return wanted
    saw = canonical.values(shown)
    return {name: each for name, each in wanted.items() if saw.get(name, "") != each}


def _demand_unchanged(
    wanted: Mapping[str, str], shown: Mapping[str, Any] | None, present: Mapping[str, str]
) -> None:
    """Somebody else's change of the same field is shown before it is overwritten."""
    if shown is None:
        return
    saw = canonical.values(shown)
    others = {
        name: present.get(name, "")
        for name, each in wanted.items()
        if name not in canonical.UNREAD and present.get(name, "") not in (saw.get(name, ""), each)
    }
    if others:
        raise ChangedElsewhere(
            "Somebody changed this user meanwhile, so nothing was saved. The fields concerned say what they "
            "are now: save again to put yours in their place.",
            fields=others,
        )


def _demand_settled(user: User) -> None:
    """What may still be on its way is found out before anything is sent on top of it."""
    under_way = Operation.objects.filter(
        kind="user.updated", key=user.cliq_id, stage__in=[Stage.INTENT, Stage.UNKNOWN]
    )
    if under_way.exists():
        raise Refused(
            f"An earlier change of {user.name} has no answer yet. The portal reads Zoho "
            "within a minute or two to find out what became of it; save again after that."
        )


def _demand_slot(cliq: Cliq, *, interactive: bool) -> None:
    """A full window is found out before an intent is written down."""
    wait = cliq.quota.wait(UPDATE, interactive=interactive)
    if wait > (PATIENCE if interactive else 0):
        raise QuotaWait(
            f"Zoho's limit leaves no room for this change now; the next is free in {spoken(wait)}.",
            seconds=wait,
        )


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
    reply: list[WireUser] = []
    told: list[Operation] = []

    def send() -> list[Outcome]:
        reply.append(cliq.users.update(user.cliq_id, **wanted))
        return [DONE]

    def store(operations: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
        told.extend(operations)
        if reply:
            mirror.write_reply(user, reply[0], written=wanted, at=timezone.now())
        on_outcome(operations, outcomes)

    change = Change(
        kind="user.updated",
        subject=Subject("user", user.cliq_id, user.name),
        endpoint=UPDATE.name,
        key=user.cliq_id,
        before=seen.readable({name: known.get(name, "") for name in wanted}, user),
        after=seen.readable(wanted),
    )
    try:
        operation.run(
            [change],
            actor=actor,
            send=send,
            reason=reason,
            job_id=job_id,
            on_intent=on_intent,
            on_outcome=store,
        )
    except Refused as error:
        raise refusals.placed(error, wanted) from error
    user.refresh_from_db()
    return Result(user, dict(wanted), told[0].outcome_seq)


def add(
    people: Sequence[NewPerson],
    *,
    actor: Actor,
    job_id: int | None,
    on_intent: OnIntent = _nothing,
    on_outcome: OnOutcome = _nothing,
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


def _sendable(values: Mapping[str, Any]) -> dict[str, str]:
    """Canonical values; what is empty is not sent with an invitation."""
    return {name: each for name, each in canonical.values(values).items() if each}


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
