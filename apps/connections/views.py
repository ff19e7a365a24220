"""The connection to Zoho: through whom, with which permissions, in which health."""

from typing import Any

from django.urls import reverse

from apps.connections import scopes, selectors
from apps.connections.models import GrantStatus
from apps.console.registry import PageAction
from apps.console.views import PageView
from apps.core.permissions import Permission


class ConnectionView(PageView):
    """`/connection/`: one page for its one connection."""

    permission = Permission.CONNECTION_VIEW
    template_name = "connections/connection.html"
    title = "Connection"
    description = "Through whom the portal acts in Zoho, and what Zoho lets it do."
    active = "connections:connection"

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The organisation, the grant, and its permissions against those that are needed."""
        grant = selectors.latest_grant()
        granted = set(grant.scopes) if grant else set()
        rows = [{"scope": scope, "granted": scope in granted} for scope in scopes.needed()]
        return super().get_context_data(
            organization=selectors.organization(),
            grant=grant,
            dead=grant is not None and grant.status == GrantStatus.DEAD,
            status=GrantStatus(grant.status) if grant else None,
            scopes=rows,
            lacking=[row["scope"] for row in rows if not row["granted"]],
            connect_url=reverse("accounts:connect"),
            may_connect=self._may(Permission.CONNECTION_MANAGE),
            **kwargs,
        )

    def _may(self, permission: Permission) -> bool:
        administrator = self.request.administrator
        return administrator is not None and administrator.can(permission)

    def get_actions(self) -> list[PageAction]:
        """Who connected it and when stands in the log."""
        return [
            PageAction(
                "Its history",
                reverse("audit:log") + "?kind=connection.connected",
                icon="clock-history",
                permission=Permission.LOG_VIEW,
            )
        ]
