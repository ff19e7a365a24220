"""What the client's tests share: unused accounts, clients of the sandbox and of hostile servers."""

from collections.abc import Callable, Iterator
from contextlib import ExitStack
from typing import Any
from uuid import uuid4

import pytest
import redis

from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.cliq.quota import Quota
from apps.cliq.records import CallRecord
from apps.cliq.tokens import FixedToken
from apps.sandbox import cast
from apps.sandbox.control import Control
from apps.sandbox.server import SandboxServer
from tests.cliq.servers import Script, ScriptedServer

MINUTE = 1.0
SCOPES = sorted({scope for endpoint in CATALOGUE.values() for scope in endpoint.scopes})


@pytest.fixture
def quota(redis_connection: redis.Redis) -> Quota:
    """The windows of an account that was never used, with a minute of one second."""
    found = Quota(redis_connection, account=uuid4().hex, minute=MINUTE)
    found.prime()
    return found


@pytest.fixture
def zoho(sandbox_server: SandboxServer) -> Control:
    """A fresh organisation in the sandbox, without the portal around it."""
    control = Control(sandbox_server.url)
    control.reset(users=40)
    return control


@pytest.fixture
def records() -> list[CallRecord]:
    """What the client's observer was told, in order."""
    return []


@pytest.fixture
def cliq(zoho: Control, quota: Quota, records: list[CallRecord]) -> Cliq:
    """The organisation admin's client of the sandbox."""
    granted = zoho.grant(cast.ADMIN.email, SCOPES)
    return Cliq(
        base_url=zoho.url,
        tokens=FixedToken(granted["access_token"]),
        quota=quota,
        observer=records.append,
        max_wait=MINUTE,
    )


@pytest.fixture
def scripted() -> Iterator[Callable[[Script], ScriptedServer]]:
    """Starts a server that answers byte for byte what it is told."""
    with ExitStack() as stack:
        yield lambda script: stack.enter_context(ScriptedServer(script))


@pytest.fixture
def against(
    scripted: Callable[[Script], ScriptedServer], quota: Quota, records: list[CallRecord]
) -> Callable[..., Cliq]:
    """A client of a scripted server."""

    def build(script: Script, **options: Any) -> Cliq:
        settings = {"tokens": FixedToken("1000.secret.token"), "quota": quota, "observer": records.append}
        return Cliq(base_url=scripted(script).url, **(settings | options))

    return build
