"""Finding out what Zoho answers, and what the pages make of it."""

import pytest

from apps.cliq.catalogue import CATALOGUE
from apps.connections import selectors
from apps.connections.capabilities import ModuleState
from apps.connections.models import Grant
from apps.core.actor import SYSTEM
from apps.core.errors import Refused
from apps.directory import probing
from apps.directory.models import User
from apps.directory.services import syncing, users
from apps.jobs.models import Job, JobStatus
from apps.sandbox import cast
from tests.accounts.browser import Visitor, words


@pytest.fixture
def synced(grant, work) -> Job:
    """The organisation read once."""
    return work(syncing.start(SYSTEM), patience=30)


@pytest.fixture
def probed(owner, work):
    """Carries a probe through and answers what it found."""

    def run():
        job = work(probing.start(owner.actor()), patience=20)
        assert job.status == JobStatus.FINISHED, job.activity
        return selectors.capabilities()

    return run


def states(found) -> dict[str, str]:
    return {module.label: module.state for module in found.modules}


def test_it_finds_everything_in_order(grant, probed, sandbox):
    """By reading only, and within the quota."""
    found = probed()
    assert set(states(found).values()) == {ModuleState.ANSWERS}
    assert {"Users", "Departments", "Designations", "User fields", "Roles"} <= set(states(found))
    assert (found.zoho_people, found.edits_others) == (False, True)
    assert sandbox.journal() == []
    assert {arrival.window.split()[0] for arrival in sandbox.arrivals()} == {"GET"}
    assert not any(arrival.throttled for arrival in sandbox.arrivals())


def test_zoho_people_is_recognised_by_its_scopes(grant, probed, sandbox, owner_client):
    """The grant lacks them: reading users stops, and the page says what to ask for."""
    sandbox.option("zoho_people", True)
    found = probed()
    assert found.zoho_people
    assert states(found)["Users"] == ModuleState.NO_SCOPE
    assert states(found)["Designations"] == ModuleState.PEOPLE
    page = words(owner_client.get("/connection/"))
    assert "missing ZohoPeople.employee.READ" in page
    assert (
        "Users Permission missing The consent lacks ZohoPeople.forms.READ, ZohoPeople.employee.READ, "
        "ZohoPeople.attendance.READ." in page
    )
    assert "ZohoPeople.employee.READ" in Visitor(sandbox, owner_client).start_connecting()


def test_zoho_people_is_recognised_by_the_lists(grant, probed, sandbox):
    """With its scopes: departments want a search, designations answer nothing."""
    sandbox.option("zoho_people", True)
    granted = sandbox.grant(cast.ADMIN.email, [*grant.scopes, *CATALOGUE["users.list"].people_scopes])
    grant.access_token, grant.scopes = granted["access_token"], granted["scope"].split()
    grant.save()
    found = probed()
    assert found.zoho_people
    assert states(found)["Users"] == ModuleState.ANSWERS
    assert states(found)["Departments"] == states(found)["Designations"] == ModuleState.PEOPLE


def test_the_edit_form_explains_zoho_people(synced, probed, sandbox, owner_client):
    url = f"/users/{cast.MEMBER.zuid}/edit/"
    sentence = "Zoho People manages it for this organisation: change it there."
    assert sentence not in words(owner_client.get(url))
    sandbox.option("zoho_people", True)
    probed()
    page = owner_client.get(url)
    assert words(page).count(sentence) == 2
    form = page.context["form"]
    assert form.fields["department_id"].disabled
    assert form.fields["designation_id"].disabled


def test_editing_others_is_learned_from_a_real_answer(grant, synced, probed, sandbox, owner_client):
    """The role says yes; Zoho's answer to a change has the last word."""
    probed()
    assert "Editing other users Allowed" in words(owner_client.get("/connection/"))
    sandbox.option("edit_others", False)
    assert selectors.edits_others(grant) is True
    member = User.objects.get(cliq_id=cast.MEMBER.zuid)
    with pytest.raises(Refused, match="this profile may not be changed"):
        users.update(member, values={"work_location": "A 7"}, shown=None, actor=SYSTEM)
    assert selectors.edits_others(grant) is False
    assert "Editing other users Not allowed" in words(owner_client.get("/connection/"))
    sandbox.option("edit_others", True)
    users.update(member, values={"work_location": "A 7"}, shown=None, actor=SYSTEM)
    assert selectors.edits_others(grant) is True


def test_it_runs_after_connecting_and_on_demand(owner_client, grant, sandbox):
    Visitor(sandbox, owner_client).connect(cast.ADMIN.email)
    job = Job.objects.get(kind=probing.PROBE)
    answer = owner_client.post("/connection/check/")
    assert (answer.status_code, answer["Location"]) == (302, job.get_absolute_url())
    assert "Not found out yet" in words(owner_client.get("/connection/"))


def test_a_dead_grant_is_not_asked(owner_client, grant):
    Grant.objects.update(status="dead")
    answer = owner_client.post("/connection/check/", follow=True)
    assert "Zoho no longer accepts the portal's connection." in words(answer)


def test_syncing_names_what_zoho_people_wants(grant, sandbox, work, owner):
    """The job stops with the sentence that names the scopes."""
    sandbox.option("zoho_people", True)
    job = work(syncing.start(owner.actor()), patience=20)
    assert job.status == JobStatus.PAUSED
    assert "where Zoho People is in use, ZohoPeople." in job.activity
