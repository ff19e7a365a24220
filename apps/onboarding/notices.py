"""Telling whoever confirmed a plan that it has ended: in the sidebar, and by e-mail where one can be sent."""

import smtplib
from typing import Any, cast

import structlog
from django.conf import settings
from django.core.mail import EmailMessage
from django.db.models import QuerySet

from apps.accounts.models import Administrator
from apps.console.requests import ConsoleRequest
from apps.jobs.models import Job, JobStatus
from apps.onboarding.models import Onboarding, Phase

log = structlog.get_logger(__name__)

TOLD = (JobStatus.FINISHED, JobStatus.PAUSED)


def unseen(zuid: str) -> QuerySet[Onboarding]:
    """Runs of this person that have finished, or stopped, since they last looked."""
    return Onboarding.objects.filter(
        job__actor_zuid=zuid, job__status__in=TOLD, phase=Phase.RUN, seen_at=None
    )


def unseen_by(request: ConsoleRequest) -> int:
    """How many of them, for the sidebar."""
    person = cast(Any, request.administrator)
    return unseen(person.zuid).count() if person else 0


def send(job: Job, sentence: str) -> bool:
    """Write to whoever confirmed; whether a message left. A mail server that fails stops nothing."""
    if "console" in str(settings.EMAIL_BACKEND):
        return False
    person = Administrator.objects.filter(zuid=job.actor_zuid, is_active=True).exclude(email="").first()
    if person is None:
        return False
    url = f"{settings.PUBLIC_URL.rstrip('/')}{job.onboarding.get_absolute_url()}"
    message = EmailMessage(
        subject=f"Onboarding has finished: {job.title}",
        body=f"{job.title}: {sentence}\n\nThe result file is here: {url}\n",
        to=[person.email],
    )
    try:
        return bool(message.send())
    except (OSError, smtplib.SMTPException):
        log.warning("onboarding.notice_failed", job_id=job.pk)
        return False
