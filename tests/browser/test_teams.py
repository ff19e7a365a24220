"""Teams and user fields, with a mouse and a keyboard."""

import pytest
from playwright.sync_api import expect

from apps.directory.models import Team, TeamMember, UserField
from tests.browser.conftest import look

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_a_team_from_beginning_to_end(here, portal):
    """Create, add, see on the person's page, remove, delete."""
    page = here
    page.goto(f"{portal}/teams/")
    look(page, "teams")
    page.get_by_role("link", name="New team").click()
    look(page, "team-new")
    page.get_by_label("Name").fill("Night Shift")
    page.get_by_label("Description").fill("After dark")
    page.get_by_role("button", name="Create the team").click()
    expect(page.get_by_text("Created Night Shift.")).to_be_visible()
    team = Team.objects.get(name="Night Shift")
    page.get_by_role("link", name="Add members").click()
    page.get_by_label("Find people").fill("amelia")
    expect(page.get_by_role("checkbox")).to_have_count(1)
    page.get_by_role("checkbox").check()
    page.get_by_role("button", name="Add 1 person").click()
    expect(page.get_by_text("Added 1 person to Night Shift.")).to_be_visible()
    look(page, "team")
    page.get_by_role("cell", name="Amelia Burrows").get_by_role("link").click()
    expect(page.get_by_role("link", name="Night Shift")).to_be_visible()
    look(page, "user-teams")
    page.get_by_role("link", name="Night Shift").click()
    page.get_by_role("link", name="Remove members").click()
    page.get_by_role("checkbox", name="Amelia Burrows").check()
    look(page, "team-remove")
    page.get_by_role("button", name="Remove 1 person").click()
    expect(page.get_by_text("Removed 1 person from Night Shift.")).to_be_visible()
    assert not TeamMember.objects.filter(team=team, user_id="631830902").exists()
    page.goto(f"{portal}{team.get_absolute_url()}delete/")
    look(page, "team-delete")
    page.get_by_label("Reason").fill("Not used")
    page.get_by_label("Type “Night Shift” to confirm").fill("Night Shift")
    page.get_by_role("button", name="Delete the team").click()
    expect(page.get_by_text("Deleted Night Shift.")).to_be_visible()
    expect(page.get_by_role("link", name="Night Shift")).to_have_count(0)


def test_a_user_field_and_the_places_that_show_them(here, portal):
    """Create, add an option, remove one after reading what is lost; look at the four places."""
    page = here
    page.goto(f"{portal}/user-fields/")
    look(page, "user-fields")
    page.get_by_role("link", name="New user field").click()
    look(page, "user-field-new")
    page.get_by_label("Name").fill("Shirt")
    page.get_by_label("Drop-down", exact=True).check()
    page.get_by_label("Options of the drop-down").fill("S\nM")
    page.get_by_role("button", name="Create the user field").click()
    expect(page.get_by_text("Created Shirt.")).to_be_visible()
    look(page, "user-field")
    page.get_by_role("link", name="Edit").click()
    page.get_by_label("New options").fill("L")
    page.get_by_label("Remove “S”").check()
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("You remove “S”. Nobody has it;")).to_be_visible()
    look(page, "user-field-edit")
    page.get_by_label("Type “Shirt” to remove").fill("Shirt")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_text("Saved 1 change of Shirt.")).to_be_visible()
    assert {option["name"] for option in UserField.objects.get(name="Shirt").options} == {"M", "L"}
    page.goto(f"{portal}/user-fields/layouts/")
    expect(page.get_by_role("heading", name="Profile on iOS")).to_be_visible()
    look(page, "layouts")
