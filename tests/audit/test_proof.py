"""The proof that follows every test notices both kinds of lie."""

import pytest

from apps.audit import operation
from apps.audit.events import Subject
from apps.audit.operation import DONE, Change
from apps.connections import clients
from apps.sandbox import cast
from tests.sandbox import proven

ID = cast.MEMBER.zuid


def test_a_write_past_the_log_is_noticed(grant, sandbox):
    clients.client(interactive=True).users.update(ID, extension="4000")
    with pytest.raises(AssertionError, match="the sandbox was changed, the log does not say so"):
        proven(sandbox)
    sandbox.reset()


def test_an_event_without_a_write_is_noticed(grant, sandbox, owner):
    change = Change("user.updated", Subject("user", ID, "Amelia"), endpoint="users.update", key=ID)
    operation.run([change], actor=owner.actor(), send=lambda: [DONE])
    with pytest.raises(AssertionError, match="the log says done, the sandbox never saw it"):
        proven(sandbox)
    clients.client(interactive=True).users.update(ID, extension="4000")
