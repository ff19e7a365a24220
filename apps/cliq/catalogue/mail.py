"""The address that Cliq's notifications come from."""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="mail.get",
        method="GET",
        path="/api/v2/mailconfigurations/global",
        scopes=("ZohoCliq.Organisation.READ",),
        quota=20,
        source="customemail.yml; v2-rest-api.txt:4225",
    ),
    Endpoint(
        name="mail.update",
        method="PUT",
        path="/api/v2/mailconfigurations/global",
        scopes=("ZohoCliq.Organisation.UPDATE", "ZohoCliq.Organisation.READ"),
        quota=20,
        source="customemail.yml; v2-rest-api.txt:4241",
    ),
)
