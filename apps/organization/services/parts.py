"""Domain and mail have in common that there is one of each: how it is read, kept and told of."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.audit.events import Draft, Subject, record
from apps.audit.models import Operation, Stage
from apps.cliq.client import Cliq
from apps.cliq.errors import NotFound
from apps.cliq.replies import Wire
from apps.cliq.replies_organization import CustomDomain as WireDomain
from apps.cliq.replies_organization import MailConfiguration as WireMail
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.connections.models import Organization
from apps.core.actor import SYSTEM
from apps.core.errors import PortalError
from apps.organization.models import CustomDomain, Kept, MailConfiguration

# Read so recently, it is not read again for the sake of looking.
RECENT = timedelta(seconds=10)


@dataclass(frozen=True, slots=True)
class Part:
    """One thing that the organisation has once; `told` are the fields whose change the log tells."""

    kind: str
    seen: str
    model: type[Kept]
    fields: tuple[str, ...]
    told: tuple[str, ...]
    nothing: Wire
    get: Callable[[Cliq], Wire]
    subject: Callable[[Any], Subject]

    def kept(self) -> Any:
        """The row as last read; None before the first reading."""
        return self.model._default_manager.first()

    def values(self, row: Any) -> dict[str, str]:
        """What is compared and told."""
        return {name: str(getattr(row, name)) for name in self.told}

    def write(self, organization: Organization, wire: Wire, *, asked_at: datetime) -> Any:
        """Keep what Zoho said, never over what was read later."""
        with transaction.atomic():
            row, _ = self.model._default_manager.select_for_update().get_or_create(
                organization=organization, defaults={"read_at": asked_at}
            )
            if row.read_at > asked_at:
                return row
            for name in self.fields:
                value, column = getattr(wire, name), self.model._meta.get_field(name)
                longest = getattr(column, "max_length", None)
                setattr(row, name, value[:longest] if isinstance(value, str) else value)
            row.raw, row.read_at = wire.raw, asked_at
            row.save()
        return row

    def read(self, cliq: Cliq) -> Any:
        """Read it from Zoho; what somebody changed there since the last reading is told in the log."""
        organization = connections.active_grant().organization
        asked_at = timezone.now()
        try:
            wire = self.get(cliq)
        except NotFound:
            wire = self.nothing
        with transaction.atomic():
            known = self.kept()
            before = self.values(known) if known else None
            row = self.write(organization, wire, asked_at=asked_at)
            if before is not None and before != self.values(row):
                self._tell(known, row, before)
        return row

    def refresh(self) -> str:
        """Read it because somebody looks at it; answers why that failed, if it did."""
        try:
            self.read(client(interactive=True))
        except PortalError as error:
            return error.sentence
        return ""

    def recent(self) -> bool:
        """Whether another reading would tell nothing new."""
        row = self.kept()
        return row is not None and row.read_at > timezone.now() - RECENT

    def _tell(self, known: Any, row: Any, before: Mapping[str, str]) -> None:
        """Unless the portal is changing it right now: that is told by its own operation."""
        open_ones = Operation.objects.filter(stage__in=[Stage.INTENT, Stage.UNKNOWN])
        if open_ones.filter(kind__startswith=f"{self.kind}.").exists():
            return
        after = self.values(row)
        differing = [name for name in self.told if before[name] != after[name]]
        subject = self.subject(row if str(row) else known)
        record(
            Draft(
                self.seen,
                SYSTEM,
                subject=subject,
                before={name: before[name] for name in differing},
                after={name: after[name] for name in differing},
            )
        )


DOMAIN = Part(
    kind="domain",
    seen="domain.seen",
    model=CustomDomain,
    fields=("name", "status", "ssl_enabled"),
    told=("name", "status"),
    nothing=WireDomain(),
    get=lambda cliq: cliq.custom_domain.get(),
    subject=lambda row: Subject("domain", row.name, row.name),
)
MAIL = Part(
    kind="mail",
    seen="mail.seen",
    model=MailConfiguration,
    fields=("name", "email_id", "dkim_host", "dkim_value", "dkim_status", "cname_status"),
    told=("name", "email_id", "dkim_status", "cname_status"),
    nothing=WireMail(),
    get=lambda cliq: cliq.mail.get(),
    subject=lambda _: Subject("mail", "global", "the mail configuration"),
)
