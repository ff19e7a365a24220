"""Why something of the directory cannot be written through this connection, known before asking."""

from dataclasses import dataclass

from apps.cliq.catalogue import Endpoint
from apps.connections import selectors as connections
from apps.directory import selectors
from apps.directory.sync import PEOPLE_NOTE


@dataclass(frozen=True, slots=True)
class Obstacle:
    """A sentence for a person; `scopes` are those that an Owner has to grant, if that is what it takes."""

    sentence: str
    scopes: tuple[str, ...] = ()


def of(plural: str, *endpoints: Endpoint, freshness: selectors.Freshness | None = None) -> Obstacle | None:
    """What stands in the way of these operations on `plural`."""
    grant = connections.latest_grant()
    if grant is None:
        return Obstacle("No Zoho organisation is connected, so nothing can be changed.")
    notes = (freshness or selectors.directory_freshness()).notes
    of_people = PEOPLE_NOTE.get(plural)
    if of_people and (connections.capabilities().zoho_people or of_people in notes):
        return Obstacle(
            f"Zoho People manages the {plural} of this organisation, and Zoho lets nobody else change them: "
            "change them there."
        )
    wanted = sorted({scope for endpoint in endpoints for scope in endpoint.scopes} - set(grant.scopes))
    if wanted and grant.scopes:
        return Obstacle(
            f"The portal was not given {' and '.join(wanted)}, so it cannot do this with {plural}. "
            "An Owner can connect the organisation again and grant it.",
            tuple(wanted),
        )
    return None
