"""Files to download."""

from collections.abc import Iterable
from typing import Any

from django.http import Http404, HttpResponseBase

from apps.console.requests import ConsoleRequest
from apps.console.views import (
    DownloadView,
)
from apps.onboarding import results, template
from apps.onboarding.views.shared import RUN, VIEW, OnboardingBase


class ResultFile(OnboardingBase, DownloadView):
    """The input and what happened to each row; who fetched it is recorded."""

    permission = VIEW

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Record, then send."""
        self.object = self.get_object()
        if self.object.erased_at:
            raise Http404("This file was removed.")
        results.record_download(self.object, actor=self.actor)
        return super().get(request, *args, **kwargs)

    def get_filename(self) -> str:
        """After the upload."""
        return results.result_name(self.object)

    def get_chunks(self) -> Iterable[bytes]:
        """Row by row."""
        return results.result(self.object)


class Workbook(DownloadView):
    """The same for Excel, with what the organisation has as lists to choose from."""

    permission = RUN
    content_type = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"

    def get_filename(self) -> str:
        """What it is for."""
        return "people to add.xlsx"

    def get_chunks(self) -> Iterable[bytes]:
        """As it lies in the mirror now."""
        return [template.workbook()]


class Template(DownloadView):
    """An empty spreadsheet with the columns that are recognised."""

    permission = RUN

    def get_filename(self) -> str:
        """What it is for."""
        return "people to add.csv"

    def get_chunks(self) -> Iterable[bytes]:
        """One row."""
        return results.template()
