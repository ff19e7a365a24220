"""What is known about the connection."""

from apps.connections.models import Grant, GrantStatus, Organization
from apps.core.errors import GrantDead, NotConnected


def organization() -> Organization | None:
    """The organisation of this installation, None before it was claimed."""
    return Organization.objects.first()


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
