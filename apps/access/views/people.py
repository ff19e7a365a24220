"""Who is in a role, and moving people."""

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from apps.access import jobs, selectors
from apps.access.filters import PersonFilter
from apps.access.models import Role
from apps.access.services import people
from apps.access.tables import PersonTable
from apps.access.views.common import LATER, changeable, found, permission_for
from apps.connections import selectors as connections
from apps.connections.mirror import fold
from apps.console.registry import PageAction
from apps.console.requests import administrator_of
from apps.console.views import ActionView, EmptyState, ListView, PageView
from apps.core.errors import OutcomeUnknown
from apps.core.permissions import Permission
from apps.directory import selectors as directory
from apps.directory.facts import event_of
from apps.directory.models import User

ACTIVE = "access:roles"
SUGGESTED = 25


class PeopleView(ListView):
    """Everybody in one role, fifty to a page."""

    permission = Permission.ROLES_VIEW
    template_name = "access/people.html"
    active, noun = ACTIVE, ("person", "people")
    table_class, filterset_class = PersonTable, PersonFilter
    empty = EmptyState("Nobody is in this role", "Whoever is moved here appears in this list.", "people")

    def dispatch(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The role of the address bar."""
        if administrator_of(request) is not None:
            self.role = found(kwargs["cliq_id"])
        return super().dispatch(request, *args, **kwargs)

    def get_title(self) -> str:
        """Which role it is."""
        return f"People in {self.role.name}"

    def get_back(self) -> tuple[str, str]:
        """The role's page."""
        return self.role.name, self.role.get_absolute_url()

    def get_queryset(self) -> Any:
        """Those whom the directory knows."""
        return selectors.people_of(self.role).defer("raw", "custom", "search")

    def get_table(self, rows: Any) -> Any:
        """Without boxes where nobody can be moved to Members."""
        table = super().get_table(rows)
        if not self._removes():
            table.columns.hide("choose")
        return table

    def get_actions(self) -> list[PageAction]:
        """Moving somebody here."""
        if self.role.gone_at is not None:
            return []
        return [
            PageAction(
                "Move people here",
                reverse("access:choose", args=[self.role.cliq_id]),
                "person-plus",
                primary=True,
                permission=permission_for(self.role),
            )
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how fresh the list is, and where chosen people go."""
        return super().get_context_data(
            fresh=self.role.members_read_at,
            remove_url=reverse("access:remove", args=[self.role.cliq_id]) if self._removes() else "",
            **kwargs,
        )

    def _removes(self) -> bool:
        person = administrator_of(self.request)
        may = person is not None and person.can(permission_for(self.role))
        return may and not (self.role.is_default and not self.role.is_admin) and self.role.gone_at is None


class ChooseView(PageView):
    """Whom to move into a role: search, choose, go on; the address is the whole state."""

    permission = Permission.ROLES_EDIT
    active, template_name = ACTIVE, "access/choose.html"

    def get(self, request: Any, *args: Any, **kwargs: Any) -> HttpResponse:
        """The role first: one that administers anything is for an Owner."""
        self.role = changeable(request, kwargs["cliq_id"])
        return super().get(request)

    def get_title(self) -> str:
        """Which role it is."""
        return f"Move people to {self.role.name}"

    def get_description(self) -> str:
        """What an assignment is."""
        return "Everybody has one role: whoever comes here leaves the role they have."

    def get_back(self) -> tuple[str, str]:
        """The role's page."""
        return self.role.name, self.role.get_absolute_url()

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the chosen and the found, each with their present role."""
        query = self.request.GET
        chosen = list(selectors.users_by_id(query.getlist("user")[: people.MOST]).values())
        text = query.get("q", "").strip()
        unknown: list[str] = []
        matching: list[User] = []
        if "@" in text and (";" in text or "," in text or "\n" in text or " " in text):
            matching, unknown = _by_addresses(text)
        elif len(text) > 1:
            matching = _matching(text)
        ids = {user.cliq_id for user in chosen}
        found_now = [user for user in matching if user.cliq_id not in ids]
        roles = selectors.roles_of([user.cliq_id for user in [*chosen, *found_now]])
        return super().get_context_data(
            role=self.role,
            q=text,
            chosen=_beside(chosen, roles, self.role),
            found=_beside(found_now, roles, self.role),
            unknown=unknown,
            most=people.MOST,
            move_url=reverse("access:move", args=[self.role.cliq_id]),
            **kwargs,
        )


def _beside(
    users: Sequence[User], roles: dict[str, Role], target: Role
) -> list[tuple[User, Role | None, bool]]:
    """Each with the present role, and whether they are here already."""
    rows = [(user, roles.get(user.cliq_id)) for user in users]
    return [(user, role, role is not None and role.pk == target.pk) for user, role in rows]


def _matching(text: str) -> list[User]:
    found_users = directory.users()
    for word in fold(text).split():
        found_users = found_users.filter(search__contains=word)
    return list(found_users.defer("raw", "custom").order_by("name_key")[:SUGGESTED])


def _by_addresses(text: str) -> tuple[list[User], list[str]]:
    """Whom a pasted list of addresses names, and the addresses that nobody has."""
    parts = text.replace(",", " ").replace(";", " ").split()[: people.MOST]
    known = directory.users_by_email(parts)
    return list(known.values()), [part for part in parts if part.strip().casefold() not in known]


class _Moving(ActionView):
    """A move of the people in the address bar."""

    permission = Permission.ROLES_EDIT
    active, reason = ACTIVE, "optional"

    def get_object(self) -> Role:
        """The role; one that administers anything only for an Owner."""
        role = changeable(self.request, self.kwargs["cliq_id"])
        self.chosen = list(dict.fromkeys(self.request.GET.getlist("user")))
        self.known = selectors.users_by_id(self.chosen)
        self.roles = selectors.roles_of(self.chosen)
        return role

    def named(self, user_id: str) -> str:
        """A person, told apart by address."""
        user = self.known.get(user_id)
        return f"{user.name} ({user.email})" if user else user_id

    def counted(self, number: int) -> str:
        """So many people, in words."""
        return f"{number:,} {'person' if number == 1 else 'people'}"

    def holder(self) -> list[str]:
        """What moving the one behind the connection means."""
        grant = connections.latest_grant()
        if grant is None or grant.zuid not in self.chosen:
            return []
        return [
            f"{self.named(grant.zuid)} is the account that connects the portal: without an admin role, "
            "the portal can do nothing any more."
        ]

    def done(self, moved: people.Moved, into: str) -> str:
        """Say it and go to the role's people."""
        administrator: Any = self.request.administrator
        self.say(f"Moved {self.counted(moved.number)} to {into}.", event_of(administrator, moved.event))
        return reverse("access:people", args=[self.object.cliq_id])

    def unknown(self, error: OutcomeUnknown) -> str:
        """Nobody can say yet."""
        messages.warning(self.request, error.sentence + LATER)
        role: Role = self.object
        return role.get_absolute_url()

    def get_back(self) -> tuple[str, str]:
        """The role's page."""
        return self.object.name, self.object.get_absolute_url()


class MoveView(_Moving):
    """Moves people into a role; each one's present role stands beside them."""

    def get_title(self) -> str:
        """Which role it is."""
        return f"Move people to {self.object.name}"

    def get_back(self) -> tuple[str, str]:
        """The page before this one, with what was chosen."""
        query = self.request.GET.urlencode()
        return "Choose people", f"{reverse('access:choose', args=[self.object.cliq_id])}?{query}"

    def get_submit(self) -> str:
        """The verb and the number."""
        return f"Move {self.counted(len(self.chosen))}"

    def get_consequences(self) -> list[str]:
        """Who leaves what."""
        role: Role = self.object
        said = []
        for user_id in self.chosen:
            now = self.roles.get(user_id)
            if now is not None and now.pk == role.pk:
                said.append(f"{self.named(user_id)} is in “{role.name}” already.")
            elif now is not None:
                said.append(f"{self.named(user_id)} leaves “{now.name}” for “{role.name}”.")
            else:
                said.append(
                    f"{self.named(user_id)} comes to “{role.name}”; which role they leave is not known."
                )
        if not said:
            return ["Nobody was chosen."]
        return [*said, *(self.holder() if role.profile_type != "Admin" else []), "One call does all of it."]

    def save(self, form: Any) -> str:
        """Send now."""
        role: Role = self.object
        try:
            moved = self.carry(jobs.MOVE, role, self.chosen, reason=form.cleaned_data["reason"])
        except OutcomeUnknown as error:
            return self.unknown(error)
        return self.done(moved, role.name)


class RemoveView(_Moving):
    """Takes people out of a role; they become Members."""

    danger = True

    def get_title(self) -> str:
        """Which role it is."""
        return f"Take people out of {self.object.name}"

    def get_submit(self) -> str:
        """The verb and the number."""
        return f"Take out {self.counted(len(self.chosen))}"

    def get_consequences(self) -> list[str]:
        """Who goes where."""
        heir = selectors.default_members()
        into = heir.name if heir else "Members"
        said = [f"{self.named(user_id)} leaves “{self.object.name}” for “{into}”." for user_id in self.chosen]
        return [*said, *self.holder()] or ["Nobody was chosen."]

    def save(self, form: Any) -> str:
        """Send now."""
        heir = selectors.default_members()
        try:
            moved = self.carry(jobs.REMOVE, self.object, self.chosen, reason=form.cleaned_data["reason"])
        except OutcomeUnknown as error:
            return self.unknown(error)
        return self.done(moved, heir.name if heir else "Members")
