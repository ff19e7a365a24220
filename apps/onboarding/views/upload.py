"""A file comes in: choosing it, and saying which column is which."""

from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.urls import reverse

from apps.console.context import url_or_empty
from apps.console.registry import PageAction
from apps.console.requests import ConsoleRequest
from apps.console.views import (
    FormView,
)
from apps.core.spreadsheets import DELIMITERS, column_letter
from apps.directory import selectors as directory
from apps.jobs.models import JobStatus
from apps.onboarding import services
from apps.onboarding.forms import ColumnsForm, EncodingForm, UploadForm
from apps.onboarding.models import Onboarding, Phase
from apps.onboarding.views.shared import LIST, RUN, OnboardingBase, actions_of, said_rows

UPLOAD = "Upload a spreadsheet"


class Upload(OnboardingBase, FormView):
    """Choose a file; only its first bytes are looked at before a worker reads it."""

    permission = RUN
    form_class = UploadForm
    template_name = "onboarding/upload.html"
    title = UPLOAD
    description = "Nothing is sent to Zoho before you have seen the plan and confirmed it."
    submit = "Upload"

    def get_object(self) -> Any:
        """There is none yet."""
        return None

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return ("Onboarding", reverse(LIST))

    def save(self, form: UploadForm) -> str:
        """Keep it and go on to its columns."""
        onboarding = services.upload(form.cleaned_data["file"], actor=self.actor)
        page = "encoding" if onboarding.phase == Phase.ENCODING else "columns"
        return reverse(f"onboarding:{page}", args=[onboarding.pk])


class Encoding(OnboardingBase, FormView):
    """Text that is not UTF-8: a person says which reading of it is right."""

    permission = RUN
    form_class = EncodingForm
    title = "How was this file saved?"
    submit = "Use this"
    object: Onboarding

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only while there is something to choose."""
        onboarding = self.get_object()
        if onboarding.phase != Phase.ENCODING or onboarding.job.ended:
            return HttpResponseRedirect(onboarding.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return ("Onboarding", reverse(LIST))

    def get_description(self) -> str:
        """Why it is asked."""
        return (
            f"{self.object.filename} is not UTF-8. If none of these reads right, save it as an Excel "
            "workbook and upload that."
        )

    def get_actions(self) -> list[PageAction]:
        """Give it up."""
        return actions_of(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form is made of what the file may be."""
        return super().get_form_kwargs() | {"head": services.telling_head(self.object)}

    def save(self, form: EncodingForm) -> str:
        """Read it so, and go on to its columns."""
        services.choose_encoding(self.object, codec=form.cleaned_data["codec"])
        return reverse("onboarding:columns", args=[self.object.pk])


class Columns(OnboardingBase, FormView):
    """Which column is which: recognised ones are chosen already."""

    permission = RUN
    form_class = ColumnsForm
    template_name = "onboarding/columns.html"
    object: Onboarding

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Only while there is something to choose."""
        onboarding = self.get_object()
        if onboarding.phase not in (Phase.COLUMNS, Phase.PLAN) or onboarding.job.status != JobStatus.DRAFT:
            return HttpResponseRedirect(onboarding.get_absolute_url())
        return super().get(request, *args, **kwargs)

    def get_title(self) -> str:
        """The file."""
        return self.object.filename

    def get_back(self) -> tuple[str, str]:
        """From the plan back to it, else to the list."""
        if self.object.phase == Phase.PLAN:
            return ("The plan", self.object.get_absolute_url())
        return ("Onboarding", reverse(LIST))

    def get_description(self) -> str:
        """How the file was read."""
        if self.object.sheet:
            return f"{said_rows(self.object)} in the sheet “{self.object.sheet}” of an Excel workbook."
        delimiter = DELIMITERS.get(self.object.delimiter, "?")
        return f"{said_rows(self.object)}, {self.object.encoding}, cells separated by a {delimiter}."

    def get_actions(self) -> list[PageAction]:
        """Give it up."""
        return actions_of(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        """The form is made of the file's columns."""
        return super().get_form_kwargs() | {"onboarding": self.object}

    def render_form(self, form: Any, status: int = 200) -> HttpResponse:
        """The button says how many rows will be checked."""
        self.submit = f"Check {said_rows(self.object)}"
        return super().render_form(form, status)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the columns with their sample cells, and whether the organisation was ever read."""
        form, sample = kwargs["form"], self.object.sample
        fields = [form[name] for name in form.fields if name.startswith("column_")]
        columns = [
            {"field": field, "letter": column_letter(index), "cells": [row[index] for row in sample]}
            for index, field in enumerate(fields)
        ]
        recognised = sum(bool(field.value()) for field in fields)
        return super().get_context_data(
            columns=columns,
            recognised=recognised,
            sample=sample,
            remembered=self.object.remembered,
            **reading_context(),
            **kwargs,
        )

    def save(self, form: ColumnsForm) -> str:
        """Hand the file to a worker."""
        services.check(
            self.object,
            mapping=form.mapping(),
            actor=self.actor,
            changes_people=form.cleaned_data["changes_people"],
        )
        return self.object.get_absolute_url()


def reading_context() -> dict[str, Any]:
    """Whether the organisation was ever read, and where to have it read."""
    return {"freshly": directory.directory_freshness(), "sync_url": url_or_empty("directory:read")}
