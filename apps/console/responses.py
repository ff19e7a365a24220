"""Answers that work both for a plain request and for one that htmx made."""

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django_htmx.http import HttpResponseClientRedirect

from .requests import is_fragment


def redirect_to(request: HttpRequest, url: str) -> HttpResponse:
    """Send the browser to `url`; htmx is told to leave the page rather than to swap the target in."""
    if is_fragment(request):
        return HttpResponseClientRedirect(url)
    return HttpResponseRedirect(url)
