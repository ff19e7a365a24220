"""Departments: made, changed, filled, emptied, deleted; refused; and found out about."""

import json
from collections import Counter

import pytest
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Event, Operation, Stage
from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import quota
from apps.core.errors import ChangedElsewhere, NothingToChange, OutcomeUnknown, QuotaWait, Refused
from apps.directory.models import Department, User
from apps.directory.services import departments
from apps.sandbox import cast


def named(name) -> Department:
    return Department.objects.get(name=name, gone_at=None)


def last(stage=Stage.DONE):
    """The newest event of a stage."""
    return json.loads(Event.objects.filter(stage=stage).order_by("-seq").values_list("body", flat=True)[0])


def settle(after=1):
    """Let the portal read about what is open, `after` times."""
    for _ in range(after):
        Operation.objects.update(observe_at=timezone.now())
        settling.settle_due()
    return Operation.objects.get()


def made(owner, name="Night Shift", **values):
    """A new department below Sales."""
    wanted = {
        "name": name,
        "lead_zuid": cast.MEMBER.zuid,
        "parent_department_id": named("Sales").cliq_id,
        **values,
    }
    return departments.create(values=wanted, actor=owner.actor(), reason="Growth")


class TestCreate:
    def test_it_works(self, synced, owner, sandbox):
        """Mirrored from the reply; the log names the id that Zoho gave."""
        saved = made(owner)
        row = named("Night Shift")
        assert (row.cliq_id, row.lead_name, row.parent_id) == (
            saved.row.cliq_id,
            cast.MEMBER.name,
            named("Sales").cliq_id,
        )
        done = last()
        assert (done["kind"], done["subject_id"], done["reason"]) == (
            "department.created",
            row.cliq_id,
            "Growth",
        )
        assert done["after"]["lead"] == {"id": cast.MEMBER.zuid, "name": cast.MEMBER.name}
        assert saved.event == Event.objects.get(stage=Stage.DONE).seq

    def test_a_name_that_is_taken_is_not_sent(self, synced, owner, sandbox):
        """Also one that the mirror has not met, whatever its case."""
        with pytest.raises(Refused, match=r"^A department of this name exists already\.$") as caught:
            made(owner, "sales")
        assert caught.value.field == "name"
        assert not Operation.objects.exists()

    @pytest.mark.parametrize("field", ["name", "lead_zuid", "parent_department_id"])
    def test_everything_is_mandatory(self, synced, owner, sandbox, field):
        """Said before asking."""
        with pytest.raises(Refused) as caught:
            made(owner, **{field: ""})
        assert caught.value.field == field
        assert not Operation.objects.exists()

    def test_zohos_refusal_finds_its_field(self, synced, owner, sandbox):
        """A lead who left meanwhile."""
        with pytest.raises(Refused) as caught:
            made(owner, lead_zuid=cast.STRANGER.zuid)
        assert (caught.value.field, caught.value.code) == ("lead_zuid", "department_lead_invalid")
        assert last(Stage.REFUSED)["details"]["vendor_code"] == "department_lead_invalid"

    def test_a_lost_answer_is_found_by_its_name(self, synced, owner, sandbox):
        """Dropped after it took effect: never sent again, mirrored, and the log has its id."""
        sandbox.fault("departments.create", drop="after")
        with pytest.raises(OutcomeUnknown):
            made(owner)
        with pytest.raises(Refused, match=r"^An earlier change of Night Shift has no answer yet"):
            made(owner)
        assert settle().stage == Stage.DONE
        assert last()["subject_id"] == named("Night Shift").cliq_id
        assert len(sandbox.journal()) == 1

    def test_a_lost_request_is_settled_by_two_readings(self, synced, owner, sandbox):
        """One could have been too early."""
        sandbox.fault("departments.create", drop="before")
        with pytest.raises(OutcomeUnknown):
            made(owner)
        assert settle().stage == Stage.UNKNOWN
        assert settle().stage == Stage.NOT_DONE
        assert sandbox.journal() == []


class TestUpdate:
    def rename(self, owner, name="Sales and Service", **values):
        row = named("Sales")
        return departments.update(row, values={"name": name, **values}, actor=owner.actor())

    def test_it_sends_name_lead_and_parent(self, synced, owner, sandbox):
        """Only the name is told as changed; its members carry the new name."""
        before = named("Sales")
        inside = departments.DEPARTMENTS.members(before).count()
        assert inside
        self.rename(owner)
        row = named("Sales and Service")
        assert (row.lead_id, row.parent_id) == (before.lead_id, before.parent_id)
        assert row.members_count == before.members_count
        assert last()["before"] == {"name": "Sales"}
        assert last()["after"] == {"name": "Sales and Service"}
        assert User.objects.filter(department_name="Sales and Service").count() == inside

    def test_it_moves_and_changes_the_lead(self, synced, owner, sandbox):
        """Both at once, told with their names."""
        finance = named("Finance & Legal")
        departments.update(
            named("Sales — EMEA"),
            values={"parent_department_id": finance.cliq_id, "lead_zuid": cast.MEMBER.zuid},
            actor=owner.actor(),
        )
        row = named("Sales — EMEA")
        assert (row.parent_id, row.lead_name) == (finance.cliq_id, cast.MEMBER.name)
        assert last()["after"]["parent"] == {"id": finance.cliq_id, "name": "Finance & Legal"}
        assert last()["before"]["parent"]["name"] == "Sales"

    @pytest.mark.parametrize("parent", ["Sales", "Sales — EMEA"])
    def test_nothing_can_be_below_itself(self, synced, owner, sandbox, parent):
        """Found out before asking."""
        with pytest.raises(Refused, match=r"^A department cannot be below itself\.$") as caught:
            self.rename(owner, "Sales", parent_department_id=named(parent).cliq_id)
        assert caught.value.field == "parent_department_id"
        assert not Operation.objects.exists()

    def test_it_returns_early_when_nothing_would_change(self, synced, owner, sandbox):
        """Judged against Zoho, not the mirror."""
        sandbox.alter("departments", named("Sales").cliq_id, name="Sales and Service")
        with pytest.raises(NothingToChange, match="is so already; nothing was sent to Zoho"):
            self.rename(owner)
        assert not Operation.objects.exists()
        assert named("Sales and Service")

    def test_it_shows_what_somebody_else_changed(self, synced, owner, sandbox):
        """The same field, in Zoho's own panel."""
        row = named("Sales")
        sandbox.alter("departments", row.cliq_id, name="Commerce")
        with pytest.raises(ChangedElsewhere) as caught:
            departments.update(row, values={"name": "Trade"}, shown={"name": "Sales"}, actor=owner.actor())
        assert caught.value.fields == {"name": "Commerce"}

    def test_a_refusal_finds_its_field(self, synced, owner, sandbox):
        """Zoho's code becomes a sentence."""
        with pytest.raises(Refused, match="a department of this name exists already") as caught:
            self.rename(owner, "Marketing")
        assert (caught.value.field, caught.value.code) == ("name", "department_already_exist")

    @pytest.mark.parametrize(("drop", "stage"), [("after", Stage.DONE), ("before", Stage.NOT_DONE)])
    def test_a_lost_answer_is_settled_by_reading(self, synced, owner, sandbox, drop, stage):
        """Equal to after, equal to before."""
        sandbox.fault("departments.update", drop=drop)
        with pytest.raises(OutcomeUnknown):
            self.rename(owner)
        with pytest.raises(Refused, match="has no answer yet"):
            self.rename(owner, "Another")
        assert settle().stage == stage
        name = "Sales and Service" if drop == "after" else "Sales"
        assert User.objects.filter(department_name=name).exists()
        assert named(name)

    def test_a_full_window_sends_and_records_nothing(self, synced, owner, grant):
        """Said before anything is written down."""
        quota(grant.zuid).lock(CATALOGUE["departments.update"])
        with pytest.raises(QuotaWait):
            self.rename(owner)
        assert not Operation.objects.exists()


class TestMembers:
    def some(self, number=3):
        sales = named("Sales").cliq_id
        return list(User.objects.exclude(department_id=sales).exclude(department_id="")[:number])

    def test_many_are_added_in_one_call(self, synced, owner, sandbox):
        """One event each, about the person, with where they were."""
        users, sales = self.some(), named("Sales")
        before = {user.cliq_id: user.department_name for user in users}
        saved = departments.add_members(sales, users=users, actor=owner.actor())
        assert saved.people == 3
        assert len(sandbox.arrivals("departments.add_members")) == 1
        for user in users:
            person = sandbox.person(user.email)
            assert person["department_id"] == sales.cliq_id
            user.refresh_from_db()
            assert (user.department_id, user.department_name) == (sales.cliq_id, "Sales")
        told = [
            json.loads(body) for body in Event.objects.filter(stage=Stage.DONE).values_list("body", flat=True)
        ]
        assert {one["subject_id"]: one["before"]["department"]["name"] for one in told} == before

    def test_who_is_there_is_left_out(self, synced, owner, sandbox):
        """All of them there: nothing is sent."""
        sales = named("Sales")
        inside = list(departments.DEPARTMENTS.members(sales))
        with pytest.raises(NothingToChange, match=r"^They are all in Sales already; nothing was sent"):
            departments.add_members(sales, users=inside, actor=owner.actor())
        saved = departments.add_members(sales, users=[*inside, *self.some(1)], actor=owner.actor())
        assert saved.people == 1

    def test_they_are_removed(self, synced, owner, sandbox):
        """No department then."""
        sales = named("Sales")
        inside = list(departments.DEPARTMENTS.members(sales))
        departments.remove_members(sales, users=inside, actor=owner.actor())
        assert not departments.DEPARTMENTS.members(sales).exists()
        assert sandbox.person(inside[0].email)["department_id"] is None
        with pytest.raises(NothingToChange, match="outside Sales already"):
            departments.remove_members(sales, users=self.some(1), actor=owner.actor())

    def test_one_stranger_refuses_all(self, synced, owner, sandbox):
        """Each has its refusal in the log; nobody moved."""
        stranger = User(
            organization=synced_organization(), cliq_id=cast.STRANGER.zuid, name="S", read_at=timezone.now()
        )
        stranger.save()
        users = [*self.some(1), stranger]
        with pytest.raises(Refused):
            departments.add_members(named("Sales"), users=users, actor=owner.actor())
        assert Event.objects.filter(stage=Stage.REFUSED).count() == 2
        assert sandbox.journal() == []

    @pytest.mark.parametrize(("drop", "stage"), [("after", Stage.DONE), ("before", Stage.NOT_DONE)])
    def test_a_lost_answer_is_settled_person_by_person(self, synced, owner, sandbox, drop, stage):
        """By where each is now; nobody's own change is told as seen."""
        users, sales = self.some(2), named("Sales")
        sandbox.fault("departments.add_members", drop=drop)
        with pytest.raises(OutcomeUnknown):
            departments.add_members(sales, users=users, actor=owner.actor())
        with pytest.raises(Refused, match="has no answer yet"):
            departments.remove_members(named(users[0].department_name), users=users, actor=owner.actor())
        Operation.objects.update(observe_at=timezone.now())
        assert settling.settle_due() == 2
        assert set(Operation.objects.values_list("stage", flat=True)) == {stage}
        assert departments.DEPARTMENTS.members(sales).filter(
            cliq_id__in=[user.cliq_id for user in users]
        ).count() == (2 if drop == "after" else 0)
        assert not Event.objects.filter(kind="user.seen").exists()


class TestDelete:
    def test_its_members_have_none_then(self, synced, owner, sandbox):
        """Gone from the mirror, not from the log."""
        row = named("Sales — EMEA")
        inside = [user.cliq_id for user in departments.DEPARTMENTS.members(row)]
        assert inside
        departments.delete(row, actor=owner.actor(), reason="Merged")
        row.refresh_from_db()
        assert row.gone_at is not None
        columns = User.objects.filter(cliq_id__in=inside).values_list("department_id", "department_name")
        assert Counter(columns) == {("", ""): len(inside)}
        assert last()["before"]["members"] == len(inside)

    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("Zylker Corp", "This is the base department"),
            ("Sales", "2 departments are below Sales: move or delete them first."),
            ("Marketing", "1 department is below Marketing"),
        ],
    )
    def test_some_are_protected(self, synced, owner, sandbox, name, why):
        """Said before asking."""
        with pytest.raises(Refused, match=f"^{why}"):
            departments.delete(named(name), actor=owner.actor(), reason="No")
        assert not Operation.objects.exists()

    def test_zohos_refusal_is_told(self, synced, owner, sandbox):
        """What the mirror does not know yet."""
        row = named("Sales — EMEA")
        sandbox.alter("departments", named("Facilities").cliq_id, parent_id=row.cliq_id)
        with pytest.raises(Refused) as caught:
            departments.delete(row, actor=owner.actor(), reason="Merged")
        assert caught.value.code == "department_base_dept_delete_not_allowed"
        row.refresh_from_db()
        assert row.gone_at is None

    def test_a_lost_answer_is_settled_by_reading(self, synced, owner, sandbox):
        """Not found: it was deleted."""
        row = named("Sales — EMEA")
        sandbox.fault("departments.delete", drop="after")
        with pytest.raises(OutcomeUnknown):
            departments.delete(row, actor=owner.actor(), reason="Merged")
        assert settle().stage == Stage.DONE
        row.refresh_from_db()
        assert row.gone_at is not None
        assert not User.objects.filter(department_id=row.cliq_id).exists()


class TestObstacles:
    def test_zoho_people_is_explained(self, synced, owner, sandbox, organization):
        """Once recognised, nobody asks Zoho."""
        organization.findings = {"zoho_people": True}
        organization.save()
        with pytest.raises(Refused, match=r"^Zoho People manages the departments of this organisation"):
            made(owner)
        assert not Operation.objects.exists()

    def test_a_missing_permission_is_named(self, synced, owner, sandbox, grant):
        """An older connection was never asked for it."""
        grant.scopes = [scope for scope in grant.scopes if scope != "ZohoCliq.Departments.CREATE"]
        grant.save()
        with pytest.raises(Refused, match=r"^The portal was not given ZohoCliq\.Departments\.CREATE"):
            made(owner)
        departments.update(named("Sales"), values={"name": "Trade"}, actor=owner.actor())


def synced_organization():
    return Department.objects.all()[0].organization
