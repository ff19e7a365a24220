"""Departments and their members; all writes are refused where Zoho People owns them."""

from apps.cliq.catalogue.endpoint import Endpoint

ENDPOINTS = (
    Endpoint(
        name="departments.list",
        method="GET",
        path="/api/v2/departments",
        scopes=("ZohoCliq.Departments.READ",),
        people_scopes=("ZohoPeople.employee.READ",),
        quota=30,
        paging="next_token",
        source="departments.yml; v2-rest-api.txt:882",
    ),
    Endpoint(
        name="departments.get",
        method="GET",
        path="/api/v2/departments/{department_id}",
        scopes=("ZohoCliq.Departments.READ",),
        people_scopes=("ZohoPeople.forms.READ",),
        quota=30,
        source="departments.yml; v2-rest-api.txt:775",
    ),
    Endpoint(
        name="departments.create",
        method="POST",
        path="/api/v2/departments",
        scopes=("ZohoCliq.Departments.CREATE",),
        quota=30,
        source="departments.yml; v2-rest-api.txt:751",
    ),
    Endpoint(
        name="departments.update",
        method="PUT",
        path="/api/v2/departments/{department_id}",
        scopes=("ZohoCliq.Departments.UPDATE",),
        quota=30,
        source="departments.yml; v2-rest-api.txt:797",
    ),
    Endpoint(
        name="departments.delete",
        method="DELETE",
        path="/api/v2/departments/{department_id}",
        scopes=("ZohoCliq.Departments.DELETE",),
        quota=30,
        source="departments.yml; v2-rest-api.txt:863",
    ),
    Endpoint(
        name="departments.members",
        method="GET",
        path="/api/v2/departments/{department_id}/members",
        scopes=("ZohoCliq.Departments.READ",),
        people_scopes=("ZohoPeople.dashboard.READ",),
        quota=30,
        source="departments.yml; v2-rest-api.txt:786",
    ),
    Endpoint(
        name="departments.add_members",
        method="POST",
        path="/api/v2/departments/{department_id}/members",
        scopes=("ZohoCliq.Departments.UPDATE",),
        quota=30,
        source="departments.yml; v2-rest-api.txt:821",
    ),
    Endpoint(
        name="departments.remove_members",
        method="DELETE",
        path="/api/v2/departments/{department_id}/members",
        scopes=("ZohoCliq.Departments.DELETE",),
        quota=30,
        source="departments.yml; v2-rest-api.txt:843",
    ),
)
