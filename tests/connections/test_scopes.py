"""What was granted against what is needed."""

import pytest

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.errors import ScopeMissing
from apps.connections import clients, connecting, scopes
from apps.connections.models import Grant
from apps.core.errors import Refused
from apps.sandbox import cast
from tests.accounts.browser import Visitor, words
from tests.cast import REDIRECT, consented


def test_a_narrower_consent_is_kept_and_shown(owner_client, sandbox):
    """The organisation is connected, the page names what is missing, and so does the call that needs it."""
    sandbox.option("narrow_scopes", ["ZohoCliq.Users.UPDATE"])
    grant = connecting.connect(code=consented(sandbox, cast.ADMIN.email), redirect_uri=REDIRECT)
    assert "ZohoCliq.Users.UPDATE" not in grant.scopes
    assert scopes.missing(grant.scopes) == ("ZohoCliq.Users.UPDATE",)
    page = words(owner_client.get("/connection/"))
    assert "1 needed permission is missing from the consent." in page
    assert "missing ZohoCliq.Users.UPDATE" in page
    with pytest.raises(ScopeMissing) as refused:
        clients.client(interactive=True).users.update(cast.MEMBER.zuid, display_name="A")
    assert refused.value.sentence == (
        "Zoho refused: the portal was not given the permission ZohoCliq.Users.UPDATE. "
        "An Owner has to connect the organisation again."
    )
    assert sandbox.journal() == []


@pytest.mark.parametrize("scope", ["ZohoCliq.Users.READ", "ZohoCliq.Organisation.READ"])
def test_what_shows_who_consents_cannot_be_left_out(sandbox, scope):
    sandbox.option("narrow_scopes", [scope])
    with pytest.raises(Refused, match=f"The consent leaves out {scope}"):
        connecting.connect(code=consented(sandbox, cast.ADMIN.email), redirect_uri=REDIRECT)
    assert not Grant.objects.exists()


def test_zoho_people_has_scopes_of_its_own():
    """Asked for only where it is in use."""
    more = set(scopes.needed(people=True)) - set(scopes.needed())
    assert more
    assert all(scope.startswith("ZohoPeople.") for scope in more)
    assert more >= set(CATALOGUE["users.list"].people_scopes)
    assert set(scopes.missing(scopes.needed(), people=True)) == more


def test_connecting_where_zoho_people_is_in_use(sandbox, settings):
    """The first consent shows that more is needed, the second asks for it."""
    settings.ZOHO_ORGANIZATION_ID = cast.ORGANIZATION_ID
    sandbox.option("zoho_people", True)
    visitor = Visitor(sandbox)
    assert "ZohoPeople" not in visitor.start_connecting()
    answer = visitor.connect(cast.ADMIN.email)
    assert answer.status_code == 403
    assert (
        f"The organisation of {cast.ADMIN.email} seems to use Zoho People, which wants further permissions. "
        "Start connecting again: Zoho then asks for them as well." in words(answer)
    )
    assert "ZohoPeople.employee.READ" in visitor.start_connecting()
    visitor.connect(cast.ADMIN.email)
    grant = Grant.objects.get()
    assert set(CATALOGUE["users.list"].people_scopes) <= set(grant.scopes)
    assert clients.client(interactive=True).users.get(cast.ADMIN.zuid).id == cast.ADMIN.zuid
