"""Addresses to choose from while a name is typed: offered by the app that knows the users."""

from django.urls import reverse

# What an input needs to fill the list `people` beside it, but for the address.
ATTRIBUTES = {
    "list": "people",
    "autocomplete": "off",
    "hx-trigger": "input changed delay:200ms",
    "hx-target": "#people",
    "hx-swap": "innerHTML",
    "hx-sync": "this:replace",
}
_url_names: list[str] = []


def register_suggestions(url_name: str) -> None:
    """Name the page that answers options for a field that names a user; from an AppConfig.ready()."""
    _url_names[:] = [url_name]


def attributes() -> dict[str, str]:
    """ATTRIBUTES with the address of who was registered."""
    return {**ATTRIBUTES, "hx-get": reverse(_url_names[0])}
