"""Roles that were really read, and people of the portal who may and may not change them."""

import json

import pytest

from apps.access.models import Role
from apps.access.services import syncing
from apps.accounts.models import Administrator
from apps.audit.models import Event
from apps.core.actor import SYSTEM
from apps.core.permissions import PortalRole
from apps.directory.services import syncing as directory
from tests.cast import administrator

PATIENCE = 30


@pytest.fixture
def read(organization, work):
    """Organisation and roles read once from the sandbox; the finished job of the roles."""
    work(directory.start(SYSTEM), patience=PATIENCE)
    return work(syncing.start(SYSTEM), patience=PATIENCE)


@pytest.fixture
def interns(read) -> Role:
    """A role of the organisation's own, of the type Members, with somebody in it."""
    return Role.objects.get(name="Interns")


@pytest.fixture
def admins(read) -> Role:
    """The organisation's admins."""
    return Role.objects.get(profile_type="Admin", is_default=True)


@pytest.fixture
def members(read) -> Role:
    """Where everybody begins."""
    return Role.objects.get(profile_type="Members", is_default=True)


@pytest.fixture
def manager(db) -> Administrator:
    """An Administrator of the portal, who is no Owner."""
    return administrator(
        PortalRole.ADMINISTRATOR, zuid="700000004", name="Mara Lund", email="mara.lund@zylker.com"
    )


@pytest.fixture
def manager_client(manager, administrator_client):
    """The Administrator's browser."""
    return administrator_client(manager)


def last(kind: str) -> dict:
    """The newest event of a kind."""
    return json.loads(Event.objects.filter(kind=kind).order_by("-seq").values_list("body", flat=True)[0])
