"""A rejected token is renewed once; then the grant is dead."""

import pytest

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.oauth import Accounts
from apps.cliq.records import Outcome
from apps.core.errors import GrantDead, NotSent, OutcomeUnknown, VendorFailure
from apps.sandbox import cast
from tests.cliq.conftest import SCOPES
from tests.cliq.servers import in_turn, reply


class Grant:
    """A token source that asks the sandbox for another token, as the portal's does."""

    def __init__(self, zoho) -> None:
        granted = zoho.grant(cast.ADMIN.email, SCOPES)
        self.accounts = Accounts(zoho.url, cast.CLIENT_ID, cast.CLIENT_SECRET)
        self.refresh_token, self.token = granted["refresh_token"], granted["access_token"]
        self.renewals = 0

    def get(self) -> str:
        return self.token

    def renew(self, rejected: str) -> str:
        assert rejected == self.token
        self.renewals += 1
        self.token = self.accounts.refresh(self.refresh_token).access_token
        return self.token


@pytest.fixture
def grant(zoho):
    return Grant(zoho)


@pytest.fixture
def renewing(zoho, grant, quota, records):
    return Cliq(base_url=zoho.url, tokens=grant, quota=quota, observer=records.append)


def test_an_expired_token_is_renewed_and_a_write_repeated_once(renewing, grant, zoho, records):
    zoho.expire_access_tokens()
    assert renewing.users.update(cast.MEMBER.zuid, display_name="A").display_name == "A"
    assert grant.renewals == 1
    assert len(zoho.journal()) == 1
    assert [record.outcome for record in records] == [Outcome.TOKEN, Outcome.DONE]
    assert len(zoho.arrivals("users.update")) == 2


def test_the_repetition_takes_a_slot_of_its_own(renewing, zoho, quota):
    zoho.expire_access_tokens()
    renewing.users.get(cast.MEMBER.zuid)
    free = CATALOGUE["users.get"].quota - 2
    for _ in range(free):
        quota.admit(CATALOGUE["users.get"], interactive=False, hold=1)
    assert quota.wait(CATALOGUE["users.get"]) > 0


def test_a_revoked_grant_is_dead(renewing, zoho):
    zoho.revoke_grants()
    with pytest.raises(GrantDead) as dead:
        renewing.users.update(cast.MEMBER.zuid, display_name="A")
    assert dead.value.sentence == (
        "Zoho has withdrawn the portal's access. An Owner has to connect the organisation again."
    )
    assert zoho.journal() == []


def test_a_renewed_token_that_is_rejected_too_is_the_end(renewing, grant, zoho):
    zoho.fault("users.get", times=3, code="INVALID_OAUTHTOKEN", status=401)
    with pytest.raises(GrantDead) as dead:
        renewing.users.get(cast.MEMBER.zuid)
    assert dead.value.sentence == (
        "Zoho no longer accepts the portal's access. An Owner has to connect the organisation again."
    )
    assert (grant.renewals, len(zoho.arrivals("users.get"))) == (1, 2)


def test_a_missing_scope_is_no_reason_to_renew(renewing, grant, zoho):
    zoho.fault("users.get", code="oauthtoken_scope_invalid", status=401)
    with pytest.raises(Exception, match="An Owner has to connect"):
        renewing.users.get(cast.MEMBER.zuid)
    assert grant.renewals == 0


def test_a_sign_in_service_that_fails_means_not_sent(renewing, zoho):
    zoho.expire_access_tokens()
    zoho.fault("oauth.token", status=503, body="<html>busy</html>")
    with pytest.raises(NotSent):
        renewing.users.update(cast.MEMBER.zuid, display_name="A")
    assert zoho.journal() == []


def test_what_follows_the_renewal_is_judged_as_ever(against):
    class Two:
        def get(self):
            return "one"

        def renew(self, rejected):
            return "two"

    rejected = reply({"code": "INVALID_OAUTHTOKEN", "message": "No."}, 401)
    failing = reply("<html>", 500, "text/html")
    with pytest.raises(OutcomeUnknown):
        against(in_turn(rejected, failing), tokens=Two()).users.update("7", display_name="A")
    with pytest.raises(VendorFailure):
        against(in_turn(rejected, failing), tokens=Two()).users.get("7")
