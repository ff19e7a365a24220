"""Reading all roles: one call for the list, two for each role, its people and its permissions."""

from django.db import transaction
from django.utils import timezone

from apps.access import mirror, selectors
from apps.access.models import Role
from apps.access.services import seen, standing
from apps.cliq.errors import NotFound
from apps.connections import selectors as connections
from apps.connections.clients import client
from apps.core.permissions import Permission
from apps.jobs.kinds import Again, Finished, Step
from apps.jobs.lease import Lease
from apps.jobs.models import Job


class Sync:
    """One remote call a step; the cursor is in `job.state`, so any worker can carry on."""

    name = selectors.SYNC
    label = "Read the roles"
    permission = Permission.SYNC_RUN

    def step(self, job: Job, lease: Lease) -> Step:
        """The list first; then people and permissions in turn, which spend two windows side by side."""
        if "left" not in job.state:
            return _read_list(job, lease)
        if job.state["left"]:
            return _read_role(job, lease)
        standing.take_the_portal()
        return Finished(f"Read {job.state['total']:,} roles.")

    def url(self, job: Job) -> str:
        """The common job page shows all there is."""
        return ""


def _read_list(job: Job, lease: Lease) -> Step:
    organization = connections.active_grant().organization
    asked_at = timezone.now()
    wires = client(interactive=False).roles.list()
    with transaction.atomic():
        lease.confirm()
        seen.store_roles(organization, wires, asked_at=asked_at, job_id=job.pk)
        if wires:
            # An empty answer is no proof that everything is gone.
            mirror.mark_gone(organization, asked_at=asked_at)
        left = [[wire.id, what] for wire in wires for what in ("people", "permissions")]
        _save(job, {"left": left, "total": len(wires)}, done=0)
    return Again("Reading the people and permissions of each role.")


def _read_role(job: Job, lease: Lease) -> Step:
    cliq_id, what = job.state["left"][0]
    role = Role.objects.filter(cliq_id=cliq_id).first()
    asked_at = timezone.now()
    cliq = client(interactive=False)
    rest = {**job.state, "left": job.state["left"][1:]}
    try:
        user_ids = cliq.roles.user_ids(cliq_id) if what == "people" else []
        modules = cliq.roles.permissions(cliq_id) if what == "permissions" else {}
    except NotFound:
        # Deleted since the list was read: the next reading no longer names it.
        role = None
    with transaction.atomic():
        lease.confirm()
        if role is not None and what == "people":
            mirror.write_members(role, user_ids, asked_at=asked_at)
        elif role is not None:
            seen.store_permissions(role, modules, asked_at=asked_at, job_id=job.pk)
        _save(job, rest, done=2 * rest["total"] - len(rest["left"]))
    return Again(f"Reading the {what} of {role.name}." if role else "Reading the roles.")


def _save(job: Job, state: dict[str, object], *, done: int) -> None:
    job.state = state
    job.done, job.total = done, 2 * int(str(state["total"]))
    job.save(update_fields=["state", "done", "total"])
