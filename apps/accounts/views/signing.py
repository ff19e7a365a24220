"""Signing in with Zoho, signing out."""

from typing import Any

from allauth.usersessions.models import UserSession
from django.contrib import messages
from django.contrib.auth import logout
from django.core.exceptions import SuspiciousOperation
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from apps.accounts import claim, provider
from apps.connections import selectors
from apps.console.views import PageView

SIGNED_OUT = "You are signed out of the portal. Zoho itself may still know you in this browser."


class SignInView(PageView):
    """One button; an installation that nobody owns yet is set up first."""

    public = True
    template_name = "accounts/sign_in.html"
    title = "Sign in"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Whoever is signed in goes where they wanted to go."""
        if not claim.is_claimed():
            return redirect("accounts:setup")
        if getattr(request, "administrator", None):
            return redirect(self._next(request) or "home:dashboard")
        return super().dispatch(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds where to go afterwards."""
        organization = selectors.organization()
        return super().get_context_data(next=self._next(self.request), organization=organization, **kwargs)

    def _next(self, request: HttpRequest) -> str:
        wanted = request.GET.get("next", "")
        return wanted if url_has_allowed_host_and_scheme(wanted, allowed_hosts=None) else ""


@require_POST
def zoho_login(request: HttpRequest) -> HttpResponse:
    """allauth's first step, for signing in only: it would also link a second identity to an account."""
    if request.POST.get("process", "login") != "login" or "process" in request.GET:
        raise SuspiciousOperation("Only signing in is offered.")
    return provider.oauth2_login(request)


@never_cache
@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End this browser's session."""
    UserSession.objects.filter(session_key=request.session.session_key or "").delete()
    logout(request)
    messages.success(request, SIGNED_OUT)
    return redirect("accounts:sign_in")
