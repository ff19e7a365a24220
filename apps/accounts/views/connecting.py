"""To Zoho's consent page and back, for the installation's one connection."""

from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from apps.accounts import claim, consent
from apps.console.access import require, sign_in_first
from apps.console.requests import administrator_of
from apps.core.errors import PortalError, Refused
from apps.core.permissions import Permission


@require_POST
def connect(request: HttpRequest) -> HttpResponse:
    """Send whoever may connect to Zoho's consent page."""
    if consent.may_connect(request):
        return redirect(consent.begin(request))
    if not claim.is_claimed():
        return redirect("accounts:setup")
    if administrator_of(request) is None:
        return sign_in_first(request)
    require(request, Permission.CONNECTION_MANAGE)
    return redirect("connections:connection")


@never_cache
@require_safe
def connected(request: HttpRequest) -> HttpResponse:
    """Zoho sends the browser back here, with a code or with a refusal."""
    first = not claim.is_claimed()
    try:
        grant = consent.finish(request)
    except PortalError as error:
        return _refused(request, error)
    if first:
        messages.success(
            request, f"{grant.organization.name} is connected, and you are the first Owner of this portal."
        )
        return redirect("home:dashboard")
    messages.success(request, f"{grant.organization.name} is connected through {grant.holder_email}.")
    return redirect("connections:connection")


def _refused(request: HttpRequest, error: PortalError) -> HttpResponse:
    """The sentence, and the way on for whoever reads it."""
    ours = not claim.is_claimed()
    signed_in = administrator_of(request) is not None
    back = "accounts:setup" if ours else "connections:connection" if signed_in else "accounts:sign_in"
    context = {
        "sentence": error.sentence,
        "back_url": reverse(back),
        "back_label": "Start again" if ours else "Back to the connection" if signed_in else "Sign in",
    }
    status = HTTPStatus.FORBIDDEN if isinstance(error, Refused) else HTTPStatus.BAD_GATEWAY
    return render(request, "accounts/not_connected.html", context, status=status)
