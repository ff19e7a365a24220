"""What can be done to many users of the list at once."""

from apps.directory import selectors
from apps.directory.bulk.common import GONE, LIST
from apps.directory.bulk.details import Details
from apps.directory.bulk.placing import Place
from apps.directory.bulk.teams import JoinTeam, LeaveTeam
from apps.directory.filters import UserFilter
from apps.directory.services.departments import DEPARTMENTS
from apps.directory.services.designations import DESIGNATIONS
from apps.jobs.bulk.acts import Selectable, register_list
from apps.jobs.bulk.kind import register_act

__all__ = ["GONE", "LIST", "Place", "register"]


def register() -> None:
    """The list of users, and what can be done to many of them."""
    register_list(
        Selectable(
            LIST,
            "directory:users",
            ("user", "users"),
            lambda: selectors.users().defer("raw", "search"),
            UserFilter,
            selectors.last_full_sweep,
        )
    )
    for act in (Place(DEPARTMENTS, 10), Place(DESIGNATIONS, 20), Details(), JoinTeam(), LeaveTeam()):
        register_act(act)
