"""The organisation, the grant by which the portal may act on it, and the locks Zoho has set."""

from django.db import models

from apps.core.choices import StatusChoices
from apps.core.fields import EncryptedTextField


class Organization(models.Model):
    """The one Cliq organisation this installation runs."""

    zoho_id = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    data_centre = models.CharField(max_length=5)
    connected_at = models.DateTimeField(auto_now_add=True)
    # What the last probe found Zoho to answer, see `probe.py`; empty before the first.
    findings = models.JSONField(default=dict)
    probed_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class GrantStatus(StatusChoices):
    ACTIVE = "active", "green", "Active"
    DEAD = "dead", "red", "No longer accepted"
    REPLACED = "replaced", "grey", "Replaced"


class Grant(models.Model):
    """What one Zoho person has consented to. Zoho sees that person as the author of everything."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="grants")
    zuid = models.CharField(max_length=40)
    holder_name = models.CharField(max_length=200)
    holder_email = models.EmailField(max_length=320)
    # The role of the type Admin that the holder had when connecting.
    role_id = models.CharField(max_length=60, blank=True)
    status = models.CharField(max_length=10, choices=GrantStatus.choices, default=GrantStatus.ACTIVE)
    dead_reason = models.CharField(max_length=300, blank=True)
    scopes = models.JSONField(default=list)
    refresh_token = EncryptedTextField()
    access_token = EncryptedTextField()
    access_expires_at = models.DateTimeField()
    # When an access token was asked for lately, in seconds since 1970: Zoho counts them over ten minutes.
    accesses = models.JSONField(default=list)
    granted_at = models.DateTimeField(auto_now_add=True)
    refreshed_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["organization"],
                condition=models.Q(status="active"),
                name="one_active_grant",
            )
        ]

    def __str__(self) -> str:
        return f"{self.holder_email} ({self.status})"


class EndpointLock(models.Model):
    """A lock Zoho has set on one window; kept here too, for Redis may be lost."""

    account = models.CharField(max_length=40)
    method = models.CharField(max_length=6)
    path = models.CharField(max_length=200)
    until = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["account", "method", "path"], name="one_lock_a_window")
        ]

    def __str__(self) -> str:
        return f"{self.method} {self.path} until {self.until:%H:%M:%S}"
