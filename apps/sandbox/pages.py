"""HTML pages, drawn with Django's template engine alone: no settings, no context processors."""

from pathlib import Path
from typing import Any

from django.template import Context, Engine
from werkzeug.wrappers import Response

HERE = Path(__file__).parent
ENGINE = Engine(dirs=[str(HERE / "templates")])
ASSETS = HERE / "assets"
HEADERS = {
    "Content-Security-Policy": (
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; frame-ancestors 'none'"
    ),
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "no-store",
}


def page(template: str, values: dict[str, Any], status: int = 200) -> Response:
    """One page of `templates/sandbox/`."""
    context = Context(values, use_l10n=False, use_tz=False)
    html = ENGINE.get_template(f"sandbox/{template}").render(context)
    return Response(html, status=status, headers=HEADERS, content_type="text/html; charset=utf-8")


def asset(name: str, content_type: str) -> Response:
    """A file of `assets/`."""
    return Response((ASSETS / name).read_bytes(), content_type=content_type)
