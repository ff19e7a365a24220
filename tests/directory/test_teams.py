"""Teams: what is special about them; the acts themselves are those of departments."""

import json
from html import unescape

import pytest
from django.utils import timezone

from apps.audit import settling
from apps.audit.models import Event, Operation, Stage
from apps.connections.clients import client
from apps.core.actor import SYSTEM
from apps.core.errors import NothingToChange, OutcomeUnknown, Refused
from apps.directory import selectors
from apps.directory.models import Team, TeamMember, User
from apps.directory.services import syncing, teams
from apps.jobs.models import Job
from apps.sandbox import cast
from tests.directory.test_placing_pages import form_of, rows
from tests.directory.test_sync import bodies
from tests.working import carry_through


@pytest.fixture
def zylcal(synced) -> Team:
    """A team with a few members, who were not read yet."""
    return Team.objects.get(name="Zylcal")


def strangers(team: Team, number: int) -> list[User]:
    """Active people who are not in it."""
    teams.TEAMS.refresh(team)
    return list(teams.TEAMS.others(team).filter(status="active").order_by("name_key", "pk")[:number])


def inside(team: Team) -> set[str]:
    """Who is in it by Zoho's own word."""
    return {wire.user_id for wire in client(interactive=False).teams.members(team.cliq_id)}


def second_is_refused(sandbox):
    """The first removal is only late."""
    sandbox.fault("teams.remove_member", delay=0.01)
    sandbox.fault("teams.remove_member", status=403, code="operation_not_allowed")


def last(stage=Stage.DONE):
    """The newest event of a stage."""
    return json.loads(Event.objects.filter(stage=stage).order_by("-seq").values_list("body", flat=True)[0])


def settle():
    """Read what open changes are about, now."""
    Operation.objects.update(observe_at=timezone.now())
    settling.settle_due()
    return Operation.objects.order_by("-started_at").first()


class TestMirror:
    def test_a_sweep_reads_them_all(self, synced, sandbox):
        """With their numbers; who is in them costs a call each and is left for later."""
        assert {team.cliq_id for team in selectors.teams()} == {str(team["id"]) for team in sandbox.teams()}
        team = Team.objects.get(name="Zylcal")
        assert team.description == "Team working on the Zylker Calendar"
        assert team.members_count == len(inside(team))
        assert (team.members_read_at, TeamMember.objects.count()) == (None, 0)
        assert bodies("directory.synced")[0]["details"]["counts"]["teams"] == 10

    def test_what_was_changed_in_zoho_is_told(self, zylcal, sandbox, work):
        """Renamed, and gone."""
        other = Team.objects.get(name="Green Office")
        sandbox.alter("teams", zylcal.cliq_id, name="Calendar")
        sandbox.erase("teams", other.cliq_id)
        work(syncing.start(SYSTEM), patience=30)
        (body,) = bodies("team.seen")
        assert (body["before"], body["after"]) == ({"name": "Zylcal"}, {"name": "Calendar"})
        other.refresh_from_db()
        assert other.gone_at is not None

    def test_a_grant_without_the_scope_reads_the_rest(self, grant, sandbox, work):
        """An organisation that was connected before the portal knew teams."""
        sandbox.fault("teams.list", status=401, code="oauthtoken_scope_invalid")
        job = work(syncing.start(SYSTEM), patience=30)
        assert job.status == "finished", job.activity
        note = "The portal was not given ZohoCliq.Teams.READ, so it has not read the teams."
        assert selectors.directory_freshness().notes == (note,)

    def test_a_persons_teams_are_read_with_them(self, zylcal, operator_client):
        """The mirror at once, Zoho's word in its place; one call."""
        member = User.objects.get(cliq_id=min(inside(zylcal)))
        page = operator_client.get(member.get_absolute_url()).content.decode()
        assert f'hx-get="/users/{member.cliq_id}/teams/"' in page
        html = operator_client.get(f"/users/{member.cliq_id}/teams/").content.decode()
        assert f'href="{zylcal.get_absolute_url()}"' in html
        assert zylcal in selectors.teams_of(member.cliq_id)
        assert "Zylcal" in operator_client.get(member.get_absolute_url()).content.decode()

    def test_a_failed_reading_says_so(self, zylcal, amelia, sandbox, operator_client):
        """What was known stays."""
        TeamMember.objects.create(team=zylcal, user_id=amelia.cliq_id)
        sandbox.fault("users.teams", status=500)
        html = operator_client.get(f"/users/{amelia.cliq_id}/teams/").content.decode()
        assert "Shown is what the portal knew before." in html
        assert "Zylcal" in html


class TestWriting:
    def test_its_life(self, synced, owner, sandbox):
        """Created, described, joined, left, deleted: each told, each in the mirror."""
        actor = owner.actor()
        team = teams.create(values={"name": "Night Shift", "description": ""}, actor=actor).row
        teams.update(team, values={"description": "After dark"}, shown={"description": ""}, actor=actor)
        teams.update(team, values={"description": ""}, shown={"description": "After dark"}, actor=actor)
        people = strangers(team, 3)
        teams.add_members(team, users=people, actor=actor)
        assert {user.cliq_id for user in people} < inside(team)
        assert last()["after"] == {"team": {"id": team.cliq_id, "name": "Night Shift"}}
        team.refresh_from_db()
        assert team.members_count == len(inside(team)) == team.members.count()
        teams.remove_members(team, users=people[:2], actor=actor)
        assert people[2].cliq_id in inside(team) and people[0].cliq_id not in inside(team)
        teams.delete(team, actor=actor, reason="Not used")
        assert str(team.cliq_id) not in {str(row["id"]) for row in sandbox.teams()}
        assert not TeamMember.objects.filter(team=team).exists()
        done = Event.objects.filter(stage=Stage.DONE).order_by("seq").values_list("kind", flat=True)
        assert [kind.partition(".")[2] for kind in done] == (
            ["created", "updated", "updated", *["member_added"] * 3, *["member_removed"] * 2, "deleted"]
        )

    def test_nothing_is_sent_where_nothing_would_change(self, zylcal, owner):
        """Judged by a fresh reading."""
        member = User.objects.get(cliq_id=min(inside(zylcal)))
        with pytest.raises(NothingToChange, match="They are all in Zylcal already"):
            teams.add_members(zylcal, users=[member], actor=owner.actor())
        with pytest.raises(NothingToChange, match="They are all outside Zylcal already"):
            teams.remove_members(zylcal, users=strangers(zylcal, 1), actor=owner.actor())
        with pytest.raises(NothingToChange):
            teams.update(zylcal, values={"name": "Zylcal"}, actor=owner.actor())

    def test_a_name_in_use_is_refused(self, zylcal, owner):
        """Beside the field, before anything is sent."""
        with pytest.raises(Refused, match="A team of this name exists already") as caught:
            teams.create(values={"name": "zylcal", "description": ""}, actor=owner.actor())
        assert caught.value.field == "name"
        assert not Operation.objects.exists()

    def test_more_than_a_handful_is_not_begun(self, zylcal, owner):
        """Each costs a call, which a person would wait for."""
        with pytest.raises(Refused, match="Choose at most 5 people at once: Zoho takes one call for each"):
            teams.remove_members(zylcal, users=list(User.objects.all()[:6]), actor=owner.actor())

    def test_it_says_how_far_it_came(self, zylcal, owner, sandbox):
        """The second is refused: the first has left and the third was not asked for."""
        people = strangers(zylcal, 3)
        teams.add_members(zylcal, users=people, actor=owner.actor())
        second_is_refused(sandbox)
        saved = teams.remove_members(zylcal, users=people, actor=owner.actor())
        assert saved.people == 1
        assert saved.stopped[0] == people[1]
        assert inside(zylcal) & {user.cliq_id for user in people} == {user.cliq_id for user in people[1:]}

    @pytest.mark.parametrize(("drop", "stage"), [("after", Stage.DONE), ("before", Stage.NOT_DONE)])
    @pytest.mark.parametrize("act", ["create", "update", "delete", "add_members", "remove_member"])
    def test_a_lost_answer_is_settled_by_reading(self, zylcal, owner, sandbox, act, drop, stage):
        """As it is now; what cannot be found takes two readings."""
        actor, someone = owner.actor(), strangers(zylcal, 1)
        if act == "remove_member":
            teams.add_members(zylcal, users=someone, actor=actor)
        acts = {
            "create": lambda: teams.create(values={"name": "Night", "description": ""}, actor=actor),
            "update": lambda: teams.update(zylcal, values={"name": "Calendar"}, actor=actor),
            "delete": lambda: teams.delete(zylcal, actor=actor, reason="Merged"),
            "add_members": lambda: teams.add_members(zylcal, users=someone, actor=actor),
            "remove_member": lambda: teams.remove_member(zylcal, user=someone[0], actor=actor),
        }
        sandbox.fault(f"teams.{act}", drop=drop)
        with pytest.raises(OutcomeUnknown):
            acts[act]()
        settle()
        assert settle().stage == stage
        zylcal.refresh_from_db()
        member = zylcal.members.filter(user_id=someone[0].cliq_id).exists()
        happened = stage == Stage.DONE
        assert {
            "create": lambda: Team.objects.filter(name="Night").exists() == happened,
            "update": lambda: (zylcal.name == "Calendar") == happened,
            "delete": lambda: (zylcal.gone_at is not None) == happened,
            "add_members": lambda: member == happened,
            "remove_member": lambda: member != happened,
        }[act]()

    def test_nothing_is_sent_on_top_of_what_is_open(self, zylcal, owner, sandbox):
        """Of the same team and person; another team is no matter."""
        someone = strangers(zylcal, 1)
        sandbox.fault("teams.add_members", drop="after")
        with pytest.raises(OutcomeUnknown):
            teams.add_members(zylcal, users=someone, actor=owner.actor())
        with pytest.raises(Refused, match="has no answer yet"):
            teams.remove_members(zylcal, users=someone, actor=owner.actor())
        other = Team.objects.get(name="Zylnotes")
        if someone[0].cliq_id not in inside(other):
            teams.add_members(other, users=someone, actor=owner.actor())
        Operation.objects.update(observe_at=timezone.now())
        settling.settle_due()


class TestPages:
    def test_the_list(self, zylcal, operator_client):
        """With numbers; searched by what teams are for, sorted by size."""
        page = operator_client.get("/teams/")
        assert len(rows(page)) == 10
        assert "New team" in page.content.decode()
        assert rows(operator_client.get("/teams/", {"q": "calendar"})) == ["Zylcal"]
        first = rows(operator_client.get("/teams/", {"sort": "-number"}))[0]
        largest = selectors.teams().order_by("-members_count")[0]
        assert Team.objects.get(name=first).members_count == largest.members_count

    def test_one(self, zylcal, operator_client):
        """Who is in it is read when somebody looks; the moderator is marked."""
        html = operator_client.get(zylcal.get_absolute_url()).content.decode()
        assert "Who is in it has not been read yet; reading now…" in html
        html = operator_client.get(f"{zylcal.get_absolute_url()}facts/").content.decode()
        assert cast.ADMIN.email in html
        assert "Moderator" in html

    def test_it_creates_and_edits(self, zylcal, operator_client):
        """Lines of a description are no change by themselves."""
        url = "/teams/new/"
        data = form_of(operator_client, url, name="Night Shift", description="One\r\nTwo")
        page = operator_client.post(url, data, follow=True)
        assert "Created Night Shift." in page.content.decode()
        team = Team.objects.get(name="Night Shift")
        url = f"{team.get_absolute_url()}edit/"
        page = operator_client.post(url, form_of(operator_client, url, name="Late Shift"), follow=True)
        assert "Saved 1 change of Late Shift." in page.content.decode()
        team.refresh_from_db()
        assert team.description == "One\nTwo"

    def test_people_come_and_go(self, zylcal, operator_client):
        """Many at once in; out, more than a handful become a plan."""
        people = strangers(zylcal, 6)
        url = f"{zylcal.get_absolute_url()}members/add/"
        assert "Whoever is added stays in every other team." in operator_client.get(url).content.decode()
        page = operator_client.post(url, {"user_ids": [user.cliq_id for user in people]}, follow=True)
        assert "Added 6 people to Zylcal." in page.content.decode()
        url = f"{zylcal.get_absolute_url()}members/remove/"
        page = operator_client.post(url, {"user_ids": [user.cliq_id for user in people]})
        job = Job.objects.latest("pk")
        assert (job.title, page["Location"]) == ("Remove from the team Zylcal", f"/jobs/{job.pk}/plan/")
        assert carry_through(job, patience=10).state["calls"] == 6
        page = operator_client.post(url, {"user_ids": [user.cliq_id for user in people[:2]]}, follow=True)
        assert "Removed 2 people from Zylcal." in page.content.decode()

    def test_it_stops_where_zoho_does(self, zylcal, sandbox, operator_client):
        """Whom it stopped at, and why."""
        people = strangers(zylcal, 2)
        operator_client.post(
            f"{zylcal.get_absolute_url()}members/add/", {"user_ids": [user.cliq_id for user in people]}
        )
        url = f"{zylcal.get_absolute_url()}members/remove/"
        second_is_refused(sandbox)
        page = operator_client.post(url, {"user_ids": [user.cliq_id for user in people]}, follow=True)
        assert (
            f"Removed 1 person from Zylcal. At {people[1].name} it stopped: "
            "Zoho refused: it does not allow this operation here."
        ) in unescape(page.content.decode())
        sandbox.fault("teams.remove_member", status=403, code="operation_not_allowed")
        page = operator_client.post(url, {"user_ids": [people[1].cliq_id]})
        assert page.context["form"].non_field_errors() == [
            "Zoho refused: it does not allow this operation here."
        ]

    def test_it_deletes(self, zylcal, operator_client):
        """After saying who leaves, with name and reason."""
        teams.TEAMS.refresh(zylcal)
        url = f"{zylcal.get_absolute_url()}delete/"
        html = operator_client.get(url).content.decode()
        number = teams.TEAMS.members(zylcal).count()
        assert f"{number} people leave it and stay in the organisation and in every other team:" in html
        assert "Zoho does not say what becomes of channels that belong to the team: look first." in html
        page = operator_client.post(url, {"reason": "Merged", "typed": "Zylcal"}, follow=True)
        assert "Deleted Zylcal." in page.content.decode()

    def test_reading_is_for_all(self, zylcal, auditor_client):
        """Changing is not offered."""
        assert "New team" not in auditor_client.get("/teams/").content.decode()
        html = auditor_client.get(zylcal.get_absolute_url()).content.decode()
        assert "Add members" not in html and "Delete the team" not in html

    def test_the_box_finds_them(self, zylcal, operator_client):
        """By name and by what they are for."""
        assert "Zylcal" in operator_client.get("/search/", {"q": "calendar"}).content.decode()

    def test_zoho_people_is_no_matter(self, zylcal, organization, operator_client):
        """It has no teams."""
        organization.findings = {"zoho_people": True}
        organization.save()
        assert "New team" in operator_client.get("/teams/").content.decode()
