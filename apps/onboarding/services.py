"""Uploading a spreadsheet, checking it, confirming its plan."""

from collections.abc import Mapping
from datetime import timedelta
from pathlib import PurePath
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction
from django.utils import timezone

from apps.audit.events import Draft, Subject, record
from apps.connections import selectors as connections
from apps.connections.mirror import fold
from apps.core import spreadsheets
from apps.core.actor import Actor
from apps.core.errors import Refused
from apps.core.permissions import Permission, role_allows
from apps.core.spreadsheets import EncodingUnclear, UnreadableFile
from apps.directory import selectors as directory
from apps.jobs import services as jobs
from apps.jobs.models import Job, JobRow, JobStatus, RowAction, RowStatus
from apps.onboarding import columns, following, further, ledger, plans, retrying, selectors, sending
from apps.onboarding.models import Onboarding, Phase, RememberedColumns

KEPT_FOR = timedelta(days=30)
NEVER_READ = (
    "The organisation has not been read from Zoho yet, so there is nothing to compare the file with. "
    "Read it first; your upload waits here."
)


def upload(file: UploadedFile, *, actor: Actor, codec: str = "") -> Onboarding:
    """Keep a spreadsheet and recognise its columns; raises UnreadableFile with the sentence.

    Text that is not UTF-8 is kept as well: a person says by looking how it was saved.
    """
    name = PurePath((file.name or "").replace("\\", "/")).name[:200] or "spreadsheet"
    size = file.size or 0
    if size > spreadsheets.MAX_BYTES:
        raise UnreadableFile(
            f"This file has {size / 2**20:,.0f} MB; {spreadsheets.MAX_BYTES // 2**20} MB are the most. "
            "Split it and upload the parts one by one."
        )
    if not size:
        raise UnreadableFile("This file is empty.")
    onboarding = Onboarding(filename=name, size=size, header_row=0, file_expires_at=timezone.now() + KEPT_FOR)
    try:
        _recognise(onboarding, file, codec=codec)
    except EncodingUnclear:
        onboarding.phase, onboarding.rows_expected = Phase.ENCODING, max(1, _lines(file) - 1)
    file.seek(0)
    with transaction.atomic():
        onboarding.job = jobs.create(ledger.KIND, title=name, actor=actor, start=False)
        onboarding.file.save(name, file, save=False)
        onboarding.save()
        _record("onboarding.uploaded", onboarding, actor=actor, details=onboarding.subject())
    return onboarding


def choose_encoding(onboarding: Onboarding, *, codec: str) -> None:
    """Read the file so from now on; raises UnreadableFile if it cannot be."""
    if onboarding.phase not in (Phase.ENCODING, Phase.COLUMNS) or onboarding.job.status != JobStatus.DRAFT:
        raise Refused("This file's encoding has been chosen already.")
    with onboarding.file.open("rb") as file:
        _recognise(onboarding, file, codec=codec)
    onboarding.phase = Phase.COLUMNS
    onboarding.save()


def retry(onboarding: Onboarding, *, actor: Actor) -> int:
    """Send the failed rows of a finished run once more; how many they are. The others stay as they ended.

    Each is judged anew, against the organisation as it is known now, and then planned or not.
    """
    connections.active_grant()
    with transaction.atomic():
        reopened = Job.objects.filter(pk=onboarding.job_id, status=JobStatus.FINISHED).update(
            status=JobStatus.QUEUED,
            finished_at=None,
            state={},
            actor_kind=actor.kind,
            actor_name=actor.name,
            actor_zuid=actor.zuid,
            actor_role=actor.role,
            actor_address=actor.address,
        )
        if not reopened or onboarding.erased_at:
            raise Refused("Only a finished run whose file is still kept can be tried again.")
        failed, undone = selectors.failed(onboarding).count(), following.failed(onboarding.job_id)
        again = undone.update(status=RowStatus.PLANNED, sentence="", data={}, operation_id=None)
        if not failed + again:
            raise Refused("No row has failed: there is nothing to try again.")
        if failed > retrying.MOST:
            raise Refused(retrying.TOO_MANY)
        rows = retrying.plan_again(onboarding) + again
        if not rows:
            raise Refused(
                "Judged anew, none of these rows can be sent. Download the result: it says why for each."
            )
        digest = plans.digest(onboarding.job_id)
        Onboarding.objects.filter(pk=onboarding.pk).update(seen_at=None, plan_hash=digest)
        job = Job.objects.get(pk=onboarding.job_id)
        Job.objects.filter(pk=job.pk).update(done=sending.ended(job))
        jobs.enqueue(job)
        _record("onboarding.retried", onboarding, actor=actor, details={"rows": rows, "plan": digest})
    return rows


def telling_head(onboarding: Onboarding) -> bytes:
    """The column names, and lines from where the file first is not UTF-8."""
    with onboarding.file.open("rb") as file:
        first, telling = file.readline(8_192), b""
        while line := file.readline(8_192):
            if len(telling) > 16_384:
                break
            if telling or not line.isascii():
                telling += line
    return first + telling


def _recognise(onboarding: Onboarding, file: Any, *, codec: str) -> None:
    """Note how the file is written and what its columns seem to be."""
    layout = spreadsheets.layout_of(file, onboarding.size, codec=codec)
    if layout.counted and not layout.rows:
        raise UnreadableFile(
            "This file has column names and no rows below them. Add the people and upload it again."
        )
    onboarding.encoding, onboarding.codec, onboarding.sheet = layout.encoding, layout.codec, layout.sheet
    onboarding.delimiter, onboarding.header = layout.delimiter, layout.header
    onboarding.header_row, onboarding.sample = layout.header_row, layout.sample
    onboarding.rows_expected, onboarding.rows_counted = layout.rows, layout.counted
    known = RememberedColumns.objects.filter(fingerprint=columns.fingerprint(layout.header)).first()
    onboarding.mapping = columns.recalled(layout.header, known.fields) if known else {}
    onboarding.remembered = bool(onboarding.mapping)
    if not onboarding.mapping:
        onboarding.mapping = columns.recognise(layout.header)


def check(
    onboarding: Onboarding,
    *,
    mapping: Mapping[str, str],
    actor: Actor,
    changes_people: bool | None = None,
) -> None:
    """Have every row judged by a worker, with this meaning of the columns; also once more, from the plan.

    `changes_people`: whether those who are there already are changed; as before where it is not said.
    """
    if sentence := columns.problem(mapping):
        raise Refused(sentence)
    connections.active_grant()
    if directory.last_full_sweep() is None:
        raise Refused(NEVER_READ)
    with transaction.atomic():
        changed = Onboarding.objects.filter(
            pk=onboarding.pk, phase__in=[Phase.COLUMNS, Phase.PLAN], job__status=JobStatus.DRAFT
        ).update(
            phase=Phase.CHECK,
            mapping=dict(mapping),
            changes_people=onboarding.changes_people if changes_people is None else changes_people,
            counts={},
            unknown=[],
            checked_at=None,
        )
        if not changed:
            raise Refused("This file is being checked already, or its plan has been confirmed.")
        RememberedColumns.objects.update_or_create(
            fingerprint=columns.fingerprint(onboarding.header),
            defaults={"fields": columns.by_name(onboarding.header, mapping)},
        )
        Job.objects.filter(pk=onboarding.job_id).update(state={}, done=0, total=onboarding.rows_expected)
        jobs.enqueue(onboarding.job)
        _record("onboarding.checked", onboarding, actor=actor)


def read_as(onboarding: Onboarding, *, column: str, cell: str, actor: Actor) -> None:
    """Take the nearest name for one that nothing has, in every row that says it, and check again."""
    told = next(
        (each for each in onboarding.unknown if (each["column"], each["cell"]) == (column, cell)), None
    )
    if told is None:
        raise Refused("The plan no longer says so: it was checked again meanwhile.")
    replaced = {**onboarding.replaced}
    replaced[column] = {**replaced.get(column, {}), fold(cell): told["near"]}
    with transaction.atomic():
        Onboarding.objects.filter(pk=onboarding.pk).update(replaced=replaced)
        check(onboarding, mapping=onboarding.mapping, actor=actor)


def confirm(onboarding: Onboarding, *, plan: str, actor: Actor, reason: str = "") -> None:
    """Begin to carry out the plan of this digest. A second click, or a second person, is refused.

    The run compares the digest with the rows once more before it sends anything.
    """
    connections.active_grant()
    with transaction.atomic():
        waiting = Onboarding.objects.filter(pk=onboarding.pk, phase=Phase.PLAN, job__status=JobStatus.DRAFT)
        changed = (
            waiting.filter(plan_hash=plan)
            .exclude(plan_hash="")
            .update(
                phase=Phase.RUN, confirmed_at=timezone.now(), confirmed_by=actor.name, reason=reason[:500]
            )
        )
        if not changed and waiting.exists():
            raise Refused("This file was checked again since the page was shown. Look at the new plan first.")
        if not changed:
            raise Refused("This plan has been confirmed already.")
        _demand_may_follow(onboarding, actor)
        planned = JobRow.objects.filter(
            job=onboarding.job_id,
            action__in=(RowAction.ADD, RowAction.UPDATE),
            status=RowStatus.PLANNED,
        ).count()
        if not planned:
            raise Refused("Nobody in this file is to be added or changed.")
        # Whoever confirms is who adds these people; the log names them for every one.
        Job.objects.filter(pk=onboarding.job_id).update(
            actor_kind=actor.kind,
            actor_name=actor.name,
            actor_zuid=actor.zuid,
            actor_role=actor.role,
            actor_address=actor.address,
            total=planned,
            done=0,
        )
        jobs.enqueue(onboarding.job)
        _record(
            "onboarding.confirmed",
            onboarding,
            actor=actor,
            details={"people": planned, "plan": plan},
            reason=reason[:500],
        )


def _demand_may_follow(onboarding: Onboarding, actor: Actor) -> None:
    """Whoever confirms may do all of it, whoever had it checked."""
    if "role" in onboarding.follow_ups and not role_allows(actor.role, Permission.ROLES_EDIT):
        raise Refused("This plan gives out roles, which your role in this portal does not allow.")
    for column, permission in further.NEEDS.items():
        if column in onboarding.columns and not role_allows(actor.role, permission):
            raise Refused(
                f"This plan puts people into {column}, which your role in this portal does not allow."
            )


def _lines(file: UploadedFile) -> int:
    """Line ends in the whole file, uncounted in memory: a good guess at its rows."""
    file.seek(0)
    return sum(chunk.count(b"\n") for chunk in file.chunks())


def _record(
    kind: str,
    onboarding: Onboarding,
    *,
    actor: Actor,
    details: Mapping[str, object] | None = None,
    reason: str = "",
) -> None:
    subject = Subject("job", str(onboarding.job_id), onboarding.filename)
    record(
        Draft(
            kind, actor=actor, subject=subject, job_id=onboarding.job_id, details=details or {}, reason=reason
        )
    )
