"""The pages of a matrix of permissions: look, change, review, save."""

import json
from collections.abc import Mapping
from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, QueryDict

from apps.core.errors import OutcomeUnknown, PortalError
from apps.core.permissions import Permission

from ..access import require
from ..matrix import PREFIX, Cell, Pending, Review, Saved, judged
from ..requests import ConsoleRequest, administrator_of
from ..responses import redirect_to
from .actions import ConfirmForm
from .base import ConsoleView
from .fragments import FragmentView
from .waiting import Queued, Waiting, Write


class OfMatrix(ConsoleView):
    """A page about the permissions of what the address names by `cliq_id`."""

    def find(self, cliq_id: str) -> Any:
        """What the address names, for looking."""
        raise NotImplementedError

    def cells_of(self, thing: Any) -> Mapping[str, Cell]:
        """Every cell of it by its key, as the mirror has it."""
        raise NotImplementedError

    def refresh(self, thing: Any) -> str:
        """Read it again for looking; why not, if it failed."""
        raise NotImplementedError


class MatrixView(OfMatrix, Waiting):
    """GET shows the matrix; POST goes on to `review`, to `save`, or back to `edit`.

    `edit` is what changing them asks for, `write` the change itself: its service takes the thing, what is
    wanted and what was shown.
    """

    template_name = "console/matrix.html"
    review_template = "console/matrix_review.html"
    edit: Permission
    write: Write[Saved]
    object: Any

    def get_object(self) -> Any:
        """What the address names, for looking."""
        return self.find(self.kwargs["cliq_id"])

    def get_changeable(self) -> Any:
        """Likewise, for changing; whatever stands in the way is raised."""
        raise NotImplementedError

    def get_subject(self) -> str:
        """Whose permissions these are."""
        return str(self.object.name)

    def get_controls(self) -> Mapping[str, Cell]:
        """Of these what the person who looks may change."""
        raise NotImplementedError

    def get_matrix(self, wanted: Mapping[str, str], search: str) -> dict[str, Any]:
        """What the template draws: at least `groups`, `rows` (how many in all), `noun`, `fresh`,
        `fresh_url` (what reads it again, nothing if that tells nothing new)."""
        raise NotImplementedError

    def never_read(self) -> bool:
        """Whether it has to be read before it can be shown."""
        return False

    def read(self) -> None:
        """Read it again before a review."""
        raise NotImplementedError

    def get_event_url(self, event: int | None) -> str:
        """The page of the event, for those who may read the log."""
        return ""

    def get(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """The mirror at once."""
        self.object = self.get_object()
        return self.show({}, problem=self.refresh(self.object) if self.never_read() else "")

    def post(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Somebody who may change it."""
        require(request, self.edit)
        self.object = self.get_changeable()
        step = "save" if self.waits else request.POST.get("step", "review")
        if step == "review":
            wanted, shown, problems = self.chosen(request.POST)
            if problems:
                return self.show(wanted, problems=problems, status=HTTPStatus.UNPROCESSABLE_ENTITY)
            return self.review(wanted, shown)
        wanted, shown = texts(request.POST.get("wanted")), texts(request.POST.get("shown"))
        return self.save(wanted, shown) if step == "save" else self.show(wanted)

    def get_title(self) -> str:
        """Whose permissions these are."""
        return f"Permissions of {self.get_subject()}"

    def get_back(self) -> tuple[str, str]:
        """The page of what they are of."""
        return self.get_subject(), self.object.get_absolute_url()

    def may(self, permission: Permission) -> bool:
        """Whether the person who looks holds a permission."""
        person = administrator_of(self.request)
        return person is not None and person.can(permission)

    def chosen(self, data: QueryDict) -> tuple[dict[str, str], dict[str, str], list[str]]:
        """What the form asks for and what it had shown, by cell key; and what is wrong with it."""
        shown = texts(data.get("shown"))
        wanted: dict[str, str] = {}
        problems: list[str] = []
        for key, cell in self.cells_of(self.object).items():
            text = data.get(PREFIX + key)
            was = shown.get(key, cell.value)
            if text is None or text.replace("\r\n", "\n").strip() == was.strip():
                continue
            try:
                value = cell.canonical(text)
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
        search = self.request.GET.get("q", "").strip()
        shown = {key: cell.value for key, cell in self.get_controls().items()}
        context = self.get_context_data(
            object=self.object,
            editable=bool(shown),
            shown=json.dumps(shown),
            q=search,
            check=not wanted and not problem,
            problem=problem,
            problems=problems or [],
            **self.get_matrix(wanted, search),
        )
        return self.render_to_response(context, status=status)

    def review(self, wanted: Mapping[str, str], shown: Mapping[str, str]) -> HttpResponse:
        """What saving would do, against a fresh reading."""
        problem = ""
        try:
            self.read()
        except PortalError as error:
            problem = f"{error.sentence} Shown is what Zoho said when the permissions were last read."
        form = ConfirmForm(reason="optional", typed="")
        return self.ask(form, wanted, shown, problem=problem)

    def save(self, wanted: Mapping[str, str], shown: Mapping[str, str]) -> HttpResponse:
        """Send; whatever stands in the way is said above the list of changes."""
        form = ConfirmForm(self.request.POST, reason="optional", typed="")
        if not form.is_valid():
            return self.ask(form, wanted, shown, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        try:
            reason = form.cleaned_data["reason"]
            saved = self.carry(self.write, self.object, wanted, shown=shown, reason=reason)
        except Queued as queued:
            return redirect_to(self.request, self.queued(queued.job))
        except OutcomeUnknown as error:
            later = " The portal will find out by reading Zoho."
            messages.warning(self.request, error.sentence + later)
            return redirect_to(self.request, self.request.path)
        except PortalError as error:
            form.add_refusal(error)
            return self.ask(form, wanted, shown, status=HTTPStatus.UNPROCESSABLE_ENTITY)
        see = self.get_event_url(saved.event)
        count = f"{saved.number} change{'' if saved.number == 1 else 's'}"
        self.say(f"Saved {count} of the permissions of {self.get_subject()}.", see)
        if saved.note:
            messages.warning(self.request, saved.note)
        return redirect_to(self.request, self.request.path)

    def ask(
        self,
        form: ConfirmForm,
        wanted: Mapping[str, str],
        shown: Mapping[str, str],
        *,
        problem: str = "",
        status: int = HTTPStatus.OK,
    ) -> HttpResponse:
        """The list of changes before they are sent.

        What it shows of the present is what saving compares with: from here on it is known.
        """
        found: Review[Cell] = judged(self.cells_of(self.object), wanted, shown)
        present = found.before
        context = self.get_context_data(
            form=form,
            object=self.object,
            review=found,
            pending=[line(each) for each in found.pending],
            moved=[moved(cell, was) for cell, was in found.moved],
            problem=problem,
            can_wait=self.can_wait and form.quota_wait is not None,
            wanted=json.dumps({key: value for key, value in wanted.items() if key in present}),
            shown=json.dumps(present),
        )
        number = len(found.pending)
        context["title"] = f"Review {number} change{'' if number == 1 else 's'} of {self.get_subject()}"
        self.template_name = self.review_template
        return self.render_to_response(context, status=status)


class MatrixFreshView(OfMatrix, FragmentView):
    """Reads the permissions again and says whether the page still shows what Zoho has."""

    body_template = "console/matrix_fresh.html"
    most = 10

    def get_done(self) -> bool:
        """Read once is enough."""
        return True

    def get_page_url(self, thing: Any) -> str:
        """The page with the matrix."""
        raise NotImplementedError

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """Compares before and after."""
        thing = self.find(self.kwargs["cliq_id"])
        before = self.cells_of(thing)
        problem = self.refresh(thing)
        told = self.differing(before, self.cells_of(thing), problem)
        return super().get_context_data(page_url=self.get_page_url(thing), **told, **kwargs)

    def differing(self, before: Mapping[str, Cell], now: Mapping[str, Cell], problem: str) -> dict[str, Any]:
        """What the fragment tells of two readings."""
        changed = [
            moved(cell, before[key].value if key in before else "")
            for key, cell in now.items()
            if key not in before or before[key].value != cell.value
        ]
        gone = [key for key in before if key not in now]
        return {
            "problem": problem,
            "changed": changed[: self.most],
            "number": len(changed) + len(gone),
        }


def line(each: Pending[Cell]) -> dict[str, Any]:
    """A change as the review shows it."""
    cell = each.cell
    return {
        "cell": cell,
        "before": cell.spoken(each.before),
        "after": cell.spoken(each.after),
        "elsewhere": each.elsewhere is not None,
    }


def moved(cell: Cell, was: str) -> dict[str, str]:
    """What became of a cell that nobody touched here."""
    return {"title": cell.title, "before": cell.spoken(was), "after": cell.spoken(cell.value)}


def texts(text: str | None) -> dict[str, str]:
    """An object of texts out of a hidden field; anything else is nothing."""
    try:
        found = json.loads(text or "{}")
    except ValueError:
        return {}
    return {str(key): str(value) for key, value in found.items()} if isinstance(found, dict) else {}
