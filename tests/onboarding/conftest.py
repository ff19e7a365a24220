"""A file as a person would upload it, checked and run as a worker would."""

import io
from collections.abc import Iterable

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile

from apps.accounts.models import Administrator
from apps.connections.models import Grant
from apps.directory.services import syncing
from apps.jobs.models import Job, JobStatus
from apps.onboarding import services
from apps.onboarding.models import Onboarding
from tests.working import carry_through

HEADER = "Email,First name,Last name,Department,Designation"


@pytest.fixture(autouse=True)
def kept_apart(settings, tmp_path) -> None:
    """Uploads of a test lie in its own folder; calls are small, so that a few people make several."""
    storages = {**settings.STORAGES}
    storages["default"] = {**storages["default"], "OPTIONS": {"location": tmp_path / "files"}}
    settings.STORAGES = storages
    settings.CLIQ_USERS_PER_CALL = 20


@pytest.fixture
def synced(grant: Grant, owner: Administrator) -> Job:
    """The organisation read into the mirror."""
    job = carry_through(syncing.start(owner.actor()), patience=30)
    assert job.status == JobStatus.FINISHED, job.activity
    return job


def people(count: int, *, domain: str = "zylker.com", start: int = 1) -> list[str]:
    """Lines of so many joiners."""
    return [f"joiner{number:04d}@{domain},Joiner,Number {number},," for number in range(start, start + count)]


def csv_of(lines: Iterable[str], header: str = HEADER) -> bytes:
    """A file of these lines."""
    return ("\r\n".join([header, *lines]) + "\r\n").encode()


def workbook_of(rows: Iterable[Iterable[object]], title: str = "People") -> bytes:
    """An Excel workbook of these rows, the first of which are the column names."""
    book = openpyxl.Workbook()
    book.active.title = title
    for row in rows:
        book.active.append(list(row))
    held = io.BytesIO()
    book.save(held)
    return held.getvalue()


def uploaded(data: bytes, owner: Administrator, name: str = "joiners.csv") -> Onboarding:
    """An upload that was accepted."""
    return services.upload(SimpleUploadedFile(name, data), actor=owner.actor())


def checked(data: bytes, owner: Administrator, name: str = "joiners.csv") -> Onboarding:
    """Uploaded with recognised columns, and judged."""
    onboarding = uploaded(data, owner, name)
    services.check(onboarding, mapping=onboarding.mapping, actor=owner.actor())
    carry_through(onboarding.job, patience=10)
    onboarding = Onboarding.objects.select_related("job").get(pk=onboarding.pk)
    assert onboarding.job.status == JobStatus.DRAFT, onboarding.job.activity
    return onboarding


def confirmed(onboarding: Onboarding, owner: Administrator) -> Job:
    """The plan begun, nothing carried on yet."""
    services.confirm(onboarding, plan=onboarding.plan_hash, actor=owner.actor())
    return Job.objects.get(pk=onboarding.job_id)


def run(onboarding: Onboarding, owner: Administrator, *, patience: float = 30.0) -> Job:
    """The plan carried out to its end."""
    return carry_through(confirmed(onboarding, owner), patience=patience)


def outcomes(job: Job) -> dict[str, str]:
    """Row status by address."""
    return dict(job.rows.values_list("key", "status"))
