"""Who a token belongs to."""

import requests

from apps.sandbox import cast
from apps.sandbox.scopes import PROFILE


def ask(control, token):
    headers = {"Authorization": f"Zoho-oauthtoken {token}"}
    return requests.get(f"{control.url}/oauth/user/info", headers=headers, timeout=30)


def test_it_works(control):
    reply = ask(control, control.grant(cast.MEMBER.email, [PROFILE])["access_token"])
    assert reply.json() == {
        "First_Name": "Amelia",
        "Email": "amelia.b@zylker.com",
        "Last_Name": "Burrows",
        "Display_Name": "Amelia Burrows",
        "ZUID": int(cast.MEMBER.zuid),
    }


def test_it_needs_its_scope(control):
    reply = ask(control, control.grant(cast.MEMBER.email, ["ZohoCliq.Users.READ"])["access_token"])
    assert (reply.status_code, reply.json()) == (401, {"error": "INVALID_OAUTHSCOPE"})


def test_it_refuses_an_unknown_token(control):
    assert ask(control, "1000.made.up").status_code == 401


def test_a_fault_can_be_planned(control):
    token = control.grant(cast.MEMBER.email, [PROFILE])["access_token"]
    control.fault("oauth.user_info", status=502, body="<h1>Bad Gateway</h1>")
    assert (ask(control, token).status_code, ask(control, token).status_code) == (502, 200)
