"""Reading the mirror of the directory."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Count, QuerySet
from django.db.models.fields.json import KeyTextTransform
from django.utils.dateparse import parse_datetime

from apps.connections.mirror import fold
from apps.directory.models import Department, Designation, Team, User, UserField
from apps.jobs.models import Job, JobStatus

SYNC = "directory.sync"
# More than one query can name on every database.
CHUNK = 500


@dataclass(frozen=True, slots=True)
class Freshness:
    """How old the mirror is: `read_at` is when the last complete sweep began; `job` reads it again now."""

    read_at: datetime | None
    job: Job | None
    notes: tuple[str, ...] = ()


def users() -> QuerySet[User]:
    """Everybody Zoho still knew when it was last asked."""
    return User.objects.filter(gone_at=None)


def gone() -> QuerySet[User]:
    """Users whom a complete sweep no longer found."""
    return User.objects.exclude(gone_at=None)


def user_by_id(cliq_id: str) -> User | None:
    """The user of that id, also one who is gone."""
    return User.objects.filter(cliq_id=cliq_id).first()


def users_by_email(emails: Iterable[str]) -> dict[str, User]:
    """Present users by folded address, for those of the addresses that are known."""
    keys = sorted({email.strip().casefold() for email in emails} - {""})
    found: dict[str, User] = {}
    for start in range(0, len(keys), CHUNK):
        for user in users().filter(email_key__in=keys[start : start + CHUNK]):
            found[user.email_key] = user
    return found


def users_by_id(ids: Iterable[str]) -> list[User]:
    """Users by Zoho's id, for those of them whom the directory knows."""
    return list(User.objects.filter(cliq_id__in=set(ids)).defer("raw", "custom", "search"))


def department_choices() -> list[tuple[str, str]]:
    """Id and name of every department, by name; where Zoho will not list them, those that users carry."""
    listed = list(Department.objects.filter(gone_at=None).values_list("cliq_id", "name"))
    return _sorted(listed or list(_carried("department_id", "department_name")))


def designation_choices() -> list[tuple[str, str]]:
    """Id and name of every designation, by name; likewise."""
    listed = list(Designation.objects.filter(gone_at=None).values_list("cliq_id", "name"))
    return _sorted(listed or list(_carried("designation_id", "designation_name")))


def teams() -> QuerySet[Team]:
    """The teams that Zoho still has."""
    return Team.objects.filter(gone_at=None)


def team_choices() -> list[tuple[str, str]]:
    """Id and name of every team, by name."""
    return _sorted(teams().values_list("cliq_id", "name"))


def teams_of(user_id: str) -> QuerySet[Team]:
    """The teams that a user was last seen in, by name."""
    return teams().filter(members__user_id=user_id).defer("raw").order_by("search", "pk")


def user_fields() -> QuerySet[UserField]:
    """The user fields that Zoho still has."""
    return UserField.objects.filter(gone_at=None).defer("raw")


def people_by_value(field: UserField) -> dict[str, int]:
    """How many users have each value of a custom field, as the mirror knows it."""
    filled = users().annotate(value=KeyTextTransform(field.unique_name, "custom")).filter(value__isnull=False)
    counted = filled.order_by().values_list("value").annotate(number=Count("pk"))
    return {str(value): number for value, number in counted if value}


def custom_fields() -> list[UserField]:
    """The custom user fields that are in use, in the order they were made."""
    fields = UserField.objects.filter(gone_at=None, system_defined=False, enabled=True)
    return sorted(fields, key=lambda field: (len(field.cliq_id), field.cliq_id))


def countries_in_use() -> list[str]:
    """The countries that users carry."""
    return sorted(users().exclude(country="").values_list("country", flat=True).distinct())


def last_full_sweep() -> datetime | None:
    """When the last complete reading of all users began; None before the first."""
    return _began(_finished_sweep())


def directory_freshness() -> Freshness:
    """How old the mirror is, and the job that reads it again, running or stopped, if there is one."""
    done = _finished_sweep()
    open_jobs = Job.objects.filter(kind=SYNC).exclude(status__in=[JobStatus.FINISHED, JobStatus.CANCELLED])
    notes = tuple(done.state.get("notes", ())) if done else ()
    return Freshness(_began(done), open_jobs.order_by("-pk").first(), notes)


def _began(job: Job | None) -> datetime | None:
    return parse_datetime(str(job.state.get("users_from", ""))) if job else None


def _finished_sweep() -> Job | None:
    return Job.objects.filter(kind=SYNC, status=JobStatus.FINISHED).order_by("-pk").first()


def _carried(key: str, name: str) -> Iterable[tuple[str, str]]:
    return users().exclude(**{key: ""}).values_list(key, name).distinct()


def _sorted(choices: Iterable[tuple[str, str]]) -> list[tuple[str, str]]:
    return sorted(choices, key=lambda choice: (fold(choice[1]), choice[0]))
