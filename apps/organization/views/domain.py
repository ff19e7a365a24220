"""The custom domain: the page, and what can be done."""

from typing import Any

from django.urls import reverse

from apps.console.errors import NothingHere
from apps.console.registry import PageAction
from apps.console.views import ActionView
from apps.core.permissions import Permission
from apps.organization import dns, jobs, records
from apps.organization.forms import DomainForm
from apps.organization.models import CustomDomain, DomainStatus
from apps.organization.services import domain
from apps.organization.services.parts import DOMAIN
from apps.organization.views.base import About, Dns, Facts, Reading, Writing


class OfDomain(About):
    """What the pages share."""

    part = DOMAIN
    page = "organization:domain"


class DomainView(OfDomain, Reading):
    """`/domain/`."""

    template_name = "organization/domain.html"
    title = "Custom domain"
    description = "The organisation’s own address of Cliq, in place of Zoho’s."

    def get_actions(self) -> list[PageAction]:
        """The next step first."""
        row = DOMAIN.kept()
        edit = Permission.ORGANIZATION_EDIT
        if row is None:
            return []
        if not row.name:
            return [PageAction("Add a domain", url("add"), "plus-lg", primary=True, permission=edit)]
        if row.active:
            return [PageAction("Deactivate", url("deactivate"), "pause-circle", dialog=True, permission=edit)]
        label = "Verify and activate"
        return [
            PageAction(label, url("verify"), "patch-check", primary=True, dialog=True, permission=edit),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what the first drawing of both fragments shows, and the button that deletes."""
        row = DOMAIN.kept()
        delete = PageAction("Delete the domain", url("delete"), "trash", danger=True, dialog=True)
        context = super().get_context_data(**kwargs)
        return context | domain_context(row, None) | {"delete": delete if context["may_edit"] else None}


def domain_context(row: CustomDomain | None, look: dns.Look | None) -> dict[str, Any]:
    """What the fragments show."""
    if row is None or not row.name:
        return {"row": row}
    steps = records.domain_steps(row, look)
    return {
        "row": row,
        "status": status_of(row),
        "record": records.of_domain(row),
        "look": look,
        "steps": steps,
        "left": records.left_to_do(steps),
    }


def status_of(row: CustomDomain) -> Any:
    """Zoho's word with its colour; one it invents later as it came."""
    return DomainStatus(row.status) if row.status in DomainStatus.values else row.status


class DomainFactsView(OfDomain, Facts):
    """Zoho's answer."""

    body_template = "organization/domain_facts.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the status."""
        context = super().get_context_data(**kwargs)
        return context | {"status": status_of(context["row"]) if context["row"] else ""}


class DomainDnsView(OfDomain, Dns):
    """DNS' answer."""

    body_template = "organization/domain_dns.html"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Asks."""
        row = DOMAIN.kept()
        look = dns.look(records.of_domain(row)) if row and row.name else None
        return super().get_context_data(dns_url=self.request.path, **domain_context(row, look), **kwargs)


class AddDomainView(OfDomain, Writing):
    """Adds the domain."""

    form_class = DomainForm
    title, submit = "Add a domain", "Add the domain"
    description = "Zoho allows one. It is not active before its DNS record is found."

    def save(self, form: DomainForm) -> str:
        """Send now."""
        return self.carried_out(
            lambda: self.carry(jobs.DOMAIN_ADD, name=form.cleaned_data["name"]),
            lambda result: f"Added {result.domain.name}. Create its DNS record next.",
        )


class ActOnDomain(OfDomain, Writing, ActionView):
    """An act on the domain there is."""

    def get_object(self) -> CustomDomain:
        """As last read."""
        row = DOMAIN.kept()
        if row is None or not row.name:
            raise NothingHere("The organisation has no custom domain, so there is nothing to change.")
        return row


class VerifyDomainView(ActOnDomain):
    """Has Zoho look for the record and activate the domain."""

    submit = "Verify and activate"

    def get_title(self) -> str:
        """Which."""
        return f"Verify and activate {self.object.name}"

    def get_consequences(self) -> list[str]:
        """What Zoho does."""
        return [
            f"Zoho looks for the DNS record of {self.object.name}.",
            "If it finds it, the domain becomes active and people reach Cliq there. If not, nothing changes.",
        ]

    def save(self, form: Any) -> str:
        """Send now; to have asked is not to be active."""
        return self.carried_out(
            lambda: self.carry(jobs.DOMAIN_VERIFY, name=self.object.name),
            verified,
            lambda result: result.domain.active,
        )


def verified(result: domain.Result) -> str:
    """What Zoho answered, plainly."""
    if result.domain.active:
        return f"{result.domain.name} is active."
    return (
        f"Zoho was asked to activate {result.domain.name} and answered that it is still not active: it has "
        "not found the DNS record. Check below what DNS answers, and ask again in a while."
    )


class DeactivateDomainView(ActOnDomain):
    """Lets the domain rest."""

    submit, reason, danger = "Deactivate the domain", "required", True

    def get_title(self) -> str:
        """Which."""
        return f"Deactivate {self.object.name}"

    def get_consequences(self) -> list[str]:
        """Whom it concerns."""
        return [
            f"Nobody reaches Cliq at {self.object.name} any more: tell people to use Zoho’s own address.",
            "Zoho keeps the domain, and it can be activated again.",
        ]

    def save(self, form: Any) -> str:
        """Send now."""
        return self.carried_out(
            lambda: self.carry(
                jobs.DOMAIN_DEACTIVATE, name=self.object.name, reason=form.cleaned_data["reason"]
            ),
            deactivated,
            lambda result: not result.domain.active,
        )


def deactivated(result: domain.Result) -> str:
    """What Zoho answered, plainly."""
    if result.domain.active:
        return f"Zoho was asked to deactivate {result.domain.name} and answered that it is still active."
    return f"{result.domain.name} is not active any more."


class DeleteDomainView(ActOnDomain):
    """Deletes the domain."""

    submit, reason, danger = "Delete the domain", "required", True

    def get_title(self) -> str:
        """Which."""
        return f"Delete {self.object.name}"

    def get_typed_name(self) -> str:
        """So that nobody deletes it by accident."""
        return str(self.object.name)

    def get_consequences(self) -> list[str]:
        """Whom it concerns."""
        return [
            f"Nobody reaches Cliq at {self.object.name} any more: tell people to use Zoho’s own address.",
            "It has to be added and verified again if it should come back. The DNS record stays: remove it "
            "at your DNS provider.",
        ]

    def save(self, form: Any) -> str:
        """Send now."""
        name = self.object.name
        return self.carried_out(
            lambda: self.carry(jobs.DOMAIN_DELETE, name=self.object.name, reason=form.cleaned_data["reason"]),
            lambda _: f"Deleted the custom domain {name}.",
        )


def url(name: str) -> str:
    """The address of an act."""
    return reverse(f"organization:domain_{name}")
