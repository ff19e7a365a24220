"""One spreadsheet and how far it has come; its rows live in the job's ledger."""

import secrets
from collections.abc import Mapping
from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse

from apps.core.choices import StatusChoices
from apps.jobs.models import Job, JobStatus, RowStatus, Sent


class Phase(StatusChoices):
    """Where an onboarding stands; what its job does within a phase the job's own status tells."""

    ENCODING = "encoding", "amber", "Encoding to choose"
    COLUMNS = "columns", "amber", "Columns to map"
    CHECK = "check", "blue", "Being checked"
    PLAN = "plan", "amber", "To be confirmed"
    RUN = "run", "blue", "Adding people"


class Result(StatusChoices):
    """What a person reads where phase and job come together."""

    ENCODING = "encoding", "amber", "Encoding to choose"
    COLUMNS = "columns", "amber", "Columns to map"
    CHECK = "check", "blue", "Being checked"
    PLAN = "plan", "amber", "To be confirmed"
    NOTHING = "nothing", "grey", "Nothing to do"
    RUN = "run", "blue", "Adding people"
    QUEUED = "queued", "amber", "Queued"
    PAUSED = "paused", "amber", "Paused"
    CANCELLED = "cancelled", "grey", "Cancelled"
    FAILED = "failed", "red", "Cannot be read"
    FINISHED = "finished", "green", "Finished"


def random_path(instance: "Onboarding", filename: str) -> str:
    """Where an upload is kept: nothing of its own name, which anybody may have chosen."""
    return f"onboarding/{secrets.token_hex(16)}"


class Onboarding(models.Model):
    """An uploaded spreadsheet, its columns, and what the check found."""

    job = models.OneToOneField(Job, on_delete=models.CASCADE, related_name="onboarding")
    phase = models.CharField(max_length=10, choices=Phase.choices, default=Phase.COLUMNS)
    file = models.FileField(upload_to=random_path, max_length=200, blank=True)
    # The uploaded file holds personal data: after this it is removed.
    file_expires_at = models.DateTimeField()
    filename = models.CharField(max_length=200)
    size = models.PositiveBigIntegerField()
    # In words, and as Python calls it.
    encoding = models.CharField(max_length=40)
    codec = models.CharField(max_length=20, default="utf-8-sig", blank=True)
    # Empty for a workbook, which has a sheet instead.
    delimiter = models.CharField(max_length=1, blank=True)
    sheet = models.CharField(max_length=60, blank=True)
    # The rows as the check read them, until it has judged them all.
    rows_file = models.CharField(max_length=200, blank=True)
    header = models.JSONField(default=list)
    header_row = models.PositiveIntegerField()
    sample = models.JSONField(default=list)
    # How many rows it seems to have; exact where the first bytes were the whole file, and after the check.
    rows_expected = models.PositiveIntegerField()
    rows_counted = models.BooleanField(default=False)
    # Column index (as text, for JSON) to field name; columns left out are ignored.
    mapping = models.JSONField(default=dict)
    # Chosen as for an earlier file with the same columns.
    remembered = models.BooleanField(default=False)
    # Names to read otherwise: field to folded cell to the name meant.
    replaced = models.JSONField(default=dict)
    # Names that nothing has, with the nearest one: a list of {"column", "cell", "near", "rows"}.
    unknown = models.JSONField(default=list)
    # Whether people who are there already are changed to what the file says.
    changes_people = models.BooleanField(default=False)
    # Rows by action, as the check found them.
    counts = models.JSONField(default=dict)
    # How much is done after the adding: people by what is done for them, and by whom it leads to.
    follow_ups = models.JSONField(default=dict)
    # What the checked rows would send, digested; the run begins only while they still say so.
    plan_hash = models.CharField(max_length=64, blank=True)
    # When the organisation was read that the rows were compared with.
    compared_with = models.DateTimeField(null=True)
    checked_at = models.DateTimeField(null=True)
    confirmed_at = models.DateTimeField(null=True)
    confirmed_by = models.CharField(max_length=200, blank=True)
    reason = models.CharField(max_length=500, blank=True)
    # When whoever confirmed looked at the page after the run had ended.
    seen_at = models.DateTimeField(null=True)
    # When the file and what its rows held were removed.
    erased_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering = ["-pk"]

    def __str__(self) -> str:
        return self.filename

    def get_absolute_url(self) -> str:
        return reverse("onboarding:onboarding", args=[self.pk])

    @property
    def result(self) -> Result:
        """Phase and job in one status."""
        status = self.job.status
        if status in (JobStatus.PAUSED, JobStatus.CANCELLED, JobStatus.FAILED, JobStatus.FINISHED):
            return Result(status)
        if status == JobStatus.QUEUED and self.phase == Phase.RUN and not self.job.done:
            return Result.QUEUED
        if self.phase == Phase.PLAN and not self.to_do:
            return Result.NOTHING
        return Result(self.phase)

    @property
    def columns(self) -> dict[str, int]:
        """Field name to column index."""
        return {field: int(index) for index, field in self.mapping.items()}

    @property
    def to_add(self) -> int:
        """How many people the plan adds."""
        return int(self.counts.get("add", 0))

    @property
    def to_change(self) -> int:
        """How many people the plan changes."""
        return int(self.counts.get("update", 0))

    @property
    def to_do(self) -> int:
        """How many people anything is sent for."""
        return self.to_add + self.to_change

    def call_size(self) -> int:
        """How many people one call adds."""
        return max(1, int(settings.CLIQ_USERS_PER_CALL))

    def subject(self) -> dict[str, Any]:
        """What the log says about the file, without anything out of it."""
        return {"file": self.filename, "bytes": self.size, "columns": len(self.header)}


class What(models.TextChoices):
    """What is done for people once they are in the organisation."""

    MANAGER = "manager", "manager"
    ROLE = "role", "role"
    TEAM = "team", "team"
    CHANNEL = "channel", "channel"


class FollowUp(Sent):
    """One thing more for one person of a file, which needs their id: they have to be there first."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="follow_ups")
    # That of the person's row; no key, so that the rows of a check can be dropped in one statement.
    number = models.PositiveIntegerField()
    what = models.CharField(max_length=10, choices=What.choices)
    # The person's folded address, and Zoho's id once it is known.
    key = models.CharField(max_length=320)
    user_id = models.CharField(max_length=60, blank=True)
    # A manager's folded address until their id is known; an id of Zoho's otherwise.
    target = models.CharField(max_length=320)
    target_id = models.CharField(max_length=60, blank=True)
    # As a person reads it.
    name = models.CharField(max_length=320)
    # What the check saw in its place: whatever else stands there by then is left alone.
    before = models.CharField(max_length=60, blank=True)

    class Meta:
        ordering = ["number", "pk"]
        constraints = [
            models.UniqueConstraint(fields=["job", "number", "what", "target"], name="one_follow_up")
        ]
        indexes = [models.Index(fields=["job", "status", "what"], name="follow_up_status")]

    def __str__(self) -> str:
        return self.said

    @property
    def said(self) -> str:
        """What became of it, in a sentence."""
        if self.status in (RowStatus.DONE, RowStatus.NOTHING):
            return f"{SAID[self.what][0]} {self.name}."
        if self.status in (RowStatus.PLANNED, RowStatus.SENT):
            return f"Not yet: {SAID[self.what][2]} {self.name}."
        return f"{SAID[self.what][1]} {self.name}. {self.sentence}".strip()


SAID: Mapping[str, tuple[str, str, str]] = {
    What.MANAGER: ("Reports to", "Does not report to", "reporting to"),
    What.ROLE: ("Has the role", "Does not have the role", "the role"),
    What.TEAM: ("Is in the team", "Is not in the team", "the team"),
    What.CHANNEL: ("Is in the channel", "Is not in the channel", "the channel"),
}


class RememberedColumns(models.Model):
    """What somebody said the columns of such a file hold, for the next file with the same ones."""

    fingerprint = models.CharField(max_length=64, primary_key=True)
    # Plain column name to field; empty for what was left out.
    fields = models.JSONField(default=dict)
    used_at = models.DateTimeField(auto_now=True)

    def __str__(self) -> str:
        return ", ".join(self.fields)
