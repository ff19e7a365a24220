"""Sign-ins and sign-outs, written to the log."""

from typing import Any

from django.contrib.auth.signals import user_logged_in, user_logged_out
from django.dispatch import receiver

from apps.accounts.models import Administrator
from apps.audit.events import Draft, Subject, record


def _record(kind: str, user: Any) -> None:
    if isinstance(user, Administrator):
        subject = Subject("administrator", user.zuid, user.name)
        record(Draft(kind=kind, actor=user.actor(), subject=subject))


@receiver(user_logged_in)
def signed_in(sender: Any, user: Any, **_: Any) -> None:
    """After allauth has opened the session."""
    _record("sign_in.done", user)


@receiver(user_logged_out)
def signed_out(sender: Any, user: Any, **_: Any) -> None:
    """By the person's own hand; sessions ended by somebody else are events of their own."""
    _record("sign_in.ended", user)
