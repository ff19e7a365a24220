"""The pages about departments, as a browser asks for them."""

import re
from html import unescape

import pytest
from django.utils.html import escape

from apps.directory.models import Department, User
from apps.sandbox import cast
from tests.directory.test_departments import named

LIST = "/departments/"


def rows(page):
    """Names in the order of the page: of the tree, or of the table."""
    html = page.content.decode()
    found = re.findall(r'class="(?:tree-name|identity-name)" href="[^"]*"><bdi>([^<]*)</bdi>', html)
    return [unescape(name) for name in found]


def form_of(client, url, **changes):
    """What the browser sends of a form, with these changes."""
    data = {}
    for bound in client.get(url).context["form"]:
        value = bound.field.prepare_value(bound.initial)
        text = "" if value is None else str(value)
        data[bound.html_name] = data[bound.html_initial_name] = text
    return data | changes


@pytest.fixture
def sales(synced) -> Department:
    """It has two departments below it."""
    return named("Sales")


class TestList:
    def test_it_is_a_tree(self, sales, operator_client):
        """Two levels at once, the rest when it is unfolded; lead and members beside."""
        page = operator_client.get(LIST)
        assert rows(page)[:4] == ["Zylker Corp", "Engineering", "Finance & Legal", "Human Resources"]
        html = page.content.decode()
        assert "Sales — EMEA" not in html
        assert f'hx-get="/departments/{sales.cliq_id}/below/"' in html
        assert sales.lead_name in html
        assert "New department" in html
        below = operator_client.get(f"/departments/{sales.cliq_id}/below/")
        assert rows(below) == ["Sales — Asia Pacific", "Sales — EMEA"]

    def test_it_searches(self, sales, operator_client):
        """Every department whose name has the words."""
        assert rows(operator_client.get(LIST, {"q": "emea SALES"})) == ["Sales — EMEA"]
        assert rows(operator_client.get(LIST, {"q": "nothing like it"})) == []

    def test_it_sorts(self, sales, operator_client):
        """By members, out of the tree."""
        assert len(rows(operator_client.get(LIST, {"sort": "-number"}))) == Department.objects.count()

    def test_what_is_in_a_circle_is_not_lost(self, sales, operator_client):
        """A mirror that was read while departments were moved."""
        Department.objects.filter(pk=sales.pk).update(parent_id=named("Sales — EMEA").cliq_id)
        assert {"Sales", "Sales — EMEA"} <= set(rows(operator_client.get(LIST)))

    def test_it_offers_only_what_the_person_may_do(self, sales, auditor_client):
        """Reading is for all."""
        html = auditor_client.get(LIST).content.decode()
        assert "New department" not in html

    def test_it_explains_zoho_people(self, sales, organization, operator_client):
        """Instead of offering."""
        organization.findings = {"zoho_people": True}
        organization.save()
        html = operator_client.get(LIST).content.decode()
        assert "Zoho People manages the departments of this organisation" in html
        assert "New department" not in html

    def test_it_names_the_scope_that_is_missing(self, sales, grant, operator_client):
        """With the way to the connection."""
        grant.scopes = [scope for scope in grant.scopes if not scope.endswith("Departments.DELETE")]
        grant.save()
        html = operator_client.get(LIST).content.decode()
        assert "The portal was not given ZohoCliq.Departments.DELETE" in html
        assert 'href="/connection/"' in html


class TestOne:
    def test_it_works(self, sales, operator_client):
        """Where it is, who leads it, what is below, who is in it."""
        html = operator_client.get(sales.get_absolute_url()).content.decode()
        assert "Zylker Corp" in html
        assert sales.lead_name in html
        assert "Sales — EMEA" in html
        member = User.objects.filter(department_id=sales.cliq_id)[0]
        assert escape(member.email) in html
        assert "2 departments are below Sales: move or delete them first." in html

    def test_it_is_read_again(self, sales, sandbox, operator_client):
        """Because somebody looks; a failure is said, what is known stays."""
        url = f"{sales.get_absolute_url()}facts/"
        sandbox.alter("departments", sales.cliq_id, lead_id=cast.MEMBER.zuid)
        assert cast.MEMBER.name in operator_client.get(url).content.decode()
        sandbox.fault("departments.get", status=500)
        html = operator_client.get(url).content.decode()
        assert "Nothing was changed; try again in a moment." in html
        assert cast.MEMBER.name in html
        sandbox.erase("departments", sales.cliq_id)
        assert "Zoho no longer shows this department" in operator_client.get(url).content.decode()

    def test_its_members_are_paged(self, sales, operator_client):
        """Twenty-five at a time."""
        User.objects.update(department_id=sales.cliq_id, department_name="Sales")
        page = operator_client.get(sales.get_absolute_url(), {"page": 2})
        assert "26–40 of 40 members" in page.content.decode()

    def test_it_has_its_history(self, sales, owner_client):
        """What was done to it, and who came."""
        user = User.objects.exclude(department_id=sales.cliq_id).exclude(department_id="")[0]
        owner_client.post(f"{sales.get_absolute_url()}members/add/", {"user_ids": [user.cliq_id]})
        html = owner_client.get(sales.get_absolute_url()).content.decode()
        assert f"Olivia Palmer changed the department of {user.name}" in html

    def test_who_is_not_there(self, sales, operator_client):
        """A sentence."""
        page = operator_client.get("/departments/1/")
        assert page.status_code == 404
        assert "The portal knows no department with this id." in page.content.decode()


class TestWriting:
    def test_it_creates(self, sales, operator_client):
        """And leads to what was made."""
        data = form_of(operator_client, f"{LIST}new/") | {
            "name": "Night Shift",
            "lead_zuid": cast.MEMBER.email,
            "parent_department_id": sales.cliq_id,
        }
        page = operator_client.post(f"{LIST}new/", data, follow=True)
        assert "Created Night Shift." in page.content.decode()
        assert named("Night Shift").parent_id == sales.cliq_id

    def test_it_says_what_is_missing(self, sales, operator_client):
        """At each field."""
        page = operator_client.post(f"{LIST}new/", form_of(operator_client, f"{LIST}new/"))
        assert page.status_code == 422
        assert set(page.context["form"].errors) == {"name", "lead_zuid", "parent_department_id"}

    def test_it_edits(self, sales, operator_client):
        """Only what changed."""
        url = f"{sales.get_absolute_url()}edit/"
        page = operator_client.post(url, form_of(operator_client, url, name="Trade"), follow=True)
        assert "Saved 1 change of Trade." in page.content.decode()

    def test_it_does_not_offer_a_circle(self, sales, operator_client):
        """Neither itself nor what is below it."""
        form = operator_client.get(f"{sales.get_absolute_url()}edit/").context["form"]
        offered = dict(form.fields["parent_department_id"].choices)
        assert named("Marketing").cliq_id in offered
        assert not {sales.cliq_id, named("Sales — EMEA").cliq_id} & set(offered)

    def test_the_base_department_has_only_a_name(self, sales, operator_client):
        """Neither lead nor parent."""
        url = f"{named('Zylker Corp').get_absolute_url()}edit/"
        assert "lead_zuid" not in operator_client.get(url).context["form"].fields
        page = operator_client.post(url, form_of(operator_client, url, name="Zylker"), follow=True)
        assert "Saved 1 change of Zylker." in page.content.decode()

    def test_a_refusal_stands_beside_its_field(self, sales, operator_client):
        """With Zoho's meaning."""
        url = f"{sales.get_absolute_url()}edit/"
        page = operator_client.post(url, form_of(operator_client, url, name="Marketing"))
        assert page.context["form"].errors["name"] == [
            "Zoho refused: a department of this name exists already."
        ]

    def test_it_deletes(self, sales, operator_client):
        """After saying who is left without one, with name and reason."""
        row = named("Sales — EMEA")
        url = f"{row.get_absolute_url()}delete/"
        html = operator_client.get(url).content.decode()
        number = User.objects.filter(department_id=row.cliq_id).count()
        assert f"{number} people have no department afterwards:" in html
        assert operator_client.post(url, {"reason": "Merged", "typed": "Sales"}).status_code == 422
        page = operator_client.post(url, {"reason": "Merged", "typed": "Sales — EMEA"}, follow=True)
        assert "Deleted Sales — EMEA." in page.content.decode()
        assert "Sales — EMEA" not in rows(operator_client.get(LIST, {"q": "sales"}))
        gone = operator_client.get(row.get_absolute_url())
        assert "Zoho no longer has this department" in gone.content.decode()

    def test_a_lost_answer_is_said(self, sales, sandbox, operator_client):
        """Not as an error, and not as done."""
        sandbox.fault("departments.update", drop="before")
        url = f"{sales.get_absolute_url()}edit/"
        page = operator_client.post(url, form_of(operator_client, url, name="Trade"), follow=True)
        assert "The portal will find out by reading Zoho." in page.content.decode()


class TestPicking:
    def others(self, sales, number=3):
        return list(User.objects.exclude(department_id=sales.cliq_id).order_by("name_key", "pk")[:number])

    def test_it_searches_and_keeps_who_was_ticked(self, sales, operator_client):
        """The button says how many; nothing is sent yet."""
        url = f"{sales.get_absolute_url()}members/add/"
        first = self.others(sales)[0]
        page = operator_client.post(url, {"q": "amelia", "user_ids": [first.cliq_id], "search": "1"})
        assert page.status_code == 200
        html = page.content.decode()
        assert re.search(rf'value="{first.cliq_id}"[^>]* checked', html)
        assert cast.MEMBER.email in html
        assert "Add 1 person" in html
        assert "Tick at least one person." not in html

    def test_it_adds_many(self, sales, operator_client):
        """In one go."""
        url = f"{sales.get_absolute_url()}members/add/"
        ids = [user.cliq_id for user in self.others(sales)]
        page = operator_client.post(url, {"q": "", "user_ids": ids}, follow=True)
        assert "Added 3 people to Sales." in page.content.decode()
        assert User.objects.filter(cliq_id__in=ids, department_name="Sales").count() == 3

    def test_it_removes(self, sales, operator_client):
        """Only members can be chosen."""
        url = f"{sales.get_absolute_url()}members/remove/"
        member = User.objects.filter(department_id=sales.cliq_id)[0]
        refused = operator_client.post(url, {"user_ids": [self.others(sales)[0].cliq_id]})
        assert refused.status_code == 422
        page = operator_client.post(url, {"user_ids": [member.cliq_id]}, follow=True)
        assert "Removed 1 person from Sales." in page.content.decode()

    def test_somebody_has_to_be_ticked(self, sales, operator_client):
        """A sentence at the list."""
        page = operator_client.post(f"{sales.get_absolute_url()}members/add/", {})
        assert page.status_code == 422
        assert page.context["form"].errors["user_ids"] == ["Tick at least one person."]
