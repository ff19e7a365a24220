"""A connected organisation with a custom domain."""

import json

import pytest
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Event, Operation, Stage
from apps.organization.services import domain

CHAT = "chat.zylker.org"
TARGET = "cliq.cs.zohohost.com"


@pytest.fixture
def chat(organization, owner):
    """A custom domain, not yet active."""
    return domain.add(name=CHAT, actor=owner.actor()).domain


def settle() -> None:
    """Read what is open now, not in twenty seconds."""
    Operation.objects.filter(stage=Stage.UNKNOWN).update(observe_at=timezone.now())
    settling.settle_due()


def last(kind: str) -> dict:
    """The newest event of a kind."""
    return json.loads(Event.objects.filter(kind=kind).order_by("-seq").values_list("body", flat=True)[0])


def text(response) -> str:
    """A page as it was sent."""
    return response.content.decode()
