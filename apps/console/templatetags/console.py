"""The tags of the page toolkit; `{% load console %}`.

Each is drawn by a template of the same name, but for those that a list draws many times: these are Python.
"""

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any

from django import template
from django.forms import BoundField
from django.template import Context
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django_tables2 import Table

from .. import cells, names, times, widgets
from ..chips import url_with
from ..forms import ConsoleForm, Section
from ..plans import Number, Segment, bar
from ..registry import PageAction

register = template.Library()
NOTHING = format_html('<span class="none">{}</span>', "—")


@register.simple_tag
def icon(name: str, label: str = "") -> SafeString:
    """A Bootstrap icon: decoration beside a word, or with `label` the only name of its button."""
    if label:
        return format_html('<i class="bi bi-{}" role="img" aria-label="{}"></i>', name, label)
    return format_html('<i class="bi bi-{}" aria-hidden="true"></i>', name)


@register.simple_tag
def status(member: Any = None, tone: str = "", label: str = "") -> SafeString:
    """Dot and word of a `StatusChoices` member; or of a tone and label given by hand."""
    if member in (None, "") and not label:
        return NOTHING
    moving = " status-moving" if not tone and getattr(member, "tone", "") == "blue" else ""
    tone = tone or getattr(member, "tone", "grey")
    return format_html(
        '<span class="status status-{}{}">{}</span>', tone, moving, label or getattr(member, "label", member)
    )


@register.simple_tag
def ago(moment: datetime | None, otherwise: str = "—") -> SafeString:
    """«3 minutes ago» with the exact moment in the title; the browser keeps it fresh."""
    if moment is None:
        return format_html('<span class="none">{}</span>', otherwise)
    return format_html(
        '<time datetime="{}" title="{}" data-time="ago">{}</time>',
        times.machine(moment),
        times.exact(moment),
        times.relative(moment),
    )


@register.simple_tag
def moment(value: datetime | None, show: str = "minute", otherwise: str = "—") -> SafeString:
    """An exact moment in the reader's zone, UTC in the title; `show="clock"` gives only the time of day."""
    if value is None:
        return format_html('<span class="none">{}</span>', otherwise)
    return format_html(
        '<time datetime="{}" title="{}" data-time="{}">{}</time>',
        times.machine(value),
        times.exact(value),
        show,
        times.brief(value),
    )


@register.filter
def duration(seconds: float) -> str:
    """A length of time in words."""
    return times.duration(seconds)


@register.simple_tag
def avatar(name: str, size: str = "") -> SafeString:
    """Initials on a tone that is always the same for the same name."""
    classes = f"avatar avatar-tone-{names.tone_of(name)}" + (f" avatar-{size}" if size else "")
    return format_html('<span class="{}" aria-hidden="true">{}</span>', classes, names.initials(name))


@register.simple_tag
def identity(name: str, under: str = "", url: str = "", size: str = "") -> SafeString:
    """Avatar, name and what stands under it: the first column of a list of people."""
    return format_html(
        '<span class="identity">{}<span class="identity-words">{}{}</span></span>',
        avatar(name, size),
        format_html('<a class="identity-name" href="{}"><bdi>{}</bdi></a>', url, name)
        if url
        else format_html('<span class="identity-name"><bdi>{}</bdi></span>', name),
        format_html('<span class="identity-under">{}</span>', under) if under else "",
    )


@register.simple_tag(takes_context=True)
def table_rows(context: Context, table: Table) -> SafeString:
    """The body of a table."""
    return mark_safe("".join(cells.rows(table, context)))  # noqa: S308 - escaped where it is made


@register.inclusion_tag("console/diff.html")
def diff(field: str, before: Any = "", after: Any = "") -> dict[str, Any]:
    """One changed field: its name in grey, the old value struck through, the new one underlined."""
    return {"field": field, "before": before, "after": after}


@register.inclusion_tag("console/copy.html")
def copy(text: str, what: str = "", plain: bool = False) -> dict[str, Any]:
    """An id or DNS value in monospace (`plain` for an address) with a button that copies it."""
    return {"text": text, "what": what or text, "plain": plain}


@register.inclusion_tag("console/empty.html")
def empty_state(
    title: str, text: str = "", icon: str = "inbox", action: PageAction | None = None
) -> dict[str, Any]:
    """A sentence, a reason, a button."""
    return {"title": title, "text": text, "icon": icon, "action": action}


@register.inclusion_tag("console/action.html")
def action(button: PageAction) -> dict[str, Any]:
    """A button of a page."""
    return {"action": button}


@register.inclusion_tag("console/field.html")
def field(bound: BoundField, filters: bool = False) -> dict[str, Any]:
    """One form field: label above, help below, the error in its place; `filters` leaves out «optional»."""
    return {
        "field": bound,
        "filters": filters,
        "kind": widgets.kind_of(bound),
        "widget": widgets.drawn(bound),
    }


@register.inclusion_tag("console/fields.html")
def fields(form: ConsoleForm, names: str = "") -> dict[str, Any]:
    """The form's fields by section, or only those named (separated by spaces)."""
    chosen = names.split()
    sections: Sequence[Section] = () if chosen else getattr(form, "sections", ())
    if not sections:
        plain = Section("", tuple(chosen) or tuple(bound.name for bound in form.visible_fields()))
        sections = (plain,)
    drawn = [
        (section, [form[name] for name in section.fields if name in form.fields]) for section in sections
    ]
    return {"form": form, "sections": drawn}


@register.inclusion_tag("console/numbers.html")
def numbers(cards: Iterable[Number]) -> dict[str, Any]:
    """The numbers on top of a plan or a job."""
    return {"cards": cards}


@register.inclusion_tag("console/bar.html")
def progress_bar(segments: Iterable[Segment], total: int, label: str = "Progress") -> dict[str, Any]:
    """A bar in the status colours by share; what is not yet done stays empty."""
    return bar(list(segments), total) | {"label": label}


@register.inclusion_tag("console/fragment_first.html", takes_context=True)
def fragment(context: Context, url: str, template_name: str, trigger: str = "load") -> dict[str, Any]:
    """A `FragmentView` inside a page: drawn from the page's own context, then kept fresh from `url`."""
    known: dict[str, Any] = {str(name): value for name, value in context.flatten().items()}
    return known | {"fragment_url": url, "body_template": template_name, "trigger": trigger}


@register.simple_tag(takes_context=True)
def url_changed(context: Context, **changes: Any) -> str:
    """The present URL's query with some parameters changed (an empty value takes one away)."""
    changed = {name: str(value) if value not in (None, "") else None for name, value in changes.items()}
    page = changed.pop("page", None)
    url = url_with(context["request"].GET, changed)
    return url + ("" if url == "?" else "&") + f"page={page}" if page else url


@register.simple_tag(takes_context=True)
def sort_url(context: Context, column: Any) -> str:
    """The present URL sorted by `column`, the other way round where it already is; back at page one."""
    table = context["table"]
    return url_with(context["request"].GET, {table.prefixed_order_by_field: str(column.order_by_alias.next)})


@register.filter
def message_link(tags: str) -> list[str]:
    """URL and label of the link that a message carries in its extra tags."""
    url, _, label = tags.partition(" ")
    return [url, label] if url.startswith("/") else []
