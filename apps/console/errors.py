"""The error pages: what happened, to whom, what to do next."""

from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.template import TemplateSyntaxError
from django.template.loader import get_template

NO_PERMISSION = "Your role in the portal does not include this. An Owner of the portal can change your role."
BROKEN = (
    "<!doctype html><title>Error</title><p>The portal failed on this page. Nothing further was changed.</p>"
)
TOO_LONG = (
    "This form was open too long, or you signed in again in another tab, so it cannot be trusted any more. "
    "Nothing was changed. Go back, reload the page and send it again; what you typed is still there to copy."
)


class NothingHere(Http404):
    """A 404 whose message is a sentence for a person: what was there and where it went."""


def handler400(request: HttpRequest, exception: Exception) -> HttpResponse:
    """A request that no page of ours would have made."""
    return render(request, "400.html", status=HTTPStatus.BAD_REQUEST)


def handler403(request: HttpRequest, exception: Exception) -> HttpResponse:
    """What is missing and who can give it; `PermissionDenied` carries the sentence."""
    said = str(exception) if isinstance(exception, PermissionDenied) else ""
    return render(request, "403.html", {"sentence": said or NO_PERMISSION}, status=HTTPStatus.FORBIDDEN)


def handler404(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Nothing is there; only our own exception carries a sentence for a person."""
    said = str(exception) if isinstance(exception, NothingHere) else ""
    return render(request, "404.html", {"sentence": said}, status=HTTPStatus.NOT_FOUND)


def handler500(request: HttpRequest) -> HttpResponse:
    """A fault of the portal: rendered without any context, since anything may be broken."""
    try:
        body = get_template("500.html").render()
    except (OSError, ValueError, TemplateSyntaxError):
        body = BROKEN
    return HttpResponse(body, status=HTTPStatus.INTERNAL_SERVER_ERROR)


def csrf_failure(request: HttpRequest, reason: str = "") -> HttpResponse:
    """A form whose token is stale; `reason` is Django's and not for the person."""
    return render(request, "403_csrf.html", {"sentence": TOO_LONG}, status=HTTPStatus.FORBIDDEN)
