"""The connection's page, and connecting again."""

from apps.audit.models import Event
from apps.connections import clients
from apps.connections.models import Grant, GrantStatus
from apps.core.errors import GrantDead
from apps.jobs import services
from apps.jobs.models import JobStatus
from apps.sandbox import cast
from tests.accounts.browser import Visitor, words


def test_it_shows_through_whom_the_portal_acts(owner_client, grant):
    page = words(owner_client.get("/connection/"))
    assert f"{cast.ADMIN.name} · {cast.ADMIN.email}" in page
    assert "permissions are granted." in page
    assert grant.refresh_token not in page


def test_an_auditor_sees_it_and_cannot_renew_it(auditor_client, grant):
    assert "Only an Owner of the portal can do this." in words(auditor_client.get("/connection/"))
    assert auditor_client.post("/connection/connect/").status_code == 403


def test_another_admin_takes_the_grant_over(owner_client, grant, sandbox, owner):
    """The former grant is given back at Zoho; the log names who did it, and to whom it went."""
    answer = Visitor(sandbox, owner_client).connect(cast.SECOND_ADMIN.email)
    assert answer.redirect_chain[-1][0] == "/connection/"
    assert "Zylker Corp is connected through scott.fisher@zylker.com." in words(answer)
    grant.refresh_from_db()
    assert grant.status == GrantStatus.REPLACED
    event = Event.objects.filter(kind="connection.connected").first()
    assert event.actor_name == owner.name
    assert clients.client(interactive=True).users.get(cast.ADMIN.zuid).email_id == cast.ADMIN.email


def test_another_organization_is_refused(owner_client, grant, sandbox):
    """The portal runs one organisation; the working grant stays."""
    answer = Visitor(sandbox, owner_client).connect(cast.STRANGER.email)
    assert answer.status_code == 403
    assert (
        "kiran.rao@zillum.com belongs to another organisation. This portal runs Zylker Corp: sign in to Zoho "
        "as one of its administrators and connect again." in words(answer)
    )
    assert "Back to the connection" in words(answer)
    assert Grant.objects.get(status=GrantStatus.ACTIVE) == grant


def test_a_grant_that_dies_pauses_its_jobs_until_it_is_renewed(owner_client, owner, grant, sandbox, work):
    """Zoho withdrew it: the job says why it stopped, the page how to go on, and then it goes on."""
    sandbox.revoke_grants()
    job = services.create("directory.sync", title="Read the organisation", actor=owner.actor())
    job = work(job)
    assert job.status == JobStatus.PAUSED
    assert job.activity.startswith("Zoho has withdrawn the portal's access.")
    page = words(owner_client.get("/connection/"))
    assert "Zoho no longer accepts this connection." in page
    assert "Paused jobs can be resumed afterwards." in page
    Visitor(sandbox, owner_client).connect(cast.ADMIN.email)
    owner_client.post(f"/jobs/{job.pk}/resume/")
    job = work(job, patience=30)
    assert job.status == JobStatus.FINISHED, job.activity


def test_calls_with_a_dead_grant_say_what_to_do(grant, sandbox):
    sandbox.revoke_grants()
    client = clients.client(interactive=True)
    try:
        client.users.get(cast.ADMIN.zuid)
    except GrantDead as error:
        assert error.sentence == (
            "Zoho has withdrawn the portal's access. An Owner has to connect the organisation again."
        )
    grant.refresh_from_db()
    assert grant.status == GrantStatus.DEAD
