"""The DNS records that domain and mail need, and the steps that are done or left."""

from collections.abc import Sequence
from dataclasses import dataclass

from apps.connections.zoho import domain_target
from apps.core.choices import StatusChoices
from apps.organization.dns import DnsState, Look, Record
from apps.organization.models import CustomDomain, MailConfiguration


class StepState(StatusChoices):
    """How far one step is."""

    DONE = "done", "green", "Done"
    TO_DO = "to_do", "amber", "To do"
    ASKING = "asking", "grey", "Being asked"
    UNKNOWN = "unknown", "violet", "Not known"
    LATER = "later", "grey", "Later"


@dataclass(frozen=True, slots=True)
class Step:
    """One step; `sentence` says what is so, or what to do."""

    title: str
    state: StepState
    sentence: str


def of_domain(row: CustomDomain) -> Record:
    """The record that leads the domain to Cliq."""
    return Record("CNAME", row.name, domain_target())


def of_mail(row: MailConfiguration) -> Record:
    """The record by which receivers recognise the sender's signature."""
    return Record("TXT", row.dkim_host, row.dkim_value)


def domain_steps(row: CustomDomain, look: Look | None) -> list[Step]:
    """Added, in DNS, verified by Zoho."""
    if row.active:
        verified = Step("Verified and activated by Zoho", StepState.DONE, "Zoho says that it is active.")
    elif look is not None and look.state == DnsState.RIGHT:
        sentence = "The record is in place: have Zoho verify it."
        verified = Step("Have Zoho verify and activate it", StepState.TO_DO, sentence)
    else:
        sentence = "Zoho activates the domain once it finds the record."
        verified = Step("Have Zoho verify and activate it", StepState.LATER, sentence)
    return [
        Step("Add the domain", StepState.DONE, f"Zoho knows {row.name}."),
        _in_dns("Create the DNS record", look),
        verified,
    ]


def mail_steps(row: MailConfiguration, look: Look | None) -> list[Step]:
    """The sender, the two records, Zoho's verdict."""
    cname = StepState.DONE if row.cname_status == "verified" else StepState.TO_DO
    if row.verified:
        verified = Step("Verified by Zoho", StepState.DONE, "Zoho found both records.")
    else:
        state = StepState.TO_DO if look is not None and look.state == DnsState.RIGHT else StepState.LATER
        verified = Step("Have Zoho verify both", state, "Zoho looks for the records when it is asked to.")
    return [
        Step("Set the sender", StepState.DONE, f"{row.name or 'Somebody'} at {row.email_id}."),
        _in_dns("Create the DKIM record", look),
        Step(
            "Create the CNAME record",
            cname,
            "Zoho found it."
            if cname == StepState.DONE
            else "Zoho's API does not tell its value: copy it from Zoho's own admin panel.",
        ),
        verified,
    ]


def left_to_do(steps: Sequence[Step]) -> str:
    """How many steps are left, in words."""
    left = sum(step.state != StepState.DONE for step in steps)
    if not left:
        return "Nothing is left to do."
    return "One step is left." if left == 1 else f"{left} of {len(steps)} steps are left."


def _in_dns(title: str, look: Look | None) -> Step:
    if look is None:
        return Step(title, StepState.ASKING, "DNS is being asked.")
    if look.state == DnsState.RIGHT:
        return Step(title, StepState.DONE, "DNS answers with it.")
    unsure = look.state in (DnsState.FAILED, DnsState.UNREACHABLE, DnsState.SEEN)
    state = StepState.UNKNOWN if unsure else StepState.TO_DO
    return Step(title, state, "What to create, and what DNS answers, stands below.")
