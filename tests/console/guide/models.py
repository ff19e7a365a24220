"""Two tables to list: people and events."""

from django.db import models
from django.urls import reverse

from apps.core.choices import StatusChoices


class PersonStatus(StatusChoices):
    """As Zoho has them, and one the portal adds."""

    ACTIVE = "active", "green", "Active"
    PENDING = "pending", "amber", "Invited"
    INACTIVE = "inactive", "grey", "Inactive"
    CHANGED = "changed", "violet", "Changed elsewhere"


class Outcome(StatusChoices):
    """How an event ended."""

    DONE = "done", "green", "Done"
    REFUSED = "refused", "red", "Refused"
    UNKNOWN = "unknown", "violet", "Unknown"
    RUNNING = "running", "blue", "Running"


class Person(models.Model):
    """Somebody of the organisation."""

    name = models.CharField(max_length=200)
    email = models.EmailField()
    department = models.CharField(max_length=100)
    designation = models.CharField(max_length=100)
    status = models.CharField(max_length=20, choices=PersonStatus)
    seen = models.DateTimeField()
    channels = models.IntegerField()

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """The person's page."""
        return reverse("guide:person", args=[self.pk])

    @property
    def state(self) -> PersonStatus:
        """The status with its tone."""
        return PersonStatus(self.status)


class Event(models.Model):
    """Something that somebody did."""

    seq = models.BigIntegerField(unique=True)
    actor = models.CharField(max_length=200)
    sentence = models.CharField(max_length=300)
    outcome = models.CharField(max_length=20, choices=Outcome)
    moment = models.DateTimeField()

    def __str__(self) -> str:
        return self.sentence
