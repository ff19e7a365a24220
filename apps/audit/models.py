"""The log: events, the chain that proves them, and one row an operation for lists and links."""

import uuid

from django.db import models
from django.urls import reverse

from apps.core.choices import StatusChoices


class Stage(StatusChoices):
    """What an event says about the change it belongs to."""

    INTENT = "intent", "amber", "Pending"
    DONE = "done", "green", "Done"
    REFUSED = "refused", "red", "Refused"
    NOT_DONE = "not_done", "grey", "Did not happen"
    UNKNOWN = "unknown", "violet", "Outcome unknown"
    FACT = "fact", "grey", "Recorded"


class Event(models.Model):
    """One immutable line of the log; the columns repeat parts of `body`, which is what the chain covers."""

    seq = models.BigIntegerField(primary_key=True)
    at = models.DateTimeField()
    kind = models.CharField(max_length=60)
    stage = models.CharField(max_length=10, choices=Stage.choices)
    actor_kind = models.CharField(max_length=15)
    actor_zuid = models.CharField(max_length=40, blank=True)
    actor_name = models.CharField(max_length=200)
    subject_type = models.CharField(max_length=40, blank=True)
    subject_id = models.CharField(max_length=200, blank=True)
    subject_name = models.CharField(max_length=300, blank=True)
    operation_id = models.UUIDField(null=True, blank=True)
    job_id = models.BigIntegerField(null=True, blank=True)
    salt = models.CharField(max_length=32)
    body = models.TextField()

    class Meta:
        ordering = ["-seq"]
        indexes = [
            models.Index(fields=["subject_type", "subject_id", "-seq"], name="event_subject"),
            models.Index(fields=["stage", "-seq"], name="event_stage"),
            models.Index(fields=["kind", "-seq"], name="event_kind"),
            models.Index(fields=["actor_zuid", "-seq"], name="event_actor"),
            models.Index(fields=["job_id", "-seq"], name="event_job"),
            models.Index(fields=["operation_id"], name="event_operation"),
        ]

    def __str__(self) -> str:
        return f"{self.seq} {self.kind} {self.stage}"

    def get_absolute_url(self) -> str:
        return reverse("audit:event", args=[self.seq])


class ChainLink(models.Model):
    """The proof of one event: salted digest of its body, chained by HMAC to the link before."""

    seq = models.BigIntegerField(primary_key=True)
    previous = models.CharField(max_length=64)
    digest = models.CharField(max_length=64)
    mac = models.CharField(max_length=64)
    key_id = models.CharField(max_length=40)

    def __str__(self) -> str:
        return f"{self.seq} {self.mac[:12]}"


class ChainHead(models.Model):
    """One row: the last link. Locking it hands out the next number without a gap."""

    seq = models.BigIntegerField()
    mac = models.CharField(max_length=64)

    def __str__(self) -> str:
        return f"{self.seq} {self.mac[:12]}"


class Operation(models.Model):
    """One change on its way: joins its intent with its outcome. Rebuildable from the events."""

    id = models.UUIDField(primary_key=True, default=uuid.uuid4, editable=False)
    kind = models.CharField(max_length=60)
    stage = models.CharField(max_length=10, choices=Stage.choices, default=Stage.INTENT)
    endpoint = models.CharField(max_length=60)
    # What the change is about on Zoho's side: an id, or the address of somebody who has none yet.
    key = models.CharField(max_length=320)
    intent_seq = models.BigIntegerField()
    outcome_seq = models.BigIntegerField(null=True, blank=True)
    job_id = models.BigIntegerField(null=True, blank=True)
    started_at = models.DateTimeField()
    # While an outcome is open: when reading Zoho again may settle it, and how often it was tried.
    observe_at = models.DateTimeField(null=True, blank=True)
    observed = models.PositiveSmallIntegerField(default=0)

    class Meta:
        indexes = [
            models.Index(fields=["job_id", "stage"], name="operation_job"),
            models.Index(fields=["kind", "key"], name="operation_key"),
            models.Index(
                fields=["observe_at"],
                name="operation_open",
                condition=models.Q(stage__in=["intent", "unknown"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.key} {self.stage}"
