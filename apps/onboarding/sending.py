"""One call that adds people, and what it means for each of their rows."""

from collections.abc import Sequence

from django.db.models import Q
from django.utils import timezone

from apps.audit.models import Operation, Stage
from apps.audit.operation import Outcome
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.errors import ALREADY_THERE_CODES, NotAllowed, ScopeMissing
from apps.core.errors import OutcomeUnknown, Refused
from apps.core.saving import save_all
from apps.directory.services import users
from apps.directory.services.users import NewPerson
from apps.jobs.kinds import Again, Step, Stop, Wait
from apps.jobs.lease import Lease, LeaseLost
from apps.jobs.models import ACTIVE, Job, JobRow, RowAction, RowStatus
from apps.onboarding import batches, ledger
from apps.onboarding.models import Onboarding

ADD = CATALOGUE["users.add"]
ALREADY = ALREADY_THERE_CODES | {"already_availableusers"}
# Answers to a whole call that say nothing about the people in it: halving would only waste calls.
NOT_ABOUT_ROWS = frozenset({401, 403, 404, 405})
TO_DO = (RowAction.ADD, RowAction.UPDATE)
# So many people refused one by one, without one added between them: it is not about them.
ENOUGH = 5
# Recording the intents of a full call takes some of this, in seconds: it is done while the slot becomes free,
# and the call leaves the moment it is.
LEAD = 0.5
# So many calls in a row without an answer: it is not about the people in them.
UNANSWERED = 8


def send(onboarding: Onboarding, job: Job, lease: Lease, rows: list[JobRow], cliq: Cliq) -> Step:
    """Add these people, unless Zoho's limit has no room now."""
    seconds = cliq.quota.wait(ADD)
    lead = LEAD if _is_alone(job) else 0.0
    if seconds > lead:
        return Wait(seconds - lead, waiting_sentence(seconds))
    if int(job.state.get("alone", 0)) >= ENOUGH:
        _forget(job, "alone")
        return Stop(
            f"Zoho has refused {ENOUGH} people one by one, each time the whole call. See the reason at their "
            "rows; resume once it is mended, or cancel."
        )
    if int(job.state.get("unanswered", 0)) >= UNANSWERED:
        _forget(job, "unanswered")
        return Stop(
            f"Zoho has given no answer that can be used to {UNANSWERED} calls in a row, and reading shows "
            "that nobody was added by them. Resume later: nothing is lost, and nobody is added twice."
        )
    call = Call(job, lease, rows)
    people = [
        NewPerson(
            email=row.data["values"]["email_id"],
            values={name: value for name, value in row.data["values"].items() if name != "email_id"},
            after_unknown=bool(row.data.get("after_unknown")),
        )
        for row in rows
    ]
    try:
        users.add(
            people,
            actor=job.actor,
            job_id=job.pk,
            on_intent=call.intended,
            on_outcome=call.concluded,
            reason=onboarding.reason,
            cliq=cliq,
        )
    except OutcomeUnknown:
        return Again("Zoho's answer did not arrive. Looking what became of the call.")
    except (NotAllowed, ScopeMissing) as refusal:
        return Stop(refusal.sentence)
    except Refused as refusal:
        if refusal.status in NOT_ABOUT_ROWS:
            return Stop(refusal.sentence)
        return Again("Zoho refused a call as a whole. Looking for the row it is about.")
    return Again("Adding people.")


def _is_alone(job: Job) -> bool:
    """Whether nobody else is after the next slot: two would record intents for the same one."""
    return not Job.objects.filter(kind=ledger.KIND, status__in=ACTIVE).exclude(pk=job.pk).exists()


def waiting_sentence(seconds: float) -> str:
    """What the run waits for."""
    if seconds > ledger.scaled(ADD.period) + 1:
        return "Zoho has locked adding people for a while, as it does when its limit was exceeded."
    return f"Waiting for Zoho's limit of {ADD.quota} calls a minute."


class Call:
    """The rows of one call, before it leaves and after its answer."""

    def __init__(self, job: Job, lease: Lease, rows: list[JobRow]) -> None:
        self.job, self.lease = job, lease
        self.rows = {row.key: row for row in rows}

    def intended(self, operations: Sequence[Operation]) -> None:
        """In the intent's transaction: still our lease, still planned; then they count as sent."""
        self.lease.confirm()
        ids = [row.pk for row in self.rows.values()]
        still = JobRow.objects.select_for_update().filter(pk__in=ids, status=RowStatus.PLANNED)
        if len(list(still.values_list("pk", flat=True))) != len(ids):
            raise LeaseLost
        now = timezone.now()
        for operation in operations:
            row = self.rows[operation.key]
            row.status, row.lease_token, row.sent_at = RowStatus.SENT, self.lease.token, now
            row.operation_id, row.sentence, row.observed = operation.pk, "", 0
            row.data["together"] = len(operations)
        fields = ["status", "lease_token", "sent_at", "operation_id", "sentence", "observed", "data"]
        save_all(list(self.rows.values()), fields)

    def concluded(self, operations: Sequence[Operation], outcomes: Sequence[Outcome]) -> None:
        """In the outcomes' transaction. A call that was slow may find that others have settled some rows."""
        whole = all(_is_whole(outcome) for outcome in outcomes)
        about_rows = whole and all(_status(outcome) not in NOT_ABOUT_ROWS for outcome in outcomes)
        again = whole and not (about_rows and len(self.rows) == 1)
        told = [self.rows[operation.key] for operation in operations]
        for row, outcome in zip(told, outcomes, strict=True):
            row.status, row.sentence = (RowStatus.PLANNED, "") if again else judged(outcome)
        save_all(told, ["status", "sentence"])
        stages = {outcome.stage for outcome in outcomes}
        self._keep_state(whole=about_rows, added=Stage.DONE in stages, unknown=stages == {Stage.UNKNOWN})
        batches.release([row for row in told if row.status != RowStatus.UNKNOWN])

    def _keep_state(self, *, whole: bool, added: bool, unknown: bool) -> None:
        """Remember the halves of a refused call; a call that was answered needs none."""
        numbers = sorted(row.number for row in self.rows.values())
        state = self.job.state
        others = [group for group in state.get("groups", []) if not set(group) & set(numbers)]
        if whole and len(numbers) > 1:
            middle = len(numbers) // 2
            others = [numbers[:middle], numbers[middle:], *others]
        state["groups"] = others
        state["unanswered"] = int(state.get("unanswered", 0)) + 1 if unknown else 0
        if added:
            state["alone"] = 0
        elif whole and len(numbers) == 1:
            state["alone"] = int(state.get("alone", 0)) + 1
        # Where the lease has passed on meanwhile, the state belongs to whoever holds it now.
        mine = Job.objects.filter(pk=self.job.pk, lease_token=self.lease.token)
        mine.update(state=state, done=ended(self.job))


def ended(job: Job) -> int:
    """How many of the people to add or change have come to an end."""
    unended = Q(status__in=[RowStatus.PLANNED, RowStatus.SENT, RowStatus.UNKNOWN])
    return JobRow.objects.filter(job=job, action__in=TO_DO).exclude(unended).count()


def judged(outcome: Outcome) -> tuple[str, str]:
    """Row status and sentence for one outcome."""
    if outcome.stage == Stage.DONE:
        return RowStatus.DONE, outcome.sentence or "Invited; active once they accept."
    if outcome.stage == Stage.UNKNOWN:
        return RowStatus.UNKNOWN, outcome.sentence
    if outcome.stage == Stage.NOT_DONE:
        return RowStatus.PLANNED, ""
    if outcome.code in ALREADY:
        pending = outcome.code == "email.pendinguser"
        word = (
            "has been invited already and has not accepted yet"
            if pending
            else "is in the organisation already"
        )
        return RowStatus.NOTHING, f"Zoho says that this address {word}."
    return RowStatus.REFUSED, outcome.sentence


def _status(outcome: Outcome) -> int:
    return int(outcome.details.get("status") or 0)


def _is_whole(outcome: Outcome) -> bool:
    """Whether it was the call that was refused: a row is refused within an answer that succeeds."""
    return outcome.stage == Stage.REFUSED and _status(outcome) >= 300


def _forget(job: Job, count: str) -> None:
    job.state[count] = 0
    Job.objects.filter(pk=job.pk).update(state=job.state)
