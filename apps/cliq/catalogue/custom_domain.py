"""The organisation's custom domain: one path, no id."""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="custom_domain.get",
        method="GET",
        path="/api/v2/customdomain",
        scopes=("ZohoCliq.Organisation.READ",),
        quota=20,
        source="customdomain.yml; v2-rest-api.txt:4159",
    ),
    Endpoint(
        name="custom_domain.add",
        method="POST",
        path="/api/v2/customdomain",
        scopes=("ZohoCliq.Organisation.CREATE",),
        quota=20,
        source="customdomain.yml; v2-rest-api.txt:4172",
    ),
    Endpoint(
        name="custom_domain.verify",
        method="PUT",
        path="/api/v2/customdomain",
        scopes=("ZohoCliq.Organisation.UPDATE",),
        quota=20,
        source="customdomain.yml; v2-rest-api.txt:4189",
    ),
    Endpoint(
        name="custom_domain.delete",
        method="DELETE",
        path="/api/v2/customdomain",
        scopes=("ZohoCliq.Organisation.DELETE",),
        quota=20,
        source="customdomain.yml; v2-rest-api.txt:4206",
    ),
)
