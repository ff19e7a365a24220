"""`POST /users`: each person has an outcome, a malformed call has none."""

import pytest

from apps.sandbox import cast


def add(caller, *users):
    return caller.post("/users", json={"users": list(users)})


def test_it_works(admin, control):
    reply = add(
        admin,
        {
            "email_id": "amy@zylker.com",
            "first_name": "Amy",
            "last_name": "Smith",
            "country": "in",
            "timezone": "Asia/Kolkata",
            "language": "en",
            "department_id": "1901318000001424013",
            "designation_id": "1901318000001072007",
            "reporting_to_zuid": cast.ADMIN.zuid,
            "employmenttype": "Intern",
            "channel_ids": ["O1775998000013036077"],
            "team_ids": ["655249742"],
        },
        {"email_id": "riyaan@zylker.com"},
    )
    assert reply.json() == {
        "data": {"success_users": ["amy@zylker.com", "riyaan@zylker.com"], "failed_users": {}}
    }
    assert [(entry.operation, entry.key) for entry in control.journal()] == [
        ("users.add", "amy@zylker.com"),
        ("users.add", "riyaan@zylker.com"),
    ]
    amy = control.person("amy@zylker.com")
    assert (amy["status"], amy["country"], amy["custom"]) == ("pending", "IN", {"employmenttype": "Intern"})


def test_added_people_are_pending_until_they_accept(admin, control):
    add(admin, {"email_id": "new.joiner@zylker.com"})
    search = {"search": "new.joiner@zylker.com"}
    assert admin.get("/users", params=search).json()["data"] == []
    assert len(admin.get("/users", params=search | {"status": "pending"}).json()["data"]) == 1
    control.accept("new.joiner@zylker.com")
    assert len(admin.get("/users", params=search).json()["data"]) == 1


def test_it_fails_in_part(admin, control):
    reply = add(
        admin,
        {"email_id": "Amy@zylker.com"},
        {"email_id": "AMY@ZYLKER.com"},
        {"email_id": cast.MEMBER.email.upper()},
        {"email_id": cast.BLOCKED_EMAIL},
        {"email_id": cast.STRANGER.email},
    )
    assert reply.status_code == 200
    assert reply.json()["data"] == {
        "success_users": ["Amy@zylker.com"],
        "failed_users": {
            cast.BLOCKED_EMAIL: "email.invitation.blocked",
            cast.STRANGER.email: "zohoaccount.conflict",
        },
        "already_availableusers": {
            "AMY@ZYLKER.com": "email.pendinguser",
            cast.MEMBER.email.upper(): "email.activeuser",
        },
    }
    assert [entry.key for entry in control.journal()] == ["Amy@zylker.com"]


def test_the_reply_comes_in_other_shapes(admin, control):
    control.option("already_place", "root")
    control.option("already_shape", "list")
    control.option("failed_shape", "list")
    reply = add(admin, {"email_id": cast.MEMBER.email}, {"email_id": cast.STRANGER.email}).json()
    assert reply["already_availableusers"] == [cast.MEMBER.email]
    assert reply["data"]["failed_users"] == [
        {"email_id": cast.STRANGER.email, "code": "zohoaccount.conflict"}
    ]


@pytest.mark.parametrize(
    ("user", "code"),
    [
        ({}, "invalid_parameters"),
        ({"email_id": ""}, "invalid_parameters"),
        ({"email_id": 7}, "invalid_parameters"),
        ({"email_id": "no address"}, "invalid_parameters"),
        ({"email_id": "a@b.com", "first_name": "x" * 101}, "invalid_parameters"),
        ({"email_id": "a@b.com", "country": "Narnia"}, "invalid_parameters"),
        ({"email_id": "a@b.com", "country": "XX"}, "invalid_parameters"),
        ({"email_id": "a@b.com", "timezone": "Mars/Base"}, "invalid_parameters"),
        ({"email_id": "a@b.com", "language": "Klingon"}, "invalid_parameters"),
        ({"email_id": "a@b.com", "shoe_size": "43"}, "invalid_parameters"),
        ({"email_id": "a@b.com", "department_id": "7"}, "department_not_exist"),
        ({"email_id": "a@b.com", "designation_id": "7"}, "designation_not_exist"),
        ({"email_id": "a@b.com", "reporting_to_zuid": "7"}, "not_zoho_organization_user"),
        ({"email_id": "a@b.com", "employmenttype": "Wizard"}, "FIELDS_OPTIONS_NOT_EXIST"),
        ({"email_id": "a@b.com", "dateofjoining": "soon"}, "invalid_parameters"),
        ("a@b.com", "invalid_parameters"),
    ],
)
def test_one_malformed_row_refuses_the_whole_call(admin, control, user, code):
    reply = add(admin, {"email_id": "fine@zylker.com"}, user)
    assert (reply.status_code, reply.json()["code"]) == (400, code)
    assert control.journal() == []


@pytest.mark.parametrize("body", [b"", b"[]", b"{", b"{}", b'{"users": {}}', b'{"users": []}', b"\xff"])
def test_it_refuses_a_malformed_body(admin, body):
    reply = admin.post("/users", data=body)
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_parameters")


def test_it_refuses_more_than_a_batch(admin, control):
    control.option("users_per_call", 2)
    users = [{"email_id": f"joiner{n}@zylker.com"} for n in range(3)]
    assert add(admin, *users).status_code == 400
    assert add(admin, *users[:2]).status_code == 200


def test_it_demands_mandatory_fields(admin, control):
    control.field("dateofjoining", mandatory=True)
    reply = add(admin, {"email_id": "amy@zylker.com"})
    assert (reply.status_code, reply.json()["code"]) == (400, "FIELD_MANDATORY_VALUE_NEEDED")
    assert add(admin, {"email_id": "amy@zylker.com", "dateofjoining": "2026-01-05"}).status_code == 200


def test_a_member_may_not(member, control):
    reply = add(member, {"email_id": "amy@zylker.com"})
    assert (reply.status_code, reply.json()["code"]) == (403, "not_an_organization_admin")
    assert control.journal() == []


def test_a_picture_needs_a_scope_of_its_own(admin, caller):
    user = {"email_id": "amy@zylker.com", "image_data": "aGVsbG8="}
    assert add(admin, user).json()["code"] == "oauthtoken_scope_invalid"
    photographer = caller(cast.ADMIN.email, ["ZohoCliq.Users.CREATE", "Profile.orguserphoto.UPDATE"])
    assert add(photographer, user).status_code == 200
