"""The portal's administrators and the code by which a fresh installation is claimed."""

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models

from apps.core.actor import Actor
from apps.core.context import client_address
from apps.core.permissions import Permission, PortalRole, role_allows


class AdministratorManager(BaseUserManager["Administrator"]):
    """Administrators are found by their ZUID, never by an address, which its owner may change."""

    def get_by_natural_key(self, zuid: str | None) -> "Administrator":
        return self.get(zuid=zuid)


class Administrator(AbstractBaseUser):
    """Somebody admitted to the portal; signs in with Zoho and has no password here."""

    zuid = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=200)
    email = models.EmailField(max_length=320)
    portal_role = models.CharField(max_length=15, choices=PortalRole.choices)
    is_active = models.BooleanField(default=True)
    # Whether Zoho last showed this person in an admin role; None before their role was read.
    zoho_admin = models.BooleanField(null=True)
    admitted_at = models.DateTimeField(auto_now_add=True)

    objects = AdministratorManager()

    USERNAME_FIELD = "zuid"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name", "email", "portal_role"]

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    def can(self, permission: Permission) -> bool:
        """Whether this person may do something in the portal."""
        return self.is_active and role_allows(self.portal_role, permission)

    def actor(self) -> Actor:
        """This person as the log will name them."""
        return Actor("administrator", self.name, self.zuid, self.portal_role, client_address())


class ListColumns(models.Model):
    """The columns that one administrator chose for one list; `view` is its url name."""

    administrator = models.ForeignKey(Administrator, on_delete=models.CASCADE, related_name="+")
    view = models.CharField(max_length=80)
    columns = models.JSONField(default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["administrator", "view"], name="one_choice_of_columns_a_list")
        ]

    def __str__(self) -> str:
        return f"{self.view}: {', '.join(self.columns)}"


class SavedFilter(models.Model):
    """Search, filters and sorting of one list under a name, for one administrator."""

    administrator = models.ForeignKey(Administrator, on_delete=models.CASCADE, related_name="+")
    view = models.CharField(max_length=80)
    name = models.CharField(max_length=60)
    # The part of the list's address behind the question mark.
    query = models.TextField()

    class Meta:
        ordering = ["name", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["administrator", "view", "name"], name="one_filter_a_name")
        ]

    def __str__(self) -> str:
        return self.name


class ClaimCode(models.Model):
    """One row: the digest of the one-time code printed by `serve` while nobody owns the installation."""

    digest = models.CharField(max_length=64)
    created_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return f"{self.created_at:%Y-%m-%d %H:%M}"
