"""What allauth asks the portal: who may sign in, and what they read when they may not."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from django.http import HttpRequest
from django.shortcuts import redirect, render

from apps.accounts import claim
from apps.accounts.models import Administrator
from apps.audit.events import Draft, Subject, record
from apps.core.actor import Actor
from apps.core.middleware import client_address


class AccountAdapter(DefaultAccountAdapter):
    """Nobody signs up; nobody is greeted by a message after every sign-in."""

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        return False

    def get_client_ip(self, request: HttpRequest) -> str:
        return client_address(request) or "0.0.0.0"  # noqa: S104 — a value for the column, not a binding

    def add_message(self, *args: Any, **kwargs: Any) -> None:
        """The page one lands on says enough."""


class SocialAccountAdapter(DefaultSocialAccountAdapter):
    """Only people an Owner has admitted come in, recognised by ZUID."""

    def is_open_for_signup(self, request: HttpRequest, sociallogin: SocialLogin) -> bool:
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        if not claim.is_claimed():
            raise ImmediateHttpResponse(redirect("accounts:setup"))
        zuid = sociallogin.account.uid
        administrator = Administrator.objects.filter(zuid=zuid, is_active=True).first()
        if administrator is None:
            raise ImmediateHttpResponse(_not_admitted(request, sociallogin))
        if sociallogin.is_existing:
            sociallogin.user = administrator
        else:
            sociallogin.connect(request, administrator)

    def on_authentication_error(
        self,
        request: HttpRequest,
        provider: Any,
        error: str | None = None,
        exception: Exception | None = None,
        extra_context: dict[str, Any] | None = None,
    ) -> None:
        """A page of ours with a sentence and a way on, whatever went wrong on Zoho's side."""
        cancelled = str(getattr(error, "value", error)) == "cancelled"
        sentence = (
            "You did not give the portal access to your Zoho identity."
            if cancelled
            else str(exception or "") or "Zoho did not confirm who you are. Sign in again."
        )
        page = render(
            request, "accounts/sign_in.html", {"sentence": sentence}, status=200 if cancelled else 400
        )
        raise ImmediateHttpResponse(page)


def _not_admitted(request: HttpRequest, sociallogin: SocialLogin) -> Any:
    email = str(sociallogin.account.extra_data.get("Email", ""))
    name = str(sociallogin.account.extra_data.get("Display_Name", "")) or email
    zuid = sociallogin.account.uid
    record(
        Draft(
            kind="sign_in.refused",
            actor=Actor("administrator", name, zuid, address=client_address(request)),
            subject=Subject("administrator", zuid, name),
        )
    )
    return render(request, "accounts/not_admitted.html", {"email": email}, status=403)
