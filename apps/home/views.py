"""The first page after sign-in: the organisation at a glance, and what to do next."""

from typing import Any

from django.template.loader import render_to_string

from apps.connections import selectors
from apps.console.registry import Panel, panels
from apps.console.requests import administrator_of, is_fragment
from apps.console.views import PageView
from apps.core.permissions import Permission
from apps.home import steps
from apps.home.search import SHORTEST, search

SLOT = "home.dashboard"


class DashboardView(PageView):
    """Cards that the apps registered for `home.dashboard`."""

    permission = Permission.HOME_VIEW
    template_name = "home/dashboard.html"
    active = "home:dashboard"
    description = "The organisation at a glance, as the portal last read it."

    def get_title(self) -> str:
        """The organisation."""
        organization = selectors.organization()
        return organization.name if organization else "No organisation yet"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the cards this person may see, and the first steps until they are done."""
        administrator = administrator_of(self.request)
        cards = [self.draw(card) for card in panels.visible(SLOT, administrator)]
        return super().get_context_data(cards=cards, steps=steps.shown(administrator), **kwargs)

    def draw(self, card: Panel) -> dict[str, Any]:
        """One card from its own template and context; a list of events takes the whole width."""
        context = dict(card.context(self.request, None))
        html = render_to_string(card.template, context, self.request)
        return {"title": card.title, "html": html, "wide": "events" in context}


class SearchView(PageView):
    """Everything that matches what was typed into the box on top of every page."""

    permission = Permission.HOME_VIEW
    template_name = "home/search.html"
    title = "Search"

    def get_template_names(self) -> list[str]:
        """Only what was found, while somebody types into the box."""
        return ["home/found.html"] if is_fragment(self.request) else [self.template_name]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what was found."""
        text = self.request.GET.get("q", "").strip()[:100]
        groups = search(self.request, text)
        return super().get_context_data(
            searched=text,
            too_short=len(text) < SHORTEST,
            groups=groups,
            typing=is_fragment(self.request),
            **kwargs,
        )
