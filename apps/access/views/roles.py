"""The list of roles, and one role."""

from datetime import datetime
from functools import cached_property
from typing import Any

from django.urls import reverse

from apps.access import selectors
from apps.access.filters import RoleFilter
from apps.access.models import TYPE_MEANS, Role
from apps.access.services import reading, syncing
from apps.access.tables import RoleTable
from apps.access.views.common import found, permission_for
from apps.console.registry import PageAction
from apps.console.requests import administrator_of
from apps.console.views import (
    ActionView,
    DetailView,
    EmptyState,
    FragmentView,
    ListView,
)
from apps.core.permissions import Permission
from apps.jobs.models import Job

ACTIVE = "access:roles"
NAMED = 12


class RolesView(ListView):
    """Every role, fifty to a page."""

    permission = Permission.ROLES_VIEW
    template_name = "access/roles.html"
    title, active, noun = "Roles", ACTIVE, ("role", "roles")
    description = "What people may do in Cliq. Everybody has one role."
    table_class, filterset_class, downloads = RoleTable, RoleFilter, True

    def get_queryset(self) -> Any:
        """Roles without their permissions."""
        return selectors.roles()

    def get_actions(self) -> list[PageAction]:
        """Creating first; comparing and asking who can do something beside it."""
        actions = [
            PageAction(
                "Create a role",
                reverse("access:create"),
                "plus-lg",
                primary=True,
                permission=Permission.ROLES_EDIT,
            ),
            PageAction("Who can do it", reverse("access:who"), "person-check"),
            PageAction("Compare two", reverse("access:compare"), "layout-split"),
        ]
        return [*actions, self._reading()] if self.read_at else []

    def get_empty(self) -> EmptyState:
        """Before the first reading, the next step is to read."""
        return EmptyState(
            "No role has been read yet",
            "The portal keeps a copy of the roles, their people and what they may do.",
            "shield-lock",
            self._reading(primary=True),
        )

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds how fresh the list is."""
        job = self.job
        running = job if job and job.active else None
        return super().get_context_data(
            fresh=self.read_at,
            freshness=f"Being read now. {running.activity}" if running else "",
            stopped=job if job and not running else None,
            **kwargs,
        )

    @cached_property
    def job(self) -> Job | None:
        """The job that reads the roles."""
        return selectors.open_job()

    @cached_property
    def read_at(self) -> datetime | None:
        """When the roles were read."""
        return selectors.read_at()

    def _reading(self, *, primary: bool = False) -> PageAction:
        job = self.job
        if job is not None:
            url, may = job.get_absolute_url(), Permission.JOBS_VIEW
            return PageAction("See the job", url, "hourglass-split", primary=primary, permission=may)
        return PageAction(
            "Read again" if self.read_at else syncing.TITLE,
            reverse("access:read"),
            "arrow-repeat",
            primary=primary,
            dialog=True,
            permission=Permission.SYNC_RUN,
        )


class ReadView(ActionView):
    """Starts the job that reads the roles."""

    permission = Permission.SYNC_RUN
    title, submit, active = "Read the roles", "Read the roles", ACTIVE

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return "Roles", reverse("access:roles")

    def get_consequences(self) -> list[str]:
        """What it costs; it changes nothing."""
        return [
            "The list of roles is read from Zoho, then the people and the permissions of each.",
            syncing.cost(),
            "Nothing is changed in Zoho. What was changed there since the last reading goes into the log.",
        ]

    def save(self, form: Any) -> str:
        """Start, or join the one under way."""
        administrator: Any = self.request.administrator
        return syncing.start(administrator.actor()).get_absolute_url()


class RoleView(DetailView):
    """One role."""

    permission = Permission.ROLES_VIEW
    active, slot = ACTIVE, "access.role"
    template_name = "access/role.html"

    def get_object(self) -> Role:
        """By Zoho's id, also one that is gone."""
        return found(self.kwargs["cliq_id"])

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return "Roles", reverse("access:roles")

    def get_description(self) -> str:
        """What it is for."""
        return self.object.description

    def get_actions(self) -> list[PageAction]:
        """Permissions first; what changes nothing is offered to everybody."""
        role = self.object
        if role.gone_at is not None:
            return []
        may = permission_for(role)
        actions = [
            PageAction("Permissions", url("permissions", role), "ui-checks-grid", primary=True),
            PageAction("Move people here", url("choose", role), "person-plus", permission=may),
            PageAction("Compare", f"{reverse('access:compare')}?a={role.cliq_id}", "layout-split"),
        ]
        if not role.is_default:
            actions.insert(1, PageAction("Edit", url("edit", role), "pencil", permission=may))
        return [*actions, *super().get_actions()]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the mirror's facts, and when to read them again: at once, unless just read."""
        role: Role = self.object
        settled = reading.is_recent(role) or role.gone_at is not None
        administrator = administrator_of(self.request)
        may = administrator is not None and administrator.can(permission_for(role))
        delete = PageAction("Delete the role", url("delete", role), "trash", danger=True, dialog=True)
        return super().get_context_data(
            **facts_context(role),
            facts_url=url("facts", role),
            facts_trigger="" if settled else "load",
            delete=delete if may and not role.is_default and role.gone_at is None else None,
            owners_only=role.is_admin and not may,
            **kwargs,
        )


def facts_context(role: Role) -> dict[str, Any]:
    """What the facts of a role show."""
    people = selectors.people_of(role).defer("raw", "custom", "search")
    return {
        "role": role,
        "type_means": {str(kind): said for kind, said in TYPE_MEANS.items()}.get(role.profile_type, ""),
        "people": list(people[:NAMED]),
        "people_url": url("people", role),
    }


class FactsView(FragmentView):
    """The facts read again from Zoho, in place of those of the mirror."""

    permission = Permission.ROLES_VIEW
    body_template = "access/facts.html"

    def get_done(self) -> bool:
        """Read once is enough."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Reads."""
        role = found(self.kwargs["cliq_id"])
        problem = reading.refresh(role)
        role.refresh_from_db()
        return super().get_context_data(problem=problem, **facts_context(role), **kwargs)


def url(name: str, role: Role) -> str:
    return reverse(f"access:{name}", args=[role.cliq_id])
