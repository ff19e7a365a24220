"""A sandbox with Zoho's real minute, and callers with tokens for it."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
import requests

from apps.cliq.catalogue import CATALOGUE
from apps.sandbox import cast
from apps.sandbox.control import Control
from apps.sandbox.server import SandboxServer

SCOPES = sorted({scope for endpoint in CATALOGUE.values() for scope in endpoint.scopes})


class Caller(requests.Session):
    """A session that knows its host; paths below `/api/v2`."""

    def __init__(self, url: str, token: str) -> None:
        super().__init__()
        self.url = url
        self.headers["Authorization"] = f"Zoho-oauthtoken {token}"

    def request(self, method: str, url: str, **more: Any) -> requests.Response:
        return super().request(method, f"{self.url}/api/v2{url}", timeout=30, **more)


@pytest.fixture(scope="module")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[SandboxServer]:
    with SandboxServer(tmp_path_factory.mktemp("zoho") / "state.sqlite3", users=40, minute=60) as running:
        yield running


@pytest.fixture
def control(server: SandboxServer) -> Control:
    control = Control(server.url)
    control.reset(users=40)
    return control


@pytest.fixture
def caller(control: Control) -> Callable[..., Caller]:
    """`caller(email, scopes)`: that person's session."""

    def make(email: str, scopes: list[str] = SCOPES) -> Caller:
        return Caller(control.url, control.grant(email, scopes)["access_token"])

    return make


@pytest.fixture
def admin(caller: Callable[..., Caller]) -> Caller:
    return caller(cast.ADMIN.email)


@pytest.fixture
def member(caller: Callable[..., Caller]) -> Caller:
    return caller(cast.MEMBER.email)


@pytest.fixture
def authorize_url(server: SandboxServer) -> Callable[..., str]:
    """`authorize_url(**changes)`: where an application sends its user."""

    def make(**changes: str) -> str:
        asked = {
            "client_id": cast.CLIENT_ID,
            "response_type": "code",
            "scope": "aaaserver.profile.READ,ZohoCliq.Users.READ",
            "redirect_uri": "http://localhost:8000/callback",
            "state": "s t&te",
        } | changes
        return str(requests.Request("GET", f"{server.url}/oauth/v2/auth", params=asked).prepare().url)

    return make


@pytest.fixture
def token(control: Control) -> Callable[..., requests.Response]:
    """`token(**form)`: a request to the token endpoint by the registered client."""

    def post(**form: str) -> requests.Response:
        client = {"client_id": cast.CLIENT_ID, "client_secret": cast.CLIENT_SECRET}
        return requests.post(f"{control.url}/oauth/v2/token", data=client | form, timeout=30)

    return post


@pytest.fixture
def exchange(
    control: Control, authorize_url: Callable[..., str], token: Callable[..., Any]
) -> Callable[..., Any]:
    """`exchange(email, **changes)`: the whole code flow; the token endpoint's JSON."""

    def flow(email: str = cast.ADMIN.email, **changes: str) -> dict[str, Any]:
        answer = control.consent(authorize_url(**changes), email)
        return dict(
            token(grant_type="authorization_code", code=code_of(answer), redirect_uri=CALLBACK).json()
        )

    return flow


CALLBACK = "http://localhost:8000/callback"


def code_of(location: str) -> str:
    return location.partition("code=")[2].partition("&")[0]
