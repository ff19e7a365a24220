"""Who may use the portal: admitting people, setting their roles, taking both away."""

from collections.abc import Collection, Mapping

from allauth.usersessions.models import UserSession
from django.db import transaction

from apps.accounts.models import Administrator
from apps.audit.events import Draft, Subject, record
from apps.core.actor import SYSTEM, Actor
from apps.core.errors import NothingToChange, Refused
from apps.core.permissions import PortalRole

LAST_OWNER = "The portal must keep one Owner: make somebody else Owner first."
DEACTIVATED = "Zoho no longer has this person among the active users."
DEMOTED = "This person is no longer in an admin role in Zoho."


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


def follow_leavers(zuids: Collection[str]) -> int:
    """Zoho has deactivated these people, or has them no more; returns how many lost the portal by that."""
    here = Administrator.objects.filter(is_active=True, zuid__in=zuids)
    return sum(_lose(administrator, DEACTIVATED) for administrator in here)


def follow_standing(standing: Mapping[str, bool]) -> int:
    """Whether each of these people, by ZUID, is in an admin role of Zoho now.

    Whoever was in one and is not any more loses the portal; who never was keeps it. Returns how many lost it.
    """
    lost = 0
    for administrator in Administrator.objects.filter(is_active=True, zuid__in=list(standing)):
        now = standing[administrator.zuid]
        demoted = administrator.zoho_admin is True and not now
        if administrator.zoho_admin != now:
            Administrator.objects.filter(pk=administrator.pk).update(zoho_admin=now)
        lost += demoted and _lose(administrator, DEMOTED)
    return lost


def _lose(administrator: Administrator, reason: str) -> bool:
    """Remove somebody because of Zoho; the last Owner is signed out and stays to admit others."""
    try:
        remove(administrator, actor=SYSTEM, reason=reason)
    except Refused:
        end_sessions(administrator, actor=SYSTEM, reason=reason)
        return False
    return True


def end_sessions(administrator: Administrator, *, actor: Actor, reason: str = "") -> int:
    """Sign a person out everywhere; returns how many sessions ended."""
    ended = _end_all(administrator)
    if ended:
        with transaction.atomic():
            _record(
                "administrator.sessions_ended",
                administrator,
                actor=actor,
                after={"sessions": ended},
                reason=reason,
            )
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
    fresh = Administrator.objects.select_for_update().filter(pk=administrator.pk, is_active=True).first()
    if fresh is None:
        raise Refused(f"{administrator.name} was removed from the portal meanwhile.")
    return fresh


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
