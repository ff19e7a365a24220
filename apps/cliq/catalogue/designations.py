"""Designations and their members; none works where Zoho People owns them."""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="designations.list",
        method="GET",
        path="/api/v2/designations",
        scopes=("ZohoCliq.Designations.READ",),
        quota=30,
        source="designations.yml; v2-rest-api.txt:1156",
    ),
    Endpoint(
        name="designations.get",
        method="GET",
        path="/api/v2/designations/{designation_id}",
        scopes=("ZohoCliq.Designations.READ",),
        quota=30,
        source="designations.yml; v2-rest-api.txt:1052",
    ),
    Endpoint(
        name="designations.create",
        method="POST",
        path="/api/v2/designations",
        scopes=("ZohoCliq.Designations.CREATE",),
        quota=30,
        source="designations.yml; v2-rest-api.txt:1029",
    ),
    Endpoint(
        name="designations.update",
        method="PUT",
        path="/api/v2/designations/{designation_id}",
        scopes=("ZohoCliq.Designations.UPDATE",),
        quota=30,
        source="designations.yml; v2-rest-api.txt:1079",
    ),
    Endpoint(
        name="designations.delete",
        method="DELETE",
        path="/api/v2/designations/{designation_id}",
        scopes=("ZohoCliq.Designations.DELETE",),
        quota=30,
        source="designations.yml; v2-rest-api.txt:1139",
    ),
    Endpoint(
        name="designations.members",
        method="GET",
        path="/api/v2/designations/{designation_id}/members",
        scopes=("ZohoCliq.Designations.READ",),
        quota=30,
        paging="next_token",
        source="designations.yml; v2-rest-api.txt:1062",
    ),
    Endpoint(
        name="designations.add_members",
        method="POST",
        path="/api/v2/designations/{designation_id}/members",
        scopes=("ZohoCliq.Designations.UPDATE",),
        quota=30,
        source="designations.yml; v2-rest-api.txt:1100",
    ),
    Endpoint(
        name="designations.remove_members",
        method="DELETE",
        path="/api/v2/designations/{designation_id}/members",
        scopes=("ZohoCliq.Designations.DELETE",),
        quota=30,
        source="designations.yml; v2-rest-api.txt:1120",
    ),
)
