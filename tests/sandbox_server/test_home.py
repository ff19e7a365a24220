"""The page at the root."""

import requests

from apps.sandbox import cast


def test_it_says_what_it_is_and_what_changed(admin, control):
    admin.post("/users", json={"users": [{"email_id": "amy@zylker.com"}]})
    admin.put(f"/users/{cast.MEMBER.zuid}", json={"mobile": "1"})
    page = requests.get(control.url, timeout=30)
    assert page.status_code == 200
    assert "A stand-in for Zoho Accounts and Zoho Cliq on this computer" in page.text
    for found in (*(member.email for member in cast.CAST), "users.add", "amy@zylker.com", "Amelia Burrows"):
        assert found in page.text


def test_it_is_empty_at_first(control):
    assert "Nothing has been written through the API yet." in requests.get(control.url, timeout=30).text


def test_nothing_comes_from_elsewhere(control):
    page = requests.get(control.url, timeout=30)
    assert page.headers["Content-Security-Policy"].startswith("default-src 'none'")
    for asset in ("/sandbox.css", "/sandbox.svg"):
        assert asset in page.text
        assert requests.get(control.url + asset, timeout=30).status_code == 200


def test_an_unknown_page_says_so(control):
    page = requests.get(f"{control.url}/nowhere", timeout=30)
    assert (page.status_code, "There is nothing at this address." in page.text) == (404, True)
