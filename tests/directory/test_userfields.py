"""User fields: made, changed with their options, deleted; and the places that show them."""

import json
from html import unescape

import pytest
from django.core.cache import cache

from apps.audit.models import Event, Operation, Stage
from apps.connections.clients import client
from apps.core.actor import SYSTEM
from apps.core.errors import ChangedElsewhere, NothingToChange, OutcomeUnknown, Refused
from apps.directory import selectors
from apps.directory.models import UserField
from apps.directory.services import syncing, userfields
from tests.directory.test_placing_pages import form_of, rows
from tests.directory.test_sync import bodies
from tests.directory.test_teams import last, settle

LIST = "/user-fields/"
NO_FLAGS = {"mandatory": False, "encrypted": False, "edit_permission": False}


@pytest.fixture
def employment(synced) -> UserField:
    """A drop-down with four options, which many people have filled in."""
    return UserField.objects.get(unique_name="employmenttype")


@pytest.fixture
def extension(synced) -> UserField:
    """One that comes with Cliq."""
    return UserField.objects.get(unique_name="extension")


def in_zoho(field: UserField) -> list[str]:
    """The names of its options by Zoho's own word."""
    return [option.name for option in client(interactive=False).userfields.get(field.cliq_id).options]


def option(field: UserField, name: str) -> str:
    """The id of an option."""
    return next(str(each["id"]) for each in field.options if each["name"] == name)


def make(name, owner, kind="text_field", options=(), **flags):
    """A field of the organisation's own."""
    return userfields.create(
        name=name, kind=kind, flags={**NO_FLAGS, **flags}, options=options, actor=owner.actor()
    ).row


class TestWriting:
    def test_its_life(self, synced, owner):
        """Made with options, changed, deleted: each told, each in the mirror."""
        row = make("Shirt", owner, "drop_down", ["S", "M"], mandatory=True)
        assert (row.type, row.mandatory, row.encrypted) == ("drop_down", True, False)
        assert sorted(in_zoho(row)) == ["M", "S"]
        userfields.update(row, values={"mandatory": False}, actor=owner.actor())
        assert last()["before"], last()["after"] == ({"mandatory": True}, {"mandatory": False})
        userfields.delete(row, actor=owner.actor(), reason="Not used")
        row.refresh_from_db()
        assert row.gone_at is not None
        assert row.cliq_id not in {wire.id for wire in client(interactive=False).userfields.list()}
        done = Event.objects.filter(stage=Stage.DONE).order_by("seq").values_list("kind", flat=True)
        assert list(done) == ["userfield.created", "userfield.updated", "userfield.deleted"]

    def test_an_option_is_only_lost_on_purpose(self, employment, sandbox, owner):
        """One that somebody added in Zoho's own panel meanwhile stays, too."""
        added = [*employment.options, {"name": "Student", "id": "77"}]
        sandbox.alter("fields", employment.cliq_id, options=json.dumps(added))
        values = {f"option_{option(employment, 'Contractor')}": "Freelance"}
        userfields.update(
            employment,
            values=values,
            removed=[option(employment, "Intern")],
            added=["Apprentice"],
            actor=owner.actor(),
        )
        assert in_zoho(employment) == ["Permanent", "Fixed term", "Freelance", "Student", "Apprentice"]
        assert last()["before"] == {"options": ["Contractor", "Fixed term", "Intern", "Permanent", "Student"]}
        employment.refresh_from_db()
        assert [each["name"] for each in employment.options] == in_zoho(employment)

    def test_a_rename_keeps_what_people_have(self, employment, sandbox, owner):
        """By the option's id."""
        held = selectors.people_by_value(employment)["Permanent"]
        values = {f"option_{option(employment, 'Permanent')}": "Staff"}
        userfields.update(employment, values=values, actor=owner.actor())
        people = [person for person in sandbox.people() if person["custom"].get("employmenttype") == "Staff"]
        assert len(people) == held > 0

    def test_what_somebody_else_changed_is_shown_first(self, employment, sandbox, owner):
        """Before it is overwritten."""
        key = f"option_{option(employment, 'Intern')}"
        renamed = [{**each, "name": each["name"].replace("Intern", "Trainee")} for each in employment.options]
        sandbox.alter("fields", employment.cliq_id, options=json.dumps(renamed))
        with pytest.raises(ChangedElsewhere) as caught:
            userfields.update(
                employment, values={key: "Beginner"}, shown={key: "Intern"}, actor=owner.actor()
            )
        assert caught.value.fields == {key: "Trainee"}
        (body,) = bodies("userfield.seen")
        assert body["after"] == {"options": ["Contractor", "Fixed term", "Permanent", "Trainee"]}

    def test_nothing_is_sent_where_nothing_would_change(self, employment, owner):
        """Judged by a fresh reading."""
        with pytest.raises(NothingToChange, match="Employment Type is so already"):
            userfields.update(employment, values=userfields.values_of(employment), actor=owner.actor())
        assert not Operation.objects.exists()

    def test_what_zoho_would_refuse_is_said_first(self, employment, owner):
        """With its field."""
        for act, field, said in (
            (lambda: make("work shift", owner), "name", "A user field of this name exists already."),
            (
                lambda: userfields.update(employment, values={"name": "Work Shift"}, actor=owner.actor()),
                "name",
                "A user field of this name exists already.",
            ),
            (
                lambda: userfields.update(employment, values={}, added=["intern"], actor=owner.actor()),
                "new_options",
                "The option “Intern” is there twice.",
            ),
            (
                lambda: userfields.update(
                    employment,
                    values={},
                    removed=[str(each["id"]) for each in employment.options],
                    actor=owner.actor(),
                ),
                "new_options",
                "A drop-down needs at least one option.",
            ),
        ):
            with pytest.raises(Refused) as caught:
                act()
            assert (caught.value.field, caught.value.sentence) == (field, said)
        assert not Operation.objects.exists()

    def test_there_is_never_an_eleventh(self, synced, owner):
        """Zoho allows ten."""
        for number in range(6):
            make(f"Own {number}", owner)
        with pytest.raises(
            Refused, match="Zoho allows 10 fields of the organisation's own: delete one first"
        ):
            make("One more", owner)

    def test_one_of_cliqs_is_not_deleted(self, extension, owner):
        """Nor sent."""
        with pytest.raises(Refused, match="This field comes with Cliq"):
            userfields.delete(extension, actor=owner.actor(), reason="Not used")

    @pytest.mark.parametrize(("drop", "stage"), [("after", Stage.DONE), ("before", Stage.NOT_DONE)])
    @pytest.mark.parametrize("act", ["create", "update", "delete"])
    def test_a_lost_answer_is_settled_by_reading(self, employment, owner, sandbox, act, drop, stage):
        """As it is now; what cannot be found takes two readings."""
        actor = owner.actor()
        acts = {
            "create": lambda: make("Shirt", owner),
            "update": lambda: userfields.update(employment, values={}, added=["Student"], actor=actor),
            "delete": lambda: userfields.delete(employment, actor=actor, reason="Not used"),
        }
        sandbox.fault(f"userfields.{act}", drop=drop)
        with pytest.raises(OutcomeUnknown):
            acts[act]()
        settle()
        assert settle().stage == stage
        employment.refresh_from_db()
        happened = stage == Stage.DONE
        assert {
            "create": lambda: UserField.objects.filter(name="Shirt").exists() == happened,
            "update": lambda: ("Student" in {each["name"] for each in employment.options}) == happened,
            "delete": lambda: (employment.gone_at is not None) == happened,
        }[act]()


class TestPages:
    def test_the_list(self, employment, owner_client):
        """The organisation's own first, how many there may be, searched and filtered."""
        page = owner_client.get(LIST)
        html = page.content.decode()
        assert rows(page)[:2] == ["Date of Joining", "Employment Type"]
        assert "4 of 10 fields of the organisation&#x27;s own are in use." in html
        assert "New user field" in html
        assert rows(owner_client.get(LIST, {"q": "employmenttype"})) == ["Employment Type"]
        assert "Extension" not in rows(owner_client.get(LIST, {"made": "own"}))
        assert rows(owner_client.get(LIST, {"type": "drop_down"})) == ["Employment Type"]

    def test_ten_are_enough(self, employment, owner, owner_client):
        """No other is offered."""
        for number in range(6):
            make(f"Own {number}", owner)
        html = owner_client.get(LIST).content.decode()
        assert "Zoho allows no further field of the organisation's own" in unescape(html)
        assert "New user field" not in html

    def test_only_those_who_may_are_offered_it(self, employment, operator_client):
        """Fields are for Owners and Administrators."""
        assert "New user field" not in operator_client.get(LIST).content.decode()
        html = operator_client.get(employment.get_absolute_url()).content.decode()
        assert "Edit</a>" not in html and "Delete the user field" not in html

    def test_one(self, employment, sandbox, owner_client):
        """Each option with how many people have it; read again; a failure said."""
        html = owner_client.get(employment.get_absolute_url()).content.decode()
        held = selectors.people_by_value(employment)
        assert f"by {sum(held.values())} people, as far as the portal has read" in html
        assert f"<dd>{held['Permanent']} people</dd>" in html
        sandbox.fault("userfields.get", status=500)
        html = owner_client.get(f"{employment.get_absolute_url()}facts/").content.decode()
        assert "Nothing was changed; try again in a moment." in html

    def test_it_creates(self, employment, owner_client):
        """Options belong to a drop-down, which has to have some."""
        url = f"{LIST}new/"
        data = {"name": "Shirt", "type": "drop_down", "options": "", "audit_reason": ""}
        page = owner_client.post(url, data)
        assert page.context["form"].errors["options"] == ["A drop-down needs at least one option."]
        page = owner_client.post(url, {**data, "type": "text_field", "options": "S"})
        assert page.context["form"].errors["options"] == [
            "Only a drop-down has options. Choose that type, or empty this."
        ]
        data |= {"options": "S\r\n\r\n M \r\n", "edit_permission": "on"}
        page = owner_client.post(url, data, follow=True)
        assert "Created Shirt." in page.content.decode()
        row = UserField.objects.get(name="Shirt")
        assert (sorted(each["name"] for each in row.options), row.edit_permission) == (["M", "S"], True)

    @pytest.mark.parametrize(
        ("code", "field", "said"),
        [
            ("FIELD_TYPE_NOT_SUPPORTED", "type", "Zoho refused: it does not support this type of field."),
            (
                "FIELD_MAX_CUSTOM_FIELD_LIMIT_REACHED",
                "__all__",
                "Zoho refused: there are ten custom fields already.",
            ),
            ("FIELD_EDIT_NOT_ALLOWED", "__all__", "Zoho refused: this field may not be changed."),
        ],
    )
    def test_a_refusal_of_a_new_one(self, employment, sandbox, owner_client, code, field, said):
        """Beside its field."""
        sandbox.fault("userfields.create", status=400, code=code)
        page = owner_client.post(f"{LIST}new/", {"name": "Shirt", "type": "text_field"})
        assert page.context["form"].errors == {field: [said]}

    @pytest.mark.parametrize(
        ("code", "field", "said"),
        [
            (
                "FIELDS_OPTIONS_NOT_EXIST",
                "new_options",
                "Zoho refused: this option does not exist any more.",
            ),
            (
                "FIELD_SYSTEM_FIELD_NAME_EDIT_NOT_ALLOWED",
                "name",
                "Zoho refused: a default field may not be renamed.",
            ),
            (
                "FIELD_SYSTEM_FIELD_EDIT_NOT_ALLOWED",
                "__all__",
                "Zoho refused: a default field may not be changed.",
            ),
        ],
    )
    def test_a_refusal_of_a_change(self, employment, sandbox, owner_client, code, field, said):
        """Likewise."""
        sandbox.fault("userfields.update", status=400, code=code)
        url = f"{employment.get_absolute_url()}edit/"
        page = owner_client.post(url, form_of(owner_client, url, new_options="Student"))
        assert page.context["form"].errors == {field: [said]}

    def test_what_somebody_else_changed_is_shown_at_its_field(self, employment, sandbox, owner_client):
        """Saving again puts it in the place of theirs."""
        url = f"{employment.get_absolute_url()}edit/"
        data = form_of(owner_client, url, name="Contract")
        sandbox.alter("fields", employment.cliq_id, name="Employment")
        page = owner_client.post(url, data)
        form = page.context["form"]
        assert form.errors["name"] == [
            "Somebody changed this meanwhile to “Employment”. Save again to put yours in its place."
        ]
        data["initial-name"] = "Employment"
        page = owner_client.post(url, data, follow=True)
        assert "Saved 1 change of Contract." in page.content.decode()

    def test_removing_an_option_says_what_is_lost(self, employment, owner_client):
        """For how many people; only then it happens."""
        url = f"{employment.get_absolute_url()}edit/"
        people = selectors.people_by_value(employment)["Intern"]
        key = option(employment, "Intern")
        data = form_of(owner_client, url) | {f"remove_{key}": "on"}
        # An empty box is not sent.
        data = {name: value for name, value in data.items() if value != "False" or "initial" in name}
        page = owner_client.post(url, data)
        have = "person has" if people == 1 else "people have"
        assert page.context["form"].errors["typed"] == [
            f"You remove “Intern”. {people} {have} it; what they have is lost, "
            "and Zoho cannot bring it back. "
            "Type “Employment Type” to remove it all the same."
        ]
        assert "Intern" in in_zoho(employment)
        page = owner_client.post(url, {**data, "typed": "Employment Type"}, follow=True)
        assert "Saved 1 change of Employment Type." in page.content.decode()
        assert in_zoho(employment) == ["Permanent", "Fixed term", "Contractor"]

    def test_of_cliqs_own_only_rules_can_be_changed(self, extension, owner_client):
        """Neither name nor encryption."""
        url = f"{extension.get_absolute_url()}edit/"
        form = owner_client.get(url).context["form"]
        assert list(form.fields) == ["mandatory", "edit_permission", "audit_reason"]
        data = {"initial-mandatory": "False", "initial-edit_permission": str(extension.edit_permission)}
        page = owner_client.post(url, {**data, "mandatory": "on", "edit_permission": "on"}, follow=True)
        assert "of Extension." in page.content.decode()
        extension.refresh_from_db()
        assert extension.mandatory

    def test_it_deletes(self, employment, owner_client):
        """After saying whose values are lost, with name and reason."""
        url = f"{employment.get_absolute_url()}delete/"
        people = sum(selectors.people_by_value(employment).values())
        assert f"{people} people have it filled in: that is lost." in owner_client.get(url).content.decode()
        page = owner_client.post(url, {"reason": "Not used", "typed": "Employment Type"}, follow=True)
        assert "Deleted Employment Type." in page.content.decode()
        html = owner_client.get(employment.get_absolute_url()).content.decode()
        assert "Zoho no longer has this user field" in html

    def test_a_field_that_went_in_zoho_is_told(self, employment, sandbox, work):
        """By the next sweep."""
        sandbox.erase("fields", employment.cliq_id)
        work(syncing.start(SYSTEM), patience=30)
        (body,) = bodies("userfield.gone")
        assert body["subject_name"] == "Employment Type"


class TestLayouts:
    @pytest.fixture(autouse=True)
    def unread(self):
        """Nothing is known from another test."""
        cache.clear()

    def test_the_four_places(self, employment, owner_client):
        """Read in one call, filled with what the reader has; known at once the next time."""
        html = owner_client.get("/user-fields/layouts/").content.decode()
        assert "Reading from Zoho…" in html
        html = owner_client.get("/user-fields/layouts/facts/").content.decode()
        for place in ("Hover card", "Profile on the web", "Profile on Android", "Profile on iOS"):
            assert place in html
        assert "Leadership Staff" in html
        html = owner_client.get("/user-fields/layouts/").content.decode()
        assert "Profile on iOS" in html
        assert 'hx-trigger="load"' not in html

    def test_a_failed_reading_says_so(self, employment, sandbox, owner_client):
        """With the way to try again."""
        sandbox.fault("users.layout", status=500)
        html = owner_client.get("/user-fields/layouts/facts/").content.decode()
        assert "Nothing was changed; try again in a moment." in html
        assert "Try again</a>" in html
