"""What is known about the connection."""

import json

from apps.audit.models import Event, Stage
from apps.connections.capabilities import Capabilities, read
from apps.connections.models import Grant, GrantStatus, Organization
from apps.core.errors import GrantDead, NotConnected

# Refusals for other reasons say nothing; so many are looked at before the role is asked.
ANSWERS_READ = 20


def organization() -> Organization | None:
    """The organisation of this installation, None before it was claimed."""
    return Organization.objects.first()


def capabilities() -> Capabilities:
    """What Zoho answers, as the last probe found it; everything is offered before the first."""
    present = organization()
    return read(present.findings, present.probed_at) if present else read({}, None)


def edits_others(grant: Grant) -> bool | None:
    """Whether editing another user is allowed, by Zoho's last answer to this grant, else by the role."""
    answers = Event.objects.filter(
        kind="user.updated", stage__in=[Stage.DONE, Stage.REFUSED], at__gte=grant.granted_at
    ).exclude(subject_id=grant.zuid)
    for event in answers.order_by("-seq")[:ANSWERS_READ]:
        if event.stage == Stage.DONE:
            return True
        if json.loads(event.body)["details"].get("vendor_code") == "operation_not_allowed":
            return False
    return capabilities().edits_others


def latest_grant() -> Grant | None:
    """The grant that is or last was in use."""
    return (
        Grant.objects.exclude(status=GrantStatus.REPLACED)
        .select_related("organization")
        .order_by("-granted_at")
        .first()
    )


def active_grant() -> Grant:
    """The grant to act with. Raises NotConnected or GrantDead."""
    grant = latest_grant()
    if grant is None:
        raise NotConnected(
            "No Zoho organisation is connected yet. An Owner connects it on the connection page."
        )
    if grant.status == GrantStatus.DEAD:
        raise GrantDead(
            "Zoho no longer accepts the portal's connection. An Owner can renew it on the connection page."
        )
    return grant
