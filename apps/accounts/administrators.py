"""Who may use the portal: admitting people, setting their roles, taking both away."""

from allauth.usersessions.models import UserSession
from django.db import transaction

from apps.accounts.models import Administrator
from apps.audit.events import Draft, Subject, record
from apps.core.actor import Actor
from apps.core.errors import NothingToChange, Refused
from apps.core.permissions import PortalRole

LAST_OWNER = "The portal must keep one Owner: make somebody else Owner first."


def admit(*, zuid: str, name: str, email: str, role: str, actor: Actor) -> Administrator:
    """Let a Zoho person in, known by ZUID; somebody removed before comes back with the new role."""
    with transaction.atomic():
        administrator, created = Administrator.objects.select_for_update().get_or_create(
            zuid=zuid, defaults={"name": name, "email": email, "portal_role": role}
        )
        if not created and administrator.is_active:
            raise NothingToChange(f"{administrator.name} is already an administrator of the portal.")
        administrator.name, administrator.email = name, email
        administrator.portal_role, administrator.is_active = role, True
        administrator.set_unusable_password()
        administrator.save()
        _record("administrator.admitted", administrator, actor=actor, after={"role": role})
    return administrator


def set_role(administrator: Administrator, *, role: str, actor: Actor, reason: str = "") -> Administrator:
    """Give another portal role; the last Owner keeps theirs."""
    with transaction.atomic():
        fresh = _locked(administrator)
        if fresh.portal_role == role:
            raise NothingToChange(f"{fresh.name} already has this role.")
        if role != PortalRole.OWNER:
            _keep_an_owner(fresh)
        before, fresh.portal_role = fresh.portal_role, role
        fresh.save(update_fields=["portal_role"])
        _record(
            "administrator.role_changed",
            fresh,
            actor=actor,
            before={"role": before},
            after={"role": role},
            reason=reason,
        )
    return fresh


def remove(administrator: Administrator, *, actor: Actor, reason: str = "") -> None:
    """Take the portal away and end every session; the person stays in Zoho as they were."""
    with transaction.atomic():
        fresh = _locked(administrator)
        _keep_an_owner(fresh)
        fresh.is_active = False
        fresh.save(update_fields=["is_active"])
        _record(
            "administrator.removed", fresh, actor=actor, before={"role": fresh.portal_role}, reason=reason
        )
    _end_all(fresh)


def end_sessions(administrator: Administrator, *, actor: Actor) -> int:
    """Sign a person out everywhere; returns how many sessions ended."""
    ended = _end_all(administrator)
    if ended:
        with transaction.atomic():
            _record("administrator.sessions_ended", administrator, actor=actor, after={"sessions": ended})
    return ended


def end_session(session: UserSession, *, actor: Actor) -> None:
    """Sign a person out of one browser."""
    administrator = session.user
    session.end()
    with transaction.atomic():
        _record("administrator.sessions_ended", administrator, actor=actor, after={"sessions": 1})


def _end_all(administrator: Administrator) -> int:
    sessions = list(UserSession.objects.filter(user=administrator))
    for session in sessions:
        session.end()
    return len(sessions)


def _locked(administrator: Administrator) -> Administrator:
    """Every Owner's row is locked with it, so that two Owners cannot demote each other at once."""
    owners = Administrator.objects.select_for_update().filter(portal_role=PortalRole.OWNER).order_by("pk")
    list(owners.values_list("pk", flat=True))
    return Administrator.objects.select_for_update().get(pk=administrator.pk, is_active=True)


def _keep_an_owner(administrator: Administrator) -> None:
    others = Administrator.objects.filter(portal_role=PortalRole.OWNER, is_active=True).exclude(
        pk=administrator.pk
    )
    if administrator.portal_role == PortalRole.OWNER and not others.exists():
        raise Refused(LAST_OWNER)


def _record(
    kind: str,
    administrator: Administrator,
    *,
    actor: Actor,
    before: dict[str, object] | None = None,
    after: dict[str, object] | None = None,
    reason: str = "",
) -> None:
    subject = Subject("administrator", administrator.zuid, administrator.name)
    record(
        Draft(kind=kind, actor=actor, subject=subject, before=before or {}, after=after or {}, reason=reason)
    )
