"""What a user is doing at this moment, as Cliq shows it to others: asked for, never kept."""

from dataclasses import dataclass

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.errors import NotAllowed, NotFound
from apps.connections.clients import client
from apps.core.choices import StatusChoices
from apps.core.errors import PortalError
from apps.directory.models import User, UserStatus

ENDPOINT = CATALOGUE["status.of_user"]
# It shares its limit with reading the user: unasked, only while so many calls are left.
ROOM = 10
ACTIVITIES = {"web": "on the web", "mobile": "on a phone", "desktop": "on a computer"}
LIVE = (UserStatus.ACTIVE, UserStatus.IMPORTED_ACTIVE)


class Presence(StatusChoices):
    """The states seen; another is shown as it came."""

    AVAILABLE = "available", "green", "Available"
    BUSY = "busy", "amber", "Busy"
    IDLE = "idle", "amber", "Idle"
    INVISIBLE = "invisible", "grey", "Invisible"
    OFFLINE = "offline", "grey", "Offline"


@dataclass(frozen=True, slots=True)
class Live:
    """The state, where, and the person's own words; or why nothing is known; or that it waits to be asked."""

    state: str = ""
    where: str = ""
    text: str = ""
    problem: str = ""
    asked: bool = True

    @property
    def choice(self) -> Presence | None:
        """The state with its tone and label."""
        return Presence(self.state) if self.state in Presence.values else None


def look(user: User, *, wanted: bool) -> Live:
    """Ask Zoho now; where nobody `wanted` it expressly, only with room to spare."""
    if user.gone_at is not None or user.status not in LIVE:
        return Live(problem="Only active users have a live status.")
    try:
        cliq = client(interactive=True)
        if not wanted and cliq.quota.estimate(ENDPOINT, ROOM) > 0:
            return Live(problem="Zoho’s limit leaves room for few readings now.", asked=False)
        found = cliq.users.live_status(user.cliq_id)
    except (NotAllowed, NotFound):
        return Live(problem="Zoho does not show the portal what this person is doing.")
    except PortalError as error:
        return Live(problem=error.sentence, asked=False)
    return Live(found.state.casefold(), ACTIVITIES.get(found.activity, found.activity), found.text)
