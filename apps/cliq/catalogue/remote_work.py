"""Check-in and check-out of the grant's own person; attendance is kept by Zoho People."""

from apps.cliq.catalogue.endpoint import Endpoint

PEOPLE = (
    "ZohoPeople.forms.READ",
    "ZohoPeople.employee.READ",
    "ZohoPeople.attendance.READ",
    "ZohoPeople.attendance.UPDATE",
)

ENDPOINTS = (
    Endpoint(
        name="remote_work.get",
        method="GET",
        path="/api/v2/me",
        scopes=("ZohoCliq.Profile.READ", "ZohoCliq.Profile.UPDATE"),
        people_scopes=PEOPLE,
        quota=20,
        source="remotework.yml; v2-rest-api.txt:1170",
    ),
    Endpoint(
        name="remote_work.check_in",
        method="PUT",
        path="/api/v2/me/checkin",
        scopes=("ZohoCliq.Profile.READ", "ZohoCliq.Profile.UPDATE"),
        people_scopes=PEOPLE,
        quota=20,
        source="remotework.yml; v2-rest-api.txt:1182",
    ),
    Endpoint(
        name="remote_work.check_out",
        method="PUT",
        path="/api/v2/me/checkout",
        scopes=("ZohoCliq.Profile.READ", "ZohoCliq.Profile.UPDATE"),
        people_scopes=PEOPLE,
        quota=20,
        source="remotework.yml; v2-rest-api.txt:1194",
    ),
)
