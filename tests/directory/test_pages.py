"""The pages about users, as a browser asks for them."""

import re

import pytest

from apps.audit.models import Event, Operation
from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import quota
from apps.core.actor import SYSTEM
from apps.directory import jobs
from apps.directory.models import Designation, User
from apps.directory.services import syncing
from apps.jobs.models import Job
from apps.jobs.packing import unpacked
from apps.sandbox import cast

USER = f"/users/{cast.MEMBER.zuid}/"
EDIT = USER + "edit/"
# What a list may ask of the database, whatever it holds: session, person, organisation, freshness,
# choices of the chips, own columns and filters, custom fields, count, rows.
LIST_QUERIES = 21


def named(page):
    """The names of the list's rows."""
    html = page.content.decode()
    return re.findall(r'identity-name" href="[^"]*"><bdi>([^<]*)</bdi>', html)


def submitted(client, **changes):
    """What the browser sends of the edit form, with these changes."""
    form = client.get(EDIT).context["form"]
    data = {}
    for bound in form:
        value = bound.field.prepare_value(bound.initial)
        text = "" if value is None else str(value)
        data[bound.html_name] = text
        data[bound.html_initial_name] = text
    return data | changes


def sentence(page):
    """What the page says happened."""
    return re.search(r'class="notice[^>]*>\s*<span>(.*?)</span>', page.content.decode(), re.S)[1].strip()


class TestList:
    """`/users/`."""

    def test_it_works(self, synced, operator_client):
        """Names sorted as people read, addresses, status in words, the age of it all."""
        page = operator_client.get("/users/")
        assert page.status_code == 200
        names = named(page)
        assert cast.MEMBER.name in names
        html = page.content.decode()
        assert cast.MEMBER.email in html
        assert "Read from Zoho" in html
        assert "Read again" in html

    def test_it_offers_the_first_reading(self, organization, operator_client):
        """Before it, nothing is known."""
        html = operator_client.get("/users/").content.decode()
        assert "Nobody has been read yet" in html
        assert html.count("Read the organisation") == 1

    def test_it_does_not_offer_what_the_person_may_not_do(self, organization, auditor_client):
        """Reading belongs to the operators."""
        assert "Read the organisation" not in auditor_client.get("/users/").content.decode()

    @pytest.mark.parametrize(
        ("typed", "name"),
        [
            ("AMELIA", cast.MEMBER.name),
            ("burrows amelia", cast.MEMBER.name),
            ("amelia.b@ZYLKER", cast.MEMBER.name),
            ("0978", cast.MEMBER.name),
            ("garcia", "José García"),
            ("GARCÍA", "José García"),
            ("முருகன்", "முருகன் செல்வம்"),
            ("செல்வ", "முருகன் செல்வம்"),
            ("istanbul", "İSTANBUL Öztürk"),
            ("oztürk", "İSTANBUL Öztürk"),
        ],
    )
    def test_it_searches(self, synced, operator_client, typed, name):
        """Case and accents do not matter, in any script, words in any order."""
        organization = User.objects.first().organization
        for number, made in enumerate(("José García", "முருகன் செல்வம்", "İSTANBUL Öztürk")):
            User(organization=organization, cliq_id=f"9{number}", name=made, read_at=synced.created_at).save()
        assert name in named(operator_client.get("/users/", {"q": typed}))
        assert named(operator_client.get("/users/", {"q": typed + "zzz"})) == []

    def test_it_filters(self, synced, operator_client):
        """By status, department, designation, country and manager; several at once."""
        writer = Designation.objects.get(name="Content Writer").cliq_id
        user = User.objects.get(cliq_id=cast.MEMBER.zuid)
        chosen = {
            "status": "active",
            "department": user.department_id,
            "designation": writer,
            "country": "US",
            "manager": "any",
        }
        assert cast.MEMBER.name in named(operator_client.get("/users/", chosen))
        for name, value in chosen.items():
            there = set(named(operator_client.get("/users/", {name: value})))
            assert cast.MEMBER.name in there, name
            assert len(there) < 40, name
        without = named(operator_client.get("/users/", {"manager": "none"}))
        assert cast.MEMBER.name not in without
        assert cast.ADMIN.name in without

    def test_who_is_gone_is_shown_when_asked_for(self, synced, operator_client):
        """And only then."""
        User.objects.filter(cliq_id=cast.MEMBER.zuid).update(gone_at=synced.created_at)
        assert cast.MEMBER.name not in named(operator_client.get("/users/"))
        assert named(operator_client.get("/users/", {"status": "gone"})) == [cast.MEMBER.name]

    @pytest.mark.parametrize(
        "column", ["name", "status", "department_name", "designation_name", "employee_id", "read_at"]
    )
    def test_it_sorts(self, synced, operator_client, column):
        """Both ways, everybody once."""
        up = named(operator_client.get("/users/", {"sort": column}))
        down = named(operator_client.get("/users/", {"sort": f"-{column}"}))
        assert sorted(up) == sorted(down)
        assert len(up) == 40
        assert up != down

    def test_it_asks_the_database_a_fixed_number_of_times(
        self, synced, operator_client, django_assert_max_num_queries
    ):
        """Whatever the number of rows."""
        operator_client.get("/users/")
        with django_assert_max_num_queries(LIST_QUERIES):
            operator_client.get("/users/")

    def test_it_says_that_the_organisation_is_being_read(self, synced, operator_client):
        """With the way to the job."""
        job = syncing.start(SYSTEM)
        html = operator_client.get("/users/").content.decode()
        assert "Being read now." in html
        assert job.get_absolute_url() in html

    def test_it_says_why_reading_has_stopped(self, synced, operator_client, sandbox, work):
        """Too many are missing: a person is asked."""
        for person in sandbox.people()[-3:]:
            sandbox.remove(person["email_id"])
        job = work(syncing.start(SYSTEM), patience=30)
        html = operator_client.get("/users/").content.decode()
        assert "Reading the organisation has stopped. 3 of 40 users are missing" in html
        assert job.get_absolute_url() in html


class TestRead:
    """`/users/read/`."""

    def test_it_says_what_it_costs(self, synced, operator_client):
        """Before it is pressed."""
        assert (
            "That takes about 9 calls and less than a minute."
            in operator_client.get("/users/read/").content.decode()
        )

    def test_it_starts_the_job(self, organization, operator_client, operator):
        """And goes there."""
        page = operator_client.post("/users/read/")
        job = Job.objects.get()
        assert page.url == job.get_absolute_url()
        assert (job.kind, job.actor_zuid) == ("directory.sync", operator.zuid)

    def test_it_is_not_for_auditors(self, organization, auditor_client):
        """Nothing starts."""
        assert auditor_client.post("/users/read/").status_code == 403
        assert not Job.objects.exists()


class TestUser:
    """`/users/<id>/`."""

    def test_it_shows_the_mirror_at_once(self, amelia, auditor_client, sandbox):
        """No call to Zoho before the page is there."""
        before = len(sandbox.arrivals())
        html = auditor_client.get(USER).content.decode()
        assert len(sandbox.arrivals()) == before
        for said in ("Creative Writers", "Content Writer", cast.SECOND_ADMIN.name, "United States", "0978"):
            assert said in html
        assert "Date of Joining" in html
        assert "Only in Zoho" in html

    def test_an_auditor_is_offered_no_edit(self, amelia, auditor_client):
        """They read only."""
        assert EDIT not in auditor_client.get(USER).content.decode()

    def test_the_fragment_reads_again(self, amelia, auditor_client, sandbox):
        """And says what had changed in Zoho."""
        sandbox.change(cast.MEMBER.email, work_location="E block", country="IN")
        html = auditor_client.get(USER + "facts/", headers={"HX-Request": "true"}).content.decode()
        assert "Changed in Zoho since the last reading" in html
        assert "E block" in html
        assert "India" in html
        assert Event.objects.filter(kind="user.seen", subject_id=amelia.cliq_id).count() == 1
        assert "hx-trigger" not in html

    def test_the_fragment_says_why_it_could_not_read(self, amelia, auditor_client, sandbox):
        """The mirror stays, with its age."""
        sandbox.fault("users.get", status=500)
        html = auditor_client.get(USER + "facts/").content.decode()
        assert "Nothing was changed; try again in a moment." in html
        assert "Creative Writers" in html

    def test_the_fragment_says_that_the_user_may_have_left(self, amelia, auditor_client, sandbox):
        """Only a complete reading decides."""
        sandbox.remove(cast.MEMBER.email)
        html = auditor_client.get(USER + "facts/").content.decode()
        assert "Zoho no longer shows this user to the portal: they may have left the organisation." in html
        amelia.refresh_from_db()
        assert amelia.gone_at is None

    def test_nobody_is_not_found(self, synced, auditor_client):
        """With a sentence."""
        page = auditor_client.get("/users/1/")
        assert page.status_code == 404
        html = page.content.decode()
        assert "The portal knows no user with this id." in html


class TestEdit:
    """`/users/<id>/edit/`."""

    def test_it_saves(self, amelia, owner_client, sandbox):
        """The sentence counts the changes and leads to the event."""
        page = owner_client.post(EDIT, submitted(owner_client, mobile="77", workshift="Night"), follow=True)
        assert sentence(page) == "Saved 2 changes of Amelia Burrows."
        event = Event.objects.get(stage="done")
        assert event.get_absolute_url() in page.content.decode()
        assert sandbox.person(cast.MEMBER.email)["mobile"] == "77"

    def test_it_takes_a_manager_by_address(self, amelia, owner_client, sandbox):
        """Whatever its capitals."""
        owner_client.post(EDIT, submitted(owner_client, reporting_to_zuid=cast.ADMIN.email.upper()))
        assert str(sandbox.person(cast.MEMBER.email)["reporting_to"]) == cast.ADMIN.zuid

    @pytest.mark.parametrize(
        ("typed", "said"),
        [
            (
                "nobody@zylker.com",
                "No user has the address “nobody@zylker.com”. Type a name to see addresses.",
            ),
            (cast.MEMBER.email, "Amelia Burrows cannot report to themselves."),
        ],
    )
    def test_it_refuses_a_wrong_manager(self, amelia, owner_client, sandbox, typed, said):
        """Before anything is sent."""
        page = owner_client.post(EDIT, submitted(owner_client, reporting_to_zuid=typed))
        assert page.status_code == 422
        assert page.context["form"].errors["reporting_to_zuid"] == [said]
        assert sandbox.journal() == []

    def test_it_demands_what_the_organisation_made_mandatory(self, synced, owner_client, sandbox, work):
        """As Zoho would."""
        sandbox.field("workshift", mandatory=True)
        work(syncing.start(SYSTEM), patience=30)
        page = owner_client.post(EDIT, submitted(owner_client, mobile="77"))
        assert "workshift" in page.context["form"].errors

    def test_a_refusal_stands_beside_its_field(self, amelia, owner_client, sandbox):
        """A designation deleted in Zoho meanwhile."""
        gone = Designation(organization=amelia.organization, cliq_id="1", name="Old", read_at=amelia.read_at)
        gone.save()
        page = owner_client.post(EDIT, submitted(owner_client, designation_id="1"))
        assert page.status_code == 422
        assert page.context["form"].errors["designation_id"] == [
            "Zoho refused: this designation does not exist any more. Choose another."
        ]

    def test_it_shows_what_changed_elsewhere_and_saves_when_told_again(self, amelia, owner_client, sandbox):
        """Saving again is a decision; what this person did not touch stays as somebody else set it."""
        data = submitted(owner_client, work_location="D block")
        sandbox.change(cast.MEMBER.email, work_location="E block", extension="9999")
        page = owner_client.post(EDIT, data)
        form = page.context["form"]
        assert form.errors["work_location"] == [
            "Somebody changed this meanwhile to “E block”. Save again to put yours in its place."
        ]
        assert sandbox.journal() == []
        again = {name: str(value) for name, value in form.data.items()}
        assert again["initial-work_location"] == "E block"
        page = owner_client.post(EDIT, again, follow=True)
        assert sentence(page) == "Saved 1 change of Amelia Burrows."
        person = sandbox.person(cast.MEMBER.email)
        assert (person["work_location"], person["extension"]) == ("D block", "9999")

    def test_nothing_changed_is_said(self, amelia, owner_client, sandbox):
        """And nothing is sent."""
        page = owner_client.post(EDIT, submitted(owner_client))
        assert "is so already; nothing was sent to Zoho." in page.content.decode()
        assert not Operation.objects.exists()

    def test_it_offers_to_send_it_later(self, amelia, owner_client, grant):
        """When Zoho's limit leaves no room; the job carries the change."""
        quota(grant.zuid).lock(CATALOGUE["users.update"])
        data = submitted(owner_client, mobile="77")
        page = owner_client.post(EDIT, data)
        assert page.status_code == 422
        assert "Send it when the quota is free" in page.content.decode()
        page = owner_client.post(EDIT, data | {"later": "1"})
        job = Job.objects.get(kind="directory.user_update")
        assert page.url == job.get_absolute_url()
        assert unpacked(job.rows.get().data["kwargs"])["values"]["mobile"] == "77"

    @pytest.mark.open_operations
    def test_a_lost_answer_is_said_on_the_users_page(self, amelia, owner_client, sandbox):
        """Nothing invites to send it again."""
        sandbox.fault("users.update", drop="after")
        page = owner_client.post(EDIT, submitted(owner_client, mobile="77"), follow=True)
        assert page.redirect_chain[-1][0] == USER
        assert "The portal will find out by reading Zoho." in page.content.decode()

    @pytest.mark.parametrize("method", ["get", "post"])
    def test_it_is_not_for_auditors(self, amelia, auditor_client, method):
        """Who may is said."""
        page = getattr(auditor_client, method)(EDIT)
        assert page.status_code == 403
        assert "may not edit users" in page.content.decode()

    def test_who_is_gone_cannot_be_edited(self, amelia, owner_client):
        """With a sentence."""
        User.objects.filter(pk=amelia.pk).update(gone_at=amelia.read_at)
        assert owner_client.get(EDIT).status_code == 404


class TestSuggest:
    """`/users/suggest/`."""

    def test_it_answers_addresses(self, synced, operator_client):
        """By any word of the name."""
        html = operator_client.get("/users/suggest/", {"reporting_to_zuid": "bur ame"}).content.decode()
        assert f'value="{cast.MEMBER.email}"' in html

    def test_one_letter_is_too_few(self, synced, operator_client):
        """It would be everybody."""
        assert (
            "<option"
            not in operator_client.get("/users/suggest/", {"reporting_to_zuid": "a"}).content.decode()
        )


def test_a_change_that_waits_is_not_lost_on_a_second_click(amelia, owner, owner_client):
    """The second job is refused with a sentence on the form."""
    jobs.USER_UPDATE.queue(amelia, values={"mobile": "1"}, shown={"mobile": ""}, actor=owner.actor())
    page = owner_client.post(EDIT, submitted(owner_client, mobile="2") | {"later": "1"})
    assert "Another job is about to change Amelia Burrows." in page.content.decode()
