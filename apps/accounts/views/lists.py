"""Keeping what a person chose for a list: its columns, and filters under a name."""

from dataclasses import dataclass
from functools import cached_property
from typing import Any, cast
from urllib.parse import urlsplit

from django import forms
from django.http import HttpRequest, QueryDict
from django.urls import Resolver404, resolve

from apps.accounts import lists
from apps.accounts.models import Administrator, SavedFilter
from apps.console.access import require
from apps.console.chips import address, url_with
from apps.console.columns import COLUMNS
from apps.console.errors import NothingHere
from apps.console.forms import ConsoleForm
from apps.console.views import ActionView, ListView
from apps.console.views.actions import ConfirmForm


@dataclass(frozen=True, slots=True)
class Place:
    """A list of the portal at an address: its url name, its path, and what it is narrowed down to."""

    view: str
    path: str
    query: QueryDict

    @property
    def url(self) -> str:
        """Back to it."""
        return address(self.path, self.query)


def place_at(request: HttpRequest, address: str) -> Place:
    """The list at an address of the portal, if this person may see it."""
    parts = urlsplit(address)
    try:
        match = resolve(parts.path)
    except Resolver404:
        raise NothingHere("There is no list at this address.") from None
    view = getattr(match.func, "view_class", None)
    if view is None or not issubclass(view, ListView):
        raise NothingHere("There is no list at this address.")
    if view.permission is not None:
        require(request, view.permission)
    return Place(match.view_name, parts.path, QueryDict(parts.query))


class ColumnsView(ActionView):
    """The columns of a list, as they were ticked."""

    any_administrator = True
    confirms = False

    def save(self, form: Any) -> str:
        """Remember, and back to the list."""
        place = place_at(self.request, self.request.POST.get("path", ""))
        names = [] if "usual" in self.request.POST else self.request.POST.getlist(COLUMNS)
        lists.choose_columns(cast(Administrator, self.request.administrator), place.view, names)
        return place.url


class NameForm(ConsoleForm):
    """One name."""

    name = forms.CharField(max_length=60, help_text="Only you see it.")


class ListPage(ActionView):
    """An act about filters of the list at `?path=`."""

    any_administrator = True
    form_class = NameForm  # type: ignore[assignment]

    @property
    def person(self) -> Administrator:
        """Whose filters these are."""
        return cast(Administrator, self.request.administrator)

    @cached_property
    def place(self) -> Place:
        """The list, as it is narrowed down."""
        return place_at(self.request, self.request.GET.get("path", ""))

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return "Back to the list", self.place.url


class SaveFilterView(ListPage):
    """Search, filters and sorting of a list, under a name."""

    title, submit = "Save these filters", "Save the filters"

    def get_object(self) -> Place:
        """Only of a list that is narrowed down or sorted."""
        if not self.place.query:
            raise NothingHere("This list is neither filtered nor sorted, so there is nothing to save.")
        return self.place

    def save(self, form: NameForm) -> str:
        """Keep it."""
        saved = lists.save_filter(
            self.person,
            self.place.view,
            name=form.cleaned_data["name"],
            query=url_with(self.place.query, {}).removeprefix("?"),
        )
        self.say(f"Saved as “{saved.name}”: it stands under Saved filters.")
        return self.place.url


class OwnFilter(ListPage):
    """One filter of this person's own."""

    def get_object(self) -> SavedFilter:
        """Somebody else's is not there."""
        found = SavedFilter.objects.filter(
            administrator=self.person, pk=self.kwargs["pk"], view=self.place.view
        ).first()
        if found is None:
            raise NothingHere("You have no such filter.")
        return found


class RenameFilterView(OwnFilter):
    """Another name for a filter."""

    title, submit = "Rename the filter", "Rename it"

    def get_initial(self) -> dict[str, Any]:
        """The present name."""
        return {"name": self.object.name}

    def save(self, form: NameForm) -> str:
        """Rename it."""
        lists.rename_filter(self.object, name=form.cleaned_data["name"])
        self.say(f"The filter is called “{self.object.name}” now.")
        return self.place.url


class DeleteFilterView(OwnFilter):
    """Forget a filter."""

    form_class = ConfirmForm  # type: ignore[assignment]
    title, submit, danger = "Delete the filter", "Delete it", True

    def get_consequences(self) -> list[str]:
        """Only the name goes."""
        return [f"“{self.object.name}” no longer stands under your saved filters."]

    def save(self, form: ConfirmForm) -> str:
        """Delete it."""
        self.object.delete()
        self.say(f"The filter “{self.object.name}” was deleted.")
        return self.place.url
