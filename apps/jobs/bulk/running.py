"""The run: a call at a time, each row judged once more just before it; nothing twice and nothing lost."""

from django.db import transaction

from apps.audit.events import Draft, Subject, record
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.errors import NotAllowed, ScopeMissing
from apps.connections.clients import client
from apps.core.errors import ChangedElsewhere, NothingToChange, OutcomeUnknown, Refused
from apps.jobs import rows as ledger
from apps.jobs.bulk import selectors
from apps.jobs.bulk.acts import Act, Call, list_of
from apps.jobs.bulk.planning import STATUSES
from apps.jobs.kinds import Again, Finished, Step, Stop, Wait
from apps.jobs.lease import Lease
from apps.jobs.models import Job, JobRow, RowStatus

# Answers to a whole call that say nothing about the things in it: halving would only waste calls.
NOT_ABOUT_ROWS = frozenset({401, 403, 404, 405})
# So many refused one by one, without one done between them: it is not about them.
ENOUGH = 10


def step(act: Act, job: Job, lease: Lease) -> Step:
    """What became of unknown rows first, then the next call."""
    ledger.orphan(job.rows.all(), lease)
    if looked := ledger.look(job.rows.all()):
        return _counted(job, looked)
    if int(job.state.get("alone", 0)) >= ENOUGH:
        _keep(job, lease, alone=0)
        return Stop(
            f"{ENOUGH} rows were refused one after another. See the reason beside them; resume once it is "
            "mended, or cancel."
        )
    chosen = _next(act, job)
    if not chosen:
        return _finish(job, lease)
    cliq = client(interactive=False)
    if seconds := max(cliq.quota.wait(CATALOGUE[name]) for name in (act.endpoint, *act.reads)):
        return Wait(seconds, f"Waiting for Zoho's limit of {CATALOGUE[act.endpoint].quota} calls a minute.")
    return _counted(job, _send(act, job, lease, chosen, cliq))


def _next(act: Act, job: Job) -> list[JobRow]:
    """The rows of the next call: a half of one that was refused as a whole, else the next of one group."""
    planned = job.rows.filter(status=RowStatus.PLANNED).order_by("number")
    halves: list[list[int]] = job.state.get("halves", [])
    while halves:
        if found := list(planned.filter(number__in=halves[0])):
            return found
        halves.pop(0)
    first = planned.first()
    if first is None:
        return []
    return list(planned.filter(data__group=first.data["group"])[: act.most]) if act.most > 1 else [first]


def _send(act: Act, job: Job, lease: Lease, chosen: list[JobRow], cliq: object) -> Step:
    """Judge these rows once more, then send them."""
    things = {str(getattr(each, list_of(act).key)): each for each in _things(act, chosen)}
    stale = _stale(act, job, chosen, things)
    if stale:
        with transaction.atomic():
            lease.confirm()
            for row, status, sentence in stale:
                ledger.close([row], status, sentence)
        return Again()
    sending = ledger.Sending(lease, {row.key: row for row in chosen})
    call = Call(
        actor=job.actor,
        reason=job.params.get("reason", ""),
        job_id=job.pk,
        on_intent=sending.intended,
        on_outcome=sending.concluded,
        cliq=cliq,  # type: ignore[arg-type]
    )
    try:
        act.send([things[row.key] for row in chosen], chosen, job.params["values"], call)
    except NothingToChange:
        ledger.close(chosen, RowStatus.NOTHING, "So already by now.")
    except ChangedElsewhere:
        ledger.close(chosen, RowStatus.CANNOT, "Somebody changed this in Zoho since the plan was made.")
    except OutcomeUnknown:
        return Again(ledger.LOOKING)
    except (NotAllowed, ScopeMissing) as refusal:
        return Stop(_again(chosen, refusal))
    except Refused as refusal:
        return _refused(job, lease, chosen, refusal)
    # What the service found to be so already was not sent.
    ledger.close(chosen, RowStatus.NOTHING, "So already by now.")
    _keep(job, lease, alone=0)
    return Again(f"{act.title(job.params['values'])}.")


def _things(act: Act, chosen: list[JobRow]) -> list[object]:
    selectable = list_of(act)
    return list(selectable.rows().filter(**{f"{selectable.key}__in": [row.key for row in chosen]}))


def _stale(
    act: Act, job: Job, chosen: list[JobRow], things: dict[str, object]
) -> list[tuple[JobRow, RowStatus, str]]:
    """Rows that are no longer as the plan found them."""
    gone = "The portal no longer finds this in Zoho."
    found = [(row, RowStatus.CANNOT, gone) for row in chosen if row.key not in things]
    there = [row for row in chosen if row.key in things]
    verdicts = act.judge([things[row.key] for row in there], job.params["values"], job.actor)
    for row, verdict in zip(there, verdicts, strict=True):
        if verdict.action in STATUSES:
            found.append((row, STATUSES[verdict.action], verdict.sentence or "So already by now."))
        elif verdict.group != row.data["group"]:
            found.append((row, RowStatus.CANNOT, "It was changed since the plan was made. Plan it anew."))
    return found


def _refused(job: Job, lease: Lease, chosen: list[JobRow], refusal: Refused) -> Step:
    """The call as a whole was refused: halve it, down to the row it belongs to."""
    if refusal.status in NOT_ABOUT_ROWS:
        return Stop(_again(chosen, refusal))
    if len(chosen) > 1:
        _again(chosen, refusal)
        middle = len(chosen) // 2
        halves = [[row.number for row in half] for half in (chosen[:middle], chosen[middle:])]
        _keep(job, lease, halves=[*halves, *job.state.get("halves", [])[1:]])
        return Again("A call was refused as a whole. Looking for the row it is about.")
    JobRow.objects.filter(pk=chosen[0].pk, status__in=[RowStatus.PLANNED, RowStatus.REFUSED]).update(
        status=RowStatus.REFUSED, sentence=refusal.sentence[:500]
    )
    _keep(job, lease, alone=int(job.state.get("alone", 0)) + 1)
    return Again()


def _again(chosen: list[JobRow], refusal: Refused) -> str:
    """Nothing was done, and it is not known that any of these rows is to blame: they are planned again."""
    JobRow.objects.filter(pk__in=[row.pk for row in chosen], status=RowStatus.REFUSED).update(
        status=RowStatus.PLANNED, sentence=""
    )
    return refusal.sentence


def _keep(job: Job, lease: Lease, **state: object) -> None:
    """Note where it has got to, while the lease is ours."""
    if any(job.state.get(name) != each for name, each in state.items()):
        job.state |= state
        Job.objects.filter(pk=job.pk, lease_token=lease.token).update(state=job.state)


def _counted(job: Job, step: Step) -> Step:
    Job.objects.filter(pk=job.pk).update(done=ledger.ended(job))
    return step


def _finish(job: Job, lease: Lease) -> Step:
    counts = selectors.by_status(job)
    sentence = selectors.summary(counts)
    with transaction.atomic():
        lease.confirm()
        record(
            Draft(
                "job.carried_out",
                actor=job.actor,
                subject=Subject("job", str(job.pk), job.title),
                job_id=job.pk,
                details={"sentence": sentence, "rows": counts},
            )
        )
    return _counted(job, Finished(sentence))
