"""What the scripts add, by keyboard where a keyboard can do it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser
Open = Callable[..., Page]


def test_the_theme_is_kept_and_set_before_the_first_paint(open_page: Open) -> None:
    page = open_page("/")
    page.click("summary[aria-label=Theme]")
    page.click("text=Dark")
    page.reload(wait_until="commit")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.click("summary[aria-label=Theme]")
    expect(page.locator("[data-theme-choice=dark]:is(button)")).to_have_attribute("aria-pressed", "true")
    page.click("button[data-theme-choice=system]")
    expect(page.locator("html")).to_have_attribute("data-bs-theme", "light")


def test_the_sidebar_stays_folded(open_page: Open) -> None:
    page = open_page("/")
    page.click("[data-fold]")
    page.reload()
    expect(page.locator("[data-fold]")).to_have_attribute("aria-expanded", "false")
    expect(page.locator(".sidebar-link >> nth=0")).to_have_accessible_name("Users")
    assert page.locator(".sidebar").bounding_box()["width"] <= 57  # type: ignore[index]


def test_the_phone_gets_a_sheet_that_escape_closes(open_page: Open) -> None:
    page = open_page("/", width=390)
    expect(page.locator("#sidebar")).to_be_hidden()
    page.get_by_role("button", name="Menu").click()
    expect(page.get_by_role("link", name=re.compile("^Jobs"))).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("#sidebar")).to_be_hidden()


def test_slash_searches_and_the_url_follows(open_page: Open) -> None:
    page = open_page("/?status=active")
    page.keyboard.press("/")
    page.keyboard.type("Öhrström")
    expect(page.locator("tbody tr >> nth=0")).to_contain_text("Åsa Öhrström")
    page.wait_for_url(
        re.compile(r"\?q=%C3%96hrstr%C3%B6m&status=active$|\?status=active&q=%C3%96hrstr%C3%B6m$")
    )
    expect(page.locator("#list-search")).to_be_focused()
    page.keyboard.press("Escape")
    page.wait_for_url(re.compile(r"/\?status=active$"))
    page.go_back()
    expect(page.locator("#list-search")).to_have_value("Öhrström")


def test_j_and_k_walk_and_enter_opens(open_page: Open) -> None:
    page = open_page("/")
    for key in "jjjk":
        page.keyboard.press(key)
    expect(page.locator("tbody tr >> nth=1")).to_have_attribute("data-current", "")
    page.keyboard.press("Enter")
    page.wait_for_url("**/people/2/")


def test_a_row_opens_as_a_whole(open_page: Open) -> None:
    page = open_page("/")
    page.click("tbody tr >> nth=4 >> td >> nth=3")
    page.wait_for_url("**/people/5/")


def test_a_long_menu_can_be_searched(open_page: Open) -> None:
    page = open_page("/")
    page.locator(".chip summary >> nth=1").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".chip[open] [data-menu-filter]")).to_be_focused()
    page.keyboard.type("legal")
    expect(page.locator(".chip[open] li:visible")).to_have_count(1)
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("department=Legal"))
    expect(page.locator(".chip-active")).to_contain_text("Department: Legal")


def test_save_says_how_much_it_saves(open_page: Open) -> None:
    page = open_page("/people/5/edit/")
    save = page.locator("[data-submit]")
    expect(save).to_have_attribute("aria-disabled", "true")
    page.fill("#id_employee_id", "77")
    expect(save).to_have_text("Save 1 change")
    page.check("text=Nobody")
    page.locator("#id_department_search").focus()
    page.keyboard.type("human")
    page.keyboard.press("Enter")
    expect(page.locator("#id_department_search")).to_have_value("Human Resources")
    expect(save).to_have_text("Save 3 changes")
    page.check("text=Everyone")
    expect(save).to_have_text("Save 2 changes")
    page.fill("#id_designation", "Emperor")
    save.click()
    expect(page.locator("#id_designation")).to_have_attribute("aria-invalid", "true")
    expect(save).to_have_text("Save 3 changes")


def test_leaving_with_changes_asks(open_page: Open) -> None:
    page, asked = open_page("/people/5/edit/"), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.fill("#id_employee_id", "77")
    page.click("text=Cancel")
    page.wait_for_url("**/people/5/")
    assert asked == ["beforeunload"]


def test_leaving_without_changes_or_by_saving_does_not_ask(open_page: Open) -> None:
    page, asked = open_page("/people/6/edit/"), []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.click("text=Cancel")
    page.wait_for_url("**/people/6/")
    page.go_back()
    page.fill("#id_employee_id", "78")
    page.click("[data-submit]")
    expect(page.locator(".notice")).to_contain_text("Saved 1 changes")
    assert asked == []


def test_the_counter_appears_while_typing(open_page: Open) -> None:
    page = open_page("/people/5/edit/")
    page.fill("#id_designation", "x" * 28)
    expect(page.locator("#id_designation ~ .field-count")).to_have_text("28 of 30")
    assert page.evaluate("document.querySelector('#id_designation').maxLength") == 30


def test_the_combobox_works_by_keyboard(open_page: Open) -> None:
    page = open_page("/people/5/edit/")
    box = page.get_by_role("combobox", name="Department")
    before = box.input_value()
    box.focus()
    page.keyboard.press("ArrowDown")
    expect(box).to_have_attribute("aria-expanded", "true")
    page.keyboard.press("Escape")
    expect(box).to_have_attribute("aria-expanded", "false")
    expect(box).to_have_value(before)
    page.keyboard.type("qu")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    page.keyboard.press("Enter")
    assert page.locator("#id_department").evaluate("select => select.value") == "Quality Assurance"
    page.keyboard.type("nothing like it")
    expect(page.locator(".combobox-none")).to_have_text("Nothing matches")
    page.keyboard.press("Tab")
    expect(box).to_have_value("Quality Assurance")


def test_a_confirmation_opens_over_the_page_and_gives_the_focus_back(open_page: Open) -> None:
    page = open_page("/people/5/")
    page.locator("#remove").focus()
    page.keyboard.press("Enter")
    expect(page.get_by_role("dialog", name="Remove from 14 channels")).to_be_visible()
    expect(page.locator("#id_reason")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#remove")).to_be_focused()


def test_a_refusal_stays_in_the_dialog_and_success_leaves_it(open_page: Open) -> None:
    page = open_page("/people/5/")
    page.click("#remove")
    page.fill("#id_reason", "refuse")
    page.fill("#id_typed", "Srinivasa Venkata Lakshminarayana Raghunathan")
    page.click("#dialog .btn-danger")
    expect(page.locator("#dialog .notice")).to_have_text(
        "Zoho refused: only an organisation admin may do this."
    )
    page.fill("#id_reason", "left the project")
    page.click("#dialog .btn-danger")
    expect(page.locator("main .notice")).to_contain_text("was removed from 14 channels")


def test_moments_are_in_the_readers_zone_with_utc_in_the_title(open_page: Open) -> None:
    page = open_page("/pieces/", timezone_id="Asia/Kolkata")
    moment = page.locator("time[data-time=minute]").first
    utc = page.locator("time[data-time=minute]").first.get_attribute("datetime") or ""
    expect(moment).to_have_attribute("title", re.compile(r"GMT\+5:30 · .* UTC$"))
    shown = page.evaluate(
        """utc => new Date(utc).toLocaleTimeString(
            'en-GB', {timeZone: 'Asia/Kolkata', hour: '2-digit', minute: '2-digit'}
        )""",
        utc,
    )
    expect(moment).to_contain_text(shown)


def test_an_id_is_copied(open_page: Open) -> None:
    page = open_page("/people/5/", permissions=["clipboard-read", "clipboard-write"])
    page.get_by_role("button", name="Copy the user id").click()
    expect(page.locator("[data-copied]")).to_have_accessible_name("Copied")
    assert page.evaluate("navigator.clipboard.readText()") == "60011843552"


def test_a_fragment_is_polled(open_page: Open) -> None:
    page = open_page("/job/")
    with page.expect_response("**/job/progress/"):
        pass
    expect(page.locator(".fragment[hx-trigger='every 1s']")).to_be_visible()


def test_it_works_without_script(open_page: Open) -> None:
    page = open_page("/people/5/", java_script_enabled=False)
    page.click("#remove")
    expect(page.locator("h1")).to_have_text("Remove from 14 channels")
    page.goto(page.url.replace("/people/5/remove/", "/"))
    page.click(".chip summary >> nth=0")
    page.click(".chip[open] >> text=Inactive")
    page.wait_for_url(re.compile("status=inactive"))
