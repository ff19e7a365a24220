"""User fields: what a profile can hold beside Cliq's own. v2-rest-api.txt:505–612."""

from collections.abc import Mapping, Sequence
from typing import Any, Unpack

from django.db.models import Q
from django.utils import timezone

from apps.audit.events import Subject
from apps.audit.kinds import register_kinds
from apps.audit.models import Operation, Stage
from apps.audit.operation import Change, Outcome, nothing
from apps.audit.settling import register_observer
from apps.cliq import replies
from apps.cliq.catalogue import CATALOGUE, Endpoint
from apps.cliq.client import Cliq
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.connections.mirror import fold
from apps.core.actor import Actor
from apps.core.errors import NothingToChange, PortalError, Refused
from apps.directory import mirror
from apps.directory.mirror import FLAGS
from apps.directory.models import UserField
from apps.directory.services import obstacles, seen, writing
from apps.directory.services.placed import MADE, NOT_MADE, when_done
from apps.directory.services.placing import Saved
from apps.directory.services.writing import InJob

NOUN, PLURAL = "userfield", "user fields"
# The reference's own limit for the fields of an organisation.
MOST_OWN = 10
CREATE, UPDATE, DELETE = (CATALOGUE[f"userfields.{act}"] for act in ("create", "update", "delete"))
# An option among the values of a field, by its id.
OPTION = "option_"
VERBS = {
    "userfield.created": "created the user field",
    "userfield.updated": "changed the user field",
    "userfield.deleted": "deleted the user field",
    "userfield.seen": "noticed a change in Zoho of the user field",
    "userfield.gone": "no longer found in Zoho the user field",
}


def values_of(row: UserField) -> dict[str, Any]:
    """Name, flags, and each option by its id, as forms show them."""
    options = {f"{OPTION}{option['id']}": str(option["name"]) for option in row.options}
    return {"name": row.name} | {flag: getattr(row, flag) for flag in FLAGS} | options


def refresh(row: UserField) -> str:
    """Read one again because somebody looks at it; answers why that failed, if it did."""
    try:
        _read(row, client(interactive=True))
    except PortalError as error:
        return error.sentence
    return ""


def create(
    *,
    name: str,
    kind: str,
    flags: Mapping[str, bool],
    options: Sequence[str] = (),
    actor: Actor,
    reason: str = "",
    **job: Unpack[InJob],
) -> Saved:
    """Make one of the organisation's own. Judged against a reading: no name twice, never an eleventh."""
    cliq, name = _ready(CREATE, job), name.strip()
    key = fold(name)[:300]
    writing.demand_settled(name, Q(kind="userfield.created", key=key))
    known = _list(cliq)
    if any(fold(wire.label or wire.name) == fold(name) for wire in known):
        raise Refused("A user field of this name exists already.", field="name")
    if sum(not wire.system_defined for wire in known) >= MOST_OWN:
        raise Refused(f"Zoho allows {MOST_OWN} fields of the organisation's own: delete one first.")
    if options:
        _demand_options([{"name": each} for each in options], "options")
    writing.demand_slot(cliq, CREATE, interactive="job_id" not in job)
    given = {flag: bool(flags.get(flag)) for flag in FLAGS}
    told = {"name": name, "type": kind, **given} | ({"options": sorted(options)} if options else {})
    made: list[UserField] = []
    event = writing.carry_out(
        [Change("userfield.created", Subject(NOUN, "", name), CREATE.name, key, after=told)],
        call=lambda: cliq.userfields.create(name=name, kind=kind, options=options or None, **given),
        store=lambda wire: made.append(_store(wire)),
        answered=lambda wire: Outcome(Stage.DONE, subject=Subject(NOUN, wire.id, wire.label or wire.name)),
        actor=actor,
        reason=reason,
        **writing.for_operation(job),
    )
    return Saved(made[0], event=event)


def update(
    row: UserField,
    *,
    values: Mapping[str, Any],
    shown: Mapping[str, Any] | None = None,
    removed: Sequence[str] = (),
    added: Sequence[str] = (),
    actor: Actor,
    reason: str = "",
    **job: Unpack[InJob],
) -> Saved:
    """Change those of `values` (see `values_of`) that differ from `shown`.

    Every option that Zoho has now is kept, but for those `removed` by id; `added` are names of new ones.
    Zoho would delete whatever is left out. ChangedElsewhere, NothingToChange.
    """
    cliq = _ready(UPDATE, job)
    _demand_settled(row)
    present = _read(row, cliq)
    wanted = writing.judged(values, shown, present, noun="user field")
    body = {name: each for name, each in wanted.items() if present.get(name, "") != each}
    renamed = {name: body.pop(name) for name in list(body) if name.startswith(OPTION)}
    options = _options(row, renamed, removed, added)
    if options is not None:
        body["options"] = options
    if not body:
        raise NothingToChange(f"{row.name} is so already; nothing was sent to Zoho.")
    _demand_free_name(row, body.get("name"))
    writing.demand_slot(cliq, UPDATE, interactive="job_id" not in job)
    before = {name: each for name, each in mirror.told(row).items() if name in body}
    after = {name: _in_words(each) for name, each in body.items()}
    event = writing.carry_out(
        [Change("userfield.updated", _subject(row), UPDATE.name, row.cliq_id, before, after)],
        call=lambda: cliq.userfields.update(row.cliq_id, **body),
        store=_store,
        actor=actor,
        reason=reason,
        **writing.for_operation(job),
    )
    row.refresh_from_db()
    return Saved(row, after, event=event)


def delete(row: UserField, *, actor: Actor, reason: str, **job: Unpack[InJob]) -> Saved:
    """Delete one of the organisation's own, with what everybody has in it."""
    cliq = _ready(DELETE, job)
    _demand_settled(row)
    if row.system_defined:
        raise Refused("This field comes with Cliq, and Zoho does not delete it.")
    writing.demand_slot(cliq, DELETE, interactive="job_id" not in job)
    change = Change("userfield.deleted", _subject(row), DELETE.name, row.cliq_id, before=mirror.told(row))
    event = writing.carry_out(
        [change],
        call=lambda: cliq.userfields.delete(row.cliq_id),
        store=lambda _: _forget(row),
        actor=actor,
        reason=reason,
        **writing.for_operation(job),
    )
    return Saved(row, event=event)


def obstacle() -> obstacles.Obstacle | None:
    """What stands in the way of changing any."""
    return obstacles.of(PLURAL, CREATE, UPDATE, DELETE)


def register() -> None:
    """Name the verbs of the log, and what settles each act."""
    register_kinds(dict(VERBS))
    for act, observe, settled in (
        ("created", _observe_created, nothing),
        ("updated", _observe_updated, nothing),
        ("deleted", _observe_deleted, _settled_delete),
    ):
        register_observer(f"userfield.{act}", observe, on_outcome=when_done(settled))


def _ready(endpoint: Endpoint, job: InJob) -> Cliq:
    if found := obstacles.of(PLURAL, endpoint):
        raise Refused(found.sentence)
    return job.get("cliq") or client(interactive="job_id" not in job)


def _demand_settled(row: UserField) -> None:
    kinds = ["userfield.updated", "userfield.deleted"]
    writing.demand_settled(row.name, Q(kind__in=kinds, key=row.cliq_id))


def _demand_free_name(row: UserField, name: str | None) -> None:
    others = UserField.objects.filter(gone_at=None).exclude(pk=row.pk).values_list("name", flat=True)
    if name is not None and fold(name) in {fold(other) for other in others}:
        raise Refused("A user field of this name exists already.", field="name")


def _options(
    row: UserField, renamed: Mapping[str, str], removed: Sequence[str], added: Sequence[str]
) -> list[dict[str, str]] | None:
    """All options there shall be; None where they stay as they are."""
    known = {str(option["id"]): str(option["name"]) for option in row.options}
    for name in renamed:
        if name.removeprefix(OPTION) not in known:
            said = "Zoho no longer has this option: add it as a new one, or leave it as it was."
            raise Refused(said, field=name)
    kept = [
        {"id": key, "name": renamed.get(f"{OPTION}{key}", name)}
        for key, name in known.items()
        if key not in removed
    ]
    wanted = [*kept, *({"name": name} for name in added)]
    if wanted == [{"id": key, "name": name} for key, name in known.items()]:
        return None
    _demand_options(wanted, "new_options")
    return wanted


def _demand_options(options: Sequence[Mapping[str, str]], field: str) -> None:
    """At least one, and none twice."""
    names = [option["name"] for option in options]
    if not names:
        raise Refused("A drop-down needs at least one option.", field=field)
    folded = [fold(name) for name in names]
    for name in names:
        if folded.count(fold(name)) > 1:
            raise Refused(f"The option “{name}” is there twice.", field=field)


def _in_words(value: Any) -> Any:
    """Options by name."""
    return sorted(option["name"] for option in value) if isinstance(value, list) else value


def _subject(row: UserField) -> Subject:
    return Subject(NOUN, row.cliq_id, row.name)


def _list(cliq: Cliq) -> list[replies.UserField]:
    """All of them as Zoho has them now; the mirror is brought up to it."""
    asked_at = timezone.now()
    wires = cliq.userfields.list()
    seen.store_userfields(connections.active_grant().organization, wires, asked_at=asked_at)
    return wires


def _read(row: UserField, cliq: Cliq) -> dict[str, Any]:
    """What Zoho shows now; the mirror is brought up to it."""
    asked_at = timezone.now()
    seen.store_userfields(row.organization, [cliq.userfields.get(row.cliq_id)], asked_at=asked_at)
    row.refresh_from_db()
    return values_of(row)


def _store(wire: replies.UserField) -> UserField:
    """The mirror's row of a reply."""
    organization = connections.active_grant().organization
    mirror.write_userfields(organization, [wire], asked_at=timezone.now())
    return UserField.objects.get(organization=organization, cliq_id=wire.id)


def _forget(row: UserField) -> None:
    row.gone_at = row.read_at = timezone.now()
    row.save(update_fields=["gone_at", "read_at"])


def _observe_created(operation: Operation, change: Change) -> Outcome | None:
    """Zoho knew no such name before: who finds it now has found what was made."""
    for wire in _list(client(interactive=False)):
        if fold(wire.label or wire.name)[:300] == operation.key:
            subject = Subject(NOUN, wire.id, wire.label or wire.name)
            return Outcome(MADE.stage, MADE.sentence, subject=subject)
    return NOT_MADE if operation.observed >= 1 else None


def _observe_updated(operation: Operation, change: Change) -> Outcome | None:
    """Equal to after: done. Equal to before: not done. Anything else stays unknown."""
    row = UserField.objects.get(cliq_id=operation.key)
    _read(row, client(interactive=False))
    present = mirror.told(row)
    for kept, outcome in ((change.after, MADE), (change.before, NOT_MADE)):
        if all(present.get(name, "") == each for name, each in kept.items()):
            return outcome
    return None


def _observe_deleted(operation: Operation, change: Change) -> Outcome | None:
    """Listed no more: done. Still listed by two readings apart: not done."""
    if all(wire.id != operation.key for wire in _list(client(interactive=False))):
        return MADE
    return NOT_MADE if operation.observed >= 1 else None


def _settled_delete(operation: Operation, change: Change) -> None:
    _forget(UserField.objects.get(cliq_id=operation.key))


__all__ = ["MOST_OWN", "create", "delete", "refresh", "register", "update", "values_of"]
