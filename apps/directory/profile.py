"""Beside a user's facts: what they are doing now, and their picture."""

from typing import Any

from django import forms
from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.urls import reverse

from apps.console.errors import NothingHere
from apps.console.forms import ConsoleForm
from apps.console.views import FormView, FragmentView
from apps.core.errors import OutcomeUnknown
from apps.core.permissions import Permission
from apps.directory import facts, live
from apps.directory.models import User
from apps.directory.services import pictures
from apps.directory.views import found


class LiveView(FragmentView):
    """The live status; `?now=1` asks even where few calls are left."""

    permission = Permission.USERS_VIEW
    body_template = "directory/live.html"

    def get_done(self) -> bool:
        """It is looked at once; who wants to know again asks again."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Asks."""
        user = found(self.kwargs["cliq_id"])
        return super().get_context_data(
            live=live.look(user, wanted="now" in self.request.GET),
            live_url=reverse("directory:live", args=[user.cliq_id]),
            **kwargs,
        )


class PictureForm(ConsoleForm):
    """One picture."""

    picture = forms.FileField(
        max_length=255,
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg"}),
        help_text="PNG or JPEG, up to 2 MB. Cliq shows it in a circle, so a square picture fits best.",
        error_messages={"required": "Choose the picture first.", "empty": "This file is empty."},
    )
    reason = forms.CharField(max_length=500, required=False, help_text="Goes into the log and stays there.")


class PictureView(FormView):
    """Changes one user's picture."""

    permission = Permission.USERS_EDIT
    active, form_class, submit = "directory:users", PictureForm, "Change the picture"
    template_name = "directory/picture.html"

    def get_object(self) -> User:
        """Whoever is gone has none to change."""
        user = found(self.kwargs["cliq_id"])
        if user.gone_at is not None:
            raise NothingHere(f"{user.name} is no longer in Zoho, so nothing about them can be changed.")
        return user

    def get_title(self) -> str:
        """Whom it is about."""
        return f"Change the picture of {self.object.name}"

    def get_back(self) -> tuple[str, str]:
        """The user's page."""
        return self.object.name, self.object.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what stands in the way."""
        return super().get_context_data(obstacle=pictures.obstacle(), **kwargs)

    def save(self, form: PictureForm) -> str:
        """Send it."""
        administrator: Any = self.request.administrator
        user: User = self.object
        uploaded: UploadedFile = form.cleaned_data["picture"]
        try:
            event = pictures.change(
                user,
                data=uploaded.read(pictures.MOST_BYTES + 1),
                actor=administrator.actor(),
                reason=form.cleaned_data["reason"],
            )
        except OutcomeUnknown as error:
            messages.warning(
                self.request,
                f"{error.sentence} Zoho never shows a picture to the portal, so reading cannot settle this: "
                f"look at {user.name} in Cliq, then say in the log what became of it.",
            )
            return user.get_absolute_url()
        may_see = administrator.can(Permission.LOG_VIEW)
        self.say(
            f"Changed the picture of {user.name}. Zoho never shows it to the portal; look at it in Cliq.",
            facts.event_url(event) if may_see else "",
        )
        return user.get_absolute_url()
