"""Departments, designations, user fields and roles, as they are read."""

import pytest

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.errors import NotAllowed, NotFound
from apps.cliq.tokens import FixedToken
from apps.core.errors import QuotaWait
from apps.sandbox import cast
from tests.cliq.conftest import SCOPES
from tests.cliq.servers import in_turn, reply


def test_departments(cliq):
    departments = cliq.departments.list()
    assert [department.name for department in departments if department.is_default] == [
        cast.ORGANIZATION_NAME
    ]
    some = next(department for department in departments if department.lead_zuid)
    assert cliq.departments.get(some.id).lead_zuid == some.lead_zuid
    members = [cliq.users.get(brief.id) for brief in cliq.departments.members(some.id)[:2]]
    assert all(member.department.id == some.id for member in members)


def test_departments_in_pages(cliq):
    whole = cliq.departments.list()
    pages = list(cliq.departments.pages(limit=3))
    assert [each for page in pages for each in page.items] == whole
    assert len(pages) > 1


def test_departments_by_name(cliq):
    name = cliq.departments.list()[-1].name
    assert name in [department.name for department in cliq.departments.list(search=name)]


def test_no_such_department(cliq):
    with pytest.raises(NotFound) as refused:
        cliq.departments.get("1")
    assert refused.value.sentence == "Zoho refused: this department does not exist any more."


def test_designations(cliq):
    designations = cliq.designations.list()
    assert all(designation.id and designation.name for designation in designations)
    assert cliq.designations.get(designations[0].id) == designations[0]
    members = [user for page in cliq.designations.member_pages(designations[0].id) for user in page.items]
    assert all(cliq.users.get(user.id).designation.id == designations[0].id for user in members[:1])


def test_a_full_page_of_designations_is_asked_for_again(against):
    def page(count):
        return reply({"data": [{"id": number, "name": f"D{number}"} for number in range(count)]})

    assert len(against(in_turn(page(200), page(230))).designations.list()) == 230
    assert len(against(page(200)).designations.list()) == 200


def test_designations_with_tokens(against):
    first = reply({"data": [{"id": 1}], "next_token": "t"})
    found = against(in_turn(first, reply({"data": [{"id": 2}]}))).designations.list()
    assert [designation.id for designation in found] == ["1", "2"]


def test_userfields(cliq):
    fields = cliq.userfields.list()
    assert {field.type for field in fields} >= {"text_field", "drop_down"}
    choice = next(field for field in fields if field.options)
    assert cliq.userfields.get(choice.id) == choice


def test_roles(cliq):
    roles = {role.name: role for role in cliq.roles.list()}
    assert (roles["Admin"].profile_type, roles["Members"].profile_type) == ("Admin", "Members")
    assert {cast.ADMIN.zuid, cast.SECOND_ADMIN.zuid} <= set(cliq.roles.user_ids(roles["Admin"].id))
    assert cliq.roles.get(roles["Admin"].id) == roles["Admin"]


def test_roles_are_for_admins(zoho, quota):
    token = zoho.grant(cast.MEMBER.email, SCOPES)["access_token"]
    cliq = Cliq(base_url=zoho.url, tokens=FixedToken(token), quota=quota)
    with pytest.raises(NotAllowed):
        cliq.roles.list()


def test_where_zoho_people_owns_designations(cliq, zoho):
    zoho.option("zoho_people", True)
    with pytest.raises(NotAllowed) as refused:
        cliq.designations.list()
    assert refused.value.code in ("operation_not_allowed", "oauthtoken_scope_invalid")


def test_waiting_for_a_slot_is_within_max_wait(cliq, zoho, records):
    for _ in range(CATALOGUE["userfields.list"].quota + 1):
        cliq.userfields.list()
    assert records[-1].waited > 0.5
    assert not any(arrival.throttled for arrival in zoho.arrivals("userfields.list"))


def test_without_patience_the_wait_is_told(zoho, quota):
    token = zoho.grant(cast.ADMIN.email, SCOPES)["access_token"]
    cliq = Cliq(base_url=zoho.url, tokens=FixedToken(token), quota=quota)
    for _ in range(CATALOGUE["userfields.list"].quota):
        cliq.userfields.list()
    with pytest.raises(QuotaWait) as wait:
        cliq.userfields.list()
    assert 0 < wait.value.seconds <= 1.0
    assert len(zoho.arrivals("userfields.list")) == CATALOGUE["userfields.list"].quota
