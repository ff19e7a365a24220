"""What each administrator keeps about lists: the columns they chose, the filters they named."""

from collections.abc import Sequence
from typing import Any
from urllib.parse import urlencode

from django.db import IntegrityError, transaction
from django.urls import reverse

from apps.accounts import models
from apps.accounts.models import Administrator, ListColumns
from apps.console.remembering import SavedFilter
from apps.core.errors import NothingToChange, Refused

MOST_FILTERS = 50
MOST_COLUMNS, LONGEST = 100, 200


class ListMemory:
    """Answers the console's lists from the database."""

    def columns(self, person: Any, view: str) -> Sequence[str]:
        """The columns chosen, nothing where none were."""
        found = ListColumns.objects.filter(administrator=person, view=view)
        return found.values_list("columns", flat=True).first() or ()

    def filters(self, person: Any, view: str) -> Sequence[SavedFilter]:
        """The filters named."""
        return [
            SavedFilter(
                each.name,
                each.query,
                reverse("accounts:filter_rename", args=[each.pk]),
                reverse("accounts:filter_delete", args=[each.pk]),
            )
            for each in models.SavedFilter.objects.filter(administrator=person, view=view)
        ]

    def columns_url(self) -> str:
        """Where the chosen columns are posted to."""
        return reverse("accounts:list_columns")

    def naming_url(self, path: str) -> str:
        """Where filters get a name."""
        return f"{reverse('accounts:filter_new')}?{urlencode({'path': path})}"


def choose_columns(person: Administrator, view: str, names: Sequence[str]) -> None:
    """Remember columns; none of them means the usual ones."""
    kept = [name for name in names if len(name) <= LONGEST][:MOST_COLUMNS]
    if kept:
        ListColumns.objects.update_or_create(administrator=person, view=view, defaults={"columns": kept})
    else:
        ListColumns.objects.filter(administrator=person, view=view).delete()


def save_filter(person: Administrator, view: str, *, name: str, query: str) -> models.SavedFilter:
    """Keep a filter under a name of its own. Refused where the name is taken."""
    if models.SavedFilter.objects.filter(administrator=person, view=view).count() >= MOST_FILTERS:
        raise Refused(f"You have {MOST_FILTERS} filters of this list: delete one that you no longer need.")
    made = models.SavedFilter(administrator=person, view=view, name=name, query=query)
    _store(made)
    return made


def rename_filter(saved: models.SavedFilter, *, name: str) -> None:
    """Another name. Refused where it is taken."""
    if saved.name == name:
        raise NothingToChange(f"This filter is called “{name}” already.")
    saved.name = name
    _store(saved)


def _store(saved: models.SavedFilter) -> None:
    try:
        with transaction.atomic():
            saved.save()
    except IntegrityError:
        raise Refused(
            f"You have a filter called “{saved.name}” for this list already. Choose another name, or delete "
            "the other one first.",
            field="name",
        ) from None
