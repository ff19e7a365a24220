"""One thing: its facts, and the panels and actions that higher apps registered for it."""

from typing import Any

from django.http import HttpResponse
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from ..registry import PageAction, Panel, actions, panels
from ..requests import ConsoleRequest, administrator_of
from .base import ConsoleView


class DetailView(ConsoleView):
    """Shows `get_object()`; `slot` names the page for `registry.panels` and `registry.actions`."""

    template_name = "console/detail.html"
    slot = ""
    object: Any

    def get_object(self) -> Any:
        """The thing shown; raise `errors.NothingHere(sentence)` where it does not exist."""
        raise NotImplementedError

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Load the object, render the page."""
        self.object = self.get_object()
        return self.render_to_response(self.get_context_data(**kwargs))

    def get_title(self) -> str:
        """The object's own name unless the view has a title."""
        return self.title or str(self.object)

    def get_actions(self) -> list[PageAction]:
        """The buttons that higher apps registered; call super() when adding the page's own."""
        return [action.bind(self.object) for action in actions.visible(self.slot, self.request.administrator)]

    def get_panels(self) -> list[dict[str, Any]]:
        """The registered panels, drawn."""
        visible = panels.visible(self.slot, administrator_of(self.request))
        return [{"title": panel.title, "html": self.draw(panel)} for panel in visible]

    def draw(self, panel: Panel) -> SafeString:
        """One panel from its own template and context."""
        context = {"object": self.object, **panel.context(self.request, self.object)}
        return render_to_string(panel.template, context, self.request)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the object and its panels."""
        return super().get_context_data(object=self.object, panels=self.get_panels(), **kwargs)
