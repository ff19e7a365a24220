"""The client, the data centre, the numbers of Zoho's API, and the overrides for the sandbox."""

import re
from collections.abc import Iterator

from django.conf import settings
from django.core.checks import CheckMessage, Error

from apps.core.checks.addresses import is_address, is_loopback
from portal.environment import DATA_CENTRE_CODES

USERS_PER_CALL = range(1, 1001)
PERCENT = range(101)
HOST_NAME = re.compile(r"(?:[a-z0-9_](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}")
PATH_PART = re.compile(r"[A-Za-z0-9_-]*(?:/[A-Za-z0-9_-]+)*/?")


def check_zoho() -> Iterator[CheckMessage]:
    """The client, the data centre and the numbers of Zoho's API."""
    for name, code in (("ZOHO_CLIENT_ID", "portal.E020"), ("ZOHO_CLIENT_SECRET", "portal.E021")):
        if not getattr(settings, name):
            yield Error(
                f"{name} is empty.",
                hint="Register a server-based application in Zoho's API console; README.md has the steps.",
                id=code,
            )
    if settings.ZOHO_DATA_CENTRE not in DATA_CENTRE_CODES:
        yield Error(
            f"ZOHO_DATA_CENTRE is {settings.ZOHO_DATA_CENTRE!r}.",
            hint=f"Write one of {', '.join(DATA_CENTRE_CODES)}: where your organisation signs in to Zoho.",
            id="portal.E022",
        )
    if settings.ZOHO_ORGANIZATION_ID and not settings.ZOHO_ORGANIZATION_ID.isdecimal():
        yield Error(
            "ZOHO_ORGANIZATION_ID is not a number.",
            hint="Write the organisation's id, or leave it empty and claim the portal with `serve`'s code.",
            id="portal.E023",
        )
    if settings.CLIQ_USERS_PER_CALL not in USERS_PER_CALL:
        yield Error(
            f"CLIQ_USERS_PER_CALL is {settings.CLIQ_USERS_PER_CALL}.",
            hint=f"Write a number from {USERS_PER_CALL.start} to {USERS_PER_CALL.stop - 1}; 100 is proven.",
            id="portal.E024",
        )
    if settings.BULK_GUARD_PERCENT not in PERCENT:
        yield Error(
            f"BULK_GUARD_PERCENT is {settings.BULK_GUARD_PERCENT}.",
            hint="Write a number from 0 (every plan asks for its number) to 100 (none does); 20 is usual.",
            id="portal.E027",
        )
    for name, code in (("CLIQ_NETWORK", "portal.E025"), ("CLIQ_EXPORT_PREFIX", "portal.E026")):
        if not PATH_PART.fullmatch(getattr(settings, name)):
            yield Error(
                f"{name} cannot be part of an address.",
                hint="Use letters, digits, - and _ (in a prefix slashes too), or leave it empty.",
                id=code,
            )
    if settings.CLIQ_DOMAIN_TARGET and not HOST_NAME.fullmatch(settings.CLIQ_DOMAIN_TARGET):
        yield Error(
            "CLIQ_DOMAIN_TARGET is no host name.",
            hint="Write the name that Zoho's admin panel shows for the CNAME record, or leave it empty.",
            id="portal.E028",
        )


def check_overrides() -> Iterator[CheckMessage]:
    """The sandbox's hosts and its shorter minute never meet the real Zoho."""
    hosts = {name: getattr(settings, name) for name in ("ZOHO_ACCOUNTS_URL", "CLIQ_BASE_URL")}
    for name, url in hosts.items():
        if url and not (is_address(url) and is_loopback(url)):
            yield Error(
                f"{name} overrides Zoho's host with one that is not on this machine.",
                hint="Leave it empty: ZOHO_DATA_CENTRE chooses the host. It is for the local sandbox only.",
                id="portal.E030",
            )
    if sum(map(bool, hosts.values())) == 1:
        yield Error(
            "Only one of ZOHO_ACCOUNTS_URL and CLIQ_BASE_URL is set: tokens of one would go to the other.",
            hint="Set both to the sandbox, or neither.",
            id="portal.E031",
        )
    local = all(url and is_loopback(url) for url in hosts.values())
    minute = settings.CLIQ_MINUTE_SECONDS
    if minute <= 0 or (minute != 60 and not local):
        yield Error(
            f"CLIQ_MINUTE_SECONDS is {minute:g}: Zoho's minute has 60 seconds.",
            hint="Remove it. Only against a sandbox on this machine may the minute be another one.",
            id="portal.E032",
        )
    if settings.DEBUG and not is_loopback(settings.PUBLIC_URL):
        yield Error(
            "DEBUG is on at a public address: error pages would show settings and data to strangers.",
            hint="Remove DEBUG or set it to 0.",
            id="portal.E033",
        )
