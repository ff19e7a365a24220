"""What the client makes of each kind of answer, for a read and for a write."""

import socket

import pytest

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.errors import NotAllowed, NotFound, Redirected, ScopeMissing
from apps.cliq.records import Outcome
from apps.cliq.tokens import FixedToken
from apps.core.errors import GrantDead, NotSent, OutcomeUnknown, QuotaWait, Refused, VendorFailure
from tests.cliq.servers import head, reply

HTML = "<!DOCTYPE html><html><body>Zoho is busy</body></html>"
USER = {"data": {"id": "7", "email_id": "a@zylker.com"}}


def closed(connection: socket.socket, request: bytes) -> None:
    connection.shutdown(socket.SHUT_RDWR)


def endless(connection: socket.socket, request: bytes) -> None:
    connection.sendall(head(Content_Length=10**9))
    while True:
        connection.sendall(b" " * 1_000_000)


USELESS = {
    "closed": (closed, "broke off the connection"),
    "truncated": (
        lambda connection, _: connection.sendall(head(Content_Length=99) + b'{"data"'),
        "broke off the connection",
    ),
    "cut off without a length": (
        lambda connection, _: connection.sendall(head() + b'{"data": {"id": "7"'),
        "sent an answer that is cut off or damaged",
    ),
    "enormous": (endless, "sent more than an answer can hold"),
    "web page": (reply(HTML, kind="text/html"), "sent a web page instead of an answer"),
    "web page called JSON": (reply(HTML), "sent an answer that is cut off or damaged"),
    "nested too deeply": (reply("[" * 200_000), "sent an answer that is cut off or damaged"),
    "other shape": (reply({"data": [1, 2]}), "sent an answer the portal cannot read"),
    "object without id": (reply({"data": {"name": "x"}}), "sent an answer the portal cannot read"),
    "empty": (reply(""), "sent an answer the portal cannot read"),
    "server error": (reply({"code": "internal_error"}, 500), "answered with the status 500"),
    "bad gateway": (reply(HTML, 502, kind="text/html"), "answered with the status 502"),
    "request timeout": (reply("", 408), "answered with the status 408"),
}


@pytest.mark.parametrize("kind", USELESS)
def test_a_read_without_an_answer_failed(against, kind):
    script, reason = USELESS[kind]
    with pytest.raises(VendorFailure) as failed:
        against(script).users.get("7")
    assert failed.value.sentence == f"Zoho {reason}. Nothing was changed; try again in a moment."


@pytest.mark.parametrize("kind", USELESS)
def test_a_write_without_an_answer_is_unknown(against, kind):
    script, reason = USELESS[kind]
    with pytest.raises(OutcomeUnknown) as unknown:
        against(script).users.update("7", display_name="A")
    assert unknown.value.sentence == f"Zoho {reason}: the change may or may not have been made."


def test_too_slow_a_write_is_unknown(against):
    cliq = against(lambda connection, _: connection.recv(1), deadline=0.3)
    with pytest.raises(OutcomeUnknown, match="did not answer in time"):
        cliq.users.update("7", display_name="A")


def test_an_unreachable_server_got_nothing_and_costs_no_slot(quota, records):
    with socket.create_server(("127.0.0.1", 0)) as listener:
        url = f"http://127.0.0.1:{listener.getsockname()[1]}"
    cliq = Cliq(base_url=url, tokens=FixedToken("1000.t"), quota=quota, observer=records.append)
    for _ in range(CATALOGUE["users.add"].quota + 1):
        with pytest.raises(NotSent):
            cliq.users.add([{"email_id": "a@zylker.com"}])
    assert {record.outcome for record in records} == {Outcome.NOT_SENT}


REFUSALS = {
    "nested": (400, {"error": {"code": "operation_not_allowed", "message": "No."}, "status": {}}, NotAllowed),
    "flat": (403, {"code": "operation_not_allowed", "message": "No."}, NotAllowed),
    "error is the code": (400, {"error": "operation_not_allowed"}, NotAllowed),
    "error_code": (400, {"error_code": "operation_not_allowed"}, NotAllowed),
    "with a good status": (200, {"code": "operation_not_allowed", "message": "No."}, NotAllowed),
    "forbidden page": (403, HTML, NotAllowed),
    "no such address": (404, {"code": "request_url_invalid", "message": "No."}, NotFound),
    "not found page": (404, HTML, NotFound),
    "plain text": (400, "Malformed", Refused),
    "empty": (400, "", Refused),
    "a code nobody knows": (400, {"code": "brand_new", "message": "Something new."}, Refused),
    "a code that is a number": (400, {"code": 1034, "message": "No."}, Refused),
    "scope": (401, {"code": "oauthtoken_scope_invalid", "message": "No."}, ScopeMissing),
    "other spelling of scope": (400, {"error": "oauth_scope_invalid"}, ScopeMissing),
    "redirect": (302, "", Redirected),
}


@pytest.mark.parametrize("kind", REFUSALS)
def test_a_refusal_is_of_its_class(against, records, kind):
    status, body, expected = REFUSALS[kind]
    with pytest.raises(Refused) as refused:
        against(reply(body, status)).users.update("7", display_name="A")
    assert type(refused.value) is expected
    assert refused.value.status == status
    assert [record.outcome for record in records] == [Outcome.REFUSED]
    assert (records[0].status, records[0].code) == (status, refused.value.code)


SENTENCES = {
    "nested": "Zoho refused: this profile may not be changed by the account that connects the portal, "
    "or the person is not a member of the organisation.",
    "plain text": "Zoho refused: Malformed.",
    "empty": "Zoho refused with the status 400 and no reason.",
    "a code nobody knows": "Zoho refused: Something new (brand_new).",
    "scope": "Zoho refused: the portal was not given the permission ZohoCliq.Users.UPDATE. "
    "An Owner has to connect the organisation again.",
    "redirect": "Zoho answered with another address instead of a result, which the portal does not follow. "
    "Check the data centre in the portal's settings.",
}


@pytest.mark.parametrize("kind", SENTENCES)
def test_a_refusal_is_a_sentence(against, kind):
    status, body, _ = REFUSALS[kind]
    with pytest.raises(Refused) as refused:
        kind_of_body = "application/json" if isinstance(body, dict) else "text/plain"
        against(reply(body, status, kind_of_body)).users.update("7", display_name="A")
    assert refused.value.sentence == SENTENCES[kind]


def test_a_missing_scope_is_named(against):
    with pytest.raises(ScopeMissing) as refused:
        against(reply({"code": "oauthtoken_scope_invalid"}, 401)).roles.list()
    assert refused.value.scopes == ("ZohoCliq.Organisation.READ",)


THROTTLES = {
    "400 with the code": (400, {"code": "request_limit_exceeded", "message": "URL throttle limits exceeded"}),
    "400 nested": (400, {"error": {"code": "request_limit_exceeded"}}),
    "429 page": (429, HTML),
    "429 empty": (429, ""),
}


@pytest.mark.parametrize("kind", THROTTLES)
@pytest.mark.parametrize("write", [False, True])
def test_a_throttle_locks_the_operation(against, quota, records, kind, write):
    status, body = THROTTLES[kind]
    cliq = against(reply(body, status))
    with pytest.raises(QuotaWait) as wait:
        cliq.users.update("7", display_name="A") if write else cliq.users.get("7")
    assert (wait.value.locked, wait.value.seconds) == (True, 10.0)
    assert wait.value.sentence == (
        "Zoho has locked this call because its limit was exceeded. It opens in 10 seconds."
    )
    endpoint = CATALOGUE["users.update" if write else "users.get"]
    assert 9 < quota.wait(endpoint) <= 10
    assert quota.wait(CATALOGUE["users.list"]) == 0
    with pytest.raises(QuotaWait):
        cliq.users.update("7", display_name="A") if write else cliq.users.get("7")
    assert [record.outcome for record in records] == [Outcome.THROTTLED]


def test_a_token_that_cannot_be_renewed_ends_the_grant(against):
    with pytest.raises(GrantDead):
        against(reply({"code": "INVALID_OAUTHTOKEN"}, 401)).users.get("7")


def test_the_record_tells_the_call(against, records, quota):
    against(reply(USER, X_Request_Id="abc")).users.get("7")
    record = records[0]
    assert (record.endpoint, record.account, record.status) == ("users.get", quota.account, 200)
    assert (record.outcome, record.code, record.request_id) == (Outcome.DONE, "", "abc")
    assert 0 <= record.waited < 1
    assert 0 < record.seconds < 5


def test_an_observer_that_fails_does_not_hide_the_answer(against, caplog):
    def observer(record):
        raise RuntimeError("observer")

    assert against(reply(USER), observer=observer).users.get("7").id == "7"
    assert "The observer of calls failed." in caplog.text


def test_a_network_stands_before_the_path(scripted, quota):
    server = scripted(reply(USER))
    cliq = Cliq(base_url=server.url + "/", tokens=FixedToken("1000.t"), quota=quota, network="zylker clients")
    cliq.users.get("7")
    assert server.requests[0].startswith(b"GET /network/zylker%20clients/api/v2/users/7?fields=all ")
