"""The permission matrix of one role."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from apps.access import cells, jobs, matrix
from apps.access.cells import Cell
from apps.access.models import Role
from apps.access.services import reading
from apps.access.views.common import changeable, event_of, found, permission_for
from apps.connections.clients import client
from apps.console.matrix import Saved
from apps.console.registry import PageAction
from apps.console.views import MatrixFreshView, MatrixView
from apps.core.permissions import Permission


class PermissionsView(MatrixView):
    """Every module of a role, with its actions and settings."""

    permission, edit = Permission.ROLES_VIEW, Permission.ROLES_EDIT
    active, template_name = "access:roles", "access/permissions.html"
    review_template = "access/review.html"
    object: Role

    def get_object(self) -> Role:
        """By Zoho's id, also one that is gone."""
        return found(self.kwargs["cliq_id"])

    def get_changeable(self) -> Role:
        """One that administers anything only for an Owner."""
        return changeable(self.request, self.kwargs["cliq_id"])

    def get_actions(self) -> list[PageAction]:
        """Beside another role."""
        url = f"{reverse('access:compare')}?a={self.object.cliq_id}"
        return [PageAction("Compare with another", url, "layout-split")]

    def get_cells(self) -> dict[str, Cell]:
        """As the mirror has them."""
        return cells.cells(self.object.permissions)

    def get_controls(self) -> dict[str, Cell]:
        """Admin modules are an Owner's to change, and so is everything of an admin role."""
        editing = self.editing({})
        return {key: cell for key, cell in self.get_cells().items() if editing.may(cell)}

    def editing(self, wanted: Mapping[str, str]) -> matrix.Editing:
        """What the person who looks may change."""
        there = self.object.gone_at is None
        admins = there and self.may(Permission.ROLES_ADMIN)
        return matrix.Editing(there and self.may(permission_for(self.object)), admins, wanted)

    def get_matrix(self, wanted: Mapping[str, str], search: str) -> dict[str, Any]:
        """Modules in their groups."""
        role, editing = self.object, self.editing(wanted)
        groups = matrix.drawn(role.permissions, editing, search=search)
        check = role.gone_at is None and bool(role.permissions_read_at)
        return {
            "groups": groups,
            "rows": len(role.permissions),
            "matching": sum(len(group.rows) for group in groups),
            "noun": "modules",
            "fresh": role.permissions_read_at,
            "fresh_url": reverse("access:fresh", args=[role.cliq_id]) if check else "",
            "owners_only": role.is_admin and not editing.admins,
        }

    def read_first(self) -> str:
        """What was never read is read first."""
        role = self.object
        never = role.permissions_read_at is None and role.gone_at is None
        return reading.refresh_permissions(role) if never else ""

    def read(self) -> None:
        """One call."""
        reading.permissions(self.object, client(interactive=True))

    def update(self, wanted: Mapping[str, str], shown: Mapping[str, str], reason: str) -> Saved:
        """One call for one save."""
        return self.carry(jobs.PERMISSIONS, self.object, wanted, shown=shown, reason=reason)

    def get_event_url(self, event: int | None) -> str:
        """For those who may read the log."""
        return event_of(self.request.administrator, event)


class FreshView(MatrixFreshView):
    """Reads the permissions of a role again."""

    permission = Permission.ROLES_VIEW

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Compares before and after."""
        role = found(self.kwargs["cliq_id"])
        before = cells.cells(role.permissions)
        problem = reading.refresh_permissions(role)
        told = self.differing(before, cells.cells(role.permissions), problem)
        page_url = reverse("access:permissions", args=[role.cliq_id])
        return super().get_context_data(page_url=page_url, **told, **kwargs)
