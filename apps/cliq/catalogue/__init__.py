"""Every operation of the API that the portal knows: paths, scopes and numbers stand here and nowhere else."""

from collections.abc import Mapping

from apps.cliq.catalogue import (
    bots,
    calls,
    channels,
    chats,
    custom_domain,
    databases,
    departments,
    designations,
    events,
    files,
    mail,
    maintenance,
    map_tickers,
    messages,
    reactions,
    reminders,
    remote_work,
    roles,
    scheduled_messages,
    status,
    teams,
    threads,
    userfields,
    users,
    v3_messages,
)
from apps.cliq.catalogue.endpoint import Endpoint, Window, catalogue, window

# In the reference's order.
MODULES = (
    users,
    userfields,
    status,
    departments,
    roles,
    designations,
    remote_work,
    chats,
    channels,
    threads,
    teams,
    messages,
    reactions,
    scheduled_messages,
    bots,
    files,
    calls,
    events,
    reminders,
    databases,
    map_tickers,
    custom_domain,
    mail,
    maintenance,
    v3_messages,
)

CATALOGUE: Mapping[str, Endpoint] = catalogue(endpoint for module in MODULES for endpoint in module.ENDPOINTS)

__all__ = ["CATALOGUE", "Endpoint", "Window", "window"]
