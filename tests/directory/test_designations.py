"""Designations: what is special about them; the acts themselves are those of departments."""

import json

import pytest
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Event, Operation, Stage
from apps.core.errors import NothingToChange, OutcomeUnknown, Refused
from apps.directory.models import Designation, User
from apps.directory.services import designations
from apps.sandbox import cast
from tests.directory.test_placing_pages import form_of, rows


@pytest.fixture
def writer(synced) -> Designation:
    """What Amelia holds."""
    return Designation.objects.get(name="Content Writer")


def last(stage=Stage.DONE):
    """The newest event of a stage."""
    return json.loads(Event.objects.filter(stage=stage).order_by("-seq").values_list("body", flat=True)[0])


def test_its_life(writer, owner, sandbox):
    """Created, renamed, given, taken, deleted: each told, each in the mirror."""
    actor = owner.actor()
    row = designations.create(values={"name": "Copy Editor"}, actor=actor).row
    designations.update(row, values={"name": "Editor"}, shown={"name": "Copy Editor"}, actor=actor)
    amelia = User.objects.get(cliq_id=cast.MEMBER.zuid)
    designations.add_members(row, users=[amelia], actor=actor)
    amelia.refresh_from_db()
    assert (amelia.designation_id, amelia.designation_name) == (row.cliq_id, "Editor")
    assert last()["before"] == {"designation": {"id": writer.cliq_id, "name": "Content Writer"}}
    designations.remove_members(row, users=[amelia], actor=actor)
    assert sandbox.person(cast.MEMBER.email)["designation_id"] is None
    amelia.refresh_from_db()
    designations.add_members(row, users=[amelia], actor=actor)
    designations.delete(row, actor=actor, reason="Not used")
    amelia.refresh_from_db()
    assert amelia.designation_id == ""
    done = Event.objects.filter(stage=Stage.DONE).order_by("seq").values_list("kind", flat=True)
    assert [kind.partition(".")[2] for kind in done] == [
        "created",
        "updated",
        "member_added",
        "member_removed",
        "member_added",
        "deleted",
    ]


def test_a_name_in_use_is_refused(writer, owner, sandbox):
    """Beside the field, with Zoho's code."""
    with pytest.raises(Refused, match="a designation of this name exists already") as caught:
        designations.update(writer, values={"name": "Intern"}, actor=owner.actor())
    assert (caught.value.field, caught.value.code) == ("name", "designation_already_exist")
    with pytest.raises(NothingToChange):
        designations.update(writer, values={"name": "Content Writer"}, actor=owner.actor())


@pytest.mark.parametrize(("drop", "stage"), [("after", Stage.DONE), ("before", Stage.NOT_DONE)])
def test_a_lost_answer_is_settled_by_reading(writer, owner, sandbox, drop, stage):
    """As it is now."""
    sandbox.fault("designations.update", drop=drop)
    with pytest.raises(OutcomeUnknown):
        designations.update(writer, values={"name": "Writer"}, actor=owner.actor())
    Operation.objects.update(observe_at=timezone.now())
    settling.settle_due()
    assert Operation.objects.get().stage == stage


def test_a_lost_membership_is_settled_by_reading(writer, owner, sandbox):
    """By what the person holds now."""
    sandbox.fault("designations.remove_members", drop="after")
    amelia = User.objects.get(cliq_id=cast.MEMBER.zuid)
    with pytest.raises(OutcomeUnknown):
        designations.remove_members(writer, users=[amelia], actor=owner.actor())
    Operation.objects.update(observe_at=timezone.now())
    settling.settle_due()
    amelia.refresh_from_db()
    assert (Operation.objects.get().stage, amelia.designation_id) == (Stage.DONE, "")


def test_the_pages(writer, operator_client):
    """A list with numbers, one with its members, a form that enforces Zoho's thirty characters."""
    page = operator_client.get("/designations/")
    assert "Content Writer" in rows(page)
    assert len(rows(page)) == Designation.objects.count()
    html = operator_client.get(writer.get_absolute_url()).content.decode()
    assert cast.MEMBER.email in html
    url = "/designations/new/"
    data = form_of(operator_client, url, name="x" * 31)
    assert "name" in operator_client.post(url, data).context["form"].errors
    page = operator_client.post(url, {**data, "name": "x" * 30}, follow=True)
    assert f"Created {'x' * 30}." in page.content.decode()


def test_zoho_people_is_explained(writer, organization, operator_client):
    """None of their API works then."""
    organization.findings = {"zoho_people": True}
    organization.save()
    html = operator_client.get("/designations/").content.decode()
    assert "Zoho People manages the designations of this organisation" in html
    assert "New designation" not in html
