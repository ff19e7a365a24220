"""The scopes that a consent can ask for."""

import pytest

from apps.cliq.catalogue import CATALOGUE
from apps.sandbox import scopes

EVERY = sorted({scope for one in CATALOGUE.values() for scope in (*one.scopes, *one.people_scopes)})


@pytest.mark.parametrize("scope", EVERY)
def test_every_scope_of_the_catalogue_can_be_asked_for(scope):
    assert scopes.exists(scope)
    assert scopes.in_words([scope])


@pytest.mark.parametrize("scope", ["ZohoCliq.Users.Read", "ZohoCliq.Planets.READ", "ZohoCliq.Users", "read"])
def test_one_that_does_not_exist_rejects_the_consent(scope):
    assert not scopes.exists(scope)


@pytest.mark.parametrize(
    ("held", "needed", "covered"),
    [
        ("ZohoCliq.Channels.ALL", "ZohoCliq.Channels.UPDATE", True),
        ("ZohoCliq.Roles.ALL", "ZohoCliq.Organisation.READ", True),
        ("ZohoCliq.UserFields.CREATE", "ZohoCliq.Userfields.UPDATE", False),
        ("ZohoCliq.Chats.ALL", "ZohoCliq.Channels.READ", False),
    ],
)
def test_umbrellas_cover_their_module(held, needed, covered):
    assert scopes.covers([held], needed) is covered
