"""Records every refusal of permission: who tried what."""

from collections.abc import Callable

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from apps.audit.events import Draft, Subject, record


class RefusalMiddleware:
    """Answers nothing itself: it writes the event and lets the refusal go its way."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)

    def process_exception(self, request: HttpRequest, exception: Exception) -> None:
        """A stranger without a session is not worth an event; a person with one is."""
        administrator = getattr(request, "administrator", None)
        if not isinstance(exception, PermissionDenied) or administrator is None:
            return
        path = request.path[:200]
        record(
            Draft(
                kind="permission.refused",
                actor=administrator.actor(),
                subject=Subject("page", path, path),
                details={"method": request.method, "sentence": str(exception)},
            )
        )
