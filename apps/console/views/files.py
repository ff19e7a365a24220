"""A file to download, streamed."""

from collections.abc import Iterable
from typing import Any

from django.http import HttpResponseBase, StreamingHttpResponse
from django.utils.http import content_disposition_header

from ..requests import ConsoleRequest
from .base import ConsoleView


class DownloadView(ConsoleView):
    """Streams `get_chunks()` under `get_filename()`; the browser saves and never guesses the type."""

    content_type = "text/csv; charset=utf-8"

    def get_filename(self) -> str:
        """The name the file is saved under; any characters."""
        raise NotImplementedError

    def get_chunks(self) -> Iterable[bytes]:
        """The file's content, piece by piece."""
        raise NotImplementedError

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        """Send the file."""
        return attachment(self.get_chunks(), self.get_filename(), self.content_type)


def attachment(chunks: Iterable[bytes], name: str, content_type: str) -> StreamingHttpResponse:
    """A file that the browser saves under `name`, sent piece by piece."""
    response = StreamingHttpResponse(chunks, content_type=content_type)
    response["Content-Disposition"] = content_disposition_header(True, safe_filename(name))
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def safe_filename(name: str) -> str:
    """The name without what a header or a file system trips over; letters of every script stay."""
    kept = "".join(
        character for character in name if character.isprintable() and character not in '/\\:*?"<>|'
    )
    return kept.strip(" .")[:180] or "download"
