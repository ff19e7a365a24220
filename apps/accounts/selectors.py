"""What the administrators' pages show."""

from dataclasses import dataclass

from allauth.usersessions.models import UserSession
from django.db.models import Count, OuterRef, QuerySet, Subquery
from django.db.models.functions import Coalesce

from apps.accounts.models import Administrator
from apps.core.permissions import Permission, PortalRole, role_allows


def administrators() -> QuerySet[Administrator]:
    """Everybody ever admitted, with the number of their sessions."""
    own = UserSession.objects.filter(user=OuterRef("pk")).order_by().values("user")
    return Administrator.objects.annotate(
        sessions=Coalesce(Subquery(own.annotate(number=Count("pk")).values("number")), 0)
    )


@dataclass(frozen=True, slots=True)
class Right:
    """One line of «what each role may do»."""

    label: str
    allowed: list[tuple[str, bool]]


def rights() -> list[Right]:
    """Every permission against every role, in the order of their declaration."""
    return [
        Right(
            permission.label[0].upper() + permission.label[1:],
            [(role.label, role_allows(role, permission)) for role in PortalRole],
        )
        for permission in Permission
    ]


def names() -> list[tuple[str, str]]:
    """ZUID and name of everybody who may stand in the log as actor."""
    return list(Administrator.objects.order_by("name").values_list("zuid", "name"))
