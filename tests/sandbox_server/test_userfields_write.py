"""`/userfields`: create, change, delete."""

import pytest

from apps.sandbox import cast

PATH = f"/users/{cast.MEMBER.zuid}"


def fields(caller):
    return {field["unique_name"]: field for field in caller.get("/userfields").json()["list"]}


def value(control, name):
    return control.person(cast.MEMBER.email)["custom"].get(name)


def test_create_works(admin, control):
    body = {"name": "Vaccinated", "type": "drop_down", "mandatory": True, "options": ["Yes", "No"]}
    reply = admin.post("/userfields", json=body)
    found = reply.json()["data"]
    assert (reply.status_code, found["unique_name"], found["mandatory"]) == (200, "vaccinated", True)
    assert [option["name"] for option in found["options"]] == ["Yes", "No"]
    assert [(entry.operation, entry.key) for entry in control.journal()] == [
        ("userfields.create", found["id"])
    ]
    assert "vaccinated" in fields(admin)


@pytest.mark.parametrize("kind", ["text_field", "date_picker", "numeric_field", "url_field"])
def test_every_type_can_be_created(admin, kind):
    reply = admin.post("/userfields", json={"name": "Badge", "type": kind})
    assert (reply.json()["data"]["type"], "options" in reply.json()["data"]) == (kind, False)


@pytest.mark.parametrize(
    ("kind", "bad", "good", "code"),
    [
        ("numeric_field", "ten", "10", "FIELD_INVALID_VALUE_FOR_NUMERIC_FIELD"),
        ("url_field", "zylker", "https://zylker.com", "FIELD_INVALID_VALUE_FOR_URL_FIELD"),
    ],
)
def test_values_follow_the_type(admin, kind, bad, good, code):
    admin.post("/userfields", json={"name": "Badge", "type": kind})
    assert admin.put(PATH, json={"badge": bad}).json()["code"] == code
    assert admin.put(PATH, json={"badge": good}).json()["custom_attributes"]["badge"] == good


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"type": "text_field"}, "invalid_parameters"),
        ({"name": "x" * 31}, "invalid_parameters"),
        ({"name": "Work Shift"}, "invalid_parameters"),
        ({"name": "Badge", "type": "hologram"}, "FIELD_TYPE_NOT_SUPPORTED"),
        ({"name": "Badge", "type": "drop_down"}, "invalid_parameters"),
        ({"name": "Badge", "type": "drop_down", "options": ["A", "A"]}, "invalid_parameters"),
        ({"name": "Badge", "type": "text_field", "options": ["A"]}, "invalid_parameters"),
        ({"name": "Badge", "mandatory": "true"}, "invalid_parameters"),
    ],
)
def test_create_refuses(admin, control, body, code):
    reply = admin.post("/userfields", json=body)
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert control.journal() == []


def test_ten_are_the_most(admin):
    for number in range(6):
        assert admin.post("/userfields", json={"name": f"Badge {number}"}).status_code == 200
    reply = admin.post("/userfields", json={"name": "One more"})
    assert (reply.status_code, reply.json()["code"]) == (400, "FIELD_MAX_CUSTOM_FIELD_LIMIT_REACHED")


def test_options_left_out_are_deleted_and_renamed_ones_are_carried(admin, control):
    field = fields(admin)["employmenttype"]
    admin.put(PATH, json={"employmenttype": "Intern"})
    kept = [dict(option) for option in field["options"] if option["name"] == "Intern"]
    kept[0]["name"] = "Trainee"
    reply = admin.put(f"/userfields/{field['id']}", json={"options": [*kept, "Ghost"]})
    assert [option["name"] for option in reply.json()["data"]["options"]] == ["Trainee", "Ghost"]
    assert value(control, "employmenttype") == "Trainee"
    admin.put(f"/userfields/{field['id']}", json={"options": ["Ghost"]})
    assert value(control, "employmenttype") == ""
    left = {person["custom"].get("employmenttype") or "" for person in control.people()}
    assert left == {""}


def test_update_changes_what_is_sent(admin):
    field = fields(admin)["workshift"]
    found = admin.put(f"/userfields/{field['id']}", json={"mandatory": True}).json()["data"]
    assert (found["mandatory"], found["edit_permission"], found["name"]) == (True, True, "Work Shift")
    assert found["last_modified_time"] > field["last_modified_time"]


def test_an_unknown_option_is_refused(admin):
    key = fields(admin)["employmenttype"]["id"]
    reply = admin.put(f"/userfields/{key}", json={"options": [{"id": "7", "name": "Ghost"}]})
    assert (reply.status_code, reply.json()["code"]) == (400, "FIELDS_OPTIONS_NOT_EXIST")


@pytest.mark.parametrize(
    ("body", "code"),
    [
        ({"name": "Cell"}, "FIELD_SYSTEM_FIELD_NAME_EDIT_NOT_ALLOWED"),
        ({"options": ["A"]}, "FIELD_SYSTEM_FIELD_OPTION_EDIT_NOT_ALLOWED"),
        ({"encrypted": True}, "FIELD_SYSTEM_FIELD_EDIT_NOT_ALLOWED"),
    ],
)
def test_default_fields_are_protected(admin, body, code):
    key = fields(admin)["mobile"]["id"]
    reply = admin.put(f"/userfields/{key}", json=body)
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert admin.delete(f"/userfields/{key}").json()["code"] == "FIELD_SYSTEM_FIELD_EDIT_NOT_ALLOWED"


def test_delete_takes_the_values_along(admin, control):
    key = fields(admin)["dateofjoining"]["id"]
    assert value(control, "dateofjoining") == "2019-02-04"
    assert admin.delete(f"/userfields/{key}").status_code == 204
    assert value(control, "dateofjoining") is None
    assert admin.get(f"/userfields/{key}").status_code == 400


def test_a_member_may_not(admin, member):
    key = fields(admin)["workshift"]["id"]
    for reply in (
        member.post("/userfields", json={"name": "Badge"}),
        member.put(f"/userfields/{key}", json={"mandatory": True}),
        member.delete(f"/userfields/{key}"),
    ):
        assert (reply.status_code, reply.json()["code"]) == (403, "FIELD_EDIT_NOT_ALLOWED")
