"""A form page: shows, checks, saves, and puts a refusal where it belongs."""

from http import HTTPStatus
from typing import Any

from django.http import HttpResponse

from apps.core.errors import PortalError

from ..forms import ConsoleForm
from ..requests import ConsoleRequest
from ..responses import redirect_to
from .waiting import Queued, Waiting


class FormView(Waiting):
    """`save(form)` acts and answers the URL to go to; what it raises as `PortalError` returns to the form.

    Where it acts by `carry` and the quota leaves no room, a second button has the same act sent later.
    """

    template_name = "console/form.html"
    form_class: type[ConsoleForm]
    submit = "Save"
    counts_changes = False
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
        try:
            return redirect_to(request, self.save(form))
        except Queued as queued:
            return redirect_to(request, self.queued(queued.job))
        except PortalError as error:
            form.add_refusal(error)
            return self.render_form(form, HTTPStatus.UNPROCESSABLE_ENTITY)

    def render_form(self, form: ConsoleForm, status: int = HTTPStatus.OK) -> HttpResponse:
        """The page with this form."""
        context = self.get_context_data(
            form=form,
            object=self.object,
            submit=self.submit,
            counts_changes=self.counts_changes,
            # A file is not shown again, so nobody could tell what the button would send.
            can_wait=self.can_wait and form.quota_wait is not None and not form.files,
            cancel_url=self.get_cancel_url(),
        )
        return self.render_to_response(context, status=status)
