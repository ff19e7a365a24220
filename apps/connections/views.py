"""The connection to Zoho: through whom, with which permissions, in which health."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from apps.connections import hooks, scopes, selectors
from apps.connections.models import GrantStatus
from apps.console.registry import PageAction
from apps.console.requests import ConsoleRequest
from apps.console.views import ConsoleView, PageView
from apps.core.errors import PortalError
from apps.core.permissions import Permission

EDITING = {
    True: "Allowed",
    False: "Not allowed to the role that the portal acts with. Change the role in Zoho, or connect with "
    "another administrator.",
    None: "Not known yet: Zoho shows it when somebody is edited.",
}


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
        found = selectors.capabilities()
        needed = scopes.needed(people=found.zoho_people)
        rows = [{"scope": scope, "granted": scope in granted} for scope in needed]
        return super().get_context_data(
            organization=selectors.organization(),
            grant=grant,
            dead=grant is not None and grant.status == GrantStatus.DEAD,
            status=GrantStatus(grant.status) if grant else None,
            scopes=rows,
            lacking=[row["scope"] for row in rows if not row["granted"]],
            found=found,
            editing=EDITING[selectors.edits_others(grant) if grant else None],
            connect_url=reverse("accounts:connect"),
            check_url=reverse("connections:check"),
            may_check=self._may(Permission.SYNC_RUN),
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


class CheckView(ConsoleView):
    """Has Zoho asked again what it answers, in a job."""

    permission = Permission.SYNC_RUN
    http_method_names = ["post"]

    def post(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Start, or join the job under way."""
        administrator: Any = request.administrator
        try:
            return redirect(hooks.probe(administrator.actor()))
        except PortalError as error:
            messages.error(request, error.sentence)
            return redirect("connections:connection")
