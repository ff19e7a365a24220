"""The pages of domain and mail as a person gets them."""

import pytest

from apps.organization.models import CustomDomain, MailConfiguration
from apps.organization.services.parts import DOMAIN, MAIL
from tests.organization.conftest import CHAT, TARGET, last, text


def stale() -> None:
    """Long enough since the last reading that looking reads again."""
    for model in (CustomDomain, MailConfiguration):
        model.objects.update(read_at="2020-01-01T00:00:00Z")


def test_the_first_visit_reads_and_draws_the_page_anew(organization, operator_client, sandbox):
    """The page costs no call; its fragment one."""
    page = text(operator_client.get("/domain/"))
    assert "Zoho is being asked for the first time" in page
    assert sandbox.arrivals("custom_domain.get") == []
    fragment = operator_client.get("/domain/facts/")
    assert fragment["HX-Refresh"] == "true"
    assert len(sandbox.arrivals("custom_domain.get")) == 1
    page = text(operator_client.get("/domain/"))
    assert "No custom domain" in page
    assert 'hx-trigger="load"' not in page


def test_a_domain_is_added_verified_and_deleted(organization, owner_client, name_server, sandbox):
    """Each step as a person takes it, with what is left to do."""
    DOMAIN.refresh()
    assert "Add a domain" in text(owner_client.get("/domain/"))
    wrong = owner_client.post("/domain/add/", {"name": "https://chat.zylker.org/"})
    assert wrong.status_code == 422
    assert "This is no domain name. Write it like chat.example.com" in text(wrong)
    page = text(owner_client.post("/domain/add/", {"name": CHAT}, follow=True))
    assert f"Added {CHAT}. Create its DNS record next." in page
    fragment = text(owner_client.get("/domain/dns/"))
    assert "2 of 3 steps are left." in fragment
    assert TARGET in fragment
    assert f"DNS knows no name {CHAT}." in fragment
    sandbox.option("dns_verified", False)
    page = text(owner_client.post("/domain/verify/", follow=True))
    assert f"Zoho was asked to activate {CHAT} and answered that it is still not active" in page
    name_server.names[CHAT] = [("CNAME", f"{TARGET}.")]
    fragment = text(owner_client.get("/domain/dns/"))
    assert "One step is left." in fragment
    assert "The record is in place: have Zoho verify it." in fragment
    assert "DNS answers exactly this." in fragment
    sandbox.option("dns_verified", True)
    page = text(owner_client.post("/domain/verify/", follow=True))
    assert f"{CHAT} is active." in page
    assert "Deactivate" in page
    assert "Nothing is left to do." in text(owner_client.get("/domain/dns/"))
    page = text(owner_client.post("/domain/deactivate/", {"reason": "Moving"}, follow=True))
    assert f"{CHAT} is not active any more." in page
    assert owner_client.post("/domain/delete/", {"reason": "Gone", "typed": "chat"}).status_code == 422
    page = text(owner_client.post("/domain/delete/", {"reason": "Gone", "typed": CHAT}, follow=True))
    assert f"Deleted the custom domain {CHAT}." in page
    assert owner_client.post("/domain/delete/").status_code == 404


@pytest.mark.parametrize("name", ["zylker", "192.0.2.7", "a b.org", "x" * 64 + ".org", "-a-.org", "<b>.org"])
def test_what_is_no_domain_is_said_before_asking(organization, owner_client, sandbox, name):
    assert owner_client.post("/domain/add/", {"name": name}).status_code == 422
    assert sandbox.journal() == []


def test_a_name_of_another_script_is_sent_as_dns_knows_it(organization, owner_client, sandbox):
    owner_client.post("/domain/add/", {"name": "Chät.Zylker.org"})
    assert DOMAIN.kept().name == "xn--cht-rla.zylker.org"


def test_a_lost_answer_is_said(chat, owner_client, sandbox):
    sandbox.fault("custom_domain.verify", drop="before")
    page = text(owner_client.post("/domain/verify/", follow=True))
    assert "The portal will find out by reading Zoho." in page


def test_a_change_in_zohos_own_panel_is_said(chat, owner_client, sandbox):
    """The facts are the new ones; the rest of the page is offered anew."""
    CustomDomain.objects.update(status="active")
    stale()
    assert 'hx-get="/domain/facts/"' in text(owner_client.get("/domain/"))
    fragment = text(owner_client.get("/domain/facts/"))
    assert "Somebody changed this in Zoho since the portal last read it." in fragment
    assert "Not active" in fragment


def test_a_failed_reading_is_said(chat, owner_client, sandbox):
    stale()
    sandbox.fault("custom_domain.get", status=500, body="<html>")
    assert "Shown is what Zoho said" in text(owner_client.get("/domain/facts/"))


def test_where_the_target_is_not_known(chat, owner_client, name_server, settings):
    """Saudi Arabia's is in none of Zoho's documents."""
    settings.ZOHO_DATA_CENTRE = "sa"
    name_server.names[CHAT] = [("CNAME", "cliq.example.sa.")]
    fragment = text(owner_client.get("/domain/dns/"))
    assert "admin panel shows it" in fragment
    assert "DNS answers “cliq.example.sa”. Compare it" in fragment
    settings.CLIQ_DOMAIN_TARGET = "cliq.example.sa"
    assert "DNS answers exactly this." in text(owner_client.get("/domain/dns/"))


def test_who_may_only_look_is_offered_nothing(chat, auditor_client, approver_client):
    for client in (auditor_client, approver_client):
        page = text(client.get("/domain/")) + text(client.get("/mail/"))
        assert CHAT in page
        assert "/domain/verify/" not in page
        assert "/domain/delete/" not in page
        assert "/mail/edit/" not in page
        assert client.post("/domain/verify/").status_code == 403


def test_the_sender_is_changed_and_verified(organization, owner_client, name_server, sandbox):
    MAIL.refresh()
    page = text(owner_client.get("/mail/"))
    assert "noreply@zylker.com" in page
    assert "Have it verified" in page
    shown = {"initial-name": "Zylker Cliq", "initial-email_id": "noreply@zylker.com", "initial-reason": ""}
    data = {"name": "Zylker", "email_id": "cliq@zylker.org", "reason": "Brand", **shown}
    page = text(owner_client.post("/mail/edit/", data, follow=True))
    assert "Saved 2 changes of the sender. Its DNS records are not verified yet." in page
    assert last("mail.updated")["reason"] == "Brand"
    row = MAIL.kept()
    name_server.names[row.dkim_host] = [("TXT", f'"v=DKIM1; {row.dkim_value}"')]
    fragment = text(owner_client.get("/mail/dns/"))
    assert row.dkim_host in fragment
    assert "DNS answers exactly this." in fragment
    assert "2 of 4 steps are left." in fragment
    sandbox.option("dns_verified", False)
    page = text(owner_client.post("/mail/verify/", follow=True))
    assert (
        "Zoho was asked to verify cliq@zylker.org and answered: DKIM not verified, CNAME not verified."
        in page
    )
    sandbox.option("dns_verified", True)
    page = text(owner_client.post("/mail/verify/", follow=True))
    assert "Zoho found both records: cliq@zylker.org is verified." in page
    answer = owner_client.post("/mail/verify/")
    assert answer.status_code == 422
    assert "Both DNS records are verified already" in text(answer)


def test_a_refusal_stands_beside_its_field(organization, owner_client, sandbox):
    MAIL.refresh()
    shown = {"initial-name": "Zylker Cliq", "initial-email_id": "noreply@zylker.com", "initial-reason": ""}
    sandbox.fault("mail.update", status=400, code="invalid_parameters")
    data = {"name": "Zylker Cliq", "email_id": "x@zylker.org", "reason": "", **shown}
    answer = owner_client.post("/mail/edit/", data)
    assert answer.status_code == 422
    assert answer.context["form"].errors == {"email_id": ["Zoho refused: Refused (invalid_parameters)."]}


def test_no_sender_yet(organization, owner_client):
    """Zoho answers an empty object."""
    MAIL.write(organization, MAIL.nothing, asked_at=organization.connected_at)
    assert "No sender of your own" in text(owner_client.get("/mail/"))
    assert owner_client.get("/mail/edit/").status_code == 200


def test_the_history_is_for_those_who_read_the_log(chat, owner_client, operator_client):
    assert "added the custom domain" in text(owner_client.get("/domain/"))
    assert "added the custom domain" not in text(operator_client.get("/domain/"))
