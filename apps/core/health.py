"""Whether the portal can work: its database and its Redis answer."""

import structlog
from django.conf import settings
from django.db import Error, connection
from django.http import HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from apps.core.redis_server import answers

log = structlog.get_logger("health")


@never_cache
@require_safe
def health(request: HttpRequest) -> JsonResponse:
    """Answer 200 with `ok`, or 503; what is wrong is told to the log only."""
    healthy = database_answers() and redis_answers()
    return JsonResponse({"status": "ok" if healthy else "unavailable"}, status=200 if healthy else 503)


def database_answers() -> bool:
    """Whether a trivial query comes back."""
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1")
    except Error:
        log.exception("database_unavailable")
        return False
    return True


def redis_answers() -> bool:
    """Whether Redis answers a ping."""
    if answers(settings.BROKER_REDIS_URL):
        return True
    log.error("redis_unavailable")
    return False
