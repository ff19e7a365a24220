"""The second pass: what needs somebody's id is done once a reading shows them.

The answer to adding people holds addresses only. So managers who are added by the same file, and roles, come
last: the list of the invited is read once for all, then each manager is set by a call, and each role is
given to up to a hundred people by one. Teams and channels go along with the invitation; only whoever is
there already is put into them here.
"""

from collections import Counter
from collections.abc import Callable, Sequence
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from apps.access import selectors as access
from apps.access.services import people
from apps.channels import selectors as channels
from apps.channels.services import members
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.connections import selectors as connections
from apps.core.errors import ChangedElsewhere, NothingToChange, OutcomeUnknown, Refused
from apps.core.saving import save_all
from apps.directory import selectors as directory
from apps.directory.services import seen, teams, users
from apps.directory.services.observing import observe_added
from apps.jobs import rows as ledger
from apps.jobs.kinds import Again, Step, Wait
from apps.jobs.lease import Lease
from apps.jobs.models import Job, JobRow, RowStatus
from apps.onboarding.models import FollowUp, Onboarding, What
from apps.onboarding.sending import NOT_ABOUT_ROWS, TO_DO

CHUNK = 500
MOST = 100
# So many people whom the list of the invited does not show are looked for one by one.
FEW = 10
READS = {
    What.MANAGER: ("users.update", "users.get"),
    What.ROLE: ("roles.add_users", "roles.list", "roles.users"),
    What.TEAM: ("teams.add_members", "teams.members"),
    What.CHANNEL: ("channels.add_members", "channels.members"),
}
SUMMED = {
    What.MANAGER: ("manager", "set"),
    What.ROLE: ("role", "given"),
    What.TEAM: ("place", "in teams given"),
    What.CHANNEL: ("place", "in channels given"),
}
THERE = (RowStatus.DONE, RowStatus.NOTHING)


def planned(job_id: int) -> dict[str, dict[str, int]]:
    """How many people each thing is done for, by what and where; nothing where nothing is."""
    found: dict[str, Counter[str]] = {}
    rows = JobRow.objects.filter(job_id=job_id, action__in=TO_DO, data__has_key="after")
    for data in rows.values_list("data", flat=True).iterator(CHUNK):
        for what, target, *_ in data["after"]:
            found.setdefault(what, Counter())["" if what == What.MANAGER else target] += 1
    return {what: dict(counter) for what, counter in found.items()}


def calls(job: Job, onboarding: Onboarding) -> dict[str, int]:
    """How many calls are left, by the operation that takes longest; empty where nothing is."""
    left: dict[str, dict[str, int]] = onboarding.follow_ups
    if job.state.get("following"):
        left = {}
        rows = FollowUp.objects.filter(job=job, status=RowStatus.PLANNED).values_list("what", "target")
        for (what, target), number in Counter(rows).items():
            places = left.setdefault(what, {})
            place = "" if what == What.MANAGER else target
            places[place] = places.get(place, 0) + number
    found = {
        READS[What(what)][0]: sum(
            number if what == What.MANAGER else -(-number // MOST) for number in places.values()
        )
        for what, places in left.items()
    }
    return {name: number for name, number in found.items() if number}


def of_rows(job_id: int, numbers: Sequence[int]) -> dict[int, list[FollowUp]]:
    """What follows for these rows, by their number."""
    found: dict[int, list[FollowUp]] = {}
    if numbers:
        for row in FollowUp.objects.filter(job_id=job_id, number__in=numbers):
            found.setdefault(row.number, []).append(row)
    return found


def failed(job_id: int) -> QuerySet[FollowUp]:
    """What may be tried again: refused, or not possible when it was its turn."""
    return FollowUp.objects.filter(job_id=job_id, status__in=[RowStatus.REFUSED, RowStatus.CANNOT])


def summary(job_id: int) -> str:
    """«12 managers set, 1 not, 3 roles given», by what; empty where nothing follows."""
    counts: dict[str, Counter[bool]] = {}
    for what, status in FollowUp.objects.filter(job_id=job_id).values_list("what", "status"):
        counts.setdefault(what, Counter())[status in THERE] += 1
    said = []
    for what in What:
        if what in counts:
            done, undone = counts[what][True], counts[what][False]
            word, verb = SUMMED[what]
            said.append(f"{done:,} {word}{'' if done == 1 else 's'} {verb}")
            said += [f"{undone:,} not"] if undone else []
    return ", ".join(said)


def step(onboarding: Onboarding, job: Job, lease: Lease, cliq: Cliq) -> Step | None:
    """The next thing of the second pass; None if there is none left."""
    if not onboarding.follow_ups:
        return None
    if not job.state.get("following"):
        return _begin(job, lease)
    rows = FollowUp.objects.filter(job=job)
    ledger.orphan(rows, lease)
    looked = ledger.look(rows)
    if looked is not None and not isinstance(looked, Wait):
        return looked
    waiting = rows.filter(status=RowStatus.PLANNED)
    if not waiting.exists():
        return looked
    if read := _know(job, lease, cliq):
        return read
    waits = [looked] if looked is not None else []
    for what in What:
        chosen = _next(job, what)
        if not chosen:
            continue
        if seconds := max(cliq.quota.wait(CATALOGUE[name]) for name in READS[what]):
            waits.append(Wait(seconds, f"Waiting for Zoho's limit, to go on with the {what.label}s."))
            continue
        return _send(onboarding, job, lease, chosen, cliq)
    return min(waits, key=lambda wait: wait.seconds) if waits else None


def _begin(job: Job, lease: Lease) -> Step:
    """Write down what is left to do for whoever is there now; those who are not get nothing more."""
    rows = JobRow.objects.filter(job=job, action__in=TO_DO, status__in=THERE, data__has_key="after")
    found = [
        FollowUp(job=job, number=number, key=key, what=what, target=target, name=name, before=before)
        for number, key, data in rows.values_list("number", "key", "data")
        for what, target, name, before in data["after"]
    ]
    with transaction.atomic():
        lease.confirm()
        FollowUp.objects.bulk_create(found, batch_size=CHUNK, ignore_conflicts=True)
        job.state["following"] = True
        Job.objects.filter(pk=job.pk).update(state=job.state)
    return Again("Looking for the people who were added.")


def _know(job: Job, lease: Lease, cliq: Cliq) -> Step | None:
    """Put Zoho's ids to the addresses, by the mirror; read what it does not show. None once all are known."""
    rows = FollowUp.objects.filter(job=job, status=RowStatus.PLANNED, user_id="")
    chunk = list(rows[:CHUNK])
    if not chunk:
        return None
    managers = [row.target for row in chunk if row.what == What.MANAGER]
    known = {
        key: user.cliq_id
        for key, user in directory.users_by_email([*(row.key for row in chunk), *managers]).items()
    }
    ready = []
    missing: set[str] = set()
    for row in chunk:
        target = known.get(row.target, "") if row.what == What.MANAGER else row.target
        row.target_id = target[:60]
        if target and row.key in known:
            row.user_id = known[row.key]
            ready.append(row)
        else:
            missing |= {key for key in (row.key, "" if target else row.target) if key and key not in known}
    if ready:
        save_all(ready, ["user_id", "target_id"])
        return Again("Looking for the people who were added.")
    return _read(job, lease, chunk, missing, cliq)


def _read(job: Job, lease: Lease, rows: list[FollowUp], missing: set[str], cliq: Cliq) -> Step:
    """The list of the invited, page by page; then few by name; who is not shown then is left for later."""
    organization = connections.active_grant().organization
    state, asked_at = job.state, timezone.now()
    searched = set(state.get("searched", []))
    left = sorted(missing - searched)
    wires: list[Any] = []
    if state.get("invited") != "read":
        page = cliq.users.page(status="pending", next_token=str(state.get("invited", "")))
        wires, status = list(page.items), "pending"
        state["invited"] = page.next_token or "read"
    elif left and len(missing) <= FEW:
        found = observe_added(left[:1], client=cliq)[left[0]]
        wires, status = [found] if found else [], ""
        state["searched"] = [*searched, left[0]]
    else:
        ledger.close(rows, RowStatus.CANNOT, "Zoho does not show them both yet. Try again later.")
        return Again()
    with transaction.atomic():
        lease.confirm()
        seen.store(organization, wires, asked_at=asked_at, status=status, job_id=job.pk)
        Job.objects.filter(pk=job.pk).update(state=state)
    return Again("Looking for the people who were added.")


def _next(job: Job, what: What) -> list[FollowUp]:
    """Those of the next call: one manager, or up to a hundred who are put to the same place."""
    rows = FollowUp.objects.filter(job=job, status=RowStatus.PLANNED, what=what).exclude(user_id="")
    first = rows.first()
    if first is None or what == What.MANAGER:
        return [first] if first else []
    most = int(first.data.get("most", MOST))
    same = rows.filter(target=first.target)
    return [row for row in same[:most] if row.data.get("most", MOST) == most][:most]


def _send(onboarding: Onboarding, job: Job, lease: Lease, rows: list[FollowUp], cliq: Cliq) -> Step:
    sending = ledger.Sending(lease, {row.user_id: row for row in rows})
    given = {
        "actor": job.actor,
        "reason": onboarding.reason,
        "job_id": job.pk,
        "on_intent": sending.intended,
        "on_outcome": sending.concluded,
        "cliq": cliq,
    }
    try:
        ACTS[What(rows[0].what)](rows, given)
    except NothingToChange:
        pass
    except ChangedElsewhere:
        ledger.close(rows, RowStatus.CANNOT, "Somebody has set another one in Zoho meanwhile.")
    except OutcomeUnknown:
        return Again(ledger.LOOKING)
    except Refused as refusal:
        return _refused(rows, refusal)
    # What the service found to be so already was not sent.
    ledger.close(rows, RowStatus.NOTHING, "So already.")
    return Again("Setting managers and roles.")


def _refused(rows: list[FollowUp], refusal: Refused) -> Step:
    """A call for several that was refused as a whole is halved, down to the one it belongs to."""
    ids = [row.pk for row in rows]
    about_one = refusal.status is not None and refusal.status not in NOT_ABOUT_ROWS
    if len(rows) == 1 or not about_one:
        FollowUp.objects.filter(pk__in=ids).update(status=RowStatus.REFUSED, sentence=refusal.sentence[:500])
        return Again()
    for row in rows:
        row.status, row.sentence = RowStatus.PLANNED, ""
        row.data["most"] = (len(rows) + 1) // 2
    save_all(rows, ["status", "sentence", "data"])
    return Again("Zoho refused a call as a whole. Looking for the person it is about.")


def _set_manager(rows: Sequence[FollowUp], given: dict[str, Any]) -> None:
    row = rows[0]
    user = directory.user_by_id(row.user_id)
    if user is None:
        raise Refused("This person is no longer in the organisation.")
    name = "reporting_to_zuid"
    users.update(user, values={name: row.target_id}, shown={name: row.before}, **given)


def _give_role(rows: Sequence[FollowUp], given: dict[str, Any]) -> None:
    role = access.role_by_id(rows[0].target)
    if role is None or role.gone_at is not None:
        raise Refused("This role was deleted in Zoho meanwhile.")
    people.add(role, [row.user_id for row in rows], **given)


def _join_team(rows: Sequence[FollowUp], given: dict[str, Any]) -> None:
    team = directory.teams().filter(cliq_id=rows[0].target).first()
    if team is None:
        raise Refused("This team was deleted in Zoho meanwhile.")
    known = access.users_by_id(row.user_id for row in rows)
    teams.add_members(team, users=list(known.values()), **given)


def _join_channel(rows: Sequence[FollowUp], given: dict[str, Any]) -> None:
    channel = channels.channel_by_id(rows[0].target)
    if channel is None or channel.gone_at is not None:
        raise Refused("This channel was deleted in Zoho meanwhile.")
    known = access.users_by_id(row.user_id for row in rows)
    members.add(channel, list(known.values()), **given)


ACTS: dict[What, Callable[[Sequence[FollowUp], dict[str, Any]], None]] = {
    What.MANAGER: _set_manager,
    What.ROLE: _give_role,
    What.TEAM: _join_team,
    What.CHANNEL: _join_channel,
}
