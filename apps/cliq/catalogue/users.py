"""Users: list, one, add, update, the teams of one, the layouts of a profile."""

from apps.cliq.catalogue.endpoint import Endpoint

PEOPLE = ("ZohoPeople.forms.READ", "ZohoPeople.employee.READ", "ZohoPeople.attendance.READ")
PHOTO_SCOPE = "Profile.orguserphoto.UPDATE"

ENDPOINTS = (
    Endpoint(
        name="users.list",
        method="GET",
        path="/api/v2/users",
        scopes=("ZohoCliq.Users.READ",),
        people_scopes=PEOPLE,
        quota=30,
        paging="next_token",
        page_limit=100,
        source="users.yml; v2-rest-api.txt:365",
    ),
    Endpoint(
        name="users.get",
        method="GET",
        path="/api/v2/users/{user_id}",
        scopes=("ZohoCliq.Users.READ",),
        people_scopes=PEOPLE,
        quota=20,
        source="users.yml; v2-rest-api.txt:346",
    ),
    Endpoint(
        name="users.add",
        method="POST",
        path="/api/v2/users",
        scopes=("ZohoCliq.Users.CREATE",),
        quota=5,
        source="users.yml; v2-rest-api.txt:306",
    ),
    # A picture also needs PHOTO_SCOPE.
    Endpoint(
        name="users.update",
        method="PUT",
        path="/api/v2/users/{user_id}",
        scopes=("ZohoCliq.Users.UPDATE",),
        quota=20,
        source="users.yml; v2-rest-api.txt:408",
    ),
    Endpoint(
        name="users.teams",
        method="GET",
        path="/api/v2/users/{user_id}/teams",
        scopes=("ZohoCliq.Users.READ",),
        quota=20,
        source="users.yml; v2-rest-api.txt:493",
    ),
    Endpoint(
        name="users.layout",
        method="GET",
        path="/api/v2/users/layout",
        scopes=("ZohoCliq.Users.READ",),
        quota=10,
        source="users.yml (20); v2-rest-api.txt:479 (10)",
    ),
)
