"""A mirror that was read, roles included, and plans made of it."""

from collections.abc import Iterable
from urllib.parse import urlencode

import pytest

from apps.access.services import syncing as roles
from apps.core.actor import Actor
from apps.directory.models import User
from apps.directory.services import syncing
from apps.jobs.bulk import services
from apps.jobs.bulk.acts import act_of
from apps.jobs.models import Job
from tests.working import carry_through


@pytest.fixture
def synced(grant, owner) -> None:
    """Users, departments, designations and roles as the sandbox has them."""
    carry_through(syncing.start(owner.actor()), patience=30)
    carry_through(roles.start(owner.actor()), patience=30)


def planned(act: str, query: str, values: dict[str, str], actor: Actor) -> Job:
    """The plan of an act for what a query selects."""
    found = act_of(act)
    assert found is not None
    job = services.plan(found, query=query, values=values, actor=actor)
    return carry_through(job, patience=10)


def run(job: Job, actor: Actor, *, patience: float = 30.0) -> Job:
    """The plan carried out to its end."""
    services.confirm(job, actor=actor)
    return carry_through(job, patience=patience)


def ids(users: Iterable[User]) -> str:
    """A selection of these."""
    return urlencode([("id", user.cliq_id) for user in users])
