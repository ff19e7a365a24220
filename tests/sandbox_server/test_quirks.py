"""Shapes seen in the wild, each switched on by an option; the prefix of a network."""

import pytest
import requests

from apps.sandbox import cast

from .conftest import SCOPES


def test_ids_can_be_numbers(admin, control):
    control.option("ids_as_numbers", True)
    department = admin.get("/departments").json()["data"][1]
    assert isinstance(department["id"], int)
    channel = admin.get("/channels").json()["channels"][0]
    assert isinstance(channel["creator_id"], int)
    assert channel["channel_id"].startswith("O")


@pytest.mark.parametrize("path", ["/departments/1901318000001424003", "/profiles/1901318000000004047"])
def test_an_object_can_be_a_list(admin, control, path):
    plain = admin.get(path).json()
    control.option("list_for_object", True)
    assert admin.get(path).json() == {"data": [plain["data"]]}


def test_a_bare_object_can_be_a_list(admin, control):
    plain = admin.get("/teams/655249742").json()
    control.option("list_for_object", True)
    assert admin.get("/teams/655249742").json() == [plain]
    assert set(admin.get("/teams").json()) == {"teams"}


def test_countries_are_names_or_codes(admin, control):
    path = f"/users/{cast.MEMBER.zuid}?fields=all"
    assert admin.get(path).json()["data"]["country"] == "United States"
    control.option("country_form", "code")
    assert admin.get(path).json()["data"]["country"] == "US"


def test_an_error_can_be_a_page(admin, control):
    control.option("error_shape", "html")
    reply = admin.get("/departments/7")
    assert (reply.status_code, reply.headers["Content-Type"]) == (400, "text/html;charset=UTF-8")
    assert reply.text.startswith("<!DOCTYPE html>")


def test_the_status_of_a_person_has_its_own_shape(admin, control):
    reply = admin.get(f"/users/{cast.MEMBER.zuid}?fields=chat_status").json()
    assert set(reply["data"]) == {"state", "activity", "text"}
    assert len(control.arrivals("status.of_user")) == 1


@pytest.mark.parametrize(
    ("network", "status"), [(cast.NETWORK_NAME, 200), (cast.NETWORK_ID, 200), ("nowhere", 404)]
)
def test_a_network_stands_before_the_path(control, network, status):
    token = control.grant(cast.ADMIN.email, SCOPES)["access_token"]
    headers = {"Authorization": f"Zoho-oauthtoken {token}"}
    reply = requests.get(f"{control.url}/network/{network}/api/v2/departments", headers=headers, timeout=30)
    assert reply.status_code == status
    if status == 404:
        assert reply.json()["code"] == "request_url_invalid"
