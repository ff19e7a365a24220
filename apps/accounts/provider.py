"""Sign-in with Zoho: identity only, at this installation's data centre."""

from typing import Any

from allauth.socialaccount.models import SocialLogin, SocialToken
from allauth.socialaccount.providers.base import AuthAction
from allauth.socialaccount.providers.oauth2.client import OAuth2Error
from allauth.socialaccount.providers.oauth2.views import OAuth2CallbackView, OAuth2LoginView
from allauth.socialaccount.providers.zoho.provider import ZohoProvider as BaseProvider
from allauth.socialaccount.providers.zoho.views import ZohoOAuth2Adapter as BaseAdapter
from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse

from apps.connections.zoho import accounts_url, zoho_accounts
from apps.core.errors import PortalError


class ZohoAdapter(BaseAdapter):
    """The flow is allauth's; who is spoken to, and how the answers are read, is the portal's client."""

    scope_delimiter = ","

    @property
    def authorize_url(self) -> str:
        return f"{accounts_url()}/oauth/v2/auth"

    @property
    def access_token_url(self) -> str:
        return f"{accounts_url()}/oauth/v2/token"

    @property
    def profile_url(self) -> str:
        return f"{accounts_url()}/oauth/user/info"

    def get_callback_url(self, request: HttpRequest, app: Any) -> str:
        """The public address: behind a proxy the request's own host may be another."""
        return settings.PUBLIC_URL + reverse("zoho_callback")

    def get_access_token_data(
        self, request: HttpRequest, app: Any, client: Any, pkce_code_verifier: str | None = None
    ) -> dict[str, Any]:
        zoho = zoho_accounts()
        try:
            zoho.check_server(request.GET.get("accounts-server", ""))
            tokens = zoho.exchange(request.GET["code"], self.get_callback_url(request, app))
        except PortalError as error:
            raise OAuth2Error(error.sentence) from error
        self.did_fetch_access_token = True
        return {"access_token": tokens.access_token}

    def complete_login(
        self, request: HttpRequest, app: Any, token: SocialToken, **kwargs: Any
    ) -> SocialLogin:
        try:
            identity = zoho_accounts().user_info(token.token)
        except PortalError as error:
            raise OAuth2Error(error.sentence) from error
        answer = {
            "ZUID": identity.zuid,
            "Email": identity.email,
            "Display_Name": identity.display_name,
            "First_Name": identity.first_name,
            "Last_Name": identity.last_name,
        }
        return self.get_provider().sociallogin_from_response(request, answer)


class ZohoProvider(BaseProvider):
    """allauth's own provider names one data centre and one delimiter."""

    oauth2_adapter_class = ZohoAdapter

    def get_auth_params_from_request(self, request: HttpRequest, action: AuthAction) -> dict[str, Any]:
        # Offline access at every sign-in would mint a grant each time, and the 21st kills the first.
        return {"access_type": "online"}


oauth2_login = OAuth2LoginView.adapter_view(ZohoAdapter)
oauth2_callback = OAuth2CallbackView.adapter_view(ZohoAdapter)
