"""`manage.py sync`: read the organisation again from Zoho."""

import time
from argparse import ArgumentParser
from typing import Any

from django.core.management.base import BaseCommand, CommandError
from django.utils import timezone

from apps.core.actor import Actor
from apps.core.errors import PortalError
from apps.directory.services import syncing
from apps.jobs import runner
from apps.jobs.models import Job, JobStatus

LONGEST_NAP = 2.0


class Command(BaseCommand):
    """Starts the job, or finds the one under way."""

    help = "Reads users, departments, designations and user fields from Zoho into the portal's mirror."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--wait",
            action="store_true",
            help="carry the job on in this process, without a worker, until it ends or stops",
        )

    def handle(self, *args: Any, wait: bool, **options: Any) -> None:
        """Print what happens, one line a change."""
        try:
            job = syncing.start(Actor("command", "manage.py sync"))
        except PortalError as error:
            raise CommandError(error.sentence) from error
        self.stdout.write(f"Job {job.pk}: {job.title}")
        if wait:
            self._carry_through(job)

    def _carry_through(self, job: Job) -> None:
        said = ""
        while True:
            runner.carry_on(job.pk)
            job.refresh_from_db()
            if job.activity and job.activity != said:
                said = job.activity
                self.stdout.write(said)
            if not job.active:
                break
            due = (job.wake_at - timezone.now()).total_seconds() if job.wake_at else 0.0
            time.sleep(min(LONGEST_NAP, max(0.05, due)))
        if job.status != JobStatus.FINISHED:
            raise CommandError(f"The job is {job.get_status_display().lower()}.")
