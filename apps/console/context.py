"""What the shell needs on every page, as one lazy object called `console`."""

from collections.abc import Callable, Mapping
from functools import cached_property
from ipaddress import ip_address
from typing import Any, cast
from urllib.parse import urlsplit

from django.conf import settings
from django.http import HttpRequest
from django.urls import NoReverseMatch, reverse

from .navigation import Link, sidebar
from .requests import Administrator, ConsoleRequest, administrator_of

SEARCH_URL_NAME = "home:search"

Provider = Callable[[ConsoleRequest], Mapping[str, Any]]
_providers: list[Provider] = []


def register_context(provider: Provider) -> Provider:
    """Let an app add `organisation` and `data_centre` to the shell; usable as a decorator."""
    if provider not in _providers:
        _providers.append(provider)
    return provider


def is_loopback(url: str) -> bool:
    """Whether `url` points at this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def url_or_empty(name: str) -> str:
    """The URL of `name`, or nothing where no such page exists."""
    try:
        return reverse(name)
    except NoReverseMatch:
        return ""


class Console:
    """The shell's view of the request; each part is worked out only when a template asks for it."""

    def __init__(self, request: HttpRequest) -> None:
        self._request = cast(ConsoleRequest, request)

    @cached_property
    def administrator(self) -> Administrator | None:
        """Who is signed in, if anyone."""
        return administrator_of(self._request)

    @cached_property
    def navigation(self) -> list[tuple[str, list[Link]]]:
        """The sidebar's groups."""
        return sidebar(self._request, self.administrator)

    @cached_property
    def waiting(self) -> int:
        """How much waits in all, for the phone's menu button."""
        return sum(link.count for _, links in self.navigation for link in links)

    @cached_property
    def extra(self) -> dict[str, Any]:
        """Everything the registered providers add; see `register_context`."""
        merged: dict[str, Any] = {}
        for provider in _providers:
            merged.update(provider(self._request))
        return merged

    @property
    def organisation(self) -> str:
        """The connected organisation's name, or nothing before one is connected."""
        return str(self.extra.get("organisation", ""))

    @property
    def data_centre(self) -> str:
        """The data centre's short name, such as EU."""
        return str(self.extra.get("data_centre", settings.ZOHO_DATA_CENTRE)).upper()

    @property
    def sandbox(self) -> bool:
        """Whether the portal talks to a server on this machine instead of Zoho."""
        return is_loopback(settings.CLIQ_BASE_URL)

    @property
    def search_url(self) -> str:
        """The search page, where there is one."""
        return url_or_empty(SEARCH_URL_NAME)

    @property
    def home_url(self) -> str:
        """Where the name of the portal leads."""
        return url_or_empty(settings.LOGIN_REDIRECT_URL) or "/"

    @property
    def sign_out_url(self) -> str:
        """Where the sign-out form posts to."""
        return url_or_empty("accounts:sign_out") or url_or_empty("account_logout")

    @property
    def sessions_url(self) -> str:
        """The page that lists this person's sessions."""
        return url_or_empty("accounts:sessions")


def console(request: HttpRequest) -> dict[str, Any]:
    """The context processor."""
    return {"console": Console(request)}
