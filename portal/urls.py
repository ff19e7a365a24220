"""Every address of the portal: each app names its own."""

from django.urls import include, path
from django.views.generic import RedirectView

from apps.accounts.provider import oauth2_callback
from apps.accounts.views.signing import zoho_login
from apps.core.health import health

APPS = (
    "accounts",
    "connections",
    "audit",
    "jobs",
    "directory",
    "access",
    "channels",
    "organization",
    "onboarding",
    "home",
)

urlpatterns = [
    path("health/", health, name="health"),
    # allauth's part of signing in; the names are its own.
    path("accounts/zoho/login/", zoho_login, name="zoho_login"),
    path("accounts/zoho/login/callback/", oauth2_callback, name="zoho_callback"),
    path("accounts/login/", RedirectView.as_view(pattern_name="accounts:sign_in"), name="account_login"),
    *(path("", include(f"apps.{name}.urls")) for name in APPS),
]

handler400 = "apps.console.errors.handler400"
handler403 = "apps.console.errors.handler403"
handler404 = "apps.console.errors.handler404"
handler500 = "apps.console.errors.handler500"
