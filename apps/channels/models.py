"""Channels and their members as Zoho last showed them."""

from typing import Any

from django.db import models
from django.db.models import Q
from django.urls import reverse

from apps.connections.mirror import Mirrored, fold
from apps.connections.models import Organization
from apps.core.choices import StatusChoices

PRESENT = Q(gone_at=None)


class ChannelStatus(StatusChoices):
    """The statuses Zoho documents; one it invents later is kept and shown as it came."""

    CREATED = "created", "green", "Active"
    PENDING = "pending", "amber", "Waiting for approval"
    ARCHIVED = "archived", "grey", "Archived"


class Level(models.TextChoices):
    """Who may take part."""

    ORGANIZATION = "organization", "Organisation"
    TEAM = "team", "Team"
    PRIVATE = "private", "Personal"
    EXTERNAL = "external", "External"


class MemberRole(models.TextChoices):
    """The roles in a channel, the highest first."""

    SUPER_ADMIN = "super_admin", "Super admin"
    ADMIN = "admin", "Admin"
    MODERATOR = "moderator", "Moderator"
    MEMBER = "member", "Member"


class Channel(Mirrored):
    """A channel; its name without the `#` that replies put before it."""

    # Folded, for sorting as people read.
    name_key = models.CharField(max_length=100)
    chat_id = models.CharField(max_length=120, blank=True)
    unique_name = models.CharField(max_length=200, blank=True)
    description = models.TextField(blank=True)
    image_url = models.CharField(max_length=500, blank=True)
    level = models.CharField(max_length=40, blank=True)
    status = models.CharField(max_length=40, blank=True)
    invite_only = models.BooleanField(default=False)
    creator_id = models.CharField(max_length=60, blank=True)
    creator_name = models.CharField(max_length=300, blank=True)
    creator_key = models.CharField(max_length=100, blank=True)
    created_at = models.DateTimeField(null=True, blank=True)
    # When the last message was written.
    active_at = models.DateTimeField(null=True, blank=True)
    participants = models.PositiveIntegerField(null=True, blank=True)
    messages = models.PositiveIntegerField(null=True, blank=True)
    # Names by id, and the ids once more between blanks, to be filtered by on every database.
    teams = models.JSONField(default=dict, blank=True)
    team_ids = models.CharField(max_length=1000, blank=True)
    config = models.JSONField(default=dict, blank=True)
    # By role (admin, moderator, member): {permission: allowed}.
    permissions = models.JSONField(default=dict, blank=True)
    # The role of whoever holds the grant: what they may not do, the portal may not either.
    own_role = models.CharField(max_length=40, blank=True)
    members_read_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["cliq_id", "organization"], name="one_channel_a_cliq_id")
        ]
        indexes = [
            # Read from one end to the other by every search, without touching the rows it passes over.
            models.Index(
                fields=["name_key", "id", "search", "gone_at"], condition=PRESENT, name="channel_search"
            ),
            models.Index(fields=["status", "name_key", "id"], condition=PRESENT, name="channel_by_status"),
            # What waits is counted on every page: both columns have to be found in one index.
            models.Index(
                fields=["status", "level", "created_at", "id", "gone_at"],
                condition=PRESENT,
                name="channel_waiting",
            ),
            models.Index(fields=["level", "name_key", "id"], condition=PRESENT, name="channel_by_level"),
            models.Index(fields=["creator_id", "name_key", "id"], condition=PRESENT, name="channel_by_maker"),
            models.Index(fields=["participants", "id"], condition=PRESENT, name="channel_by_size"),
            models.Index(fields=["active_at", "id"], condition=PRESENT, name="channel_by_activity"),
            models.Index(fields=["read_at", "id"], condition=PRESENT, name="channel_by_read"),
        ]

    def get_absolute_url(self) -> str:
        return reverse("channels:channel", args=[self.cliq_id])

    @property
    def status_choice(self) -> ChannelStatus | None:
        """The status with its tone and label, None where Zoho uses a word the portal does not know."""
        return ChannelStatus(self.status) if self.status in ChannelStatus.values else None

    @property
    def level_label(self) -> str:
        """The level as people say it."""
        return str(Level(self.level).label) if self.level in Level.values else self.level

    @property
    def is_archived(self) -> bool:
        """Whether it is closed for writing."""
        return self.status == ChannelStatus.ARCHIVED

    @property
    def waits(self) -> bool:
        """Whether somebody has to decide about it."""
        return self.status == ChannelStatus.PENDING and self.level == Level.ORGANIZATION

    def search_parts(self) -> tuple[str, ...]:
        """Name, description, who made it."""
        return (self.name, self.unique_name, self.creator_name, self.description)

    def prepare(self) -> None:
        """Work out the folded columns; for writers that go past `save()`."""
        # Both stand in one index, whose rows PostgreSQL limits to 2,700 bytes.
        self.name_key = fold(self.name)[:100]
        self.search = fold(*self.search_parts())[:500]
        self.creator_key = fold(self.creator_name)[:100]
        self.team_ids = f" {' '.join(self.teams)} "[:1000] if self.teams else ""

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.prepare()
        # Past the mirror's own save, which would fold the search column once more and without its limit.
        models.Model.save(self, *args, **kwargs)


class ChannelMember(models.Model):
    """Somebody in a channel, of whichever organisation; read when somebody asks for them."""

    channel = models.ForeignKey(Channel, on_delete=models.CASCADE, related_name="members")
    user_id = models.CharField(max_length=60)
    name = models.CharField(max_length=300, blank=True)
    email = models.CharField(max_length=320, blank=True)
    role = models.CharField(max_length=40, blank=True)
    # The highest first, as lists show them.
    rank = models.PositiveSmallIntegerField(default=9)
    search = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["channel", "user_id"], name="one_member_a_channel"),
        ]
        indexes = [models.Index(fields=["user_id"], name="channel_member_user")]

    def __str__(self) -> str:
        return self.name or self.email or self.user_id

    @property
    def role_label(self) -> str:
        """The role as people say it."""
        return str(MemberRole(self.role).label) if self.role in MemberRole.values else self.role

    def prepare(self) -> None:
        """Work out what is searched and sorted by."""
        self.search = fold(self.name, self.email)[:500]
        self.rank = MemberRole.values.index(self.role) if self.role in MemberRole.values else 9


class RequestSettings(models.Model):
    """How requests for channels are handled in an organisation."""

    organization = models.OneToOneField(Organization, on_delete=models.CASCADE, related_name="+")
    # Whoever asked for a channel is told by a message what was decided, and why.
    tells_requesters = models.BooleanField(default=False)

    def __str__(self) -> str:
        return f"{self.organization}: {'tells' if self.tells_requesters else 'does not tell'} requesters"
