"""A mirror that was really read."""

import pytest

from apps.core.actor import SYSTEM
from apps.directory.models import User
from apps.directory.services import syncing
from apps.sandbox import cast

PATIENCE = 30


@pytest.fixture
def synced(organization, work):
    """The organisation read once from the sandbox; the finished job."""
    return work(syncing.start(SYSTEM), patience=PATIENCE)


@pytest.fixture
def amelia(synced) -> User:
    """A plain member with department, designation and manager."""
    return User.objects.get(cliq_id=cast.MEMBER.zuid)
