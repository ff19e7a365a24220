"""What an organisation has once: its custom domain and the sender of its mails, as Zoho last showed them."""

from django.db import models

from apps.connections.models import Organization
from apps.core.choices import StatusChoices


class DomainStatus(StatusChoices):
    """Zoho's two words for a domain."""

    ACTIVE = "active", "green", "Active"
    INACTIVE = "inactive", "amber", "Not active"


class Verification(StatusChoices):
    """Zoho's two words for a DNS record of the mail configuration."""

    VERIFIED = "verified", "green", "Verified"
    NOT_VERIFIED = "not_verified", "amber", "Not verified"


class Kept(models.Model):
    """One row an organisation; empty texts mean that Zoho has none. Only services write it."""

    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="+")
    # Zoho's reply as it came, for fields that nobody has heard of yet.
    raw = models.JSONField(default=dict)
    # When Zoho last said so: never written over by an answer that was asked for earlier.
    read_at = models.DateTimeField()

    class Meta:
        abstract = True


class CustomDomain(Kept):
    """The organisation's own address of Cliq."""

    name = models.CharField(max_length=260, blank=True)
    status = models.CharField(max_length=40, blank=True)
    ssl_enabled = models.BooleanField(default=False)

    def __str__(self) -> str:
        return self.name

    @property
    def active(self) -> bool:
        """Whether people reach Cliq there."""
        return self.status == DomainStatus.ACTIVE


class MailConfiguration(Kept):
    """Whom Cliq's notifications come from, and what DNS must say for that."""

    name = models.CharField(max_length=300, blank=True)
    email_id = models.CharField(max_length=320, blank=True)
    dkim_host = models.CharField(max_length=300, blank=True)
    dkim_value = models.TextField(blank=True)
    dkim_status = models.CharField(max_length=40, blank=True)
    cname_status = models.CharField(max_length=40, blank=True)

    def __str__(self) -> str:
        return self.email_id

    @property
    def verified(self) -> bool:
        """Whether nothing is left to do."""
        return self.dkim_status == self.cname_status == Verification.VERIFIED
