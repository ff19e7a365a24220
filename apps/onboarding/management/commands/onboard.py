"""`manage.py onboard FILE --actor EMAIL`: the same onboarding as in the browser, from a shell."""

import json
import sys
import time
from argparse import ArgumentParser
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.core.files import File
from django.core.files.uploadedfile import UploadedFile
from django.core.management.base import BaseCommand
from django.utils import timezone

from apps.accounts.models import Administrator
from apps.core import spreadsheets
from apps.core.actor import Actor
from apps.core.errors import PortalError
from apps.core.permissions import Permission
from apps.jobs import runner
from apps.jobs import services as jobs
from apps.jobs.models import Job, JobStatus, RowAction, RowStatus
from apps.onboarding import results, services
from apps.onboarding.models import Onboarding, Phase
from apps.onboarding.running import counted_as, summary

ALL_DONE, SOME_NOT, NOTHING_RAN = 0, 1, 2
LONGEST_NAP = 1.0
GOOD = (RowStatus.DONE, RowStatus.NOTHING)


class Command(BaseCommand):
    """Exit code 0: every row done; 1: some rows not; 2: nothing ran."""

    help = "Adds the people of a spreadsheet to the organisation, checked first, at the pace Zoho allows."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument("--actor", required=True, help="address of the administrator who does this")
        parser.add_argument("--plan-only", action="store_true", help="stop after the check")
        parser.add_argument("--json", action="store_true", help="print the outcome of every row as JSON")

        parser.add_argument("--update", action="store_true", help="also change people who are there")
        parser.add_argument(
            "--encoding", choices=list(spreadsheets.ENCODINGS), default="", help="of the text file"
        )

    def handle(self, *args: Any, file: Path, actor: str, plan_only: bool, **options: Any) -> None:
        """Upload, check, confirm, carry through."""
        try:
            code = self._onboard(file, _actor(actor), plan_only=plan_only, **options)
        except OSError as error:
            code = self._nothing(f"{file} cannot be read: {error.strerror or error}.")
        except PortalError as error:
            code = self._nothing(error.sentence)
        sys.exit(code)

    def _onboard(self, path: Path, actor: Actor, *, plan_only: bool, **options: Any) -> int:
        as_json = bool(options["json"])
        with path.open("rb") as file:
            uploaded = UploadedFile(file=File(file), name=path.name, size=path.stat().st_size)
            onboarding = services.upload(uploaded, actor=actor, codec=options["encoding"])
        if onboarding.phase == Phase.ENCODING:
            jobs.cancel(onboarding.job, actor=actor)
            return self._nothing(f"{path} is not UTF-8: say how it was saved with --encoding.")
        services.check(onboarding, mapping=onboarding.mapping, actor=actor, changes_people=options["update"])
        job = self._carry_through(onboarding.job)
        onboarding.refresh_from_db()
        if job.status != JobStatus.DRAFT:
            return self._nothing(job.activity)
        if plan_only or not onboarding.to_do:
            self._print(onboarding, as_json=as_json)
            return SOME_NOT if onboarding.counts.get(RowAction.CANNOT) else ALL_DONE
        services.confirm(onboarding, plan=onboarding.plan_hash, actor=actor, reason="manage.py onboard")
        job = self._carry_through(job)
        onboarding = Onboarding.objects.select_related("job").get(pk=onboarding.pk)
        self._print(onboarding, as_json=as_json)
        if job.status != JobStatus.FINISHED:
            self.stderr.write(job.activity)
            return SOME_NOT if job.done else NOTHING_RAN
        left = job.rows.exclude(status__in=GOOD).exists() or job.follow_ups.exclude(status__in=GOOD).exists()
        return SOME_NOT if left else ALL_DONE

    def _carry_through(self, job: Job) -> Job:
        """Work the job here; a worker that is quicker may do it as well."""
        while True:
            runner.carry_on(job.pk)
            job.refresh_from_db()
            self._progress(job)
            if not job.active:
                return job
            due = (job.wake_at - timezone.now()).total_seconds() if job.wake_at else 0.0
            time.sleep(min(LONGEST_NAP, max(0.05, due)))

    def _progress(self, job: Job) -> None:
        total = f" of {job.total:,}" if job.total else ""
        if self.stderr.isatty():
            self.stderr.write(
                f"\r\033[K{job.done:,}{total}  {job.activity}", ending="" if job.active else "\n"
            )
        elif not job.active:
            self.stderr.write(job.activity)

    def _print(self, onboarding: Onboarding, *, as_json: bool) -> None:
        rows = list(_rows(onboarding))
        totals: dict[str, int] = {}
        for row in rows:
            key = counted_as(row["status"], row["action"])
            totals[key] = totals.get(key, 0) + 1
        if as_json:
            shown = [{name: row[name] for name in row if name != "status"} for row in rows]
            self.stdout.write(json.dumps({"totals": totals, "rows": shown}, ensure_ascii=False, indent=1))
            return
        planned = totals.get(RowStatus.PLANNED, 0)
        self.stdout.write((f"{planned:,} to add, " if planned else "") + summary(totals) + ".")
        for row in rows:
            if row["status"] not in (*GOOD, RowStatus.PLANNED):
                self.stdout.write(f"Row {row['row']}, {row['email'] or 'no address'}: {row['outcome']}")

    def _nothing(self, sentence: str) -> int:
        self.stderr.write(sentence)
        return NOTHING_RAN


def _actor(email: str) -> Actor:
    """The administrator of that address, if they may onboard."""
    people = Administrator.objects.filter(email__iexact=email.strip(), is_active=True)
    person = next((each for each in people if each.can(Permission.ONBOARDING_RUN)), None)
    if person is None:
        raise PortalError(f"{email} is no administrator of this portal who may onboard people.")
    return Actor("command", person.name, person.zuid, person.portal_role)


def _rows(onboarding: Onboarding) -> Iterator[dict[str, Any]]:
    index = onboarding.columns["email_id"]
    rows = onboarding.job.rows.order_by("number")
    for row, follow_ups in results.followed(onboarding, rows):
        word, sentence = results.said(row, onboarding, follow_ups)
        yield {
            "row": row.number,
            "email": row.data["input"][index],
            "action": row.action,
            "problems": row.problems,
            "outcome": f"{word}. {sentence}".strip(),
            "status": row.status,
        }
