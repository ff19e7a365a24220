"""Reading the log."""

from collections.abc import Sequence

from django.db.models import Exists, OuterRef, Q, QuerySet

from apps.audit.models import Event, Operation, Stage

OPEN = (Stage.INTENT, Stage.UNKNOWN)


def lines() -> QuerySet[Event]:
    """Every event but the intents that have their outcome: those would say everything twice."""
    pending = Operation.objects.filter(pk=OuterRef("operation_id"), outcome_seq=None)
    return Event.objects.filter(~Q(stage=Stage.INTENT) | Exists(pending))


def of_subject(subject_type: str, ids: Sequence[str]) -> QuerySet[Event]:
    """What the log tells about one thing, newest first."""
    return lines().filter(subject_type=subject_type, subject_id__in=[one for one in ids if one])


def of_thing_with_members(subject_type: str, cliq_id: str) -> QuerySet[Event]:
    """Likewise, with who came to it and who left it: those events are about the people, keyed `id/person`."""
    members = Operation.objects.filter(
        kind__startswith=f"{subject_type}.member_", key__startswith=f"{cliq_id}/"
    )
    itself = Q(subject_type=subject_type, subject_id=cliq_id)
    return lines().filter(itself | Q(operation_id__in=members.values("pk")))


def siblings(event: Event) -> QuerySet[Event]:
    """The other events of the same operation: its intent, its outcome."""
    if event.operation_id is None:
        return Event.objects.none()
    same = Event.objects.filter(operation_id=event.operation_id)
    return same.exclude(pk=event.pk).order_by("seq")


def open_operations() -> QuerySet[Operation]:
    """Changes without an outcome, oldest first."""
    return Operation.objects.filter(stage__in=OPEN).order_by("started_at")


def waiting_for_a_person() -> QuerySet[Operation]:
    """Those that reading Zoho could not settle."""
    return open_operations().filter(observe_at=None)
