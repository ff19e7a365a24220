"""The sender of notifications: changed, verified, refused and settled."""

import pytest

from apps.audit.models import Event, Operation, Stage
from apps.core.errors import ChangedElsewhere, NothingToChange, OutcomeUnknown, Refused
from apps.organization.services import mail
from apps.organization.services.parts import MAIL
from tests.organization.conftest import last, settle

SEEDED = {"name": "Zylker Cliq", "email_id": "noreply@zylker.com"}


@pytest.fixture
def known(organization):
    """Read once."""
    assert MAIL.refresh() == ""
    return MAIL.kept()


def test_only_what_changed_is_told(known, owner, sandbox):
    """Zoho wants all three; the log has the one that changed."""
    result = mail.update(
        values={**SEEDED, "name": "Zylker"}, shown=SEEDED, actor=owner.actor(), reason="Brand"
    )
    assert (result.mail.name, result.changed) == ("Zylker", {"name": "Zylker"})
    told = last("mail.updated")
    assert (told["before"], told["after"], told["reason"]) == (
        {"name": "Zylker Cliq"},
        {"name": "Zylker"},
        "Brand",
    )
    assert [(entry.operation, entry.key) for entry in sandbox.journal()] == [
        ("mail.update", "noreply@zylker.com")
    ]


def test_another_domain_begins_unverified(known, owner, sandbox):
    sandbox.option("dns_verified", True)
    assert mail.verify(actor=owner.actor()).mail.verified
    result = mail.update(values={**SEEDED, "email_id": "cliq@zylker.org"}, shown=SEEDED, actor=owner.actor())
    assert (result.mail.cname_status, result.mail.dkim_status) == ("not_verified", "not_verified")
    assert result.mail.dkim_host.endswith("._domainkey.zylker.org")


def test_the_same_domain_stays_verified(known, owner, sandbox):
    sandbox.option("dns_verified", True)
    mail.verify(actor=owner.actor())
    values = {**SEEDED, "email_id": "cliq@zylker.com"}
    assert mail.update(values=values, shown=SEEDED, actor=owner.actor()).mail.verified


def test_nothing_would_change(known, owner, sandbox):
    with pytest.raises(NothingToChange, match=r"^The sender is so already; nothing was sent to Zoho\.$"):
        mail.update(values=SEEDED, shown=SEEDED, actor=owner.actor())
    assert sandbox.journal() == []


def test_changed_elsewhere(known, owner, sandbox):
    with pytest.raises(ChangedElsewhere) as elsewhere:
        mail.update(values={**SEEDED, "name": "New"}, shown={**SEEDED, "name": "Old"}, actor=owner.actor())
    assert elsewhere.value.fields == {"name": "Zylker Cliq"}
    assert sandbox.journal() == []


def test_to_ask_is_not_to_be_verified(known, owner, sandbox):
    sandbox.option("dns_verified", False)
    assert not mail.verify(actor=owner.actor()).mail.verified
    told = last("mail.verified")
    assert told["details"]["sentence"] == "Zoho answered: DKIM not verified, CNAME not verified."
    sandbox.option("dns_verified", True)
    assert mail.verify(actor=owner.actor()).mail.verified
    with pytest.raises(NothingToChange, match="Both DNS records are verified already"):
        mail.verify(actor=owner.actor())


def test_a_refusal_is_told(known, owner, sandbox):
    sandbox.fault("mail.update", status=400, code="invalid_parameters")
    with pytest.raises(Refused) as refused:
        mail.update(values={**SEEDED, "email_id": "x@y.org"}, shown=SEEDED, actor=owner.actor())
    assert refused.value.field == "email_id"
    assert last("mail.updated")["stage"] == Stage.REFUSED
    assert MAIL.kept().email_id == "noreply@zylker.com"


@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize("kind", ["mail.updated", "mail.verified"])
def test_a_lost_answer_is_settled_by_reading(known, owner, sandbox, kind, drop):
    sandbox.option("dns_verified", True)
    sandbox.fault("mail.update", drop=drop)
    with pytest.raises(OutcomeUnknown):
        if kind == "mail.verified":
            mail.verify(actor=owner.actor())
        else:
            mail.update(values={**SEEDED, "email_id": "cliq@zylker.com"}, shown=SEEDED, actor=owner.actor())
    with pytest.raises(Refused, match=r"^An earlier change of the mail configuration has no answer yet\."):
        mail.verify(actor=owner.actor())
    settle()
    settle()
    assert Operation.objects.get(kind=kind).stage == (Stage.DONE if drop == "after" else Stage.NOT_DONE)
    assert not Event.objects.filter(kind="mail.seen").exists()


def test_what_was_changed_in_zohos_own_panel_is_told(known, sandbox):
    type(known).objects.update(name="Somebody")
    MAIL.refresh()
    assert last("mail.seen")["before"] == {"name": "Somebody"}
