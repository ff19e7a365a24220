"""PUBLIC_URL, ALLOWED_HOSTS, TRUSTED_PROXIES, DNS_RESOLVER."""

import ipaddress
from collections.abc import Iterator
from urllib.parse import urlsplit

from django.conf import settings
from django.core.checks import CheckMessage, Error

from apps.core.name_server import address_of


def check_addresses() -> Iterator[CheckMessage]:
    """PUBLIC_URL, ALLOWED_HOSTS, TRUSTED_PROXIES, DNS_RESOLVER."""
    if not is_address(settings.PUBLIC_URL):
        yield Error(
            "PUBLIC_URL is not a web address such as https://portal.example.com.",
            hint="Give scheme and host (and port), without a path: Zoho sends people back to it.",
            id="portal.E010",
        )
    elif urlsplit(settings.PUBLIC_URL).scheme == "http" and not is_loopback(settings.PUBLIC_URL):
        yield Error(
            "PUBLIC_URL is plain http on a host that others can reach.",
            hint="Serve the portal over https: sign-ins and Zoho's codes travel through it.",
            id="portal.E011",
        )
    if "*" in settings.ALLOWED_HOSTS:
        yield Error(
            "ALLOWED_HOSTS accepts every host name.",
            hint="Name the hosts under which the portal is reached, separated by commas.",
            id="portal.E012",
        )
    for name, network in [("TRUSTED_PROXIES", item) for item in settings.TRUSTED_PROXIES]:
        if not is_network(network):
            yield Error(
                f"{name} holds {network!r}, which is no address or network.",
                hint="Write addresses or networks separated by commas: 10.0.0.5, 172.18.0.0/16.",
                id="portal.E013",
            )
    if settings.DNS_RESOLVER and not is_resolver(settings.DNS_RESOLVER):
        yield Error(
            "DNS_RESOLVER is no address.",
            hint="Write an IP address, with a port if it is not 53 (10.0.0.5:5353), or leave it empty.",
            id="portal.E014",
        )


def is_loopback(url: str) -> bool:
    """Whether an address stays on this machine."""
    host = urlsplit(url).hostname or ""
    try:
        return host == "localhost" or ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False


def is_address(url: str) -> bool:
    """Whether this is scheme and host, with nothing behind them."""
    try:
        parts = urlsplit(url)
        parts.port  # noqa: B018
    except ValueError:
        return False
    bare = not (parts.path.strip("/") or parts.query or parts.fragment or parts.username)
    return parts.scheme in {"http", "https"} and bool(parts.hostname) and bare


def is_network(text: str) -> bool:
    """Whether this is an IP address or network."""
    try:
        ipaddress.ip_network(text, strict=False)
    except ValueError:
        return False
    return True


def is_resolver(text: str) -> bool:
    """Whether this is an IP address, with or without a port."""
    try:
        address_of(text)
    except ValueError:
        return False
    return True
