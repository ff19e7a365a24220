"""What every request and every log line pays."""

from django.test import Client

from apps.core.redaction import redact
from tests.bench import Step, bench


@bench("health page, database and Redis asked", target_ms=50)
def health_page() -> Step:
    client = Client()

    def step() -> None:
        if client.get("/health/").status_code != 200:
            raise RuntimeError("The health page says that something is wrong.")

    return step


@bench("redact a log event of 100 people (40 KB)", target_ms=50)
def redact_event() -> Step:
    person = {"email_id": "olivia.palmer@zylker.com", "display_name": "Olivia Palmer", "note": "x" * 300}
    event = {"event": "users_read", "answer": [person] * 100}
    return lambda: redact(event)


@bench("redact one line of 1 MB that speaks of tokens", repeat=5, target_ms=1000)
def redact_long_line() -> Step:
    line = "token a-b_c d=e 10 " * 50_000
    return lambda: redact(line)
