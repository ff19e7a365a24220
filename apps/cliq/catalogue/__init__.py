"""Every operation of the API that the portal knows: paths, scopes and numbers stand here and nowhere else."""

from collections.abc import Mapping

from apps.cliq.catalogue import departments, designations, roles, userfields, users
from apps.cliq.catalogue.endpoint import Endpoint, Window, catalogue, window

CATALOGUE: Mapping[str, Endpoint] = catalogue(
    (
        *users.ENDPOINTS,
        *departments.ENDPOINTS,
        *designations.ENDPOINTS,
        *userfields.ENDPOINTS,
        *roles.ENDPOINTS,
    )
)

__all__ = ["CATALOGUE", "Endpoint", "Window", "window"]
