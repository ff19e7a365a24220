"""Who may open a page, and what the others are told."""

import pytest
from django.core.exceptions import ImproperlyConfigured

from apps.console.views import PageView
from apps.core.permissions import Permission

from .conftest import Visitor
from .test_lists import text


def test_a_stranger_signs_in_and_comes_back(visitor: Visitor) -> None:
    answer = visitor.get("/log/?as=stranger&outcome=done", allow_redirects=False)
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/sign-in/?next=%2Flog%2F%3Fas%3Dstranger%26outcome%3Ddone"


def test_a_strangers_form_is_not_remembered(visitor: Visitor) -> None:
    visitor.get("/people/3/edit/")
    data = {"csrfmiddlewaretoken": visitor.cookies["csrftoken"]}
    answer = visitor.post("/people/3/edit/?as=stranger", data=data, allow_redirects=False)
    assert answer.headers["Location"] == "/sign-in/"


def test_a_fragment_sends_the_whole_page_to_sign_in(visitor: Visitor) -> None:
    answer = visitor.get("/job/progress/?as=stranger", headers={"HX-Request": "true"}, allow_redirects=False)
    assert (answer.status_code, answer.headers["HX-Redirect"]) == (200, "/sign-in/")


def test_the_refusal_names_what_is_missing_and_who_can_give_it(visitor: Visitor) -> None:
    answer = visitor.get("/people/3/edit/?as=auditor")
    assert answer.status_code == 403
    assert (
        "Your role in the portal, Auditor, may not edit users. "
        "Owner, Administrator and Operator may; an Owner of the portal can change your role."
    ) in text(answer.text)


def test_what_somebody_may_not_do_is_not_offered(visitor: Visitor) -> None:
    assert "Onboard people" in visitor.get("/").text
    auditors = visitor.get("/?as=auditor").text
    assert "Onboard people" not in auditors
    assert 'href="/form/"' not in auditors
    assert 'href="/log/"' in auditors


@pytest.mark.parametrize("said", [{}, {"permission": Permission.USERS_VIEW, "public": True}])
def test_a_page_must_say_who_may_see_it(said: dict[str, object]) -> None:
    page = type("Page", (PageView,), said)
    with pytest.raises(ImproperlyConfigured, match="Page needs a permission, any_administrator or public"):
        page.as_view()
