"""The control plane: for programs on this computer."""

import pytest
import requests
from werkzeug.test import Client

from apps.sandbox import cast
from apps.sandbox.application import Application
from apps.sandbox.store import Store


def test_it_refuses_other_machines(tmp_path):
    client = Client(Application(Store(tmp_path / "state.sqlite3"), users=4, minute=60))
    remote = client.post("/_sandbox/tokens", environ_base={"REMOTE_ADDR": "192.0.2.7"})
    local = client.post("/_sandbox/tokens", environ_base={"REMOTE_ADDR": "127.0.0.1"})
    assert (remote.status_code, local.status_code) == (403, 200)


def test_it_refuses_pages_of_other_sites(control):
    headers = {"Origin": "https://evil.example"}
    assert requests.post(f"{control.url}/_sandbox/tokens", headers=headers, timeout=30).status_code == 403


def test_a_change_from_outside_is_no_write_of_the_api(control):
    found = control.change(cast.MEMBER.email, display_name="Amy", status="inactive", workshift="Day")
    assert (found["display_name"], found["status"], found["custom"]["workshift"]) == (
        "Amy",
        "inactive",
        "Day",
    )
    assert control.journal() == []


def test_objects_change_and_vanish_from_outside(admin, control):
    control.alter("departments", "1901318000001424005", name="Platforms")
    assert admin.get("/departments/1901318000001424005").json()["data"]["name"] == "Platforms"
    token = admin.get("/channels").json()["sync_token"]
    control.alter("channels", "O1775998000013036077", status="archived")
    (changed,) = admin.get("/channels", params={"sync_token": token}).json()["channels"]
    assert (changed["name"], changed["status"]) == ("#Marketing", "archived")
    control.erase("designations", "1901318000001072007")
    assert control.person(cast.MEMBER.email)["designation_id"] is None
    assert control.journal() == []


def test_somebody_can_be_removed(control):
    control.remove(cast.MEMBER.email)
    with pytest.raises(ValueError, match="nobody has the address"):
        control.person(cast.MEMBER.email)


@pytest.mark.parametrize(
    "mistake",
    [
        lambda control: control.option("no_such_option", 1),
        lambda control: control.set_role(cast.MEMBER.email, "Emperor"),
        lambda control: control.field("shoe_size", mandatory=True),
        lambda control: control.change(cast.MEMBER.email, shoe_size="43"),
        lambda control: control.person("nobody@zylker.com"),
        lambda control: control.channel("O7"),
        lambda control: control.alter("teams", "7", name="Nobody"),
        lambda control: control.alter("teams", "655249742", colour="red"),
        lambda control: control.erase("people", "1"),
    ],
)
def test_a_mistake_is_told(control, mistake):
    with pytest.raises(ValueError):
        mistake(control)


def test_reset_forgets_everything(control, admin):
    control.option("ids_as_numbers", True)
    admin.get("/users")
    control.reset(users=10)
    assert (control.journal(), control.arrivals(), control.tokens(), len(control.people())) == (
        [],
        [],
        [],
        10,
    )
    assert admin.get("/users").status_code == 401
