"""The table of data centres and what a callback may name."""

import pytest

from apps.cliq.datacentres import DATA_CENTRES, UnknownDataCentre, by_accounts_server


def test_all_nine_are_there():
    assert list(DATA_CENTRES) == ["us", "eu", "in", "au", "cn", "jp", "sa", "uk", "ca"]


def test_canada_has_a_domain_of_its_own():
    canada = DATA_CENTRES["ca"]
    assert (canada.accounts, canada.cliq) == ("https://accounts.zohocloud.ca", "https://cliq.zohocloud.ca")


@pytest.mark.parametrize("code", DATA_CENTRES)
def test_an_accounts_host_is_recognised(code):
    centre = DATA_CENTRES[code]
    assert by_accounts_server(centre.accounts) is centre
    assert by_accounts_server(centre.accounts + "/") is centre


@pytest.mark.parametrize(
    "address",
    [
        "",
        "https://accounts.zoho.com.evil.example",
        "https://accounts.zoho.com@evil.example",
        "http://accounts.zoho.com",
        "https://accounts.zoho.com:444",
        "https://accounts.zoho.com/path",
        "https://ACCOUNTS.zoho.com",
        "https://accounts.zoho.ca",
        "accounts.zoho.com",
        " https://accounts.zoho.com",
    ],
)
def test_it_rejects_anything_else(address):
    with pytest.raises(UnknownDataCentre) as refused:
        by_accounts_server(address)
    assert refused.value.sentence == (
        "The sign-in came back from an address that is not one of Zoho's. Sign in again."
    )
