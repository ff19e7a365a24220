"""User fields; the two spellings of their scopes are Zoho's own."""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="userfields.list",
        method="GET",
        path="/api/v2/userfields",
        scopes=("ZohoCliq.Users.READ",),
        quota=10,
        source="userfields.yml; v2-rest-api.txt:567",
    ),
    Endpoint(
        name="userfields.get",
        method="GET",
        path="/api/v2/userfields/{field_id}",
        scopes=("ZohoCliq.Users.READ",),
        quota=10,
        source="userfields.yml; v2-rest-api.txt:555",
    ),
    Endpoint(
        name="userfields.create",
        method="POST",
        path="/api/v2/userfields",
        scopes=("ZohoCliq.UserFields.CREATE",),
        quota=10,
        source="userfields.yml; v2-rest-api.txt:533",
    ),
    Endpoint(
        name="userfields.update",
        method="PUT",
        path="/api/v2/userfields/{field_id}",
        scopes=("ZohoCliq.Userfields.UPDATE",),
        quota=10,
        source="userfields.yml; v2-rest-api.txt:577",
    ),
    Endpoint(
        name="userfields.delete",
        method="DELETE",
        path="/api/v2/userfields/{field_id}",
        scopes=("ZohoCliq.Userfields.DELETE",),
        quota=10,
        source="userfields.yml; v2-rest-api.txt:604",
    ),
)
