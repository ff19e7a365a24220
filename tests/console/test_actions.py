"""A dangerous act: reason, typed name, what will happen."""

from .conftest import Visitor
from .test_lists import text

REMOVE = "/people/2/remove/"
NAME = "王秀英"


def test_the_page_says_what_will_happen_and_to_whom(visitor: Visitor) -> None:
    page = text(visitor.get(REMOVE).text)
    assert f"{NAME} leaves 14 channels at once and is not told." in page
    assert f"Type “{NAME}” to confirm" in page


def test_the_wrong_name_does_nothing(visitor: Visitor) -> None:
    answer = visitor.submit(REMOVE, {"reason": "left", "typed": "Wang"})
    assert answer.status_code == 422
    assert f"This is not the name. Type “{NAME}” exactly as it stands here." in text(answer.text)


def test_the_reason_is_required(visitor: Visitor) -> None:
    assert visitor.submit(REMOVE, {"reason": " ", "typed": NAME}).status_code == 422


def test_a_refusal_is_shown_on_top(visitor: Visitor) -> None:
    answer = visitor.submit(REMOVE, {"reason": "refuse", "typed": NAME})
    assert "Zoho refused: only an organisation admin may do this." in text(answer.text)


def test_confirmed_it_acts(visitor: Visitor) -> None:
    answer = visitor.submit(REMOVE, {"reason": "left", "typed": f" {NAME} "})
    assert answer.url.endswith("/people/2/")
    assert f"{NAME} was removed from 14 channels." in text(answer.text)


def test_as_a_dialog_it_is_only_the_form(visitor: Visitor) -> None:
    answer = visitor.get(REMOVE, headers={"HX-Request": "true"})
    assert "<html" not in answer.text
    assert 'id="dialog-title"' in answer.text
