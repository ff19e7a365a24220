"""A piece of a page that asks for itself again until it is finished."""

from typing import Any

from django.http import HttpResponse

from ..requests import ConsoleRequest
from .base import ConsoleView


class FragmentView(ConsoleView):
    """Draws `template_name` inside `console/fragment.html`; while `get_done()` is false it is polled.

    The first page includes the same thing with `{% fragment url %}`.
    """

    template_name = "console/fragment.html"
    body_template = ""
    interval = "1s"

    def get_done(self) -> bool:
        """Whether nothing can change any more; the fragment then leaves its trigger out."""
        raise NotImplementedError

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Render the fragment, with its trigger unless it is done."""
        context = self.get_context_data(
            body_template=self.body_template,
            fragment_url=request.get_full_path(),
            trigger="" if self.get_done() else f"every {self.interval}",
            **kwargs,
        )
        response = self.render_to_response(context)
        response["Cache-Control"] = "no-store"
        return response
