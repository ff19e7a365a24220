"""Connecting the organisation: from Zoho's authorization code to a grant that is known to be good.

Nothing is stored until the new token has shown who its holder is, that they belong to the right
organisation, and that they hold a role of the type Admin there.
"""

from dataclasses import dataclass
from datetime import timedelta

import structlog
from django.conf import settings
from django.db import transaction
from django.utils import timezone

from apps.audit.events import Draft, Subject, record
from apps.cliq.client import Cliq
from apps.cliq.errors import NotAllowed, ScopeMissing
from apps.cliq.oauth import Identity, Tokens
from apps.cliq.replies import User
from apps.cliq.tokens import FixedToken
from apps.connections import scopes, selectors
from apps.connections.clients import build, quota
from apps.connections.models import Grant, GrantStatus, Organization
from apps.connections.zoho import zoho_accounts
from apps.core.actor import Actor
from apps.core.errors import PortalError, Refused

log = structlog.get_logger(__name__)

ADMIN_PROFILE = "Admin"
# Nobody clicks meanwhile: a consent that waits for a slot is better than one that has to be repeated.
PATIENCE = 20.0


class PeopleInUse(Refused):
    """The organisation uses Zoho People, and the consent was not asked for the permissions that needs."""


@dataclass(frozen=True, slots=True)
class Holder:
    """The person whose consent was read, and the organisation they administer."""

    identity: Identity
    role_id: str
    organization_id: str
    organization_name: str


def connect(*, code: str, redirect_uri: str, actor: Actor | None = None) -> Grant:
    """Trade the code for a grant, check its holder, and make it the one the portal acts with.

    `actor` is who connects, where that is not the holder: an Owner who hands the grant to a colleague.

    Raises Refused with the sentence for the person where the consent does not fit; the unfit grant is
    then revoked at Zoho, so that it does not count against the twenty a person may have.
    """
    tokens = zoho_accounts().exchange(code, redirect_uri)
    try:
        holder = _examine(tokens)
        return _store(tokens, holder, actor=actor)
    except PortalError:
        _revoke(tokens.refresh_token)
        raise


def _examine(tokens: Tokens) -> Holder:
    if not tokens.refresh_token:
        raise Refused("Zoho gave access for one hour only. Start connecting again and accept the consent.")
    lacking = scopes.essential_missing(tokens.scope) if tokens.scope else ()
    if lacking:
        raise Refused(
            f"The consent leaves out {', '.join(lacking)}. Start again and accept every permission."
        )
    identity = zoho_accounts().user_info(tokens.access_token)
    account = quota(identity.zuid)
    if not Grant.objects.filter(zuid=identity.zuid).exists():
        # First use of this person's quota by this installation: its windows are known to be empty.
        account.prime()
    cliq = build(FixedToken(tokens.access_token), account=identity.zuid, interactive=True, max_wait=PATIENCE)
    return _holder(cliq, identity)


def _holder(cliq: Cliq, identity: Identity) -> Holder:
    me = _me(cliq, identity)
    organization_id = me.organization_id or ""
    expected = settings.ZOHO_ORGANIZATION_ID
    present = selectors.organization()
    if (expected and organization_id != expected) or (present and organization_id != present.zoho_id):
        name = present.name if present else f"the organisation {expected}"
        raise Refused(
            f"{identity.email} belongs to another organisation. This portal runs {name}: "
            "sign in to Zoho as one of its administrators and connect again."
        )
    role_id = _admin_role(cliq, identity.zuid)
    if not role_id:
        raise Refused(
            f"{identity.email} is not an administrator of the organisation in Cliq (role type Admin). "
            "Only an administrator can connect it."
        )
    return Holder(identity, role_id, organization_id, _organization_name(cliq, organization_id))


def _me(cliq: Cliq, identity: Identity) -> User:
    try:
        return cliq.users.get(identity.zuid)
    except ScopeMissing as error:
        # Cliq's own permission was granted: what lacks can only be what Zoho People asks for besides.
        raise PeopleInUse(
            f"The organisation of {identity.email} seems to use Zoho People, which wants further "
            "permissions. Start connecting again: Zoho then asks for them as well.",
            code=error.code,
            status=error.status,
        ) from error


def _admin_role(cliq: Cliq, zuid: str) -> str:
    """The id of this person's role if it is of the type Admin, else nothing."""
    try:
        admin_roles = [role.id for role in cliq.roles.list() if role.profile_type == ADMIN_PROFILE]
        return next((role_id for role_id in admin_roles if zuid in cliq.roles.user_ids(role_id)), "")
    except NotAllowed:
        # Zoho shows the roles to administrators only.
        return ""


def _organization_name(cliq: Cliq, organization_id: str) -> str:
    """The default department carries the organisation's name; the API has no call for the organisation."""
    try:
        names = [department.name for department in cliq.departments.list() if department.is_default]
    except PortalError:
        # With Zoho People the list wants a search; a name is not worth refusing the connection for.
        names = []
    return names[0] if names else f"Organisation {organization_id}"


def _store(tokens: Tokens, holder: Holder, *, actor: Actor | None) -> Grant:
    identity = holder.identity
    with transaction.atomic():
        organization, _ = Organization.objects.update_or_create(
            zoho_id=holder.organization_id,
            defaults={"name": holder.organization_name, "data_centre": settings.ZOHO_DATA_CENTRE},
        )
        former = list(Grant.objects.select_for_update().filter(organization=organization))
        Grant.objects.filter(pk__in=[g.pk for g in former]).update(status=GrantStatus.REPLACED)
        grant = Grant.objects.create(
            organization=organization,
            zuid=identity.zuid,
            holder_name=identity.display_name,
            holder_email=identity.email,
            role_id=holder.role_id,
            scopes=list(tokens.scope) or list(scopes.needed()),
            refresh_token=tokens.refresh_token or "",
            access_token=tokens.access_token,
            access_expires_at=timezone.now() + timedelta(seconds=tokens.expires_in),
            accesses=[timezone.now().timestamp()],
        )
        actor = actor or Actor("administrator", identity.display_name, identity.zuid)
        subject = Subject("organization", organization.zoho_id, organization.name)
        record(
            Draft(
                kind="connection.connected",
                actor=actor,
                subject=subject,
                before={"holder": next((g.holder_email for g in former if g.status == "active"), "")},
                after={"holder": identity.email, "scopes": grant.scopes},
            )
        )
    for old in former:
        if old.status == GrantStatus.ACTIVE:
            _revoke(old.refresh_token)
    return grant


def _revoke(refresh_token: str | None) -> None:
    """Best effort: a grant that stays behind at Zoho is of no use to anybody without our database."""
    if not refresh_token:
        return
    try:
        zoho_accounts().revoke(refresh_token)
    except PortalError as error:
        log.warning("grant.revoke_failed", reason=error.sentence)
