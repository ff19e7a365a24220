"""Sending a change when the quota is free: a job of one row."""

from collections.abc import Mapping
from typing import Any

from django.db import IntegrityError, transaction

from apps.core.actor import Actor
from apps.core.errors import Refused
from apps.directory import canonical
from apps.directory.models import User
from apps.jobs import services as jobs
from apps.jobs.models import Job, JobRow, Reservation, RowAction


def update(
    user: User, *, values: Mapping[str, Any], shown: Mapping[str, Any], actor: Actor, reason: str = ""
) -> Job:
    """Queue what `users.update` would do now. Refused while another job is about to change this user."""
    data = {
        "user": user.cliq_id,
        "values": canonical.values(values),
        "shown": canonical.values(shown),
        "reason": reason,
    }
    try:
        with transaction.atomic():
            job = jobs.create(
                "directory.user_update", title=f"Change {user.name}"[:200], actor=actor, total=1
            )
            Reservation.objects.create(key=user.email_key or user.cliq_id, job=job)
            JobRow.objects.create(
                job=job,
                number=1,
                key=user.email_key or user.cliq_id,
                name=user.name,
                search=user.search[:700],
                data=data,
                action=RowAction.UPDATE,
            )
    except IntegrityError:
        raise Refused(
            f"Another job is about to change {user.name}. Wait until it has finished, then save again."
        ) from None
    return job
