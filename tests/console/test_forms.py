"""A form without script: what is checked, refused, changed elsewhere, and sent later."""

import re

from .conftest import Visitor
from .test_lists import text

EDIT = "/people/10/edit/"


def test_only_what_was_changed_is_saved(visitor: Visitor) -> None:
    answer = visitor.submit(EDIT, {"designation": "Archivist"})
    assert answer.url.endswith("/people/10/")
    assert "Saved 1 changes of Åsa Öhrström: designation." in text(answer.text)
    assert 'href="/log/">See the event</a>' in answer.text


def test_an_error_takes_the_helps_place(visitor: Visitor) -> None:
    answer = visitor.submit(EDIT, {"designation": ""})
    assert answer.status_code == 422
    assert "One field needs another look. Nothing was saved." in text(answer.text)
    assert 'id="id_designation_error"' in answer.text
    assert re.search(r'<p class="visually-hidden" id="id_designation_helptext">', answer.text)


def test_a_refusal_stands_beside_its_field(visitor: Visitor) -> None:
    answer = visitor.submit(EDIT, {"designation": "Emperor"})
    field = answer.text.split('id="id_designation_error"')[1].split("</p>")[0]
    assert "Zoho has no designation “Emperor”. Choose one of the existing ones." in field
    assert 'value="Emperor"' in answer.text


def test_a_full_quota_offers_to_send_later(visitor: Visitor) -> None:
    assert "Send it when the quota is free" not in visitor.get(EDIT).text
    answer = visitor.submit(EDIT, {"employee_id": "LOCK"})
    assert "there is room again in 40 seconds" in text(answer.text)
    assert "Send it when the quota is free" in answer.text
    assert "notice-warning" in answer.text
    later = visitor.submit(EDIT, {"employee_id": "LOCK", "later": "1"})
    assert "“Change Åsa Öhrström” is sent as soon as Zoho’s limit allows." in text(later.text)


def test_what_changed_meanwhile_is_shown_and_then_overwritten(visitor: Visitor) -> None:
    stale = {"designation": "Mine", "initial-designation": "Seen long ago"}
    answer = visitor.submit("/people/26/edit/", stale)
    present = (
        visitor.get("/people/26/edit/").text.split('name="initial-designation" value="')[1].split('"')[0]
    )
    assert f"Somebody changed this meanwhile to “{present}”." in text(answer.text)
    assert f'name="initial-designation" value="{present}"' in answer.text
    again = visitor.submit("/people/26/edit/", {"designation": "Mine", "initial-designation": present})
    assert "Saved 1 changes" in text(again.text)


def test_optional_is_said_and_required_is_not(visitor: Visitor) -> None:
    page = visitor.get(EDIT).text
    label = re.search(r'<label[^>]*for="id_employee_id"[^>]*>(.*?)</label>', page)
    required = re.search(r'<label[^>]*for="id_designation"[^>]*>(.*?)</label>', page)
    assert label is not None and text(label[1]) == "Employee id optional "
    assert required is not None and required[1] == "Designation"


def test_a_stale_token_says_that_nothing_was_changed(visitor: Visitor) -> None:
    answer = visitor.post(EDIT, data={"designation": "x"})
    assert answer.status_code == 403
    assert "Nothing was changed. Go back, reload the page and send it again" in text(answer.text)
