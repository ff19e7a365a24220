"""Who was deactivated in Zoho, or is no more there, loses the portal."""

from apps.accounts import administrators
from apps.accounts import selectors as accounts
from apps.connections.models import Organization
from apps.directory.models import User, UserStatus

DEACTIVATED = (UserStatus.INACTIVE, UserStatus.IMPORTED_INACTIVE)


def take_the_portal(organization: Organization) -> int:
    """Judged by the mirror, right after a complete reading; returns how many lost it."""
    known = User.objects.filter(
        organization=organization, cliq_id__in=[zuid for zuid, _ in accounts.names()]
    ).values_list("cliq_id", "status", "gone_at")
    gone = [cliq_id for cliq_id, status, gone_at in known if gone_at or status in DEACTIVATED]
    return administrators.follow_leavers(gone)
