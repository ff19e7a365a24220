"""Zoho's data centres: which accounts host goes with which Cliq host."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from apps.core.errors import PortalError


@dataclass(frozen=True, slots=True)
class DataCentre:
    """One data centre: its code and its two hosts, as addresses without a trailing slash.

    `domain_target` is what the CNAME record of a custom domain points to, empty where that is not known:
    the API does not tell.
    """

    code: str
    accounts: str
    cliq: str
    domain_target: str = ""


def _centre(code: str, domain: str, domain_target: str = "") -> DataCentre:
    return DataCentre(code, f"https://accounts.{domain}", f"https://cliq.{domain}", domain_target)


DATA_CENTRES: Mapping[str, DataCentre] = MappingProxyType(
    {
        centre.code: centre
        for centre in (
            _centre("us", "zoho.com", "cliq.cs.zohohost.com"),
            _centre("eu", "zoho.eu", "cliq.cs.zohohost.eu"),
            _centre("in", "zoho.in", "cliq.cs.zohohost.in"),
            _centre("au", "zoho.com.au", "cliq.cs.zohohost.com.au"),
            _centre("cn", "zoho.com.cn"),
            _centre("jp", "zoho.jp"),
            _centre("sa", "zoho.sa"),
            _centre("uk", "zoho.uk"),
            _centre("ca", "zohocloud.ca"),
        )
    }
)


class UnknownDataCentre(PortalError):
    """An address that is not exactly one of Zoho's accounts hosts: nothing may be sent there."""


def by_accounts_server(url: str) -> DataCentre:
    """The data centre whose accounts address is exactly `url`; anything else raises UnknownDataCentre.

    The address arrives in the browser's callback, so whoever made the link chose it: the client's secret
    goes only to an address of the table.
    """
    for centre in DATA_CENTRES.values():
        if url in (centre.accounts, centre.accounts + "/"):
            return centre
    raise UnknownDataCentre("The sign-in came back from an address that is not one of Zoho's. Sign in again.")
