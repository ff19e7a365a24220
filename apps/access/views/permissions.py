"""The permission matrix of one role: look, change, review, save."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.urls import reverse

from apps.access import cells, matrix
from apps.access.forms import ReviewForm
from apps.access.models import Role
from apps.access.services import permissions, reading
from apps.access.views.common import LATER, changeable, event_of, found, permission_for
from apps.console.access import require
from apps.console.registry import PageAction
from apps.console.requests import ConsoleRequest, administrator_of
from apps.console.responses import redirect_to
from apps.console.views import ConsoleView, FragmentView
from apps.core.errors import OutcomeUnknown, PortalError
from apps.core.permissions import Permission


class PermissionsView(ConsoleView):
    """GET shows the matrix; POST goes on to `review`, to `save`, or back to `edit`."""

    permission = Permission.ROLES_VIEW
    active, template_name = "access:roles", "access/permissions.html"
    role: Role

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The mirror at once; what was never read is read first."""
        self.role = found(kwargs["cliq_id"])
        problem = ""
        if self.role.permissions_read_at is None and self.role.gone_at is None:
            problem = reading.refresh_permissions(self.role)
        return self.show({}, problem=problem)

    def post(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Somebody who may change the role."""
        require(request, Permission.ROLES_EDIT)
        self.role = changeable(request, kwargs["cliq_id"])
        step = request.POST.get("step", "review")
        if step == "review":
            wanted, shown, problems = self.chosen(request.POST)
            if problems:
                return self.show(wanted, problems=problems, status=HTTPStatus.UNPROCESSABLE_ENTITY)
            return self.review(wanted, shown)
        wanted, shown = _texts(request.POST.get("wanted")), _texts(request.POST.get("shown"))
        return self.save(wanted, shown) if step == "save" else self.show(wanted)

    def may(self, permission: Permission) -> bool:
        """Whether the person who looks holds a permission."""
        person = administrator_of(self.request)
        return person is not None and person.can(permission)

    def get_title(self) -> str:
        """Which role it is."""
        return f"Permissions of {self.role.name}"

    def get_back(self) -> tuple[str, str]:
        """The role's page."""
        return self.role.name, self.role.get_absolute_url()

    def get_actions(self) -> list[PageAction]:
        """Beside another role."""
        url = f"{reverse('access:compare')}?a={self.role.cliq_id}"
        return [PageAction("Compare with another", url, "layout-split")]

    def chosen(self, data: QueryDict) -> tuple[dict[str, str], dict[str, str], list[str]]:
        """What the form asks for and what it had shown, by cell key; and what is wrong with it."""
        shown = _texts(data.get("shown"))
        wanted: dict[str, str] = {}
        problems: list[str] = []
        for key, cell in cells.cells(self.role.permissions).items():
            text = data.get(matrix.PREFIX + key)
            was = shown.get(key, cell.value)
            if text is None or text.replace("\r\n", "\n").strip() == was.strip():
                continue
            try:
                value = cells.canonical(cell, text)
            except ValueError as error:
                problems.append(f"{cell.title}: {error}")
                value = text
            if value != was:
                wanted[key] = value
        return wanted, shown, problems

    def show(
        self,
        wanted: Mapping[str, str],
        *,
        problem: str = "",
        problems: list[str] | None = None,
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        """The matrix, with what was chosen so far."""
        role = self.role
        editing = self.editing(wanted)
        search = self.request.GET.get("q", "").strip()
        groups = matrix.drawn(role.permissions, editing, search=search)
        known = cells.cells(role.permissions)
        context = self.get_context_data(
            role=role,
            groups=groups,
            editable=editing.members or editing.admins,
            owners_only=role.is_admin and not editing.admins,
            shown=json.dumps({key: cell.value for key, cell in known.items() if editing.may(cell)}),
            modules=len(role.permissions),
            matching=sum(len(group.rows) for group in groups),
            q=search,
            fresh=role.permissions_read_at,
            fresh_url=reverse("access:fresh", args=[role.cliq_id]),
            check=role.gone_at is None and bool(role.permissions_read_at) and not wanted and not problem,
            problem=problem,
            problems=problems or [],
        )
        return self.render_to_response(context, status=status)

    def editing(self, wanted: Mapping[str, str]) -> matrix.Editing:
        """What the person who looks may change."""
        there = self.role.gone_at is None
        admins = there and self.may(Permission.ROLES_ADMIN)
        return matrix.Editing(there and self.may(permission_for(self.role)), admins, wanted)

    def review(self, wanted: Mapping[str, str], shown: Mapping[str, str]) -> HttpResponse:
        """What saving would do, against a fresh reading."""
        problem = ""
        try:
            judged = permissions.review(self.role, wanted, shown)
        except PortalError as error:
            judged = permissions.judged(self.role, wanted, shown)
            problem = f"{error.sentence} Shown is what Zoho said when the role was last read."
        form = ReviewForm()
        return self.ask(form, judged, wanted, problem=problem)

    def save(self, wanted: dict[str, str], shown: dict[str, str]) -> HttpResponse:
        """Send; whatever stands in the way is said above the list of changes."""
        form = ReviewForm(self.request.POST)
        form.is_valid()
        administrator: Any = self.request.administrator
        role = self.role
        try:
            saved = permissions.update(
                role,
                wanted,
                shown=shown,
                actor=administrator.actor(),
                reason=form.cleaned_data.get("reason", ""),
            )
        except OutcomeUnknown as error:
            messages.warning(self.request, error.sentence + LATER)
            return redirect_to(self.request, self.request.path)
        except PortalError as error:
            form.add_refusal(error)
            judged = permissions.judged(role, wanted, shown)
            return self.ask(form, judged, wanted, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        see = event_of(administrator, saved.event)
        count = f"{saved.number} change{'' if saved.number == 1 else 's'}"
        messages.success(
            self.request,
            f"Saved {count} of the permissions of {role.name}.",
            extra_tags=f"{see} See the event" if see else "",
        )
        return redirect_to(self.request, self.request.path)

    def ask(
        self,
        form: ReviewForm,
        judged: permissions.Review,
        wanted: Mapping[str, str],
        *,
        problem: str = "",
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        """The list of changes before they are sent.

        What it shows of the present is what saving compares with: from here on it is known.
        """
        shown = {each.cell.key: each.before for each in judged.pending}
        context = self.get_context_data(
            form=form,
            role=self.role,
            review=judged,
            pending=[_line(each) for each in judged.pending],
            moved=[_moved(cell, was) for cell, was in judged.moved],
            problem=problem,
            fresh=self.role.permissions_read_at,
            wanted=json.dumps({key: value for key, value in wanted.items() if key in shown}),
            shown=json.dumps(shown),
        )
        number = len(judged.pending)
        context["title"] = f"Review {number} change{'' if number == 1 else 's'} of {self.role.name}"
        self.template_name = "access/review.html"
        return self.render_to_response(context, status=status)


def _line(each: permissions.Pending) -> dict[str, Any]:
    cell = each.cell
    return {
        "title": cell.title,
        "is_admin": cell.is_admin,
        "before": cells.spoken(cell, each.before),
        "after": cells.spoken(cell, each.after),
        "elsewhere": each.elsewhere is not None,
    }


def _moved(cell: cells.Cell, was: str) -> dict[str, str]:
    return {
        "title": cell.title,
        "before": cells.spoken(cell, was),
        "after": cells.spoken(cell, cell.value),
    }


def _texts(text: str | None) -> dict[str, str]:
    """An object of texts out of a hidden field; anything else is nothing."""
    try:
        found_text = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found_text.items()} if isinstance(found_text, dict) else {}


class FreshView(FragmentView):
    """Reads the permissions again and says whether the page still shows what Zoho has."""

    permission = Permission.ROLES_VIEW
    body_template = "access/fresh.html"

    def get_done(self) -> bool:
        """Read once is enough."""
        return True

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Compares before and after."""
        role = found(self.kwargs["cliq_id"])
        before = cells.values(role.permissions)
        problem = reading.refresh_permissions(role)
        known = cells.cells(role.permissions)
        changed = [
            _moved(cell, before.get(key, "")) for key, cell in known.items() if before.get(key) != cell.value
        ]
        gone = [key for key in before if key not in known]
        return super().get_context_data(
            role=role,
            problem=problem,
            changed=changed[:10],
            number=len(changed) + len(gone),
            page_url=reverse("access:permissions", args=[role.cliq_id]),
            **kwargs,
        )
