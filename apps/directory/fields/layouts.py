"""The four places that show a profile, each with the fields it shows."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.urls import reverse

from apps.cliq.replies import Layout
from apps.console.views import FragmentView, PageView
from apps.core.permissions import Permission
from apps.directory import places, selectors
from apps.directory.models import User
from apps.directory.services import layouts
from apps.directory.services.layouts import Known

# Zoho's names of the places, how people know them, and the shape they have there.
PLACES = {
    "quick_view": ("Hover card", "Shown when the pointer rests on a name.", "card"),
    "profile_details_web": ("Profile on the web", "Opened from a name in the browser.", "wide"),
    "profile_details_android": ("Profile on Android", "Opened from a name in the app.", "phone"),
    "profile_details_ios": ("Profile on iOS", "Opened from a name in the app.", "phone"),
}
# Where a user's value stands, for fields whose unique name is not that of a column.
COLUMNS = {
    "designation": "designation_name",
    "department": "department_name",
    "reportingto": "manager_name",
    "email_id": "email",
}


@dataclass(frozen=True, slots=True)
class Shown:
    """One line of a profile; switched off, it is not shown there."""

    label: str
    value: str
    enabled: bool


@dataclass(frozen=True, slots=True)
class Place:
    """One place, with its sections in their order."""

    label: str
    text: str
    shape: str
    sections: list[tuple[str, list[Shown]]]


def drawn(found: Iterable[Layout], person: User | None) -> list[Place]:
    """The places in a lasting order, filled with what one person has; one not seen yet comes last."""
    by_name = {layout.unique_name: layout for layout in found}
    order = [name for name in PLACES if name in by_name] + [name for name in by_name if name not in PLACES]
    return [_place(by_name[name], person) for name in order]


def _place(layout: Layout, person: User | None) -> Place:
    label, text, shape = PLACES.get(layout.unique_name, (layout.unique_name, "", "card"))
    sections = sorted(layout.sections, key=lambda each: each.sequence_number or 0)
    return Place(
        label,
        text,
        shape,
        [
            (
                section.label,
                [
                    Shown(field.label, _value(field.unique_name, person), field.status != "disabled")
                    for field in sorted(section.fields, key=lambda each: each.sequence_number or 0)
                ],
            )
            for section in sections
        ],
    )


def _value(name: str, person: User | None) -> str:
    if person is None:
        return ""
    if name == "status":
        return person.status_choice.label if person.status_choice else person.status
    if name == "country":
        return places.country_name(person.country)
    if name in person.custom:
        return str(person.custom[name])
    return str(getattr(person, COLUMNS.get(name, name), "") or "")


def body(known: Known, administrator: Any) -> dict[str, Any]:
    """What `layouts_body.html` shows, filled with what the reader has themselves."""
    person = selectors.user_by_id(administrator.zuid) or selectors.users().first()
    return {
        "places": drawn(known.layouts, person),
        "person": person,
        "read_at": known.read_at,
        "problem": known.problem,
    }


class LayoutsView(PageView):
    """The four places beside each other."""

    permission = Permission.USERS_VIEW
    active, template_name = "directory:userfields", "directory/layouts.html"
    title = "Where user fields are shown"
    description = "The four places in which Cliq shows a profile. Zoho's own panel arranges them."

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return "User fields", reverse("directory:userfields")

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what is known, and when to read it again: at once, unless just read."""
        known = layouts.known()
        return super().get_context_data(
            **body(known, self.request.administrator),
            facts_url=reverse("directory:layouts_facts"),
            facts_trigger="" if known.recent else "load",
            **kwargs,
        )


class FactsView(FragmentView):
    """The layouts read again from Zoho."""

    permission, body_template = Permission.USERS_VIEW, "directory/layouts_body.html"

    def get_done(self) -> bool:
        """Read once is enough."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Reads; a failure is said above what is known."""
        return super().get_context_data(**body(layouts.read(), self.request.administrator), **kwargs)
