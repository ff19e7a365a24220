"""Who is let in, and what the doors say to the rest."""

import pytest
import requests

from apps.sandbox import cast

UNKNOWN_URL = {"code": "request_url_invalid", "message": "The requested URL is not valid."}


@pytest.mark.parametrize("header", ["", "Zoho-oauthtoken 1000.made.up", "Basic Zm9v", "Bearer"])
def test_it_refuses_without_a_token(control, header):
    reply = requests.get(f"{control.url}/api/v2/users", headers={"Authorization": header}, timeout=30)
    assert (reply.status_code, reply.json()["code"]) == (401, "INVALID_OAUTHTOKEN")


def test_a_token_may_be_called_bearer(control, admin):
    admin.headers["Authorization"] = admin.headers["Authorization"].replace("Zoho-oauthtoken", "Bearer")
    assert admin.get("/users").status_code == 200


def test_an_expired_token_is_refused_but_counted(control, admin):
    control.expire_access_tokens()
    assert admin.get("/users").json()["code"] == "INVALID_OAUTHTOKEN"
    assert [arrival.status for arrival in control.arrivals("users.list")] == [401]


def test_a_revoked_grant_is_refused(control, token, admin):
    grant = control.grant(cast.ADMIN.email, ["ZohoCliq.Users.READ"])
    control.revoke_grants()
    assert admin.get("/users").status_code == 401
    reply = token(grant_type="refresh_token", refresh_token=grant["refresh_token"])
    assert reply.json() == {"error": "invalid_code"}


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/users", "ZohoCliq.Departments.READ"),
        ("/departments", "ZohoCliq.Users.READ"),
        ("/designations", "ZohoCliq.Designations.CREATE"),
        ("/profiles", "ZohoCliq.Users.READ"),
    ],
)
def test_it_demands_the_scope(caller, path, scope):
    reply = caller(cast.ADMIN.email, [scope]).get(path)
    assert (reply.status_code, reply.json()["code"]) == (401, "oauthtoken_scope_invalid")


@pytest.mark.parametrize(
    ("path", "scope"),
    [
        ("/departments", "ZohoCliq.Departments.ALL"),
        ("/designations", "ZohoCliq.Designations.ALL"),
        ("/profiles", "ZohoCliq.Roles.ALL"),
    ],
)
def test_an_umbrella_covers(caller, path, scope):
    assert caller(cast.ADMIN.email, [scope]).get(path).status_code == 200


def test_an_inactive_person_is_refused(control, admin):
    control.change(cast.ADMIN.email, status="inactive")
    reply = admin.get("/users")
    assert (reply.status_code, reply.json()["code"]) == (403, "inactive_appaccount_user")


def test_an_unknown_url(admin):
    reply = admin.get("/nowhere")
    assert (reply.status_code, reply.json()["code"]) == (404, "request_url_invalid")


def test_a_wrong_method(admin):
    assert admin.delete("/userfields").status_code == 405


@pytest.mark.parametrize(
    ("shape", "body"),
    [
        ("nested", {"error": UNKNOWN_URL, "status": {"code": 404}}),
        ("error", {"error": "request_url_invalid"}),
    ],
)
def test_errors_can_have_other_shapes(control, admin, shape, body):
    control.option("error_shape", shape)
    assert admin.get("/nowhere").json() == body
