"""Users, departments, designations, teams and user fields as Zoho last showed them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from apps.connections.mirror import Mirrored, fold
from apps.core.choices import StatusChoices

PRESENT = Q(gone_at=None)


class UserStatus(StatusChoices):
    """The statuses Zoho documents; one it invents later is kept and shown as it came."""

    ACTIVE = "active", "green", "Active"
    INACTIVE = "inactive", "grey", "Inactive"
    PENDING = "pending", "amber", "Invited"
    IMPORTED_ACTIVE = "imported_active", "green", "Imported, active"
    IMPORTED_INACTIVE = "imported_inactive", "grey", "Imported, inactive"


class User(Mirrored):
    """A user of the organisation. `name` is what Cliq shows; references are copied with their names."""

    # Folded, for sorting as people read: case and accents ignored.
    name_key = models.CharField(max_length=300)
    email = models.CharField(max_length=320, blank=True)
    email_key = models.CharField(max_length=320, blank=True)
    display_name = models.CharField(max_length=300, blank=True)
    first_name = models.CharField(max_length=300, blank=True)
    last_name = models.CharField(max_length=300, blank=True)
    status = models.CharField(max_length=40, blank=True)
    employee_id = models.CharField(max_length=100, blank=True)
    mobile = models.CharField(max_length=100, blank=True)
    # Zoho never gives it back: what the portal last wrote.
    phone = models.CharField(max_length=100, blank=True)
    extension = models.CharField(max_length=100, blank=True)
    work_location = models.CharField(max_length=300, blank=True)
    # ISO 3166-1 alpha-2 where it is a country the portal knows, else as Zoho says it; likewise the language.
    country = models.CharField(max_length=100, blank=True)
    language = models.CharField(max_length=100, blank=True)
    timezone = models.CharField(max_length=100, blank=True)
    department_id = models.CharField(max_length=60, blank=True)
    department_name = models.CharField(max_length=300, blank=True)
    designation_id = models.CharField(max_length=60, blank=True)
    designation_name = models.CharField(max_length=300, blank=True)
    manager_id = models.CharField(max_length=60, blank=True)
    manager_name = models.CharField(max_length=300, blank=True)
    # Custom user fields by their unique name, the empty ones left out.
    custom = models.JSONField(default=dict, blank=True)

    class Meta:
        # The id first, here and in every other mirror: it is looked up far more often alone than within one.
        constraints = [models.UniqueConstraint(fields=["cliq_id", "organization"], name="one_user_a_cliq_id")]
        indexes = [
            models.Index(fields=["email_key"], name="user_email"),
            # Members of a team or a role are counted without fetching them.
            models.Index(fields=["cliq_id", "gone_at"], name="user_there"),
            models.Index(fields=["manager_id"], name="user_manager"),
            # Read from one end to the other by every search, without touching the rows it passes over;
            # SQLite takes it for that only if it also holds the column of the condition.
            models.Index(
                fields=["name_key", "id", "search", "gone_at"], condition=PRESENT, name="user_search"
            ),
            # What the list sorts by and filters by, each ready to be read fifty rows at a time.
            models.Index(fields=["status", "name_key", "id"], condition=PRESENT, name="user_by_status"),
            models.Index(
                fields=["department_name", "name_key", "id"], condition=PRESENT, name="user_by_dept"
            ),
            models.Index(
                fields=["designation_name", "name_key", "id"], condition=PRESENT, name="user_by_desig"
            ),
            models.Index(fields=["department_id", "name_key", "id"], condition=PRESENT, name="user_in_dept"),
            models.Index(
                fields=["designation_id", "name_key", "id"], condition=PRESENT, name="user_in_desig"
            ),
            # A country holds many: its rows are counted by status without being fetched.
            models.Index(
                fields=["country", "name_key", "id", "status", "gone_at"],
                condition=PRESENT,
                name="user_in_country",
            ),
            models.Index(
                fields=["manager_name", "name_key", "id"], condition=PRESENT, name="user_by_manager"
            ),
            models.Index(fields=["first_name", "name_key", "id"], condition=PRESENT, name="user_by_first"),
            models.Index(fields=["last_name", "name_key", "id"], condition=PRESENT, name="user_by_last"),
            models.Index(fields=["work_location", "name_key", "id"], condition=PRESENT, name="user_by_seat"),
            models.Index(fields=["employee_id", "id"], condition=PRESENT, name="user_by_employee"),
            models.Index(fields=["read_at", "id"], condition=PRESENT, name="user_by_read"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("directory:user", args=[self.cliq_id])

    @property
    def status_choice(self) -> UserStatus | None:
        """The status with its tone and label, None where Zoho uses a word the portal does not know."""
        return UserStatus(self.status) if self.status in UserStatus.values else None

    def search_parts(self) -> tuple[str, ...]:
        """Name, names, address, employee id."""
        names = dict.fromkeys((self.name, f"{self.first_name} {self.last_name}".strip()))
        return (*names, self.email, self.employee_id)

    def prepare(self) -> None:
        """Work out the folded columns; for writers that go past `save()`."""
        # Both stand in one index, whose rows PostgreSQL limits to 2,700 bytes.
        self.name_key = fold(self.name)[:100]
        self.search = fold(*self.search_parts())[:500]
        self.email_key = self.email.strip().casefold()[:320]

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        # Past the mirror's own save, which would fold the search column once more and without its limit.
        models.Model.save(self, *args, **kwargs)


class Department(Mirrored):
    """A department; the default one has neither lead nor parent."""

    lead_id = models.CharField(max_length=60, blank=True)
    lead_name = models.CharField(max_length=300, blank=True)
    parent_id = models.CharField(max_length=60, blank=True)
    is_default = models.BooleanField(default=False)
    members_count = models.PositiveIntegerField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cliq_id", "organization"], name="one_department_a_cliq_id")
        ]

    def get_absolute_url(self) -> str:
        return reverse("directory:department", args=[self.cliq_id])


class Designation(Mirrored):
    """A designation: id and name."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cliq_id", "organization"], name="one_designation_a_cliq_id")
        ]

    def get_absolute_url(self) -> str:
        return reverse("directory:designation", args=[self.cliq_id])


class Team(Mirrored):
    """A team; who is in it costs a call and carries its own age."""

    description = models.TextField(blank=True)
    is_active = models.BooleanField(default=True)
    # As Zoho counts them, or as the portal does once it has read who they are.
    members_count = models.PositiveIntegerField(null=True)
    members_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["cliq_id", "organization"], name="one_team_a_cliq_id")]

    def get_absolute_url(self) -> str:
        return reverse("directory:team", args=[self.cliq_id])

    def search_parts(self) -> tuple[str, ...]:
        """Name and description."""
        return (self.name, self.description)


class TeamMember(models.Model):
    """Who is in a team; everybody may be in many."""

    team = models.ForeignKey(Team, on_delete=models.CASCADE, related_name="members")
    user_id = models.CharField(max_length=60, db_index=True)
    is_moderator = models.BooleanField(default=False)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["team", "user_id"], name="once_in_a_team")]

    def __str__(self) -> str:
        return f"{self.user_id} in {self.team_id}"


class FieldType(models.TextChoices):
    """The types of user field that Zoho's reference shows, in its own words."""

    TEXT = "text_field", "Text"
    DROP_DOWN = "drop_down", "Drop-down"
    DATE = "date_picker", "Date"


class UserField(Mirrored):
    """A user field; users carry the values of custom ones under its unique name."""

    unique_name = models.CharField(max_length=200)
    # Zoho's word: text_field, drop_down, date_picker, or one not seen yet.
    type = models.CharField(max_length=60, blank=True)
    system_defined = models.BooleanField(default=False)
    mandatory = models.BooleanField(default=False)
    encrypted = models.BooleanField(default=False)
    # Whether people may fill it in themselves.
    edit_permission = models.BooleanField(default=False)
    enabled = models.BooleanField(default=True)
    # Choices of a drop-down: a list of {"id", "name"}.
    options = models.JSONField(default=list, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cliq_id", "organization"], name="one_userfield_a_cliq_id")
        ]

    def get_absolute_url(self) -> str:
        return reverse("directory:userfield", args=[self.cliq_id])

    @property
    def type_label(self) -> str:
        """The type in words; one not seen yet as it came."""
        return FieldType(self.type).label if self.type in FieldType.values else self.type

    def search_parts(self) -> tuple[str, ...]:
        """Name, and what users carry its values under."""
        return (self.name, self.unique_name)
