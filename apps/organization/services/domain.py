"""The custom domain. Zoho has one operation to verify it and to activate it."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Unpack

from django.db.models import Q
from django.utils import timezone

from apps.audit.events import Subject
from apps.audit.models import Stage
from apps.audit.operation import Change, Outcome
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.replies_organization import CustomDomain as WireDomain
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.core.actor import Actor
from apps.core.errors import NothingToChange, Refused
from apps.directory.services import refusals, writing
from apps.directory.services.writing import InJob
from apps.organization.models import CustomDomain, DomainStatus
from apps.organization.services.parts import DOMAIN

ADD, VERIFY, DELETE = (CATALOGUE[f"custom_domain.{name}"] for name in ("add", "verify", "delete"))
STILL_INACTIVE = "Zoho answered that the domain is still not active."
NOW_ACTIVE = "Zoho answered that the domain is active."


@dataclass(frozen=True, slots=True)
class Result:
    """What a write did: the domain as it is now, and the event that tells."""

    domain: CustomDomain
    event: int | None = None


def add(*, name: str, actor: Actor, reason: str = "", **job: Unpack[InJob]) -> Result:
    """Set the organisation's domain, which is not active yet. Refused with `field`, NothingToChange."""
    name = name.strip().rstrip(".").lower()
    cliq, present = _ready(job)
    if present.name == name:
        raise NothingToChange(f"{name} is the custom domain already; nothing was sent to Zoho.")
    if present.name:
        raise Refused(
            f"The organisation has the custom domain {present.name}, and Zoho allows one. Delete it first.",
            field="name",
        )
    change = _change("domain.added", ADD.name, name, after={"name": name})
    try:
        return _carry_out(change, ADD.name, lambda: cliq.custom_domain.add(name), cliq, actor, reason, job)
    except Refused as error:
        raise refusals.placed(error, {"name": name}) from error


def verify(*, name: str = "", actor: Actor, reason: str = "", **job: Unpack[InJob]) -> Result:
    """Have Zoho look for the DNS record and activate the domain; `domain.active` says whether it did."""
    cliq, present = _ready(job)
    _demand_one(present, name)
    if present.active:
        raise NothingToChange(f"{present.name} is active already; nothing was sent to Zoho.")
    change = _change("domain.verified", VERIFY.name, present.name, after={"asked_for": "active"})
    return _carry_out(change, VERIFY.name, lambda: cliq.custom_domain.verify(), cliq, actor, reason, job)


def deactivate(*, name: str = "", actor: Actor, reason: str = "", **job: Unpack[InJob]) -> Result:
    """Let the domain lead nowhere for now; it stays known to Zoho."""
    cliq, present = _ready(job)
    _demand_one(present, name)
    if not present.active:
        raise NothingToChange(f"{present.name} is not active; nothing was sent to Zoho.")
    change = _change("domain.deactivated", VERIFY.name, present.name, after={"asked_for": "inactive"})
    return _carry_out(
        change, VERIFY.name, lambda: cliq.custom_domain.verify("inactive"), cliq, actor, reason, job
    )


def delete(*, name: str = "", actor: Actor, reason: str = "", **job: Unpack[InJob]) -> Result:
    """Go back to Cliq's own address."""
    cliq, present = _ready(job)
    _demand_one(present, name)
    before = {"name": present.name, "status": present.status}
    change = _change("domain.deleted", DELETE.name, present.name, before=before)
    return _carry_out(change, DELETE.name, lambda: _deleted(cliq), cliq, actor, reason, job)


def _deleted(cliq: Cliq) -> WireDomain:
    cliq.custom_domain.delete()
    return WireDomain()


def _ready(job: InJob) -> tuple[Cliq, CustomDomain]:
    """A client, and the domain as Zoho has it now; what is still on its way is found out about first."""
    known = DOMAIN.kept()
    called = known.name if known and known.name else "the custom domain"
    writing.demand_settled(called, Q(kind__startswith="domain."))
    cliq = job.get("cliq") or client(interactive="job_id" not in job)
    return cliq, DOMAIN.read(cliq)


def _demand_one(present: CustomDomain, name: str) -> None:
    """The API names none: what was decided about one domain must not be done to the next."""
    if not present.name:
        raise Refused("The organisation has no custom domain any more. Add it again if it should have one.")
    if name and present.name != name:
        raise Refused(f"Nothing was sent: the custom domain is {present.name} by now, no more {name}.")


def _change(
    kind: str,
    endpoint: str,
    name: str,
    *,
    before: Mapping[str, Any] | None = None,
    after: Mapping[str, Any] | None = None,
) -> Change:
    subject = Subject("domain", name, name)
    return Change(
        kind=kind, subject=subject, endpoint=endpoint, key=name, before=before or {}, after=after or {}
    )


def _carry_out(
    change: Change, endpoint: str, call: Any, cliq: Cliq, actor: Actor, reason: str, job: InJob
) -> Result:
    writing.demand_slot(cliq, CATALOGUE[endpoint], interactive="job_id" not in job)
    organization = connections.active_grant().organization
    event = writing.carry_out(
        [change],
        call=call,
        store=lambda wire: DOMAIN.write(organization, wire, asked_at=timezone.now()),
        answered=lambda wire: answered(change.kind, wire),
        actor=actor,
        reason=reason,
        **writing.for_operation(job),
    )
    return Result(DOMAIN.kept(), event)


def answered(kind: str, wire: WireDomain) -> Outcome:
    """What Zoho's answer says; to have asked for «active» is not to be active."""
    if kind not in ("domain.verified", "domain.deactivated"):
        return Outcome(Stage.DONE)
    active = wire.status == DomainStatus.ACTIVE
    return Outcome(Stage.DONE, NOW_ACTIVE if active else STILL_INACTIVE, details={"answered": wire.status})
