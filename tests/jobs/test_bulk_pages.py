"""Ticking rows, asking, reading the plan, confirming it: as a browser without script would."""

import pytest
from django.test import Client

from apps.directory.models import Department, User
from apps.jobs.models import Job, JobStatus
from tests.accounts.browser import words
from tests.jobs.conftest import ids
from tests.working import carry_through

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def marketing(synced) -> Department:
    return Department.objects.get(name="Marketing")


def plan(client: Client, query: str, place: str) -> Job:
    answer = client.post(f"/plan/users-department/?{query}", {"place": place})
    assert answer.status_code == 302, words(answer)
    job = Job.objects.latest("pk")
    assert answer["Location"] == f"/jobs/{job.pk}/plan/"
    return carry_through(job, patience=10)


def test_the_list_offers_what_this_person_may_do(owner_client, auditor_client, marketing):
    page = owner_client.get("/users/?status=active").content.decode()
    assert 'formaction="/plan/users-department/"' in page
    assert '<input type="hidden" name="status" value="active">' in page
    seen = auditor_client.get("/users/").content.decode()
    assert "select-row" not in seen
    assert "/plan/" not in seen


def test_from_the_ticks_to_the_end(owner_client, marketing, sandbox):
    people = list(User.objects.exclude(department_id=marketing.cliq_id).order_by("pk")[:3])
    asked = words(owner_client.get(f"/plan/users-department/?{ids(people)}"))
    assert "Set department: 3 users" in asked
    assert "A plan shows what would change, in how many calls and until when. Nothing is sent yet." in asked
    job = plan(owner_client, ids(people), marketing.cliq_id)
    page = words(owner_client.get(f"/jobs/{job.pk}/plan/"))
    assert "To be confirmed" in page
    assert "1 call , a few seconds , done by" in page
    assert people[0].name in page
    confirm = words(owner_client.get(f"/jobs/{job.pk}/confirm/"))
    assert "Set the department to Marketing, for 3 users." in confirm
    assert "Type the number" not in confirm
    answer = owner_client.post(f"/jobs/{job.pk}/confirm/", {"reason": "Reorganised"})
    assert answer["Location"] == f"/jobs/{job.pk}/plan/"
    carry_through(job, patience=10)
    page = words(owner_client.get(f"/jobs/{job.pk}/plan/"))
    assert "Finished 3 done." in page
    assert "by Olivia Palmer: Reorganised" in page
    assert owner_client.get(f"/jobs/{job.pk}/")["Location"] == f"/jobs/{job.pk}/plan/"


def test_a_large_plan_asks_for_its_number(owner_client, marketing, sandbox):
    job = plan(owner_client, "all=1", marketing.cliq_id)
    number = job.state["to_do"]
    url = f"/jobs/{job.pk}/confirm/"
    page = words(owner_client.get(url))
    assert "That is a large part of the 40 users there are: type the number to go on." in page
    assert f"Type the number {number} to confirm" in page
    answer = owner_client.post(url, {"reason": "", "typed": "3"})
    assert answer.status_code == 422
    assert f"This is not the number. The plan changes {number}." in words(answer)
    assert sandbox.arrivals("departments.add_members") == []
    assert owner_client.post(url, {"reason": "", "typed": str(number)}).status_code == 302


def test_nothing_ticked_is_said(owner_client, marketing):
    answer = owner_client.post("/plan/users-department/", {"place": marketing.cliq_id})
    assert answer.status_code == 422
    assert "Nothing is selected: go back to the list and tick what this is about." in words(answer)
    assert not Job.objects.filter(kind="bulk.users-department").exists()


def test_nothing_filled_in_is_said(owner_client, marketing):
    answer = owner_client.post("/plan/users-details/?all=1", {})
    assert answer.status_code == 422
    assert "Fill in what is to be changed; what is left empty stays as it is." in words(answer)


def test_a_plan_with_nothing_to_do_cannot_be_confirmed(owner_client, marketing):
    there = User.objects.filter(department_id=marketing.cliq_id)
    job = plan(owner_client, ids(there), marketing.cliq_id)
    page = words(owner_client.get(f"/jobs/{job.pk}/plan/"))
    assert "There is nothing to do: every selected row is so already or cannot be changed." in page
    assert "In Marketing already." in page
    answer = owner_client.post(f"/jobs/{job.pk}/confirm/", {"reason": ""})
    assert answer.status_code == 422
    assert "This plan holds nothing to do." in words(answer)


def test_another_role_neither_plans_nor_confirms(owner_client, auditor_client, operator_client, marketing):
    job = plan(owner_client, "all=1", marketing.cliq_id)
    for url in (f"/jobs/{job.pk}/confirm/", f"/jobs/{job.pk}/plan/again/", "/plan/users-department/?all=1"):
        assert auditor_client.get(url).status_code == 403
        assert auditor_client.post(url).status_code == 403
    assert auditor_client.get(f"/jobs/{job.pk}/plan/").status_code == 200
    # Who may manage jobs but not do what this one does.
    assert operator_client.get("/plan/users-role/?all=1").status_code == 403
    assert operator_client.get("/plan/no-such-act/?all=1").status_code == 404
    job.refresh_from_db()
    assert job.status == JobStatus.DRAFT


def test_the_rows_are_searched_and_filtered(owner_client, marketing):
    job = plan(owner_client, "all=1", marketing.cliq_id)
    page = words(owner_client.get(f"/jobs/{job.pk}/plan/?q=burrows"))
    assert "Amelia Burrows" in page
    assert "Scott Fisher" not in page
    page = words(owner_client.get(f"/jobs/{job.pk}/plan/?action=nothing"))
    assert "In Marketing already." in page
