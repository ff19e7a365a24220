"""A form page: shows, checks, saves, and puts a refusal where it belongs."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse

from apps.core.errors import PortalError

from ..forms import ConsoleForm
from ..requests import ConsoleRequest
from ..responses import redirect_to
from .base import ConsoleView

LATER = "later"


class FormView(ConsoleView):
    """`save(form)` acts and answers the URL to go to; what it raises as `PortalError` returns to the form.

    Where `can_wait` is set and the quota leaves no room, a second button calls `save_later(form)`.
    """

    template_name = "console/form.html"
    form_class: type[ConsoleForm]
    submit = "Save"
    counts_changes = False
    can_wait = False
    object: Any = None

    def get_object(self) -> Any:
        """What the form is about, where it is about something that exists."""
        return None

    def get_initial(self) -> dict[str, Any]:
        """The values to show first."""
        return {}

    def get_form_kwargs(self) -> dict[str, Any]:
        """What the form's constructor needs."""
        kwargs: dict[str, Any] = {"initial": self.get_initial()}
        if self.request.method == "POST":
            kwargs |= {"data": self.request.POST, "files": self.request.FILES}
        return kwargs

    def save(self, form: Any) -> str:
        """Act on the checked form; answer where to go."""
        raise NotImplementedError

    def save_later(self, form: Any) -> str:
        """Queue the same act until the quota is free; answer where to go."""
        raise NotImplementedError

    def queued(self, job: Any) -> str:
        """Say that it is sent later; go to where that can be followed."""
        self.say(f"“{job.title}” is sent as soon as Zoho’s limit allows.")
        return str(job.get_absolute_url())

    def get_cancel_url(self) -> str:
        """Where «Cancel» leads; without one there is no such link."""
        back = self.get_back()
        return back[1] if back else ""

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Show the form with its initial values."""
        self.object = self.get_object()
        return self.render_form(self.form_class(**self.get_form_kwargs()))

    def post(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Check, save, and go on; or show the form again with what was wrong."""
        self.object = self.get_object()
        form = self.form_class(**self.get_form_kwargs())
        if not form.is_valid():
            return self.render_form(form, HTTPStatus.UNPROCESSABLE_ENTITY)
        act = self.save_later if self.can_wait and LATER in request.POST else self.save
        try:
            return redirect_to(request, act(form))
        except PortalError as error:
            form.add_refusal(error)
            return self.render_form(form, HTTPStatus.UNPROCESSABLE_ENTITY)

    def say(self, sentence: str, url: str = "", link: str = "See the event") -> None:
        """Show a sentence on the next page, with a link to what was recorded."""
        messages.success(self.request, sentence, extra_tags=f"{url} {link}" if url else "")

    def render_form(self, form: ConsoleForm, status: int = HTTPStatus.OK) -> HttpResponse:
        """The page with this form."""
        context = self.get_context_data(
            form=form,
            object=self.object,
            submit=self.submit,
            counts_changes=self.counts_changes,
            can_wait=self.can_wait and form.quota_wait is not None,
            cancel_url=self.get_cancel_url(),
        )
        return self.render_to_response(context, status=status)
