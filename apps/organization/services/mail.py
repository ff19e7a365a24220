"""The sender of Cliq's notifications: changed, and verified by Zoho."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Unpack

from django.db.models import Q
from django.utils import timezone

from apps.audit.models import Stage
from apps.audit.operation import Change, Outcome
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.replies_organization import MailConfiguration as WireMail
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.core.actor import Actor
from apps.core.errors import NothingToChange, Refused
from apps.directory.services import refusals, writing
from apps.directory.services.writing import InJob
from apps.organization.models import MailConfiguration, Verification
from apps.organization.services.parts import MAIL

UPDATE = CATALOGUE["mail.update"]
FIELDS = ("name", "email_id")
WORDS = {"verified": "verified", "not_verified": "not verified"}


@dataclass(frozen=True, slots=True)
class Result:
    """What a write did: the configuration as it is now, what of it changed, the event that tells."""

    mail: MailConfiguration
    changed: Mapping[str, str]
    event: int | None = None


def update(
    *,
    values: Mapping[str, str],
    shown: Mapping[str, str] | None,
    actor: Actor,
    reason: str = "",
    **job: Unpack[InJob],
) -> Result:
    """Change sender name and address, those of `values` that differ from `shown`.

    Judged against a fresh reading: ChangedElsewhere, NothingToChange; Refused with `field`, QuotaWait,
    OutcomeUnknown. A sender of another domain begins unverified.
    """
    cliq, present = _ready(job)
    now = {name: str(getattr(present, name)) for name in FIELDS}
    given = {name: each.strip() for name, each in values.items() if name in FIELDS}
    wanted = writing.judged(given, shown, now, noun="mail configuration")
    wanted = {name: each for name, each in wanted.items() if now[name] != each}
    if not wanted:
        raise NothingToChange("The sender is so already; nothing was sent to Zoho.")
    sent = now | wanted
    same = _domain(sent["email_id"]) == _domain(present.email_id)
    status = (present.cname_status if same else "") or Verification.NOT_VERIFIED
    before = {name: now[name] for name in wanted}
    change = _change("mail.updated", sent["email_id"], before, wanted)
    try:
        return _send(change, sent, status, wanted, cliq, actor, reason, job)
    except Refused as error:
        raise refusals.placed(error, wanted) from error


def verify(*, actor: Actor, reason: str = "", **job: Unpack[InJob]) -> Result:
    """Have Zoho look for the DNS records; `mail.verified` of the result says whether it found them."""
    cliq, present = _ready(job)
    if not present.email_id:
        raise Refused("No sender is set, so there is nothing to verify. Set the sender first.")
    if present.verified:
        raise NothingToChange("Both DNS records are verified already; nothing was sent to Zoho.")
    sent = {name: str(getattr(present, name)) for name in FIELDS}
    change = _change("mail.verified", present.email_id, {}, {"asked_for": "verified"})
    return _send(change, sent, Verification.VERIFIED, {}, cliq, actor, reason, job)


def _ready(job: InJob) -> tuple[Cliq, MailConfiguration]:
    writing.demand_settled("the mail configuration", Q(kind__startswith="mail."))
    cliq = job.get("cliq") or client(interactive="job_id" not in job)
    return cliq, MAIL.read(cliq)


def _change(kind: str, key: str, before: Mapping[str, str], after: Mapping[str, str]) -> Change:
    return Change(
        kind=kind, subject=MAIL.subject(None), endpoint=UPDATE.name, key=key, before=before, after=after
    )


def _send(
    change: Change,
    sent: Mapping[str, str],
    status: str,
    wanted: Mapping[str, str],
    cliq: Cliq,
    actor: Actor,
    reason: str,
    job: InJob,
) -> Result:
    writing.demand_slot(cliq, UPDATE, interactive="job_id" not in job)
    organization = connections.active_grant().organization
    event = writing.carry_out(
        [change],
        call=lambda: cliq.mail.update(**sent, cname_status=str(status)),
        store=lambda wire: MAIL.write(organization, wire, asked_at=timezone.now()),
        answered=lambda wire: answered(change.kind, wire),
        actor=actor,
        reason=reason,
        **writing.for_operation(job),
    )
    return Result(MAIL.kept(), wanted, event)


def answered(kind: str, wire: WireMail) -> Outcome:
    """What Zoho's answer says; to have asked for «verified» is not to be verified."""
    if kind != "mail.verified":
        return Outcome(Stage.DONE)
    dkim, cname = (said(each) for each in (wire.dkim_status, wire.cname_status))
    details = {"dkim_status": wire.dkim_status, "cname_status": wire.cname_status}
    return Outcome(Stage.DONE, f"Zoho answered: DKIM {dkim}, CNAME {cname}.", details=details)


def said(status: str) -> str:
    """Zoho's word for a record, as one reads it."""
    return WORDS.get(status, status or "not known")


def _domain(address: str) -> str:
    return address.rpartition("@")[2].casefold()
