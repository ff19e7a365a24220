"""`/profiles/{id}/permissions`: 143 modules, read whole and written in parts."""

import pytest

ADMIN, MEMBERS, INTERNS = (f"19013180000000040{number}" for number in (47, 49, 53))
REPLY_TIME = "profile_based_restricted_reply_time_frame"


def read(caller, key=INTERNS):
    (modules,) = caller.get(f"/profiles/{key}/permissions").json()
    return modules


def write(caller, *items, key=INTERNS):
    return caller.put(f"/profiles/{key}/permissions", json={"list": list(items)})


def test_an_administrator_has_all_modules(admin):
    modules = read(admin, ADMIN)
    assert len(modules) == 143
    assert sum(module["is_admin_module"] for module in modules.values()) == 40
    bare = [name for name, module in modules.items() if set(module) == {"is_admin_module", "status"}]
    assert len(bare) == 60
    assert modules["extensions"] == {
        "is_admin_module": True,
        "status": "enabled",
        "actions": {"manage": "enabled"},
    }
    assert modules["mobile_privacy"]["actions"] == {"enforce_passcode": "disabled"}
    assert modules["direct_message"]["configs"][0]["value"] == {
        REPLY_TIME: "",
        "restricted_reply_time_frame": "345600000",
    }


def test_members_have_no_admin_module(admin):
    modules = read(admin, MEMBERS)
    assert {module["status"] for module in modules.values() if module["is_admin_module"]} == {"disabled"}
    assert modules["org_channels"]["actions"]["create"] == "enabled"
    assert read(admin)["org_channels"]["actions"]["create"] == "disabled"


def test_the_documented_shape_is_an_object(admin, control):
    control.option("permissions_shape", "object")
    assert len(admin.get(f"/profiles/{ADMIN}/permissions").json()) == 143


def test_only_what_is_listed_changes(admin, control):
    before = read(admin)
    reply = write(
        admin,
        {"module": "group_audio_call", "action": "start", "status": "disabled"},
        {"module": "video_call", "status": "disabled"},
        {"module": "direct_message", "configs": [{"name": REPLY_TIME, "value": 86400000}]},
    )
    assert (reply.status_code, reply.content) == (204, b"")
    after = read(admin)
    assert {name for name in after if after[name] != before[name]} == {
        "group_audio_call", "video_call", "direct_message",
    }  # fmt: skip
    assert after["group_audio_call"]["actions"]["start"] == "disabled"
    assert after["video_call"]["status"] == "disabled"
    assert after["direct_message"]["configs"][0]["value"][REPLY_TIME] == "86400000"
    assert [(entry.operation, entry.key) for entry in control.journal()] == [
        ("roles.update_permissions", INTERNS)
    ]


@pytest.mark.parametrize(
    "item",
    [
        {},
        "video_call",
        {"module": "teleport", "status": "enabled"},
        {"module": "video_call"},
        {"module": "video_call", "status": "maybe"},
        {"module": "video_call", "action": "fly", "status": "enabled"},
        {"module": "video_call", "is_admin_module": False, "status": "enabled"},
        {"module": "direct_message", "configs": [{"name": "colour", "value": 1}]},
        {"module": "direct_message", "configs": [{"name": REPLY_TIME, "value": "soon"}]},
        {"module": "organisation_member", "configs": [{"name": "custom_rule", "value": 1}]},
    ],
)
def test_one_malformed_entry_refuses_all(admin, control, item):
    before = read(admin)
    reply = write(admin, {"module": "video_call", "status": "disabled"}, item)
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_parameters")
    assert (read(admin), control.journal()) == (before, [])


@pytest.mark.parametrize("body", [{}, {"list": []}, {"list": {}}, {"data": []}])
def test_it_refuses_a_malformed_body(admin, body):
    assert admin.put(f"/profiles/{INTERNS}/permissions", json=body).status_code == 400


@pytest.mark.parametrize(
    ("key", "item"),
    [
        (ADMIN, {"module": "video_call", "status": "disabled"}),
        (INTERNS, {"module": "sso", "action": "edit", "status": "enabled"}),
        (INTERNS, {"module": "custom_admin", "action": "edit", "status": "enabled"}),
    ],
)
def test_some_cannot_be_set(admin, key, item):
    reply = write(admin, item, key=key)
    assert (reply.status_code, reply.json()["code"]) == (403, "operation_not_allowed")


def test_reading_cannot_be_taken_from_an_admin_role(admin):
    key = admin.post("/profiles", json={"name": "Deputies", "profile_type": "Admin"}).json()["data"]["id"]
    assert (
        write(admin, {"module": "users", "action": "get", "status": "disabled"}, key=key).status_code == 403
    )
    assert (
        write(admin, {"module": "users", "action": "edit", "status": "disabled"}, key=key).status_code == 204
    )
    assert read(admin, key)["users"]["actions"]["edit"] == "disabled"
