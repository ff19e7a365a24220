"""Statuses of the grant's own person, and the one of another user.

The heading of the reference's chapter allows 10 calls a minute where each operation allows 20: the stricter.
"""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="status.create",
        method="POST",
        path="/api/v2/statuses",
        scopes=("ZohoCliq.Profile.CREATE",),
        quota=10,
        source="usersstatus.yml (20); v2-rest-api.txt:631 (10)",
    ),
    Endpoint(
        name="status.list",
        method="GET",
        path="/api/v2/statuses",
        scopes=("ZohoCliq.Profile.READ",),
        quota=10,
        source="usersstatus.yml (20); v2-rest-api.txt:690 (10)",
    ),
    Endpoint(
        name="status.set_transient",
        method="PUT",
        path="/api/v2/statuses/ephemeral",
        scopes=("ZohoCliq.Profile.UPDATE",),
        quota=10,
        source="usersstatus.yml (20); v2-rest-api.txt:645 (10)",
    ),
    Endpoint(
        name="status.delete_transient",
        method="DELETE",
        path="/api/v2/statuses/ephemeral",
        scopes=("ZohoCliq.Profile.DELETE",),
        quota=10,
        source="usersstatus.yml (20); v2-rest-api.txt:711 (10)",
    ),
    Endpoint(
        name="status.current",
        method="GET",
        path="/api/v2/statuses/current",
        scopes=("ZohoCliq.Profile.READ",),
        quota=10,
        source="usersstatus.yml (20); v2-rest-api.txt:660 (10)",
    ),
    Endpoint(
        name="status.of_user",
        method="GET",
        path="/api/v2/users/{user_id}",
        scopes=("ZohoCliq.Users.READ",),
        quota=20,
        source="usersstatus.yml; v2-rest-api.txt:670",
    ),
    Endpoint(
        name="status.set_current",
        method="PUT",
        path="/api/v2/statuses/{status_id}/set",
        scopes=("ZohoCliq.Profile.UPDATE",),
        quota=10,
        source="usersstatus.yml (20); v2-rest-api.txt:680 (10)",
    ),
    Endpoint(
        name="status.delete",
        method="DELETE",
        path="/api/v2/statuses/{status_id}",
        scopes=("ZohoCliq.Profile.DELETE",),
        quota=10,
        source="usersstatus.yml (20); v2-rest-api.txt:701 (10)",
    ),
)
