"""`GET /users`: pages, filters, fields."""

from datetime import UTC, datetime, timedelta

import pytest

from apps.sandbox import cast

SEVEN = {"email_id", "zuid", "zoid", "display_name", "name", "organization_id", "id"}


def every_page(caller, **params):
    """All items, page by page."""
    items, token = [], ""
    while True:
        reply = caller.get("/users", params=params | ({"next_token": token} if token else {})).json()
        items += reply["data"]
        assert reply["has_more"] == ("next_token" in reply)
        if not reply["has_more"]:
            return items
        token = reply["next_token"]


def test_items_have_seven_fields(admin):
    reply = admin.get("/users", params={"limit": 1}).json()
    assert set(reply) == {"next_token", "has_more", "data"}
    assert reply["data"] == [
        {
            "email_id": "olivia.palmer@zylker.com",
            "zuid": "631830846",
            "zoid": "54107592",
            "display_name": "Olivia Palmer",
            "name": "Olivia Palmer",
            "organization_id": "631836344",
            "id": "631830846",
        }
    ]


def test_paging_neither_repeats_nor_loses(admin, control):
    control.reset(users=1000)
    token = control.grant(cast.ADMIN.email, ["ZohoCliq.Users.READ"])["access_token"]
    admin.headers["Authorization"] = f"Zoho-oauthtoken {token}"
    ids = [item["id"] for item in every_page(admin, limit=100)]
    everybody = [person["id"] for person in control.people() if person["status"] != "pending"]
    assert ids == everybody
    assert len(set(ids)) == len(ids) > 950


def test_without_a_status_all_but_the_pending_are_listed(admin, control):
    listed = {item["id"] for item in every_page(admin)}
    pending = {item["id"] for item in every_page(admin, status="pending")}
    everybody = {person["id"]: person["status"] for person in control.people()}
    assert pending == {key for key, status in everybody.items() if status == "pending"}
    assert listed == set(everybody) - pending


@pytest.mark.parametrize("status", ["active", "inactive", "pending", "imported_active", "imported_inactive"])
def test_status_filters(admin, status):
    found = every_page(admin, status=status, fields="all")
    assert {item["status"] for item in found} == {status}


@pytest.mark.parametrize("search", ["OLIVIA.palmer@", "கார்த்திக்", "o’hara"])
def test_search_covers_names_and_addresses(admin, control, search):
    control.change("theo.ng@zylker.com", first_name="கார்த்திக்")
    assert every_page(admin, search=search)


def test_search_finds_more_than_the_exact_address(admin, control):
    control.change("theo.ng@zylker.com", display_name="amelia.b@zylker.com")
    found = every_page(admin, search="amelia.b@zylker.com")
    assert [item["email_id"] for item in found] == ["amelia.b@zylker.com", "theo.ng@zylker.com"]


def test_fields_adds_what_is_named(admin):
    params = {"search": "amelia.b@", "fields": "mobile,department"}
    (item,) = admin.get("/users", params=params).json()["data"]
    assert set(item) == SEVEN | {"mobile", "department"}


def test_fields_all_adds_everything(admin):
    (item,) = admin.get("/users", params={"search": "amelia.b@", "fields": "all"}).json()["data"]
    assert set(item) >= SEVEN | {"status", "country", "timeoffset", "reportingto", "custom_attributes"}


def test_plan_type_filters(admin):
    paid, free = every_page(admin, plan_type="paid"), every_page(admin, plan_type="free")
    assert free
    assert len(paid) + len(free) == len(every_page(admin))


def test_modified_after_notices_tracked_fields_only(admin, control):
    since = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    control.change("theo.ng@zylker.com", extension="777")
    control.change("amelia.b@zylker.com", display_name="Amy")
    found = every_page(admin, modified_after=since)
    assert [item["email_id"] for item in found] == ["theo.ng@zylker.com"]


@pytest.mark.parametrize(
    "params",
    [
        {"limit": "101"},
        {"limit": "0"},
        {"limit": "ten"},
        {"status": "gone"},
        {"plan_type": "gold"},
        {"fields": "salary"},
        {"sort_by": "name"},
        {"modified_after": "yesterday"},
        {"next_token": "made-up"},
    ],
)
def test_it_refuses_malformed_parameters(admin, params):
    reply = admin.get("/users", params=params)
    assert (reply.status_code, reply.json()["code"]) == (400, "invalid_parameters")


def test_a_next_token_belongs_to_its_question(admin):
    token = admin.get("/users", params={"limit": 5}).json()["next_token"]
    assert (
        admin.get("/users", params={"limit": 5, "status": "active", "next_token": token}).status_code == 400
    )


def test_a_stranger_sees_their_own_organisation_only(caller):
    found = every_page(caller(cast.STRANGER.email))
    assert [item["email_id"] for item in found] == [cast.STRANGER.email]
    assert found[0]["organization_id"] == cast.OTHER_ORGANIZATION_ID


def test_ids_can_come_as_numbers(admin, control):
    control.option("ids_as_numbers", True)
    item = admin.get("/users", params={"limit": 1}).json()["data"][0]
    assert (item["id"], item["organization_id"]) == (631830846, 631836344)


def test_with_zoho_people_search_covers_every_field(admin, caller, control):
    control.change("amelia.b@zylker.com", work_location="Vault 7")
    assert every_page(admin, search="vault 7") == []
    control.option("zoho_people", True)
    people = ["ZohoPeople.forms.READ", "ZohoPeople.employee.READ", "ZohoPeople.attendance.READ"]
    scoped = caller(cast.ADMIN.email, ["ZohoCliq.Users.READ", *people])
    assert [item["email_id"] for item in every_page(scoped, search="vault 7")] == ["amelia.b@zylker.com"]
