"""The ledger of long work. What stands here is the truth; the broker only wakes whoever reads it."""

from django.db import models
from django.urls import reverse

from apps.core.actor import Actor
from apps.core.choices import StatusChoices


class JobStatus(StatusChoices):
    DRAFT = "draft", "grey", "Not started"
    QUEUED = "queued", "amber", "Queued"
    RUNNING = "running", "blue", "Running"
    PAUSED = "paused", "amber", "Paused"
    CANCELLED = "cancelled", "grey", "Cancelled"
    FAILED = "failed", "red", "Failed"
    FINISHED = "finished", "green", "Finished"


ACTIVE = (JobStatus.QUEUED, JobStatus.RUNNING)
ENDED = (JobStatus.CANCELLED, JobStatus.FAILED, JobStatus.FINISHED)


class Job(models.Model):
    """One long piece of work, carried on in chunks of a few seconds by whichever worker holds its lease."""

    kind = models.CharField(max_length=40)
    title = models.CharField(max_length=200)
    status = models.CharField(max_length=10, choices=JobStatus.choices, default=JobStatus.DRAFT)
    actor_kind = models.CharField(max_length=15)
    actor_name = models.CharField(max_length=200)
    actor_zuid = models.CharField(max_length=40, blank=True)
    actor_role = models.CharField(max_length=15, blank=True)
    actor_address = models.CharField(max_length=45, blank=True)
    # What was asked for, and where the kind has got to; both belong to the kind.
    params = models.JSONField(default=dict)
    state = models.JSONField(default=dict)
    total = models.PositiveIntegerField(null=True)
    done = models.PositiveIntegerField(default=0)
    # What it is doing, waiting for, or why it stopped: a sentence for people.
    activity = models.CharField(max_length=300, blank=True)
    failures = models.PositiveSmallIntegerField(default=0)
    lease_token = models.CharField(max_length=32, blank=True)
    lease_until = models.DateTimeField(null=True)
    wake_at = models.DateTimeField(null=True)
    enqueued_at = models.DateTimeField(null=True)
    created_at = models.DateTimeField(auto_now_add=True)
    started_at = models.DateTimeField(null=True)
    finished_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-pk"]
        indexes = [
            models.Index(
                fields=["wake_at"],
                name="job_awake",
                condition=models.Q(status__in=["queued", "running"]),
            ),
            models.Index(fields=["kind", "-id"], name="job_kind"),
        ]

    def __str__(self) -> str:
        return self.title

    def get_absolute_url(self) -> str:
        return reverse("jobs:job", args=[self.pk])

    @property
    def actor(self) -> Actor:
        """Who asked for it, as the log will name them for everything it does."""
        return Actor(
            self.actor_kind,  # type: ignore[arg-type]
            self.actor_name,
            self.actor_zuid,
            self.actor_role,
            self.actor_address,
        )

    @property
    def active(self) -> bool:
        """Whether it is queued or running."""
        return self.status in ACTIVE

    @property
    def ended(self) -> bool:
        """Whether nothing more will come of it."""
        return self.status in ENDED


class RowAction(StatusChoices):
    """What the plan says will happen to a row."""

    ADD = "add", "green", "Add"
    UPDATE = "update", "amber", "Change"
    NOTHING = "nothing", "grey", "Nothing to do"
    CANNOT = "cannot", "red", "Cannot"


class RowStatus(StatusChoices):
    """What has become of a row."""

    PLANNED = "planned", "grey", "Planned"
    SENT = "sent", "blue", "Sent"
    DONE = "done", "green", "Done"
    NOTHING = "nothing", "grey", "Nothing to do"
    REFUSED = "refused", "red", "Refused"
    CANNOT = "cannot", "red", "Cannot"
    UNKNOWN = "unknown", "violet", "Outcome unknown"


class Sent(models.Model):
    """Something that a call of a job is about, and what became of it; see `rows.py` for its way."""

    data = models.JSONField(default=dict)
    status = models.CharField(max_length=10, choices=RowStatus.choices, default=RowStatus.PLANNED)
    sentence = models.CharField(max_length=500, blank=True)
    operation_id = models.UUIDField(null=True)
    # Who sent it: a sent row of a lapsed lease has an unknown outcome.
    lease_token = models.CharField(max_length=32, blank=True)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        abstract = True


class JobRow(Sent):
    """One line of a job: what was asked for one person or thing, and what became of it."""

    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="rows")
    number = models.PositiveIntegerField()
    # Folded, so that one address or id is one key however it was typed.
    key = models.CharField(max_length=320)
    name = models.CharField(max_length=300, blank=True)
    # Folded name and address, for search.
    search = models.CharField(max_length=700, blank=True)
    problems = models.JSONField(default=list)
    action = models.CharField(max_length=10, choices=RowAction.choices)
    observed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        ordering = ["number"]
        constraints = [models.UniqueConstraint(fields=["job", "number"], name="one_row_a_number")]
        indexes = [
            models.Index(fields=["job", "status", "number"], name="row_status"),
            models.Index(fields=["job", "action", "number"], name="row_action"),
        ]

    def __str__(self) -> str:
        return f"{self.number} {self.key}"


class Reservation(models.Model):
    """A key that a running job holds, so that no other job touches the same person meanwhile."""

    key = models.CharField(max_length=320, primary_key=True)
    job = models.ForeignKey(Job, on_delete=models.CASCADE, related_name="reservations")

    def __str__(self) -> str:
        return self.key
