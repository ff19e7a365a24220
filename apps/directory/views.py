"""Pages about users."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.urls import reverse

from apps.connections.mirror import fold
from apps.connections.zoho import cliq_url
from apps.console.errors import NothingHere
from apps.console.registry import PageAction
from apps.console.requests import ConsoleRequest
from apps.console.views import (
    ActionView,
    ConsoleView,
    DetailView,
    EmptyState,
    FormView,
    FragmentView,
    ListView,
)
from apps.core.errors import OutcomeUnknown
from apps.core.permissions import Permission
from apps.directory import canonical, facts, jobs, selectors
from apps.directory.filters import UserFilter
from apps.directory.forms import REASON, EditUserForm
from apps.directory.models import User
from apps.directory.services import refreshing, syncing, teams
from apps.directory.tables import UserTable, own_columns

SUGGESTED = 12


def found(cliq_id: str) -> User:
    """The user of the address bar."""
    user = selectors.user_by_id(cliq_id)
    if user is None:
        raise NothingHere(
            "The portal knows no user with this id. Read the organisation again if they are new."
        )
    return user


class UsersView(ListView):
    """Everybody, fifty to a page."""

    permission = Permission.USERS_VIEW
    template_name = "directory/users.html"
    title, active, noun = "Users", "directory:users", ("user", "users")
    description = "Everybody in the organisation."
    table_class, filterset_class = UserTable, UserFilter
    selection, downloads = "users", True

    def get_queryset(self) -> Any:
        """Present users, without what no row shows."""
        return selectors.users().defer("raw", "search").order_by("name_key", "pk")

    def get_extra_columns(self) -> Any:
        """The organisation's own fields."""
        return own_columns()

    def get_actions(self) -> list[PageAction]:
        """Reading again, or the job that does it now; before the first reading the page itself offers it."""
        fresh = self._freshness()
        return [self._reading()] if fresh.read_at or fresh.job else []

    def get_empty(self) -> EmptyState:
        """Before the first reading, the next step is to read."""
        fresh = self._freshness()
        if fresh.job is not None and fresh.job.active:
            return EmptyState(
                "The organisation is being read",
                "Users appear here as they are read.",
                "hourglass-split",
                self._reading(primary=True),
            )
        if fresh.read_at is not None:
            return EmptyState("The organisation has no users", "Zoho lists none.", "people")
        return EmptyState(
            "Nobody has been read yet",
            "The portal keeps a copy of the organisation, to be searched and filtered at once. Zoho gives it "
            "page by page.",
            "people",
            self._reading(primary=True),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how fresh the list is."""
        fresh = self._freshness()
        running = fresh.job if fresh.job and fresh.job.active else None
        return super().get_context_data(
            fresh=fresh.read_at,
            freshness=f"Being read now. {running.activity}" if running else "",
            stopped=None if running else fresh.job,
            notes=fresh.notes,
            **kwargs,
        )

    def _reading(self, *, primary: bool = False) -> PageAction:
        job = self._freshness().job
        if job is not None:
            return PageAction(
                "See the job",
                job.get_absolute_url(),
                "hourglass-split",
                primary=primary,
                permission=Permission.JOBS_VIEW,
            )
        label = "Read again" if self._freshness().read_at else syncing.TITLE
        return PageAction(
            label,
            reverse("directory:read"),
            "arrow-repeat",
            primary=primary,
            dialog=True,
            permission=Permission.SYNC_RUN,
        )

    def _freshness(self) -> selectors.Freshness:
        if not hasattr(self, "_fresh"):
            self._fresh = selectors.directory_freshness()
        return self._fresh


class ReadView(ActionView):
    """Starts the job that reads the organisation."""

    permission = Permission.SYNC_RUN
    title, submit, active = "Read the organisation", "Read the organisation", "directory:users"

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return "Users", reverse("directory:users")

    def get_consequences(self) -> list[str]:
        """What it costs; it changes nothing."""
        return [
            "Departments, designations, user fields and teams are read from Zoho, then users, 100 a call.",
            syncing.cost(),
            "Nothing is changed in Zoho. What was changed there since the last reading goes into the log.",
        ]

    def save(self, form: Any) -> str:
        """Start, or join the one under way."""
        administrator: Any = self.request.administrator
        return syncing.start(administrator.actor()).get_absolute_url()


class UserView(DetailView):
    """One user."""

    permission = Permission.USERS_VIEW
    active, slot = "directory:users", "directory.user"
    template_name = "directory/user.html"

    def get_object(self) -> User:
        """By Zoho's id, also somebody who is gone."""
        return found(self.kwargs["cliq_id"])

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return "Users", reverse("directory:users")

    def get_description(self) -> str:
        """What they do and where, which tells apart who shares a name."""
        user = self.object
        return ", ".join(part for part in (user.designation_name, user.department_name) if part) or user.email

    def get_actions(self) -> list[PageAction]:
        """Editing first; nobody edits who is gone."""
        if self.object.gone_at is not None:
            return []
        url = reverse("directory:edit", args=[self.object.cliq_id])
        return [
            PageAction("Edit", url, "pencil", primary=True, permission=Permission.USERS_EDIT),
            PageAction(
                "Change picture",
                reverse("directory:picture", args=[self.object.cliq_id]),
                "person-bounding-box",
                permission=Permission.USERS_EDIT,
            ),
            *super().get_actions(),
        ]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the mirror's facts, and when to read them again: at once, unless just read."""
        user = self.object
        settled = refreshing.is_recent(user) or user.gone_at is not None
        return super().get_context_data(
            person=user,
            groups=facts.groups(user),
            reports=selectors.users().filter(manager_id=user.cliq_id).count(),
            facts_url=reverse("directory:facts", args=[user.cliq_id]),
            facts_trigger="" if settled else "load",
            live_url=reverse("directory:live", args=[user.cliq_id]),
            cliq_url=cliq_url(),
            **kwargs,
        )


class FactsView(FragmentView):
    """The facts read again from Zoho, in place of those of the mirror."""

    permission = Permission.USERS_VIEW
    body_template = "directory/facts.html"

    def get_done(self) -> bool:
        """Read once is enough."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Reads; what had changed meanwhile is said above the facts."""
        refreshed = refreshing.refresh(found(self.kwargs["cliq_id"]))
        return super().get_context_data(
            person=refreshed.user,
            groups=facts.groups(refreshed.user),
            problem=refreshed.problem,
            differences=facts.differences(refreshed.before, refreshed.after),
            **kwargs,
        )


class TeamsView(FragmentView):
    """The teams of one user read again from Zoho, in place of those of the mirror."""

    permission = Permission.USERS_VIEW
    body_template = "directory/user_teams.html"

    def get_done(self) -> bool:
        """Read once is enough."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Reads; a failure is said, what is known stays."""
        user = found(self.kwargs["cliq_id"])
        problem = "" if user.gone_at else teams.refresh_of_user(user.cliq_id)
        context = facts.teams_panel(self.request, user) | {"problem": problem}
        return super().get_context_data(**context, **kwargs)


class EditView(FormView):
    """Changes one user."""

    permission = Permission.USERS_EDIT
    active, form_class = "directory:users", EditUserForm
    counts_changes = True

    def get_object(self) -> User:
        """Whoever is gone cannot be edited."""
        user = found(self.kwargs["cliq_id"])
        if user.gone_at is not None:
            raise NothingHere(f"{user.name} is no longer in Zoho, so nothing about them can be changed.")
        return user

    def get_title(self) -> str:
        """Whom it is about."""
        return f"Edit {self.object.name}"

    def get_description(self) -> str:
        """The address tells apart who shares a name."""
        return str(self.object.email)

    def get_back(self) -> tuple[str, str]:
        """The user's page."""
        return self.object.name, self.object.get_absolute_url()

    def get_initial(self) -> dict[str, Any]:
        """What the mirror has; saving is judged against a fresh reading."""
        return dict(canonical.of_mirror(self.object))

    def get_form_kwargs(self) -> dict[str, Any]:
        """Adds the user."""
        return {**super().get_form_kwargs(), "user": self.object}

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how old the values are."""
        return super().get_context_data(fresh=self.object.read_at, **kwargs)

    def save(self, form: EditUserForm) -> str:
        """Send now."""
        administrator: Any = self.request.administrator
        user: User = self.object
        try:
            result = self.carry(
                jobs.USER_UPDATE,
                user,
                values=canonical.values(form.values()),
                shown=canonical.values(form.values_shown()),
                reason=form.cleaned_data[REASON],
            )
        except OutcomeUnknown as error:
            messages.warning(self.request, f"{error.sentence} The portal will find out by reading Zoho.")
            return user.get_absolute_url()
        count = len(result.changed)
        may_see = administrator.can(Permission.LOG_VIEW)
        self.say(
            f"Saved {count} change{'' if count == 1 else 's'} of {result.user.name}.",
            facts.event_url(result.event) if may_see else "",
        )
        return user.get_absolute_url()


class SuggestView(ConsoleView):
    """Options for a field that names a user: addresses whose person matches what was typed."""

    permission = Permission.USERS_EDIT
    template_name = "directory/suggestions.html"

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """A dozen at most."""
        text = next((str(value) for value in request.GET.values() if value), "")
        matching = selectors.users().exclude(email="").only("name", "email", "designation_name")
        for word in fold(text).split():
            matching = matching.filter(search__contains=word)
        context = {"people": matching.order_by("name_key")[:SUGGESTED] if len(text) > 1 else []}
        return self.render_to_response(context)
