"""The name server that `DNS_RESOLVER` names."""

import ipaddress

DNS_PORT = 53


def address_of(text: str) -> tuple[str, int]:
    """Host and port of `10.0.0.5`, `10.0.0.5:5353`, `::1` or `[::1]:5353`; anything else is a ValueError."""
    host, port = text, DNS_PORT
    if text.startswith("["):
        host, closed, rest = text[1:].partition("]")
        if not closed or (rest and not rest.startswith(":")):
            raise ValueError(f"{text} is no address")
        port = _port(rest[1:]) if rest else DNS_PORT
    elif text.count(":") == 1:
        host, _, rest = text.partition(":")
        port = _port(rest)
    return str(ipaddress.ip_address(host)), port


def _port(text: str) -> int:
    if not (text.isascii() and text.isdecimal() and 0 < int(text) < 65536):
        raise ValueError(f"{text} is no port")
    return int(text)
