"""What of the mail configuration can be sent when the quota is free: registered with `jobs.later`."""

from collections.abc import Mapping
from typing import Any

from apps.core.actor import Actor
from apps.core.permissions import Permission
from apps.jobs.later import Write
from apps.jobs.models import Job
from apps.organization.services import mail


def _send(data: Mapping[str, Any], **job: Any) -> None:
    mail.update(**data, **job)


MAIL_UPDATE = Write("organization.mail_update", "mail configuration", Permission.ORGANIZATION_EDIT, _send)


def update_mail(*, values: Mapping[str, str], shown: Mapping[str, str], actor: Actor, reason: str) -> Job:
    """Queue what `mail.update` would do now."""
    data = {"values": dict(values), "shown": dict(shown), "reason": reason}
    return MAIL_UPDATE.queue(key="mail", name="the mail configuration", data=data, actor=actor)
