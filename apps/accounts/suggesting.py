"""Addresses to choose from while a name is typed: offered by the app that knows the users."""

from django.urls import reverse

_url_names: list[str] = []


def register_suggestions(url_name: str) -> None:
    """Name the page that answers options for a field that names a user; from an AppConfig.ready()."""
    _url_names[:] = [url_name]


def url() -> str:
    """The address of the page that was registered."""
    return reverse(_url_names[0])
