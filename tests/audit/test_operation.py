"""The order of a write: intent, remote call, outcome; and what becomes of one that was cut short."""

import pytest
from django.db import transaction
from django.utils import timezone

from apps.audit import operation, settling
from apps.audit.events import Subject
from apps.audit.models import Event, Operation, Stage
from apps.audit.operation import DONE, Change, Outcome
from apps.connections import clients
from apps.core.errors import NotSent, OutcomeUnknown, Refused
from apps.sandbox import cast

MEMBER = cast.MEMBER


class Killed(BaseException):
    """Stands for SIGKILL: nothing below may catch it."""


@pytest.fixture
def change() -> Change:
    return Change(
        kind="user.updated",
        subject=Subject("user", MEMBER.zuid, MEMBER.name),
        endpoint="users.update",
        key=MEMBER.zuid,
        before={"extension": "3131"},
        after={"extension": "4000"},
    )


@pytest.fixture
def send(grant):
    """The real call to the sandbox."""

    def call() -> list[Outcome]:
        clients.client(interactive=True).users.update(MEMBER.zuid, extension="4000")
        return [DONE]

    return call


def stages() -> list[str]:
    return list(Event.objects.filter(kind="user.updated").order_by("seq").values_list("stage", flat=True))


def test_it_works(change, send, owner):
    """Intent before the call, outcome after it, the mirror in the outcome's transaction."""
    seen: list[str] = []
    operation.run(
        [change],
        actor=owner.actor(),
        send=lambda: seen.append(",".join(stages())) or send(),
        reason="Moved desks",
        on_outcome=lambda operations, outcomes: seen.append(str(outcomes[0].stage)),
    )
    assert seen == ["intent", "done"]
    assert stages() == ["intent", "done"]
    row = Operation.objects.get()
    assert (row.stage, row.endpoint, row.key) == (Stage.DONE, "users.update", MEMBER.zuid)


def test_no_transaction_is_open_while_zoho_is_asked(transactional_db, change, send, owner):
    def checked() -> list[Outcome]:
        assert not transaction.get_connection().in_atomic_block
        return send()

    operation.run([change], actor=owner.actor(), send=checked)


def test_a_refusal_is_recorded_and_raised(change, grant, owner, sandbox):
    sandbox.fault("users.update", status=403, code="operation_not_allowed")

    def refused() -> list[Outcome]:
        clients.client(interactive=True).users.update(MEMBER.zuid, extension="4000")
        return [DONE]

    with pytest.raises(Refused):
        operation.run([change], actor=owner.actor(), send=refused)
    assert stages() == ["intent", "refused"]


def test_nothing_leaves_when_the_intent_cannot_be_kept(change, grant, owner, sandbox):
    def lost(operations: object) -> None:
        raise Refused("The job was paused.")

    with pytest.raises(Refused):
        operation.run([change], actor=owner.actor(), send=lambda: [DONE], on_intent=lost)
    assert stages() == []
    assert sandbox.arrivals("users.update") == []


def test_what_was_never_sent_did_not_happen(change, owner, db):
    def unreachable() -> list[Outcome]:
        raise NotSent("Zoho could not be reached.")

    with pytest.raises(NotSent):
        operation.run([change], actor=owner.actor(), send=unreachable)
    assert stages() == ["intent", "not_done"]


@pytest.mark.open_operations
def test_a_killed_process_leaves_it_pending_until_reading_settles_it(change, send, owner, sandbox):
    """The write reached Zoho, the process died before it heard: found by reading, never sent again."""

    def killed() -> list[Outcome]:
        send()
        raise Killed

    with pytest.raises(Killed):
        operation.run([change], actor=owner.actor(), send=killed)
    assert stages() == ["intent"]
    Operation.objects.update(observe_at=timezone.now())
    assert settling.settle_due() == 1
    assert stages() == ["intent", "done"]
    assert len(sandbox.journal()) == 1


@pytest.mark.open_operations
def test_a_process_killed_before_it_sent_did_nothing(change, grant, owner, sandbox):
    def killed() -> list[Outcome]:
        raise Killed

    with pytest.raises(Killed):
        operation.run([change], actor=owner.actor(), send=killed)
    Operation.objects.update(observe_at=timezone.now())
    # One reading may meet a copy that has not seen the write yet: two of them, apart.
    for _ in range(settling.ATTEMPTS):
        settling.settle_due()
        Operation.objects.filter(observe_at__isnull=False).update(observe_at=timezone.now())
    assert stages()[-1] == "not_done"
    assert sandbox.journal() == []


def test_a_lost_reply_is_unknown_until_it_was_read(change, grant, owner, sandbox):
    sandbox.fault("users.update", drop="after")

    def lost() -> list[Outcome]:
        clients.client(interactive=True).users.update(MEMBER.zuid, extension="4000")
        return [DONE]

    with pytest.raises(OutcomeUnknown):
        operation.run([change], actor=owner.actor(), send=lost)
    assert stages() == ["intent", "unknown"]
    Operation.objects.update(observe_at=timezone.now())
    assert settling.settle_due() == 1
    assert stages() == ["intent", "unknown", "done"]


def test_it_is_settled_once(change, owner, db):
    def lost() -> list[Outcome]:
        raise OutcomeUnknown("No answer came back.")

    with pytest.raises(OutcomeUnknown):
        operation.run([change], actor=owner.actor(), send=lost)
    row = Operation.objects.get()
    not_done = Outcome(Stage.NOT_DONE)
    assert operation.settle(row, not_done, by="somebody")
    assert not operation.settle(row, DONE, by="somebody else")
    assert stages() == ["intent", "unknown", "not_done"]


@pytest.mark.open_operations
def test_a_reading_that_fails_uses_up_no_attempt(change, send, owner, sandbox):
    """Zoho out of order for an hour must not leave the question to a person for ever."""

    def killed() -> list[Outcome]:
        send()
        raise Killed

    with pytest.raises(Killed):
        operation.run([change], actor=owner.actor(), send=killed)
    sandbox.fault("users.get", times=settling.ATTEMPTS + 1, status=500)
    for _ in range(settling.ATTEMPTS + 1):
        Operation.objects.update(observe_at=timezone.now())
        assert settling.settle_due() == 0
    assert stages() == ["intent"]
    Operation.objects.update(observe_at=timezone.now())
    assert settling.settle_due() == 1
    assert stages() == ["intent", "done"]
