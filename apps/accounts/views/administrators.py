"""Who may use the portal: the list, one person, and what an Owner may do about them."""

from typing import Any, cast

from allauth.usersessions.models import UserSession
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse

from apps.accounts import administrators, browsers, selectors
from apps.accounts.filters import AdministratorFilter
from apps.accounts.forms import AdmitForm, RoleForm
from apps.accounts.models import Administrator
from apps.accounts.tables import AdministratorTable
from apps.connections import clients
from apps.console.registry import PageAction
from apps.console.views import ActionView, DetailView, FormView, ListView
from apps.console.views.actions import ConfirmForm
from apps.core.actor import Actor
from apps.core.errors import Refused
from apps.core.permissions import Permission, PortalRole

LIST = "accounts:administrators"
# Zoho's words for people who cannot sign in.
DEACTIVATED = ("inactive", "imported_inactive")


class AdministratorsView(ListView):
    """`/administrators/`."""

    permission = Permission.ADMINISTRATORS_VIEW
    template_name = "accounts/administrators.html"
    table_class = AdministratorTable
    filterset_class = AdministratorFilter
    downloads = True
    noun = ("administrator", "administrators")
    title = "Administrators"
    description = "Who may use this portal, and what for. Roles here say nothing about roles in Zoho."
    active = LIST

    def get_queryset(self) -> Any:
        """With the number of sessions."""
        return selectors.administrators()

    def get_actions(self) -> list[PageAction]:
        """Admitting is the Owner's."""
        url = reverse("accounts:admit")
        permission = Permission.ADMINISTRATORS_MANAGE
        return [PageAction("Admit somebody", url, icon="person-plus", primary=True, permission=permission)]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds what each role may do."""
        roles = [role.label for role in PortalRole]
        return super().get_context_data(rights=selectors.rights(), roles=roles, **kwargs)


class AdmitView(FormView):
    """Let somebody of the organisation in, looked up in Zoho."""

    permission = Permission.ADMINISTRATORS_MANAGE
    form_class = AdmitForm
    title = "Admit somebody"
    description = (
        "They sign in with their own Zoho account; their role in Zoho stays as it is. Who is deactivated in "
        "Zoho, or loses an admin role there, loses the portal when it is next read."
    )
    submit = "Admit"
    active = LIST
    back = None

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return ("Administrators", reverse(LIST))

    def get_initial(self) -> dict[str, Any]:
        """The page of a user links here with their address."""
        return {"email": self.request.GET.get("email", ""), "portal_role": PortalRole.OPERATOR}

    def save(self, form: AdmitForm) -> str:
        """Find the person at Zoho by exact address; what is kept is their id."""
        email = form.cleaned_data["email"]
        found = clients.client(interactive=True).users.search(email)
        if len(found) != 1:
            raise Refused(
                f"Nobody in the organisation has the address {email}. "
                "Somebody who was invited has to accept the invitation first.",
                field="email",
            )
        user = found[0]
        if user.status in DEACTIVATED:
            raise Refused(f"{user.display_name or email} is deactivated in Zoho.", field="email")
        administrator = administrators.admit(
            zuid=user.zuid or user.id,
            name=user.display_name or user.name,
            email=user.email_id,
            role=form.cleaned_data["portal_role"],
            actor=acting(self.request),
        )
        self.say(f"{administrator.name} may now sign in as {administrator.get_portal_role_display()}.")
        return reverse("accounts:administrator", args=[administrator.pk])


class OneAdministrator:
    """What the pages of one person share."""

    kwargs: dict[str, Any]

    def get_object(self) -> Administrator:
        """The person, removed ones included."""
        return get_object_or_404(selectors.administrators(), pk=self.kwargs["pk"])

    def page(self) -> str:
        """The person's page."""
        return reverse("accounts:administrator", args=[self.kwargs["pk"]])


class AdministratorView(OneAdministrator, DetailView):
    """One administrator."""

    permission = Permission.ADMINISTRATORS_VIEW
    template_name = "accounts/administrator.html"
    slot = "accounts.administrator"
    active = LIST

    def get_back(self) -> tuple[str, str]:
        """The list."""
        return ("Administrators", reverse(LIST))

    def get_actions(self) -> list[PageAction]:
        """What an Owner may do about somebody who may come in."""
        return super().get_actions() + self._own_actions()

    def _own_actions(self) -> list[PageAction]:
        manage = Permission.ADMINISTRATORS_MANAGE
        args = [self.object.pk]
        if not self.object.is_active:
            return []
        role = PageAction(
            "Change role",
            reverse("accounts:change_role", args=args),
            icon="sliders",
            dialog=True,
            permission=manage,
        )
        end = PageAction(
            "End sessions",
            reverse("accounts:end_sessions", args=args),
            icon="box-arrow-right",
            dialog=True,
            permission=manage,
        )
        return [role, end] if self.object.sessions else [role]

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Adds the browsers this person is signed in with."""
        sessions = UserSession.objects.filter(user=self.object).order_by("-last_seen_at")
        rows = [{"session": each, "browser": browsers.spoken(each.user_agent)} for each in sessions]
        return super().get_context_data(
            rows=rows,
            may_remove=self.object.is_active
            and acting_person(self.request).can(Permission.ADMINISTRATORS_MANAGE),
            **kwargs,
        )


class ActOnAdministrator(OneAdministrator, ActionView):
    """An Owner's act on one person who may come in."""

    permission = Permission.ADMINISTRATORS_MANAGE
    active = LIST

    def get_object(self) -> Administrator:
        """Only people who may come in."""
        person = super().get_object()
        if not person.is_active:
            raise Http404(f"{person.name} was removed from the portal already.")
        return person

    def get_back(self) -> tuple[str, str]:
        """The person's page."""
        return (self.object.name, self.page())


class ChangeRoleView(ActOnAdministrator):
    """Give another portal role."""

    form_class = RoleForm  # type: ignore[assignment]
    submit = "Change the role"

    def get_title(self) -> str:
        """Names the person."""
        return f"Change the role of {self.object.name}"

    def get_initial(self) -> dict[str, Any]:
        """The present role."""
        return {"portal_role": self.object.portal_role}

    def save(self, form: RoleForm) -> str:
        """Change it."""
        changed = administrators.set_role(
            self.object,
            role=form.cleaned_data["portal_role"],
            actor=acting(self.request),
            reason=form.cleaned_data["reason"],
        )
        self.say(f"{changed.name} is now {changed.get_portal_role_display()}.")
        # An Owner who gave the role away may not open the person's page any more.
        return self.page() if acting_person(self.request).pk != changed.pk else reverse("home:dashboard")


class EndSessionsView(ActOnAdministrator):
    """Sign somebody out everywhere."""

    submit = "Sign out everywhere"

    def get_title(self) -> str:
        """Names the person."""
        return f"End every session of {self.object.name}"

    def get_consequences(self) -> list[str]:
        """What it means for them."""
        return [
            f"{self.object.name} is signed out of every browser at once and can sign in again with Zoho.",
        ]

    def save(self, form: ConfirmForm) -> str:
        """End them."""
        ended = administrators.end_sessions(self.object, actor=acting(self.request))
        self.say(f"{ended} session{'s' if ended != 1 else ''} of {self.object.name} ended.")
        return self.page()


class RemoveAdministratorView(ActOnAdministrator):
    """Take the portal away from somebody."""

    submit = "Remove from the portal"
    danger = True
    reason = "required"

    def get_title(self) -> str:
        """Names the person."""
        return f"Remove {self.object.name} from the portal"

    def get_typed_name(self) -> str:
        """The person's name."""
        return str(self.object.name)

    def get_consequences(self) -> list[str]:
        """What happens and what does not."""
        return [
            f"{self.object.name} is signed out everywhere and can no longer open this portal.",
            "In Zoho nothing changes: account, role and memberships stay as they are.",
            "What they did stays in the log under their name. An Owner can admit them again.",
        ]

    def save(self, form: ConfirmForm) -> str:
        """Remove them."""
        administrators.remove(self.object, actor=acting(self.request), reason=form.cleaned_data["reason"])
        self.say(f"{self.object.name} was removed from the portal.")
        return (
            reverse(LIST) if acting_person(self.request).pk != self.object.pk else reverse("accounts:sign_in")
        )


def acting_person(request: Any) -> Administrator:
    """Whoever asks."""
    return cast(Administrator, request.administrator)


def acting(request: Any) -> Actor:
    """Whoever asks, as the log names them."""
    return acting_person(request).actor()
