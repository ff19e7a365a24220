"""A channel's picture as the API takes it. Zoho documents neither sizes nor types."""

import base64

from apps.core.errors import Refused

MOST_BYTES = 2 * 1024 * 1024
STARTS = (b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff")


def encoded(data: bytes) -> str:
    """The picture in Base64, judged by its first bytes whatever its name says. Refused with its field."""
    if not data.startswith(STARTS):
        raise Refused("This is neither a PNG nor a JPEG picture.", field="picture")
    if len(data) > MOST_BYTES:
        raise Refused("This picture is larger than 2 MB: choose a smaller one.", field="picture")
    return base64.b64encode(data).decode("ascii")


def told(data: bytes) -> str:
    """What the log keeps of it."""
    return f"{max(1, round(len(data) / 1024)):,} KB"
