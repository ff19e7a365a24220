"""Zoho's objects in all the forms they come in."""

import pytest

from apps.cliq.envelopes import Unreadable
from apps.cliq.replies import Department, Designation, Role, Team, User, UserField

DOCUMENTED = {
    "data": {
        "employee_id": "0976",
        "first_name": "Scott",
        "reportingto": {
            "name": "Russell Thomas",
            "id": "54218867",
            "email_id": "russellt@zylker.com",
            "organization_id": "null",
        },
        "organization_id": "631836344",
        "email_id": "olivia.palmer@zylker.com",
        "id": "631830846",
        "timeoffset": -43200000,
        "department": {"name": "Creative Writers", "id": "1901318000001615007"},
        "designation": {"name": "Content Writer", "id": "1901318000001072013"},
        "display_name": "Scott",
        "brand_new": {"kept": True},
    },
    "custom_attributes": {"dateofjoining": "-"},
}


def test_a_user_as_documented():
    user = User.of_body(DOCUMENTED)
    assert (user.id, user.zuid, user.employee_id) == ("631830846", "631830846", "0976")
    assert (user.department.id, user.designation.name) == ("1901318000001615007", "Content Writer")
    assert (user.reportingto.id, user.reportingto.email_id) == ("54218867", "russellt@zylker.com")
    assert user.timeoffset == -43_200_000
    assert user.custom_attributes == {"dateofjoining": "-"}
    assert user.raw["brand_new"] == {"kept": True}


def test_custom_attributes_inside_win_over_those_beside():
    body = {
        "data": {"id": 1, "custom_attributes": {"a": "in"}},
        "custom_attributes": {"a": "out", "b": "out"},
    }
    assert User.of_body(body).custom_attributes == {"a": "in", "b": "out"}


def test_a_bare_user_is_read():
    assert User.of_body({"id": 1, "custom_attributes": {"a": 1}}).custom_attributes == {"a": 1}


def test_large_numbers_keep_every_digit():
    user = User.read({"id": 1901318000001615007, "department": {"id": 1901318000001615009}})
    assert (user.id, user.department.id) == ("1901318000001615007", "1901318000001615009")


@pytest.mark.parametrize("nothing", [None, "", "null", "-", {}])
def test_nobody_and_nothing_are_empty_references(nothing):
    user = User.read({"id": "1", "department": nothing, "reportingto": nothing, "designation": nothing})
    assert not user.department
    assert (user.reportingto.id, user.reportingto.name, user.designation.id) == ("", "", "")


def test_a_reference_may_be_a_name_only():
    assert User.read({"id": "1", "department": "Sales"}).department.name == "Sales"


@pytest.mark.parametrize(
    "data",
    [
        {"id": "1", "timeoffset": "", "organization_id": "null", "custom_attributes": []},
        {"id": "1", "timeoffset": None, "organization_id": None, "custom_attributes": None},
        {"zuid": 1, "timeoffset": "-", "organization_id": {}, "status": None},
    ],
)
def test_odd_values_do_not_spoil_a_user(data):
    user = User.read(data)
    assert (user.id, user.timeoffset, user.organization_id, user.custom_attributes) == ("1", None, "", {})


@pytest.mark.parametrize("data", [{}, {"id": None}, {"id": "null", "zuid": ""}, {"name": "x"}])
def test_a_user_without_an_id_is_unreadable(data):
    with pytest.raises(Unreadable):
        User.read(data)


@pytest.mark.parametrize(
    ("sent", "meant"), [(True, True), ("true", True), ("True", True), (1, True), ("1", True)]
)
def test_yes_in_all_its_forms(sent, meant):
    assert Department.read({"id": 1, "is_default": sent}).is_default is meant


@pytest.mark.parametrize("sent", [False, "false", 0, "0", None, ""])
def test_no_in_all_its_forms(sent):
    assert Department.read({"id": 1, "is_default": sent}).is_default is False


def test_a_department_counts_in_text():
    department = Department.read(
        {"id": 1, "name": "Sales", "members_count": "7", "lead": {"id": 5, "name": "A"}}
    )
    assert (department.members_count, department.lead.id) == (7, "5")


def test_the_default_department_has_neither_lead_nor_parent():
    department = Department.read({"name": "Zylker", "is_default": True, "id": "1"})
    assert (department.lead.id, department.lead_zuid, department.parent_department_id) == ("", "", "")


def test_a_user_field_with_options():
    field = UserField.read(
        {
            "id": "1",
            "unique_name": "vaccinated",
            "type": "drop_down",
            "options": [{"name": "No", "id": 3}, "Yes"],
        }
    )
    assert [(option.id, option.name) for option in field.options] == [("3", "No"), ("", "Yes")]
    assert (field.enabled, UserField.read({"id": "1", "options": None}).options) == (True, [])


def test_small_objects():
    assert Designation.read({"id": 7, "name": " Leaders "}).name == "Leaders"
    assert Role.read({"id": 7, "profile_type": "Cliq Admin", "is_custom_admin": "true"}).is_custom_admin
    assert Team.read({"team_id": 655249742, "is_active": "true"}).team_id == "655249742"
