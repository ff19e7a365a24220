"""`cliq.departments`, writing, with the shapes of the reference. v2-rest-api.txt:748–880."""

import pytest

from apps.cliq.errors import NotAllowed
from apps.core.errors import Refused
from tests.cliq.exchange import answering

DEPARTMENT = {
    "lead": {"id": "631830849", "email_id": "scott.fisher@zylker.com", "name": "Scott Fisher"},
    "name": "Zylker APAC Sales",
    "parent_department_id": 1901318000001424001,
    "lead_zuid": "631830849",
    "is_default": "false",
    "id": "1901318000002280001",
}
NEW = {"name": "Zylker APAC Sales", "lead_zuid": "631830849", "parent_department_id": "1901318000001424001"}


def test_create(against):
    script, sent = answering({"data": DEPARTMENT})
    department = against(script).departments.create(**NEW, user_ids=["163319973"])
    assert (department.id, department.parent_department_id, department.is_default) == (
        "1901318000002280001",
        "1901318000001424001",
        False,
    )
    assert (sent[0].what, sent[0].body) == ("POST /api/v2/departments", NEW | {"user_ids": ["163319973"]})


def test_update(against):
    script, sent = answering({"data": DEPARTMENT})
    assert against(script).departments.update("19", **NEW).name == "Zylker APAC Sales"
    assert (sent[0].what, sent[0].body) == ("PUT /api/v2/departments/19", NEW)


def test_the_default_department_has_a_name_only(against):
    script, sent = answering({"data": DEPARTMENT})
    against(script).departments.update("19", name="Zylker")
    assert sent[0].body == {"name": "Zylker"}


def test_delete(against):
    script, sent = answering(status=204)
    against(script).departments.delete("19")
    assert (sent[0].what, sent[0].body) == ("DELETE /api/v2/departments/19", None)


@pytest.mark.parametrize(("act", "method"), [("add_members", "POST"), ("remove_members", "DELETE")])
def test_members(against, act, method):
    script, sent = answering(status=204)
    getattr(against(script).departments, act)("19", ["1", "2", "1"])
    assert (sent[0].what, sent[0].body) == (
        f"{method} /api/v2/departments/19/members",
        {"user_ids": ["1", "2"]},
    )


@pytest.mark.parametrize(
    ("code", "field"),
    [
        ("department_already_exist", "name"),
        ("department_lead_needed", "lead_zuid"),
        ("departmet_parent_department_needed", "parent_department_id"),
        ("department_not_exist", "parent_department_id"),
    ],
)
def test_a_refusal_names_the_field(against, code, field):
    script, _ = answering({"code": code, "message": "No."}, status=400)
    with pytest.raises(Refused) as refused:
        against(script).departments.create(**NEW)
    assert (refused.value.code, refused.value.field) == (code, field)


def test_people_owns_departments(against):
    script, _ = answering({"error": {"code": "operation_not_allowed", "message": "No."}}, status=403)
    with pytest.raises(NotAllowed) as refused:
        against(script).departments.delete("19")
    assert "Zoho People manages departments" in refused.value.sentence
