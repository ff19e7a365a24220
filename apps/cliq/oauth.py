"""Zoho Accounts: consent, tokens, who signed in. v2-rest-api.txt:41–140."""

from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from apps.cliq import envelopes, transport
from apps.cliq.datacentres import DATA_CENTRES, UnknownDataCentre, by_accounts_server
from apps.cliq.transport import Lost
from apps.core.errors import GrantDead, PortalError, QuotaWait, Refused, VendorFailure

DAY = 86_400
HOUR = 3_600
ACCESS_DENIED_SECONDS = 600.0
"""Zoho counts token requests over ten minutes."""
DEAD_CODES = frozenset({"invalid_code", "invalid_grant", "invalid_token", "invalid_refresh_token"})
SECRET_FIELDS = frozenset({"client_secret", "refresh_token", "code", "token"})
CLIENT_CODES = frozenset({"invalid_client", "invalid_client_secret", "unauthorized_client"})


class Rejected(Refused):
    """The code or token that was shown is not good, or no longer."""


class CodeRefused(Rejected):
    """The one-time code of a consent was used before or is too old: the person has to sign in again."""


class ClientRefused(Refused):
    """Zoho does not know the portal's client at this data centre: the settings have to be mended."""


class AccessDenied(QuotaWait):
    """Too many tokens were asked for; try again after `seconds`."""


class WrongDataCentre(Refused):
    """The person's account lives in another of Zoho's data centres than the portal's."""


@dataclass(frozen=True, slots=True)
class Tokens:
    """What a consent or a refresh yields; the tokens themselves are not shown when it is printed."""

    access_token: str = field(repr=False)
    refresh_token: str | None = field(repr=False)
    expires_in: int
    """Seconds."""
    scope: tuple[str, ...]
    """What was granted, which may be less than was asked for; empty where Zoho does not say."""
    api_domain: str | None
    """As Zoho says it; never called."""


@dataclass(frozen=True, slots=True)
class Identity:
    """Who signed in."""

    zuid: str
    email: str
    display_name: str
    first_name: str
    last_name: str


class Accounts:
    """Zoho Accounts at one address, for one client; `timeout` is what one request may take in all."""

    def __init__(self, base_url: str, client_id: str, client_secret: str, timeout: float = 10.0) -> None:
        self.base_url = base_url.rstrip("/")
        self.client_id = client_id
        self._client_secret = client_secret
        self._timeout = timeout

    def authorize_url(
        self,
        redirect_uri: str,
        scopes: Sequence[str],
        state: str,
        *,
        offline: bool = False,
        consent: bool = False,
    ) -> str:
        """Where to send the browser; `offline` with `consent` is what mints a refresh token."""
        query = {
            "response_type": "code",
            "client_id": self.client_id,
            "redirect_uri": redirect_uri,
            "scope": ",".join(scopes),
            "state": state,
            "access_type": "offline" if offline else "online",
        }
        if consent:
            query["prompt"] = "consent"
        return f"{self.base_url}/oauth/v2/auth?{urlencode(query)}"

    def check_server(self, accounts_server: str) -> None:
        """Refuse a callback that names another accounts host than ours; an empty one names none."""
        if not accounts_server or accounts_server.rstrip("/") == self.base_url:
            return
        theirs = by_accounts_server(accounts_server)
        ours = next(
            (each.code for each in DATA_CENTRES.values() if each.accounts == self.base_url), "another"
        )
        raise WrongDataCentre(
            f"This account belongs to Zoho's data centre “{theirs.code}”, the portal to “{ours}”. "
            "Sign in with an account of the portal's organisation.",
            code="other_data_centre",
        )

    def exchange(self, code: str, redirect_uri: str) -> Tokens:
        """Tokens for a consent's code. CodeRefused, ClientRefused, AccessDenied, VendorFailure, NotSent."""
        try:
            return self._tokens(grant_type="authorization_code", code=code, redirect_uri=redirect_uri)
        except Rejected as rejected:
            sentence = (
                "Zoho did not accept this sign-in: it took too long or was used already. Sign in again."
            )
            raise CodeRefused(sentence, code=rejected.code, status=rejected.status) from rejected

    def refresh(self, refresh_token: str) -> Tokens:
        """A new access token. GrantDead, ClientRefused, AccessDenied, VendorFailure, NotSent."""
        try:
            return self._tokens(grant_type="refresh_token", refresh_token=refresh_token)
        except Rejected as rejected:
            raise GrantDead(
                "Zoho has withdrawn the portal's access. An Owner has to connect the organisation again."
            ) from rejected

    def revoke(self, token: str) -> None:
        """Give a refresh token back; one that Zoho does not know any more counts as given back."""
        with suppress(Rejected):
            self._post("/oauth/v2/token/revoke", token=token)

    def user_info(self, access_token: str) -> Identity:
        """Who the token stands for; needs the scope `aaaserver.profile.READ`."""
        body = self._send("GET", "/oauth/user/info", token=access_token)
        found = {str(key).casefold(): value for key, value in body.items()} if isinstance(body, dict) else {}
        texts = {key: str(value) for key, value in found.items() if value is not None}
        if not texts.get("zuid"):
            raise VendorFailure("Zoho did not say who signed in. Try again in a moment.")
        return Identity(
            zuid=texts["zuid"],
            email=texts.get("email", ""),
            display_name=texts.get("display_name", ""),
            first_name=texts.get("first_name", ""),
            last_name=texts.get("last_name", ""),
        )

    def _tokens(self, **form: str) -> Tokens:
        body = self._post(
            "/oauth/v2/token", client_id=self.client_id, client_secret=self._client_secret, **form
        )
        access_token = body.get("access_token") if isinstance(body, dict) else None
        if not isinstance(access_token, str) or not access_token:
            raise VendorFailure("Zoho sent no token and no reason. Try again in a moment.")
        refresh_token = body.get("refresh_token")
        return Tokens(
            access_token=access_token,
            refresh_token=refresh_token if isinstance(refresh_token, str) and refresh_token else None,
            expires_in=_seconds(body),
            scope=tuple(str(body.get("scope") or "").replace(",", " ").split()),
            api_domain=str(body["api_domain"]) if body.get("api_domain") else None,
        )

    def _post(self, path: str, **form: str) -> Any:
        # In the body, not in the address as Zoho's examples have it: addresses are written to logs.
        return self._send("POST", path, form=form)

    def _send(self, method: str, path: str, *, token: str = "", form: Mapping[str, str] | None = None) -> Any:
        """The body of a good answer; an error counts as one with any status, 200 included."""
        try:
            reply = transport.send(
                method, self.base_url + path, deadline=self._timeout, token=token, form=form
            )
            if reply.status >= 500:
                raise Lost(f"answered with the status {reply.status}")
            body = {"error": "access_denied"} if reply.status == 429 else envelopes.parsed(reply)
        except Lost as lost:
            raise VendorFailure(f"Zoho's sign-in service {lost.reason}. Try again in a moment.") from lost
        error = envelopes.error_of(body, reply.status)
        if error:
            raise _refusal(_code(error.code, form or {}), reply.status)
        return body


def _code(named: str, form: Mapping[str, str]) -> str:
    """Zoho's code in one spelling; a secret that the answer repeats is no code."""
    for name in SECRET_FIELDS & form.keys():
        named = named.replace(form[name], "[removed]")
    return named.casefold().replace(" ", "_")


def _refusal(code: str, status: int) -> PortalError:
    if code == "access_denied":
        return AccessDenied(
            "Zoho has issued too many tokens lately and wants a pause of ten minutes.",
            seconds=ACCESS_DENIED_SECONDS,
        )
    if code in CLIENT_CODES:
        sentence = (
            "Zoho does not know the portal's client. "
            "Check ZOHO_CLIENT_ID, ZOHO_CLIENT_SECRET and ZOHO_DATA_CENTRE."
        )
        return ClientRefused(sentence, code=code, status=status)
    if code == "invalid_redirect_uri":
        sentence = "Zoho does not know the portal's redirect address. Register it in Zoho's API console."
        return ClientRefused(sentence, code=code, status=status)
    if code in DEAD_CODES:
        return Rejected("Zoho does not accept this code or token any more.", code=code, status=status)
    return Refused(f"Zoho's sign-in service refused: {code or status}.", code=code, status=status)


def _seconds(body: Mapping[str, Any]) -> int:
    """How long a token lives: `expires_in_sec`, else `expires_in`, in older answers milliseconds."""
    for key in ("expires_in_sec", "expires_in"):
        try:
            value = int(float(str(body.get(key))))
        except ValueError:
            continue
        if value > 0:
            return value // 1000 if key == "expires_in" and value > DAY else value
    return HOUR


__all__ = [
    "AccessDenied",
    "Accounts",
    "ClientRefused",
    "CodeRefused",
    "Identity",
    "Tokens",
    "UnknownDataCentre",
    "WrongDataCentre",
]
