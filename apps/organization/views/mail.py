"""The mail configuration: the page, and what can be done."""

from typing import Any

from django.urls import reverse

from apps.console.registry import PageAction
from apps.console.views import ActionView
from apps.core.permissions import Permission
from apps.organization import dns, jobs, records
from apps.organization.forms import MailForm
from apps.organization.models import MailConfiguration, Verification
from apps.organization.services import mail
from apps.organization.services.parts import MAIL
from apps.organization.views.base import About, Dns, Facts, Reading, Writing


class OfMail(About):
    """What the pages share."""

    part = MAIL
    page = "organization:mail"


class MailView(OfMail, Reading):
    """`/mail/`."""

    template_name = "organization/mail.html"
    title = "Mail"
    description = "Whom Cliq’s notification mails come from."

    def get_actions(self) -> list[PageAction]:
        """The next step first."""
        row = MAIL.kept()
        edit = Permission.ORGANIZATION_EDIT
        if row is None:
            return []
        change, verify = reverse("organization:mail_edit"), reverse("organization:mail_verify")
        if not row.email_id:
            return [PageAction("Set the sender", change, "envelope", primary=True, permission=edit)]
        found = [PageAction("Change the sender", change, "pencil", primary=row.verified, permission=edit)]
        if not row.verified:
            label = "Have it verified"
            found.insert(
                0, PageAction(label, verify, "patch-check", primary=True, dialog=True, permission=edit)
            )
        return found

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the first drawing of both fragments shows."""
        return super().get_context_data(**kwargs) | mail_context(MAIL.kept(), None)


def mail_context(row: MailConfiguration | None, look: dns.Look | None) -> dict[str, Any]:
    """What the fragments show."""
    if row is None or not row.email_id:
        return {"row": row}
    steps = records.mail_steps(row, look)
    return {
        "row": row,
        "dkim": status_of(row.dkim_status),
        "cname": status_of(row.cname_status),
        "record": records.of_mail(row),
        "look": look,
        "steps": steps,
        "left": records.left_to_do(steps),
    }


def status_of(word: str) -> Any:
    """Zoho's word with its colour; one it invents later as it came."""
    return Verification(word) if word in Verification.values else word


class MailFactsView(OfMail, Facts):
    """Zoho's answer."""

    body_template = "organization/mail_facts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the statuses."""
        context = super().get_context_data(**kwargs)
        return context | mail_context(context["row"], None)


class MailDnsView(OfMail, Dns):
    """DNS' answer."""

    body_template = "organization/mail_dns.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Asks."""
        row = MAIL.kept()
        look = dns.look(records.of_mail(row)) if row and row.dkim_host else None
        return super().get_context_data(dns_url=self.request.path, **mail_context(row, look), **kwargs)


class EditMailView(OfMail, Writing):
    """Changes the sender."""

    form_class = MailForm
    counts_changes = True
    title = "Change the sender"

    def get_object(self) -> MailConfiguration | None:
        """As last read."""
        return MAIL.kept()

    def get_initial(self) -> dict[str, Any]:
        """What is known; saving is judged against a fresh reading."""
        row = self.object
        return {"name": row.name, "email_id": row.email_id} if row else {}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how old the values are."""
        return super().get_context_data(fresh=self.object.read_at if self.object else None, **kwargs)

    def save(self, form: MailForm) -> str:
        """Only what this person changed."""
        return self.carried_out(
            lambda: self.carry(
                jobs.MAIL_UPDATE,
                values=form.values(),
                shown=form.values_shown(),
                reason=form.cleaned_data["reason"],
            ),
            saved,
        )


def saved(result: mail.Result) -> str:
    """What changed, and what is to be done where it has to be verified anew."""
    number = len(result.changed)
    said = f"Saved {number} change{'' if number == 1 else 's'} of the sender."
    return said if result.mail.verified else f"{said} Its DNS records are not verified yet."


class VerifyMailView(OfMail, Writing, ActionView):
    """Has Zoho look for the records."""

    title, submit = "Have the sender verified", "Have it verified"

    def get_consequences(self) -> list[str]:
        """What Zoho does."""
        return [
            "Zoho looks for the DKIM and the CNAME record of the sender’s domain.",
            "Sender and address stay as they are.",
        ]

    def save(self, form: Any) -> str:
        """Send now; to have asked is not to be verified."""
        return self.carried_out(
            lambda: self.carry(jobs.MAIL_VERIFY), verified, lambda result: result.mail.verified
        )


def verified(result: mail.Result) -> str:
    """What Zoho answered, plainly."""
    if result.mail.verified:
        return f"Zoho found both records: {result.mail.email_id} is verified."
    dkim, cname = mail.said(result.mail.dkim_status), mail.said(result.mail.cname_status)
    return (
        f"Zoho was asked to verify {result.mail.email_id} and answered: DKIM {dkim}, CNAME {cname}. "
        "Check below what DNS answers, and ask again in a while."
    )
