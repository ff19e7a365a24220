"""What the list of users can be narrowed down to."""

import django_filters
from django.db.models import QuerySet

from apps.connections.mirror import fold
from apps.directory import places, selectors
from apps.directory.models import User, UserStatus

GONE = "gone"
WITHOUT = "none"


def _departments() -> list[tuple[str, str]]:
    return [*selectors.department_choices(), (WITHOUT, "None")]


def _designations() -> list[tuple[str, str]]:
    return [*selectors.designation_choices(), (WITHOUT, "None")]


def _countries() -> list[tuple[str, str]]:
    named = ((code, places.country_name(code)) for code in selectors.countries_in_use())
    return [*sorted(named, key=lambda each: fold(each[1])), (WITHOUT, "None")]


class UserFilter(django_filters.FilterSet):
    """Search in name, address and employee id, in any script, case and accents ignored."""

    q = django_filters.CharFilter(method="search", label="Search users")
    status = django_filters.ChoiceFilter(
        label="Status", method="by_status", choices=[*UserStatus.choices, (GONE, "No longer in Zoho")]
    )
    department = django_filters.ChoiceFilter(
        label="Department", method="by_reference", field_name="department_id", choices=_departments
    )
    designation = django_filters.ChoiceFilter(
        label="Designation", method="by_reference", field_name="designation_id", choices=_designations
    )
    country = django_filters.ChoiceFilter(
        label="Country", method="by_reference", field_name="country", choices=_countries
    )
    manager = django_filters.ChoiceFilter(
        label="Manager", method="by_manager", choices=[("any", "Has one"), (WITHOUT, "None")]
    )

    def search(self, users: QuerySet[User], _: str, text: str) -> QuerySet[User]:
        """Every word has to occur, in any order."""
        for word in fold(text).split():
            users = users.filter(search__contains=word)
        return users

    def by_status(self, users: QuerySet[User], _: str, status: str) -> QuerySet[User]:
        """Whoever is gone is only shown when asked for."""
        return selectors.gone() if status == GONE else users.filter(status=status)

    def by_reference(self, users: QuerySet[User], name: str, value: str) -> QuerySet[User]:
        """By id or code; «None» is for those without."""
        return users.filter(**{name: "" if value == WITHOUT else value})

    def by_manager(self, users: QuerySet[User], _: str, value: str) -> QuerySet[User]:
        """Whether somebody is named to report to."""
        return users.filter(manager_id="") if value == WITHOUT else users.exclude(manager_id="")
