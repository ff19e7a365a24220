"""What is known about one call after it: for the log, the health page and the use of the quota."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Outcome(StrEnum):
    """How a call ended."""

    DONE = "done"
    REFUSED = "refused"
    THROTTLED = "throttled"
    TOKEN = "token"  # noqa: S105
    UNKNOWN = "unknown"
    FAILED = "failed"
    NOT_SENT = "not_sent"


@dataclass(frozen=True, slots=True)
class CallRecord:
    """One call: `seconds` from admission to the end, `waited` for the quota before; no token, no body."""

    endpoint: str
    account: str
    started: datetime
    seconds: float
    waited: float
    outcome: Outcome
    status: int | None = None
    code: str = ""
    request_id: str = ""
