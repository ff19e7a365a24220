"""`PUT /users/{id}`: a flat object, answered with the whole profile."""

import pytest

from apps.sandbox import cast

PATH = f"/users/{cast.MEMBER.zuid}"


def test_it_works(admin, control):
    reply = admin.put(
        PATH, json={"display_name": "Amy", "country": "IN", "phone": "044-1", "workshift": "Day"}
    )
    assert reply.status_code == 200
    found = reply.json()
    assert set(found) == {"data", "custom_attributes"}
    assert (found["data"]["display_name"], found["data"]["country"]) == ("Amy", "India")
    assert found["custom_attributes"]["workshift"] == "Day"
    assert found["custom_attributes"]["dateofjoining"] == "2019-02-04"
    assert "phone" not in found["data"]
    assert set(found["data"]["reportingto"]) >= {"name", "id", "country", "email_id", "organization_id"}
    (entry,) = control.journal()
    assert (entry.operation, entry.key) == ("users.update", cast.MEMBER.zuid)
    assert control.person(cast.MEMBER.email)["phone"] == "044-1"


def test_empty_values_clear(admin):
    found = admin.put(PATH, json={"mobile": "", "department_id": "", "dateofjoining": ""}).json()
    assert "mobile" not in found["data"]
    assert "department" not in found["data"]
    assert found["custom_attributes"]["dateofjoining"] == "-"


def test_time_zone_brings_its_offset(admin):
    found = admin.put(PATH, json={"timezone": "Etc/GMT+12"}).json()["data"]
    assert (found["timezone"], found["timeoffset"]) == ("Etc/GMT+12", -43200000)


@pytest.mark.parametrize("name", ["email_id", "channel_ids", "team_ids", "status", "shoe_size"])
def test_it_refuses_what_is_not_documented(admin, control, name):
    reply = admin.put(PATH, json={name: "x"})
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_parameters")
    assert control.journal() == []


def test_a_member_may_edit_only_themselves(member):
    other = member.put(f"/users/{cast.ADMIN.zuid}", json={"display_name": "Boss"})
    assert (other.status_code, other.json()["code"]) == (403, "operation_not_allowed")
    assert member.put(PATH, json={"display_name": "Amy"}).status_code == 200


def test_a_member_may_not_edit_every_field(member):
    reply = member.put(PATH, json={"workplace_name": "Roof"})
    assert (reply.status_code, reply.json()["code"]) == (403, "FIELD_EDIT_NOT_ALLOWED")
    assert member.put(PATH, json={"workshift": "Night"}).status_code == 200


def test_an_organisation_can_forbid_editing_others(admin, control):
    control.option("edit_others", False)
    assert admin.put(PATH, json={"display_name": "Amy"}).json()["code"] == "operation_not_allowed"


def test_somebody_of_another_organisation_is_out_of_reach(admin):
    reply = admin.put(f"/users/{cast.STRANGER.zuid}", json={"display_name": "Kay"})
    assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")
