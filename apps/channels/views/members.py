"""Adding people to a channel, taking them out, and their roles."""

from typing import Any

from django.db.models import F
from django.http import HttpResponse

from apps.channels import jobs
from apps.channels.forms import InviteForm, RoleForm, TakeOutForm
from apps.channels.models import ChannelMember, MemberRole
from apps.channels.views.common import url
from apps.channels.views.writing import Writing
from apps.cliq.api.channels import MEMBERS_PER_CALL
from apps.console.errors import NothingHere
from apps.console.requests import ConsoleRequest
from apps.directory import selectors as directory
from apps.directory.acting import many_of
from apps.directory.forms import REASON
from apps.directory.placing.forms import PickForm


class AddView(Writing):
    """Adds users, many at once."""

    template_name, form_class = "directory/pick.html", PickForm
    verb, preposition, note = "Add", "to", "department_name"

    def get_title(self) -> str:
        """Where to."""
        return f"{self.verb} members {self.preposition} #{self.object.name}"

    def candidates(self) -> Any:
        """Whoever is not in, as far as the portal knows."""
        inside = self.object.members.values("user_id")
        return directory.users().exclude(cliq_id__in=inside)

    def get_form_kwargs(self) -> dict[str, Any]:
        """While searching, what was ticked stays ticked and nothing is wrong yet."""
        kwargs = super().get_form_kwargs() | {
            "candidates": self.candidates(),
            "note": self.note,
            "most": MEMBERS_PER_CALL,
        }
        if "search" in self.request.POST:
            given, _ = kwargs.pop("data"), kwargs.pop("files")
            kwargs["initial"] = {"q": given.get("q", ""), "user_ids": given.getlist("user_ids")}
            kwargs["initial"] |= {name: given.get(name, "") for name in (REASON, "silent")}
        return kwargs

    def post(self, request: ConsoleRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        """Search, or act."""
        if "search" in request.POST:
            return self.get(request, *args, **kwargs)
        return super().post(request, *args, **kwargs)

    def get_context_data(self, **kwargs: Any) -> dict[str, Any]:
        """The button repeats verb and number."""
        context = super().get_context_data(**kwargs)
        picked = context["form"].picked
        people = many_of(picked, "person", "people")
        return context | {"submit": f"{self.verb} {people}" if picked else self.verb}

    def save(self, form: Any) -> str:
        """One call for all of them."""
        chosen = form.cleaned_data["user_ids"]
        number = many_of(len(chosen), "person", "people")
        return self.carried_out(
            lambda: self.carry(jobs.ADD, self.object, chosen, reason=form.cleaned_data[REASON]).event,
            f"Added {number} to #{self.object.name}.",
            url("members", self.object),
        )


class TakeOutView(AddView):
    """Takes members out, many at once."""

    template_name, form_class = "channels/take_out.html", TakeOutForm
    verb, preposition, note = "Remove", "from", "role_label"

    def candidates(self) -> Any:
        """Whoever is in, also those of other organisations."""
        return ChannelMember.objects.filter(channel=self.object).annotate(
            name_key=F("search"), cliq_id=F("user_id")
        )

    def save(self, form: Any) -> str:
        """One call for all of them."""
        chosen = form.cleaned_data["user_ids"]
        number = many_of(len(chosen), "person", "people")
        return self.carried_out(
            lambda: (
                self.carry(
                    jobs.TAKE_OUT,
                    self.object,
                    [member.user_id for member in chosen],
                    silent=form.cleaned_data["silent"],
                    reason=form.cleaned_data[REASON],
                ).event
            ),
            f"Removed {number} from #{self.object.name}.",
            url("members", self.object),
        )


class InviteView(Writing):
    """Adds people by address."""

    form_class, submit = InviteForm, "Add them"

    def get_title(self) -> str:
        """Where to."""
        return f"Add people to #{self.object.name} by address"

    def get_description(self) -> str:
        """Who can be named."""
        outside = self.object.level == "external"
        return (
            "Also people outside the organisation."
            if outside
            else "People of the organisation: only external channels take others."
        )

    def save(self, form: InviteForm) -> str:
        """One call for all of them."""
        people = form.cleaned_data["people"]
        return self.carried_out(
            lambda: self.carry(jobs.INVITE, self.object, people, reason=form.cleaned_data[REASON]).event,
            f"Added {many_of(len(people), 'person', 'people')} to #{self.object.name}.",
            url("members", self.object),
        )


class RoleView(Writing):
    """Gives one member another role."""

    form_class, submit = RoleForm, "Change the role"

    def get_object(self) -> Any:
        """The channel, and the member of it."""
        channel = super().get_object()
        member = channel.members.filter(user_id=self.kwargs["user_id"]).first()
        if member is None:
            raise NothingHere(f"The portal knows nobody of this id in #{channel.name}: open it to read anew.")
        self.member = member
        return channel

    def get_title(self) -> str:
        """Whose."""
        return f"Role of {self.member} in #{self.object.name}"

    def get_back(self) -> tuple[str, str]:
        """The members."""
        return f"Members of #{self.object.name}", url("members", self.object)

    def get_initial(self) -> dict[str, Any]:
        """As it is."""
        return {"role": self.member.role}

    def save(self, form: RoleForm) -> str:
        """Send now."""
        role = form.cleaned_data["role"]
        return self.carried_out(
            lambda: (
                self.carry(
                    jobs.ROLE, self.object, self.member.user_id, role, reason=form.cleaned_data[REASON]
                ).event
            ),
            f"{self.member} is {MemberRole(role).label.lower()} of #{self.object.name} now.",
            url("members", self.object),
        )
