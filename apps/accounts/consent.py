"""Connecting the organisation through a browser: to Zoho's consent page and back.

Whoever comes back first while nobody owns the installation becomes its first Owner; afterwards only
somebody who may manage the connection can renew it or move it to another administrator.
"""

import secrets
import time
from typing import cast

from django.conf import settings
from django.contrib.auth import login
from django.db import transaction
from django.http import HttpRequest
from django.urls import reverse
from django.utils.crypto import constant_time_compare

from apps.accounts import administrators, claim
from apps.accounts.models import Administrator
from apps.audit.events import Draft, Subject, record
from apps.connections import connecting, hooks, scopes
from apps.connections.models import Grant, Organization
from apps.connections.selectors import capabilities
from apps.connections.zoho import zoho_accounts
from apps.console.requests import ConsoleRequest
from apps.core.actor import Actor
from apps.core.errors import PortalError, Refused
from apps.core.permissions import Permission, PortalRole
from apps.core.redis import lock

STATE = "connect_state"
STATE_SECONDS = 15 * 60
PEOPLE = "connect_people"
CODE_SHOWN = "claim_code_shown"
BACKEND = "allauth.account.auth_backends.AuthenticationBackend"

SETTINGS = {
    "ZOHO_CLIENT_ID": "the client id that Zoho's API console shows for the portal",
    "ZOHO_CLIENT_SECRET": "the client secret that belongs to it",
}

NOT_STARTED_HERE = (
    "This answer from Zoho does not belong to a connection that was started in this browser within the last "
    "15 minutes. Nothing was connected. Start again."
)
DECLINED = "You declined on Zoho's page, so nothing was connected and nothing was changed."
NO_CONSENT = "Zoho ended the consent without giving access. Nothing was connected. Start again."
CLAIMED_MEANWHILE = (
    "Somebody else finished setting this portal up a moment ago. Nothing was changed by you. "
    "Sign in, if an Owner has admitted you."
)
MAY_NOT = "Only an Owner of the portal can connect the organisation."


def missing_settings() -> list[str]:
    """A sentence for each setting without which nobody can be sent to Zoho."""
    return [f"{name} is not set: {what}." for name, what in SETTINGS.items() if not getattr(settings, name)]


def callback_url() -> str:
    """Where Zoho sends the browser back to; registered in Zoho's API console."""
    return settings.PUBLIC_URL + reverse("accounts:connected")


def may_connect(request: HttpRequest) -> bool:
    """Whether this browser may start, or finish, connecting the organisation."""
    if claim.is_claimed():
        administrator = cast(ConsoleRequest, request).administrator
        return administrator is not None and administrator.can(Permission.CONNECTION_MANAGE)
    shown = not claim.needs_code() or bool(request.session.get(CODE_SHOWN))
    return shown and not missing_settings()


def begin(request: HttpRequest) -> str:
    """Remember a one-time state in the session; answers the address of Zoho's consent page."""
    state = secrets.token_urlsafe(32)
    request.session[STATE] = [state, time.time()]
    people = bool(request.session.get(PEOPLE)) or capabilities().zoho_people
    asked = scopes.needed(people=people)
    return zoho_accounts().authorize_url(callback_url(), asked, state, offline=True, consent=True)


def finish(request: HttpRequest) -> Grant:
    """Take Zoho's answer in; the grant is in use and, at the first time, its holder signed in as Owner.

    Raises a PortalError with the sentence for the person; then nothing was connected.
    """
    _check_state(request)
    if not may_connect(request):
        raise Refused(CLAIMED_MEANWHILE if _is_stranger(request) else MAY_NOT)
    try:
        code = _code(request)
        return _reconnect(request, code) if claim.is_claimed() else _claim(request, code)
    except PortalError as error:
        # Asked for only where it is in use: a scope that an organisation does not know ends the consent.
        request.session[PEOPLE] = isinstance(error, connecting.PeopleInUse)
        _record_refusal(request, error)
        raise


def _check_state(request: HttpRequest) -> None:
    """The state is good once, for the browser it was made for."""
    kept, since = request.session.pop(STATE, ("", 0.0))
    answered = request.GET.get("state", "")
    if not kept or time.time() - since > STATE_SECONDS or not constant_time_compare(kept, answered):
        raise Refused(NOT_STARTED_HERE)


def _code(request: HttpRequest) -> str:
    if request.GET.get("error") == "access_denied":
        raise Refused(DECLINED)
    # Named by whoever made the link: compared with the table, never spoken to as given.
    zoho_accounts().check_server(request.GET.get("accounts-server", ""))
    code = request.GET.get("code", "")
    if not code:
        raise Refused(NO_CONSENT)
    return code


def _reconnect(request: HttpRequest, code: str) -> Grant:
    actor = cast(Administrator, cast(ConsoleRequest, request).administrator).actor()
    grant = connecting.connect(code=code, redirect_uri=callback_url(), actor=actor)
    hooks.connected(grant, actor)
    return grant


def _claim(request: HttpRequest, code: str) -> Grant:
    # Two people at once: the second waits, and then finds the installation owned.
    with lock("claim", seconds=120, wait=30) as held:
        if not held or claim.is_claimed():
            raise Refused(CLAIMED_MEANWHILE)
        grant = connecting.connect(code=code, redirect_uri=callback_url())
        owner = _first_owner(grant)
    login(request, owner, backend=BACKEND)
    hooks.connected(grant, owner.actor())
    return grant


def _first_owner(grant: Grant) -> Administrator:
    actor = Actor("administrator", grant.holder_name, grant.zuid, PortalRole.OWNER)
    with transaction.atomic():
        # The lock above lives in Redis, which may be lost: the database has the last word.
        Organization.objects.select_for_update().get(pk=grant.organization_id)
        if Administrator.objects.exists():
            raise Refused(CLAIMED_MEANWHILE)
        owner = administrators.admit(
            zuid=grant.zuid,
            name=grant.holder_name,
            email=grant.holder_email,
            role=PortalRole.OWNER,
            actor=actor,
        )
        claim.spend()
    return owner


def _is_stranger(request: HttpRequest) -> bool:
    return cast(ConsoleRequest, request).administrator is None


def _record_refusal(request: HttpRequest, error: PortalError) -> None:
    administrator = cast("Administrator | None", cast(ConsoleRequest, request).administrator)
    actor = administrator.actor() if administrator else Actor("system", "Set-up")
    record(
        Draft(
            kind="connection.refused",
            actor=actor,
            subject=Subject("organization", "", "the organisation"),
            details={"sentence": error.sentence},
        )
    )
