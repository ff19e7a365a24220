"""An act on something: asked for on a confirmation of its own, done by POST."""

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.http import HttpResponse, HttpResponseNotAllowed

from ..forms import ConsoleForm
from ..requests import ConsoleRequest, is_fragment
from .forms import FormView


class ConfirmForm(ConsoleForm):
    """Reason and typed name, as far as the act asks for them."""

    reason = forms.CharField(
        label="Reason",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 2}),
        help_text="Goes into the log and stays there.",
    )
    typed = forms.CharField(
        label="Type the name to confirm", widget=forms.TextInput(attrs={"autocomplete": "off"})
    )

    def __init__(self, *args: Any, reason: str, typed: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.expected = typed
        if reason == "none":
            del self.fields["reason"]
        elif reason == "optional":
            self.fields["reason"].required = False
        if not typed:
            del self.fields["typed"]
        else:
            self.fields["typed"].label = f"Type “{typed}” to confirm"

    def clean_typed(self) -> str:
        """Compare what was typed with the name, spaces at the ends aside."""
        typed = str(self.cleaned_data["typed"]).strip()
        if typed != self.expected:
            raise ValidationError(f"This is not the name. Type “{self.expected}” exactly as it stands here.")
        return typed


class ActionView(FormView):
    """GET asks (a dialog, or a page of its own without script), POST calls `save(form)`.

    With `confirms = False` there is nothing to ask and GET is refused.
    """

    template_name = "console/confirm.html"
    dialog_template = "console/confirm_dialog.html"
    form_class = ConfirmForm
    danger = False
    confirms = True
    reason = "none"

    def get_typed_name(self) -> str:
        """What has to be typed to confirm; nothing asks for nothing."""
        return ""

    def get_consequences(self) -> list[str]:
        """What exactly will happen and to whom, one sentence each."""
        return []

    def get_submit(self) -> str:
        """The confirming button: the verb and, for several, the number."""
        return self.submit

    def get_form_kwargs(self) -> dict[str, Any]:
        """Adds what the confirmation asks for."""
        kwargs = super().get_form_kwargs()
        if issubclass(self.form_class, ConfirmForm):
            kwargs |= {"reason": self.reason, "typed": self.get_typed_name()}
        return kwargs

    def get_template_names(self) -> list[str]:
        """Only the dialog's content where htmx asks for it."""
        return [self.dialog_template] if is_fragment(self.request) else [self.template_name]

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Ask, where there is something to ask."""
        if not self.confirms:
            return HttpResponseNotAllowed(["POST"])
        return super().get(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what will happen."""
        context = super().get_context_data(**kwargs)
        context |= {
            "consequences": self.get_consequences(),
            "danger": self.danger,
            "submit": self.get_submit(),
            "action_url": self.request.get_full_path(),
        }
        return context
