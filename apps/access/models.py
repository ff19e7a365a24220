"""Roles, which the API calls profiles, and who is in them, as Zoho last showed them."""

from typing import Any

from django.db import models
from django.urls import reverse

from apps.connections.mirror import Mirrored, fold
from apps.connections.models import Organization


class ProfileType(models.TextChoices):
    """Zoho's three types of role, in its own words."""

    MEMBERS = "Members", "Members"
    CLIQ_ADMIN = "Cliq Admin", "Cliq Admin"
    ADMIN = "Admin", "Admin"


TYPE_MEANS = {
    ProfileType.MEMBERS: "No admin access.",
    ProfileType.CLIQ_ADMIN: "Admin access to Cliq, without the organisation's own resources.",
    ProfileType.ADMIN: "Admin access to everything, the organisation included.",
}


class Role(Mirrored):
    """A role; its permissions and its people cost a call each and carry their own age."""

    # Folded, for sorting as people read.
    name_key = models.CharField(max_length=120, db_index=True)
    description = models.TextField(blank=True)
    # Zoho's word; one it invents later is kept and shown as it came, and treated as an admin's.
    profile_type = models.CharField(max_length=60)
    is_default = models.BooleanField(default=False)
    is_custom_admin = models.BooleanField(default=False)
    # By module: {"admin", "status", "actions": {name: status}, "configs": [{name, label, type, value}]}.
    permissions = models.JSONField(default=dict, blank=True)
    permissions_read_at = models.DateTimeField(null=True, blank=True)
    members_count = models.PositiveIntegerField(null=True, blank=True)
    members_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cliq_id", "organization"], name="one_role_a_cliq_id")]

    def get_absolute_url(self) -> str:
        return reverse("access:role", args=[self.cliq_id])

    @property
    def is_admin(self) -> bool:
        """Whether whoever is in it administers Cliq or the organisation."""
        return self.profile_type != ProfileType.MEMBERS

    def search_parts(self) -> tuple[str, ...]:
        """Name and description."""
        return (self.name, self.description)

    def prepare(self) -> None:
        """Work out the folded columns; for writers that go past `save()`."""
        self.name_key = fold(self.name)[:120]
        self.search = fold(*self.search_parts())[:1000]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        models.Model.save(self, *args, **kwargs)


class RoleMember(models.Model):
    """Whose role it is: a user has one role, so there is one row a user."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    user_id = models.CharField(max_length=60)
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="members")

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organization", "user_id"], name="one_role_a_user"),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.role_id}"
