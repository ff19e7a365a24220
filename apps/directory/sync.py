"""Reading the whole organisation: what users belong to and carry, then the users status by status."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import transaction
from django.db.models import F
from django.utils import timezone
from django.utils.dateparse import parse_datetime

from apps.audit.events import Draft, Subject, record
from apps.cliq.client import Cliq
from apps.cliq.errors import NotAllowed, ScopeMissing
from apps.cliq.paging import Page
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.connections.mirror import Mirrored
from apps.connections.models import Organization
from apps.core.errors import Refused
from apps.core.permissions import Permission
from apps.directory import vanished
from apps.directory.mirror import Written
from apps.directory.models import Department, Designation, Team, User, UserField, UserStatus
from apps.directory.selectors import SYNC, users
from apps.directory.services import leaving, seen
from apps.jobs.kinds import Again, Finished, Step, Stop
from apps.jobs.lease import Lease
from apps.jobs.models import Job

# The invited first: who accepts meanwhile is met again among the active, and so on down a person's life.
SWEEPS = (
    UserStatus.PENDING,
    UserStatus.ACTIVE,
    UserStatus.INACTIVE,
    UserStatus.IMPORTED_ACTIVE,
    UserStatus.IMPORTED_INACTIVE,
)
# Changes made in Zoho's own panel that are told one by one; a reorganisation is told as a number.
MOST_TOLD = 200
# A page's token that Zoho no longer takes: the sweep of that status begins again, this often.
MOST_RESTARTS = 3
PEOPLE_NOTE = {
    "departments": "Zoho did not list the departments, as it does where Zoho People manages them. "
    "The portal knows those that users belong to.",
    "designations": "Zoho did not list the designations, as it does where Zoho People manages them. "
    "The portal knows those that users hold.",
}
# An organisation that was connected before the portal knew them goes on without.
LATER_NOTE = {"teams": "The portal was not given ZohoCliq.Teams.READ, so it has not read the teams."}


@dataclass(frozen=True, slots=True)
class Structure:
    """One of the small lists that users refer to."""

    name: str
    model: type[Mirrored]
    read: Callable[[Cliq, str], Page[Any]]
    write: Callable[..., Written]


STRUCTURES = (
    Structure(
        "departments",
        Department,
        lambda cliq, token: cliq.departments.page(next_token=token),
        seen.store_departments,
    ),
    Structure(
        "designations", Designation, lambda cliq, _: Page(cliq.designations.list()), seen.store_designations
    ),
    Structure("user fields", UserField, lambda cliq, _: Page(cliq.userfields.list()), seen.store_userfields),
    Structure("teams", Team, lambda cliq, _: Page(cliq.teams.list()), seen.store_teams),
)
PHASES = (*(structure.name for structure in STRUCTURES), *SWEEPS, "close")


class Sync:
    """One remote call a step; the cursor is in `job.state`, so any worker can carry on."""

    name = SYNC
    label = "Read the organisation"
    permission = Permission.SYNC_RUN

    def step(self, job: Job, lease: Lease) -> Step:
        """Read the next page, or close the sweep."""
        phase = job.state.get("phase", PHASES[0])
        for structure in STRUCTURES:
            if structure.name == phase:
                return _read_structure(job, lease, structure)
        return _close(job, lease) if phase == "close" else _read_users(job, lease, UserStatus(phase))

    def url(self, job: Job) -> str:
        """The common job page shows all there is."""
        return ""


def _read_structure(job: Job, lease: Lease, structure: Structure) -> Step:
    state = dict(job.state)
    organization = connections.active_grant().organization
    asked_at = timezone.now()
    state.setdefault("from", asked_at.isoformat())
    try:
        page = structure.read(client(interactive=False), state.get("token", ""))
    except ScopeMissing:
        note = LATER_NOTE.get(structure.name)
        if note is None:
            raise
        return _turn(job, lease, {**state, "notes": [*state.get("notes", []), note]})
    except Refused as error:
        note = PEOPLE_NOTE.get(structure.name)
        if note is None or not (isinstance(error, NotAllowed) or error.status == 400):
            raise
        return _turn(job, lease, {**state, "notes": [*state.get("notes", []), note]})
    with transaction.atomic():
        lease.confirm()
        structure.write(organization, page.items, asked_at=asked_at, most=MOST_TOLD, job_id=job.pk)
        if page.next_token:
            _save(job, {**state, "token": page.next_token, "some": True})
            return Again(f"Reading {structure.name}.")
        # An empty answer is no proof that everything is gone.
        if page.items or state.get("some"):
            vanished.mark_small(
                structure.model, organization, _moment(state["from"]), most=MOST_TOLD, job_id=job.pk
            )
        return _turn(job, lease, state)


def _read_users(job: Job, lease: Lease, status: UserStatus) -> Step:
    state = dict(job.state)
    organization = connections.active_grant().organization
    asked_at = timezone.now()
    if "users_from" not in state:
        state["users_from"] = asked_at.isoformat()
        job.total = users().count() or None
    token = state.get("token", "")
    try:
        page = client(interactive=False).users.page(status=status, next_token=token)
    except Refused:
        if not token or state.get("restarts", 0) >= MOST_RESTARTS:
            raise
        _save(job, {**state, "token": "", "restarts": state.get("restarts", 0) + 1})
        return Again(f"Reading {status.label.lower()} users from the beginning again.")
    with transaction.atomic():
        lease.confirm()
        told = min(MOST_TOLD, state.get("changed", 0))
        written = seen.store(
            organization,
            page.items,
            asked_at=asked_at,
            status=status,
            most=MOST_TOLD - told,
            job_id=job.pk,
        )
        state["changed"] = state.get("changed", 0) + len(written.noticed)
        state["new"] = state.get("new", 0) + written.new
        job.done = F("done") + len(page.items)
        if page.next_token:
            _save(job, {**state, "token": page.next_token})
            return Again(f"Reading {status.label.lower()} users.")
        return _turn(job, lease, state)


def _close(job: Job, lease: Lease) -> Step:
    """Everything was read: who was not met is gone, unless that would be too many to believe."""
    state = dict(job.state)
    organization = connections.active_grant().organization
    since = _moment(state["users_from"])
    missed = vanished.missed(User, organization, since).count()
    known = users().count()
    if vanished.too_many(missed, known) and not state.get("asked"):
        _save(job, {**state, "asked": True, "missed": missed})
        return Stop(
            f"{missed:,} of {known:,} users are missing from Zoho's lists, more than the portal believes "
            "unasked. Resume this job if they have really left; cancel it and nobody is marked as gone."
        )
    with transaction.atomic():
        lease.confirm()
        gone = vanished.mark_users(organization, since, most=MOST_TOLD, job_id=job.pk)
        counts = _counts(state, gone)
        _save(job, {**state, "counts": counts})
        _record(job, organization, counts, tuple(state.get("notes", ())))
    leaving.take_the_portal(organization)
    return Finished(_summary(counts))


def _counts(state: dict[str, Any], gone: int) -> dict[str, int]:
    return {
        "users": users().count(),
        "new": state.get("new", 0),
        "changed": state.get("changed", 0),
        "gone": gone,
        "departments": Department.objects.filter(gone_at=None).count(),
        "designations": Designation.objects.filter(gone_at=None).count(),
        "teams": Team.objects.filter(gone_at=None).count(),
    }


def _summary(counts: dict[str, int]) -> str:
    found = [f"{counts[name]:,} {name}" for name in ("new", "changed", "gone") if counts[name]]
    return f"Read {counts['users']:,} users" + (
        f": {', '.join(found)}." if found else "; nothing had changed."
    )


def _record(job: Job, organization: Organization, counts: dict[str, int], notes: tuple[str, ...]) -> None:
    details: dict[str, Any] = {"counts": counts} | ({"notes": list(notes)} if notes else {})
    if counts["changed"] + counts["gone"] > MOST_TOLD:
        details["sentence"] = f"Only the first {MOST_TOLD} changes have an event of their own."
    subject = Subject("organization", organization.zoho_id, organization.name)
    record(Draft("directory.synced", job.actor, subject=subject, details=details, job_id=job.pk))


def _turn(job: Job, lease: Lease, state: dict[str, Any]) -> Step:
    """On to the next list."""
    phase = PHASES[PHASES.index(state.get("phase", PHASES[0])) + 1]
    kept = {name: each for name, each in state.items() if name not in ("token", "from", "some", "restarts")}
    with transaction.atomic():
        lease.confirm()
        _save(job, {**kept, "phase": phase})
    return Again(f"Reading {phase}." if phase not in (*SWEEPS, "close") else "Reading users.")


def _save(job: Job, state: dict[str, Any]) -> None:
    job.state = state
    job.save(update_fields=["state", "done", "total"])
    if job.total is not None:
        # What was known before is only an estimate of what will be read.
        Job.objects.filter(pk=job.pk, done__gt=F("total")).update(total=F("done"))


def _moment(text: str) -> datetime:
    found = parse_datetime(text)
    assert found is not None  # noqa: S101
    return found
