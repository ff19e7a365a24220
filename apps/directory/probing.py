"""The job that finds out what Zoho answers: after connecting, and whenever somebody asks."""

from django.db import transaction

from apps.connections import probe, selectors
from apps.connections.clients import client
from apps.connections.models import Grant, Organization
from apps.core.actor import Actor
from apps.core.permissions import Permission
from apps.jobs import services as jobs
from apps.jobs.kinds import Again, Finished, Step
from apps.jobs.lease import Lease
from apps.jobs.models import ENDED, Job

PROBE = "connection.probe"
TITLE = "Find out what Zoho answers"


class Probe:
    """One check a step; the findings so far are in `job.state`."""

    name = PROBE
    label = TITLE
    permission = Permission.SYNC_RUN

    def step(self, job: Job, lease: Lease) -> Step:
        """The next check, or the conclusion."""
        grant = selectors.active_grant()
        checks = probe.plan()
        done, findings = int(job.state.get("checks", 0)), dict(job.state.get("findings", {}))
        if done < len(checks):
            findings = probe.carry_out(checks[done], client(interactive=False), grant, findings)
            with transaction.atomic():
                lease.confirm()
                job.state = {"checks": done + 1, "findings": findings}
                job.done, job.total = done + 1, len(checks)
                job.save(update_fields=["state", "done", "total"])
            return Again("Asking Zoho what it answers.")
        concluded = probe.conclude(findings, grant)
        with transaction.atomic():
            lease.confirm()
            probe.keep(grant.organization, concluded)
        return Finished(_summary())

    def url(self, job: Job) -> str:
        """The common job page shows all there is."""
        return ""


def start(actor: Actor) -> Job:
    """The job under way, or a new one."""
    selectors.active_grant()
    with transaction.atomic():
        # Two clicks at once: the second waits here and finds the first one's job.
        list(Organization.objects.select_for_update().values_list("pk", flat=True))
        under_way = Job.objects.filter(kind=PROBE).exclude(status__in=ENDED).order_by("-pk").first()
        return under_way or jobs.create(PROBE, title=TITLE, actor=actor)


def start_after_connecting(grant: Grant, actor: Actor) -> None:
    """Another grant may see other things."""
    start(actor)


def start_again(actor: Actor) -> str:
    """For the connection page."""
    return start(actor).get_absolute_url()


def _summary() -> str:
    found = selectors.capabilities()
    silent = ", ".join(module.label.lower() for module in found.lacking)
    return f"Without an answer: {silent}." if silent else f"All {len(found.modules)} parts of the API answer."
