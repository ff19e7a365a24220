"""Names the signed-in administrator on the request."""

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse

from apps.accounts.models import Administrator


class AdministratorMiddleware:
    """Sets `request.administrator`: the person, or None for a stranger or somebody removed meanwhile."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        user = request.user
        known = isinstance(user, Administrator) and user.is_active
        request.administrator = user if known else None  # type: ignore[attr-defined]
        return self.get_response(request)
