"""The pages of roles as a person gets them."""

from apps.access.models import Role
from apps.audit.models import Event, Stage
from apps.sandbox import cast


def text(response) -> str:
    return response.content.decode()


def test_the_list(read, owner_client):
    """Type, who made it, how many people."""
    page = text(owner_client.get("/roles/"))
    for words in ("Interns", "Cliq Admin", "The organisation", "Create a role", "Who can do it"):
        assert words in page
    assert "Interns" not in text(owner_client.get("/roles/?type=Admin"))
    assert "Interns" in text(owner_client.get("/roles/?q=INTERN&made=organisation&people=some"))


def test_the_empty_list_offers_to_read(organization, owner_client, approver_client):
    """Who may not read is not offered it."""
    Role.objects.all().delete()
    assert "Read the roles" in text(owner_client.get("/roles/"))
    assert "/roles/read/" not in text(approver_client.get("/roles/"))


def test_one_role_shows_the_mirror_and_reads_again(interns, owner_client, sandbox):
    """The page costs no call; the fragment two."""
    Role.objects.update(read_at="2020-01-01T00:00:00Z")
    before = len(sandbox.arrivals("roles.get"))
    page = text(owner_client.get(interns.get_absolute_url()))
    assert 'hx-trigger="load"' in page
    assert len(sandbox.arrivals("roles.get")) == before
    sandbox.set_role(cast.MEMBER.email, "Interns")
    fragment = text(owner_client.get(f"{interns.get_absolute_url()}facts/"))
    assert "Amelia Burrows" in fragment
    assert "hx-trigger" not in fragment
    assert len(sandbox.arrivals("roles.get")) == before + 1


def test_a_failed_reading_is_said(interns, owner_client, sandbox):
    sandbox.fault("roles.get", status=500, body="<html>")
    fragment = text(owner_client.get(f"{interns.get_absolute_url()}facts/"))
    assert "Shown is what Zoho said" in fragment


def test_an_admin_role_is_the_owners(admins, owner_client, manager_client):
    """An Administrator sees it and is told; nothing is offered."""
    page = text(manager_client.get(admins.get_absolute_url()))
    assert "only an Owner of the portal can change it" in page
    assert "Move people here" not in page
    assert "Move people here" in text(owner_client.get(admins.get_absolute_url()))


def test_creating(read, owner_client, sandbox):
    """Goes to the new role's page, with a link to the event."""
    answer = owner_client.post(
        "/roles/create/", {"name": "Marketing", "profile_type": "Members", "description": "", "clone": ""}
    )
    role = Role.objects.get(name="Marketing")
    assert answer.url == role.get_absolute_url()
    page = text(owner_client.get(answer.url))
    assert "Created the role Marketing." in page
    assert "Olivia Palmer created the role Marketing" in page


def test_an_administrator_cannot_create_an_admin_role(read, manager_client):
    """Not offered, and refused when sent anyway."""
    assert 'value="Cliq Admin"' not in text(manager_client.get("/roles/create/"))
    answer = manager_client.post("/roles/create/", {"name": "Deputies", "profile_type": "Cliq Admin"})
    assert answer.status_code == 422
    assert not Role.objects.filter(name="Deputies").exists()


def test_renaming(interns, owner_client, sandbox):
    url = f"{interns.get_absolute_url()}edit/"
    shown = {"initial-name": "Interns", "initial-description": interns.description}
    answer = owner_client.post(
        url, {**shown, "name": "Trainees", "description": interns.description, "reason": "New wording"}
    )
    assert answer.status_code == 302, text(answer)
    assert "Saved 1 change of Trainees." in text(owner_client.get(answer.url))


def test_renaming_what_somebody_else_renamed(interns, owner_client, sandbox):
    """The field says what it is now; the second time is a decision."""
    url = f"{interns.get_absolute_url()}edit/"
    data = {"name": "Trainees", "description": interns.description}
    shown = {"initial-name": "Old name", "initial-description": interns.description}
    answer = owner_client.post(url, {**shown, **data})
    assert answer.status_code == 422
    assert "Somebody changed this meanwhile to “Interns”" in text(answer)
    answer = owner_client.post(url, {**shown, **data, "initial-name": "Interns"})
    assert answer.status_code == 302


def test_deleting_says_who_moves(interns, owner_client, sandbox):
    """Read now; the name is typed, a reason given; then everybody is a Member."""
    sandbox.set_role(cast.MEMBER.email, "Interns")
    url = f"{interns.get_absolute_url()}delete/"
    page = text(owner_client.get(url))
    assert "Amelia Burrows" in page
    assert "To “Members” move" in page
    assert owner_client.post(url, {"typed": "interns", "reason": "x"}).status_code == 422
    answer = owner_client.post(url, {"typed": "Interns", "reason": "Season is over"})
    assert answer.url == "/roles/"
    assert "Deleted the role Interns." in text(owner_client.get("/roles/"))
    event = Event.objects.filter(kind="role.deleted", stage=Stage.DONE).get()
    assert "Season is over" in event.body
    assert "no longer has this role" in text(owner_client.get(interns.get_absolute_url()))


def test_default_roles_stay(members, owner_client):
    for what in ("edit", "delete"):
        answer = owner_client.get(f"{members.get_absolute_url()}{what}/")
        assert answer.status_code == 404
        assert "came with Cliq" in text(answer)


def test_the_user_page_names_the_role(interns, owner_client):
    page = text(owner_client.get(f"/users/{cast.MEMBER.zuid}/"))
    assert '">Members</a>' in page
