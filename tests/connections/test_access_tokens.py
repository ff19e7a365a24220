"""The access token: renewed once for everybody, never more often than Zoho allows, in whatever form."""

import hashlib
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest
from cryptography.fernet import Fernet
from django.core.management import call_command
from django.utils import timezone

from apps.connections import clients
from apps.connections.models import Grant, GrantStatus
from apps.connections.tokens import ACCESSES, GrantTokens
from apps.core.errors import GrantDead, NotSent, QuotaWait, Refused
from apps.sandbox import cast
from tests.drill.network import SlowNetwork

ROOT = Path(__file__).parents[2]
PROCESSES, THREADS = 5, 10


@pytest.fixture
def line(sandbox, settings, monkeypatch):
    """Between the portal and Zoho's sign-in service: counts what really leaves."""
    with SlowNetwork(sandbox.url, longest=0) as network:
        settings.ZOHO_ACCOUNTS_URL = network.url
        monkeypatch.setenv("ZOHO_ACCOUNTS_URL", network.url)
        yield network


def asked_for_tokens(network: SlowNetwork) -> int:
    return sum(line.startswith("POST /oauth/v2/token ") for line in network.carried)


def expire(grant: Grant) -> None:
    """Let the stored token be about to expire, on the portal's side."""
    Grant.objects.filter(pk=grant.pk).update(access_expires_at=timezone.now() + timedelta(seconds=5))


@pytest.mark.slow
@pytest.mark.django_db(transaction=True)
def test_fifty_workers_at_expiry_renew_once(grant, line, sandbox, command_environment):
    """Five processes of ten threads at the same moment; what leaves is counted on its way."""
    expire(grant)
    before = set(sandbox.tokens())
    begin = time.time() + 4
    command = [sys.executable, "-m", "tests.connections.renewing", str(grant.pk), str(THREADS), str(begin)]
    env = {**command_environment, "ZOHO_ACCOUNTS_URL": line.url}
    started = [
        subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
        for _ in range(PROCESSES)
    ]
    given = [digest for process in started for digest in process.communicate(timeout=60)[0].split()]
    assert [process.returncode for process in started] == [0] * PROCESSES
    minted = set(sandbox.tokens()) - before
    assert len(minted) == asked_for_tokens(line) == 1
    assert given == [hashlib.sha256(minted.pop().encode()).hexdigest()] * (PROCESSES * THREADS)


@pytest.mark.parametrize("form", ["seconds", "milliseconds", "both"])
def test_an_hour_is_an_hour_in_every_form(grant, sandbox, form):
    sandbox.option("expires_in", form)
    expire(grant)
    GrantTokens(grant.pk).get()
    grant.refresh_from_db()
    left = grant.access_expires_at - timezone.now()
    assert timedelta(minutes=59) < left <= timedelta(hours=1)


def test_an_error_in_a_good_status_is_an_error(grant, sandbox):
    """«200 OK» with an error inside is no token, and no reason to give the grant up."""
    sandbox.fault("oauth.token", code="invalid_client", status=200)
    expire(grant)
    with pytest.raises(Refused, match="Zoho does not know the portal's client"):
        GrantTokens(grant.pk).get()
    grant.refresh_from_db()
    assert grant.status == GrantStatus.ACTIVE
    assert GrantTokens(grant.pk).get() != grant.access_token


def test_the_budget_is_never_exceeded(grant, line, sandbox):
    """Every token is rejected at once: ten in ten minutes with the consent's own, and then it waits."""
    client = clients.build(GrantTokens(grant.pk), account=grant.zuid, interactive=False, max_wait=2)
    for _ in range(ACCESSES - 1):
        sandbox.expire_access_tokens()
        client.users.get(cast.ADMIN.zuid)
    sandbox.expire_access_tokens()
    for _ in range(3):
        with pytest.raises(QuotaWait) as wait:
            client.users.get(cast.ADMIN.zuid)
    assert wait.value.sentence.startswith(
        "Zoho renews one connection's access 10 times in ten minutes at most, and that often it was renewed "
        "lately. The next time is in "
    )
    # The sandbox's ten minutes are ten seconds.
    assert 0 < wait.value.seconds <= 10
    assert asked_for_tokens(line) == ACCESSES - 1
    grant.refresh_from_db()
    assert grant.status == GrantStatus.ACTIVE
    time.sleep(wait.value.seconds)
    assert client.users.get(cast.ADMIN.zuid).id == cast.ADMIN.zuid
    assert asked_for_tokens(line) == ACCESSES


def test_what_was_asked_and_never_answered_counts(grant, sandbox):
    sandbox.fault("oauth.token", drop="before", times=2)
    for _ in range(2):
        expire(grant)
        with pytest.raises(NotSent):
            GrantTokens(grant.pk).get()
    grant.refresh_from_db()
    assert len(grant.accesses) == 3


def test_keys_rotate_while_calls_go_on(grant, settings, sandbox):
    """Before, between and after: each reading and each renewal finds a key that fits."""
    old, new = settings.FIELD_ENCRYPTION_KEYS, Fernet.generate_key().decode()
    client = clients.client(interactive=False)
    for keys in (old, [new, *old]):
        settings.FIELD_ENCRYPTION_KEYS = keys
        sandbox.expire_access_tokens()
        assert client.users.get(cast.ADMIN.zuid).id == cast.ADMIN.zuid
    call_command("rotate_keys")
    settings.FIELD_ENCRYPTION_KEYS = [new]
    assert client.users.get(cast.ADMIN.zuid).id == cast.ADMIN.zuid
    sandbox.expire_access_tokens()
    assert client.users.get(cast.ADMIN.zuid).id == cast.ADMIN.zuid


def test_a_revoked_grant_dies_with_the_reason(grant, sandbox):
    sandbox.revoke_grants()
    with pytest.raises(GrantDead):
        clients.client(interactive=False).users.get(cast.ADMIN.zuid)
    grant.refresh_from_db()
    assert (grant.status, grant.dead_reason) == (
        GrantStatus.DEAD,
        "Zoho has withdrawn the portal's access. An Owner has to connect the organisation again.",
    )
