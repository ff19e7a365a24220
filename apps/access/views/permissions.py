"""The permission matrix of one role."""

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from apps.access import cells, jobs, matrix
from apps.access.cells import Cell
from apps.access.models import Role
from apps.access.services import reading
from apps.access.views.common import changeable, found, permission_for
from apps.connections.clients import client
from apps.console.registry import PageAction
from apps.console.views import MatrixFreshView, MatrixView, OfMatrix
from apps.core.permissions import Permission
from apps.directory.facts import event_of


class OfRole(OfMatrix):
    """What both pages ask of a role."""

    permission = Permission.ROLES_VIEW

    def find(self, cliq_id: str) -> Role:
        """Also one that is gone."""
        return found(cliq_id)

    def cells_of(self, thing: Role) -> dict[str, Cell]:
        """As the mirror has them."""
        return cells.cells(thing.permissions)

    def refresh(self, thing: Role) -> str:
        """One call."""
        return reading.refresh_permissions(thing)


class PermissionsView(OfRole, MatrixView):
    """Every module of a role, with its actions and settings."""

    edit, write = Permission.ROLES_EDIT, jobs.PERMISSIONS
    active, template_name = "access:roles", "access/permissions.html"
    review_template = "access/review.html"
    object: Role

    def get_changeable(self) -> Role:
        """One that administers anything only for an Owner."""
        return changeable(self.request, self.kwargs["cliq_id"])

    def get_actions(self) -> list[PageAction]:
        """Beside another role."""
        url = f"{reverse('access:compare')}?a={self.object.cliq_id}"
        return [PageAction("Compare with another", url, "layout-split")]

    def get_controls(self) -> dict[str, Cell]:
        """Admin modules are an Owner's to change, and so is everything of an admin role."""
        editing = self.editing({})
        return {key: cell for key, cell in self.cells_of(self.object).items() if editing.may(cell)}

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

    def never_read(self) -> bool:
        """Roles are read without their permissions."""
        return self.object.permissions_read_at is None and self.object.gone_at is None

    def read(self) -> None:
        """One call."""
        reading.permissions(self.object, client(interactive=True))

    def get_event_url(self, event: int | None) -> str:
        """For those who may read the log."""
        return event_of(self.request.administrator, event)


class FreshView(OfRole, MatrixFreshView):
    """Reads the permissions of a role again."""

    def get_page_url(self, thing: Role) -> str:
        """The matrix."""
        return reverse("access:permissions", args=[thing.cliq_id])
