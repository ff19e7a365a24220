"""Setting a fresh installation up: what is missing, the code, then on to Zoho."""

from typing import Any

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.accounts import claim, consent
from apps.accounts.forms import ClaimForm
from apps.connections import scopes
from apps.connections.zoho import accounts_url
from apps.console.views import FormView
from apps.core.context import client_address
from apps.core.errors import Refused

ATTEMPTS = 10
ATTEMPTS_SECONDS = 60
WRONG_CODE = (
    "This is not the code the portal printed last. Look where the portal was started; "
    "starting it again prints a new one."
)
TOO_MANY = "Ten codes were tried within a minute. Wait a minute, then enter the code again."


class SetupView(FormView):
    """`/setup/`: open to whoever finds the installation, useful only to whoever runs it."""

    public = True
    template_name = "accounts/setup.html"
    form_class = ClaimForm
    title = "Set up the portal"
    submit = "Continue"

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """There is nothing to set up once somebody owns it."""
        if claim.is_claimed():
            return redirect("accounts:sign_in")
        return super().dispatch(request, *args, **kwargs)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The field's label must not be announced as an error before anything was typed."""
        return super().get_form_kwargs() | {"auto_id": "id_%s"}

    def save(self, form: ClaimForm) -> str:
        """Check the code; the session remembers that it was shown."""
        self._count_attempt()
        if not claim.needs_code() or consent.missing_settings():
            return reverse("accounts:setup")
        if not claim.matches(form.cleaned_data["code"]):
            raise Refused(WRONG_CODE, field="code")
        # A session id that somebody else may have planted must not become worth anything.
        self.request.session.cycle_key()
        self.request.session[consent.CODE_SHOWN] = True
        return reverse("accounts:setup")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds which of the three steps this is."""
        missing = consent.missing_settings()
        ready = consent.may_connect(self.request)
        addresses = [settings.PUBLIC_URL + reverse("zoho_callback"), consent.callback_url()]
        return super().get_context_data(
            missing=missing,
            step="settings" if missing else "connect" if ready else "code",
            code_needed=claim.needs_code(),
            addresses=addresses,
            zoho=accounts_url(),
            scopes=scopes.needed(),
            **kwargs,
        )

    def _count_attempt(self) -> None:
        key = f"claim-attempts:{client_address()}"
        cache.add(key, 0, ATTEMPTS_SECONDS)
        if cache.incr(key) > ATTEMPTS:
            raise Refused(TOO_MANY, field="code")
