"""What the list of roles can be narrowed down to."""

import django_filters
from django.db.models import QuerySet

from apps.access.models import ProfileType, Role
from apps.connections.mirror import fold
from apps.directory.models import User, UserStatus


class RoleFilter(django_filters.FilterSet):
    """Search in name and description."""

    q = django_filters.CharFilter(method="search", label="Search roles")
    type = django_filters.ChoiceFilter(label="Type", field_name="profile_type", choices=ProfileType.choices)
    made = django_filters.ChoiceFilter(
        label="Made by", method="by_maker", choices=[("cliq", "Cliq"), ("organisation", "The organisation")]
    )
    people = django_filters.ChoiceFilter(
        label="People", method="by_people", choices=[("some", "Somebody"), ("none", "Nobody")]
    )

    def search(self, roles: QuerySet[Role], _: str, text: str) -> QuerySet[Role]:
        """Every word has to occur, in any order."""
        for word in fold(text).split():
            roles = roles.filter(search__contains=word)
        return roles

    def by_maker(self, roles: QuerySet[Role], _: str, value: str) -> QuerySet[Role]:
        """Whether it came with Cliq."""
        return roles.filter(is_default=value == "cliq")

    def by_people(self, roles: QuerySet[Role], _: str, value: str) -> QuerySet[Role]:
        """Whether anybody is in it."""
        return roles.filter(members_count=0) if value == "none" else roles.filter(members_count__gt=0)


class PersonFilter(django_filters.FilterSet):
    """Search in name, address and employee id."""

    q = django_filters.CharFilter(method="search", label="Search people")
    status = django_filters.ChoiceFilter(label="Status", field_name="status", choices=UserStatus.choices)

    def search(self, users: QuerySet[User], _: str, text: str) -> QuerySet[User]:
        """Every word has to occur, in any order."""
        for word in fold(text).split():
            users = users.filter(search__contains=word)
        return users
