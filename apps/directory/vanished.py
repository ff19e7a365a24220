"""What a complete sweep no longer found."""

from datetime import datetime

from django.db.models import QuerySet
from django.utils import timezone

from apps.audit.events import Draft, Subject, record
from apps.connections.mirror import Mirrored
from apps.connections.models import Organization
from apps.core.actor import SYSTEM
from apps.directory.models import User

# Above this share of what was known, a sweep that missed so many is doubted.
DOUBTFUL = 0.05
# Of a short list a few may always go: one department of ten is ten per cent.
FEW = 3
GONE = {
    "department": "department.gone",
    "designation": "designation.gone",
    "team": "team.gone",
    "userfield": "userfield.gone",
}


def missed(model: type[Mirrored], organization: Organization, since: datetime) -> QuerySet[Mirrored]:
    """Rows that nothing has read since the sweep began."""
    return model._default_manager.filter(organization=organization, gone_at=None, read_at__lt=since)


def too_many(count: int, known: int, few: int = 0) -> bool:
    """Whether a person has to say that these are really gone."""
    return count > max(few, known * DOUBTFUL)


def mark_small(
    model: type[Mirrored], organization: Organization, since: datetime, *, most: int, job_id: int
) -> int:
    """Mark what is gone from a list that users refer to; a doubtful loss leaves it as it was."""
    rows = missed(model, organization, since)
    known = model._default_manager.filter(organization=organization, gone_at=None).count()
    if too_many(rows.count(), known, FEW):
        return 0
    noun = str(model._meta.model_name)
    told = rows.only("cliq_id", "name")[:most]
    subjects = [Subject(noun, row.cliq_id, row.name) for row in told]
    marked = rows.update(gone_at=timezone.now())
    if subjects:
        record(*(Draft(GONE[noun], SYSTEM, subject=each, job_id=job_id) for each in subjects))
    return marked


def mark_users(organization: Organization, since: datetime, *, most: int, job_id: int) -> int:
    """Mark users as gone; the first `most` of them have an event each. Runs in the caller's transaction."""
    rows = User.objects.filter(pk__in=missed(User, organization, since).values("pk"))
    told = list(rows.only("cliq_id", "name", "email", "status")[:most])
    marked = rows.update(gone_at=timezone.now())
    if told:
        record(*(_draft(user, job_id) for user in told))
    return marked


def _draft(user: User, job_id: int) -> Draft:
    return Draft(
        kind="user.gone",
        actor=SYSTEM,
        subject=Subject("user", user.cliq_id, user.name),
        before={"email_id": user.email, "status": user.status},
        job_id=job_id,
    )
