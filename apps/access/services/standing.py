"""Who lost an admin role in Zoho loses the portal."""

from apps.access import selectors
from apps.accounts import administrators
from apps.accounts import selectors as accounts


def take_the_portal() -> int:
    """Judged by the mirror, right after every role was read; returns how many lost it."""
    roles = selectors.roles_of([zuid for zuid, _ in accounts.names()])
    return administrators.follow_standing({user_id: role.is_admin for user_id, role in roles.items()})
