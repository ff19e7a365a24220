"""What an event is made of, and how a single fact (a sign-in, a refusal, a download) is recorded."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from django.db import transaction
from django.utils import timezone

from apps.audit import chain
from apps.audit.models import Stage
from apps.core import context
from apps.core.actor import Actor
from apps.core.redaction import redact

_LIMITS = {"actor_name": 200, "subject_id": 200, "subject_name": 300}


@dataclass(frozen=True, slots=True)
class Subject:
    """What an event is about; the name is copied as it was then."""

    type: str
    id: str
    name: str


NOTHING = Subject("", "", "")


@dataclass(frozen=True, slots=True)
class Draft:
    """One event before it has a number. `before` and `after` hold only what the change is about."""

    kind: str
    actor: Actor
    stage: Stage = Stage.FACT
    subject: Subject = NOTHING
    before: Mapping[str, Any] = field(default_factory=dict)
    after: Mapping[str, Any] = field(default_factory=dict)
    details: Mapping[str, Any] = field(default_factory=dict)
    reason: str = ""
    operation_id: str | None = None
    job_id: int | None = None

    def body(self) -> dict[str, Any]:
        """The event as plain data, without secrets."""
        body = {
            "at": timezone.now().isoformat(),
            "kind": self.kind,
            "stage": str(self.stage),
            "actor_kind": self.actor.kind,
            "actor_zuid": self.actor.zuid,
            "actor_name": self.actor.name,
            "actor_role": self.actor.role,
            "address": self.actor.address or context.client_address(),
            "request_id": context.request_id(),
            "subject_type": self.subject.type,
            "subject_id": self.subject.id,
            "subject_name": self.subject.name,
            "operation_id": self.operation_id,
            "job_id": self.job_id,
            "reason": self.reason,
            "before": redact(self.before),
            "after": redact(self.after),
            "details": redact(self.details),
        }
        for name, limit in _LIMITS.items():
            body[name] = str(body[name]).replace("\0", "")[:limit]
        return body


def record(*drafts: Draft) -> list[int]:
    """Write facts; inside a transaction they commit with it, else at once."""
    with transaction.atomic():
        return chain.append([draft.body() for draft in drafts])
