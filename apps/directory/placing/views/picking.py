"""Adding and removing members, many at once."""

from typing import Any
from urllib.parse import urlencode

from django.http import HttpResponse
from django.urls import reverse

from apps.console.requests import ConsoleRequest
from apps.directory.acting import many_of
from apps.directory.forms import REASON
from apps.directory.models import User
from apps.directory.placing.forms import PickForm
from apps.directory.placing.views.base import Writing
from apps.directory.services.placing import MOST_AT_ONCE, Saved
from apps.jobs.bulk import services as bulk
from apps.jobs.bulk.acts import ID, act_of


class AddView(Writing):
    """Places people here, many at once."""

    template_name, form_class = "directory/pick.html", PickForm
    verb, preposition = "Add", "to"

    def get_title(self) -> str:
        """Where to."""
        return f"{self.verb} members {self.preposition} {self.object.name}"

    def get_description(self) -> str:
        """What else it does to them."""
        return self.placing.joining

    def candidates(self) -> Any:
        """Whoever is not here yet."""
        return self.placing.others(self.object)

    def get_form_kwargs(self) -> dict[str, Any]:
        """While searching, what was ticked stays ticked and nothing is wrong yet."""
        kwargs = super().get_form_kwargs() | {
            "candidates": self.candidates(),
            "note": self.placing.note,
            "most": self.get_most(),
        }
        if "search" in self.request.POST:
            given, _ = kwargs.pop("data"), kwargs.pop("files")
            kwargs["initial"] = {"q": given.get("q", ""), "user_ids": given.getlist("user_ids")}
            kwargs["initial"][REASON] = given.get(REASON, "")
        return kwargs

    def get_most(self) -> int:
        """How many at once."""
        return MOST_AT_ONCE

    def post(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Search, or act."""
        if "search" in request.POST:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The button repeats verb and number."""
        context = super().get_context_data(**kwargs)
        picked = context["form"].picked
        return context | {
            "submit": f"{self.verb} {many_of(picked, 'person', 'people')}" if picked else self.verb
        }

    def save(self, form: PickForm) -> str:
        """One call for all of them."""
        return self.carried_out(
            lambda: self.place(form.cleaned_data["user_ids"], form.cleaned_data[REASON]), self.sentence
        )

    def place(self, users: list[User], reason: str) -> Saved:
        """Put them here."""
        return self.carry(self.writes.add_members, self.object, users=users, reason=reason)

    def sentence(self, saved: Saved) -> str:
        """What happened."""
        return f"Added {many_of(saved.people, 'person', 'people')} to {saved.row.name}."


class TakeOutView(AddView):
    """Takes people out, many at once."""

    verb, preposition = "Remove", "from"

    def get_description(self) -> str:
        """What it leaves them with."""
        return self.placing.leaving

    def candidates(self) -> Any:
        """Whoever is here."""
        return self.placing.members(self.object)

    def save(self, form: PickForm) -> str:
        """Where each takes a call, many become a plan that a job carries out."""
        users = form.cleaned_data["user_ids"]
        if len(users) <= self.placing.most_removed:
            return super().save(form)
        act = act_of(self.placing.leave_act)
        assert act is not None  # noqa: S101
        query = urlencode([(ID, user.cliq_id) for user in users])
        values = {self.placing.noun: self.object.cliq_id}
        job = bulk.plan(act, query=query, values=values, actor=self.actor())
        return reverse("jobs:plan", args=[job.pk])

    def place(self, users: list[User], reason: str) -> Saved:
        """Take them out."""
        return self.carry(self.writes.remove_members, self.object, users=users, reason=reason)

    def sentence(self, saved: Saved) -> str:
        """What happened."""
        return f"Removed {many_of(saved.people, 'person', 'people')} from {saved.row.name}."
