"""Channels that were really read, and people of the portal who may and may not change them."""

import json

import pytest

from apps.accounts.models import Administrator
from apps.audit.models import Event
from apps.channels.models import Channel
from apps.channels.services import syncing
from apps.core.actor import SYSTEM
from apps.core.permissions import PortalRole
from apps.directory.services import syncing as directory
from tests.cast import administrator

PATIENCE = 30


@pytest.fixture
def read(organization, work):
    """Organisation and channels read once from the sandbox; the finished job of the channels."""
    work(directory.start(SYSTEM), patience=PATIENCE)
    return work(syncing.start(SYSTEM), patience=PATIENCE)


@pytest.fixture
def marketing(read) -> Channel:
    """A channel of the organisation in which people talk."""
    return Channel.objects.get(name="Marketing")


@pytest.fixture
def chess(read) -> Channel:
    """A channel that somebody asked for."""
    return Channel.objects.get(name="Chess")


@pytest.fixture
def operator(db) -> Administrator:
    """Somebody who may read channels and change none."""
    return administrator(PortalRole.OPERATOR, zuid="700000009", name="Ola Berg", email="ola.berg@zylker.com")


@pytest.fixture
def operator_client(operator, administrator_client):
    """The Operator's browser."""
    return administrator_client(operator)


def text(response) -> str:
    """The page as a person's browser gets it."""
    return response.content.decode()


def last(kind: str) -> dict:
    """The newest event of a kind."""
    return json.loads(Event.objects.filter(kind=kind).order_by("-seq").values_list("body", flat=True)[0])


def events(kind: str, stage: str = "done") -> list[dict]:
    """What the log tells of a kind, oldest first."""
    found = Event.objects.filter(kind=kind, stage=stage).order_by("seq")
    return [json.loads(text) for text in found.values_list("body", flat=True)]
