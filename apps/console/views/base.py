"""What every page has: a permission, a title, a sentence of what it is, its place in the navigation."""

from typing import Any

from django.core.exceptions import ImproperlyConfigured
from django.http import HttpRequest, HttpResponse
from django.views.generic.base import ContextMixin, TemplateResponseMixin, View

from apps.core.permissions import Permission

from ..access import require, sign_in_first
from ..registry import PageAction
from ..requests import ConsoleRequest, administrator_of


class ConsoleView(TemplateResponseMixin, ContextMixin, View):
    """A page. Exactly one of `permission`, `any_administrator` and `public` has to be set.

    `active` is the url name of the navigation entry this page belongs to.
    """

    permission: Permission | None = None
    any_administrator = False
    public = False

    title = ""
    description = ""
    active = ""
    back: tuple[str, str] | None = None

    request: ConsoleRequest

    @classmethod
    def as_view(cls, **initkwargs: Any) -> Any:
        """Refuse to serve a page that does not say who may see it."""
        permission = initkwargs.get("permission", cls.permission)
        if sum((permission is not None, cls.any_administrator, cls.public)) != 1:
            raise ImproperlyConfigured(f"{cls.__name__} needs a permission, any_administrator or public.")
        return super().as_view(**initkwargs)

    def dispatch(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask for sign-in or the permission before anything else runs."""
        if not self.public:
            if administrator_of(request) is None:
                return sign_in_first(request)
            if self.permission is not None:
                require(request, self.permission)
        return super().dispatch(request, *args, **kwargs)  # type: ignore[return-value]

    def get_title(self) -> str:
        """The page's title; override where it names the object."""
        return self.title

    def get_description(self) -> str:
        """One line of what this page is."""
        return self.description

    def get_back(self) -> tuple[str, str] | None:
        """Label and URL of the page above this one, shown over the title."""
        return self.back

    def get_actions(self) -> list[PageAction]:
        """The page's buttons, primary first; those this person may not use are left out."""
        return []

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The context every page template expects."""
        administrator = administrator_of(self.request)
        actions = [action for action in self.get_actions() if action.allowed(administrator)]
        return super().get_context_data(
            title=self.get_title(),
            description=self.get_description(),
            active=self.active,
            back=self.get_back(),
            page_actions=actions,
            **kwargs,
        )


class PageView(ConsoleView):
    """A page that only shows: a template and what `get_context_data` adds."""

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render the template."""
        return self.render_to_response(self.get_context_data(**kwargs))
