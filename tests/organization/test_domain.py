"""Adding, verifying, deactivating, deleting the custom domain: sent, told, refused and settled."""

from datetime import UTC, datetime

import pytest

from apps.audit.models import Event, Operation, Stage
from apps.cliq.catalogue import CATALOGUE
from apps.connections.clients import client, quota
from apps.core.errors import NothingToChange, OutcomeUnknown, QuotaWait, Refused
from apps.organization.models import CustomDomain
from apps.organization.services import domain
from apps.organization.services.parts import DOMAIN
from apps.sandbox import cast
from tests.organization.conftest import CHAT, last, settle


def journal(sandbox):
    return [(entry.operation, entry.key) for entry in sandbox.journal()]


def test_it_is_added(organization, owner, sandbox):
    result = domain.add(name=" Chat.Zylker.org. ", actor=owner.actor())
    assert (result.domain.name, result.domain.status) == (CHAT, "inactive")
    assert journal(sandbox) == [("custom_domain.add", CHAT)]
    told = last("domain.added")
    assert (told["subject_name"], told["after"], told["stage"]) == (CHAT, {"name": CHAT}, Stage.DONE)


def test_one_is_all_that_zoho_allows(chat, owner, sandbox):
    """Judged by a reading, before anything is sent."""
    with pytest.raises(NothingToChange, match=r"^chat\.zylker\.org is the custom domain already; nothing"):
        domain.add(name=CHAT, actor=owner.actor())
    with pytest.raises(Refused, match=r"Zoho allows one\. Delete it first\.$") as refused:
        domain.add(name="talk.zylker.org", actor=owner.actor())
    assert refused.value.field == "name"
    assert len(journal(sandbox)) == 1


def test_what_zoho_refuses_stands_beside_the_field(organization, owner, sandbox):
    sandbox.fault("custom_domain.add", status=400, code="invalid_parameters")
    with pytest.raises(Refused) as refused:
        domain.add(name=CHAT, actor=owner.actor())
    assert refused.value.field == "name"
    assert refused.value.sentence == "Zoho refused: Refused (invalid_parameters)."
    assert last("domain.added")["stage"] == Stage.REFUSED
    assert CustomDomain.objects.get().name == ""


def test_to_ask_is_not_to_be_active(chat, owner, sandbox):
    """Zoho takes the request and answers that it found no record."""
    sandbox.option("dns_verified", False)
    result = domain.verify(actor=owner.actor())
    assert not result.domain.active
    told = last("domain.verified")
    assert told["after"] == {"asked_for": "active"}
    assert told["details"]["sentence"] == "Zoho answered that the domain is still not active."
    assert told["details"]["answered"] == "inactive"


def test_it_becomes_active_and_rests_again(chat, owner, sandbox):
    sandbox.option("dns_verified", True)
    assert domain.verify(actor=owner.actor()).domain.active
    assert last("domain.verified")["details"]["sentence"] == "Zoho answered that the domain is active."
    with pytest.raises(NothingToChange, match=r"^chat\.zylker\.org is active already; nothing was sent"):
        domain.verify(actor=owner.actor())
    assert not domain.deactivate(actor=owner.actor(), reason="Moving").domain.active
    assert last("domain.deactivated")["reason"] == "Moving"
    with pytest.raises(NothingToChange, match=r"^chat\.zylker\.org is not active; nothing was sent"):
        domain.deactivate(actor=owner.actor())
    assert len(journal(sandbox)) == 3


def test_it_is_deleted(chat, owner, sandbox):
    assert domain.delete(actor=owner.actor(), reason="New brand").domain.name == ""
    assert last("domain.deleted")["before"] == {"name": CHAT, "status": "inactive"}
    for act in (domain.verify, domain.deactivate, domain.delete):
        with pytest.raises(Refused, match=r"^The organisation has no custom domain any more\."):
            act(actor=owner.actor())


@pytest.mark.parametrize("drop", ["before", "after"])
@pytest.mark.parametrize(
    ("kind", "fault"),
    [
        ("domain.added", "custom_domain.add"),
        ("domain.verified", "custom_domain.verify"),
        ("domain.deactivated", "custom_domain.verify"),
        ("domain.deleted", "custom_domain.delete"),
    ],
)
def test_a_lost_answer_is_settled_by_reading(organization, owner, sandbox, kind, fault, drop):
    """Nothing is sent on top of it meanwhile; not done only by two readings apart."""
    actor = owner.actor()
    sandbox.option("dns_verified", True)
    calls = {
        "domain.added": lambda: domain.add(name=CHAT, actor=actor),
        "domain.verified": lambda: domain.verify(actor=actor),
        "domain.deactivated": lambda: domain.deactivate(actor=actor),
        "domain.deleted": lambda: domain.delete(actor=actor),
    }
    for name, act in calls.items():
        if name == kind:
            break
        act()
    sandbox.fault(fault, drop=drop)
    with pytest.raises(OutcomeUnknown):
        calls[kind]()
    with pytest.raises(Refused, match="has no answer yet"):
        domain.delete(actor=actor)
    settle()
    settle()
    operation = Operation.objects.get(kind=kind)
    assert operation.stage == (Stage.DONE if drop == "after" else Stage.NOT_DONE)
    present = client(interactive=False).custom_domain.get()
    assert (DOMAIN.kept().name, DOMAIN.kept().status) == (present.name, present.status)


def test_a_full_window_is_found_out_before_the_intent(chat, owner, sandbox):
    quota(cast.ADMIN.zuid).lock(CATALOGUE["custom_domain.verify"])
    with pytest.raises(QuotaWait):
        domain.verify(actor=owner.actor())
    assert not Event.objects.filter(kind="domain.verified").exists()


def test_what_was_changed_in_zohos_own_panel_is_told(chat, owner, sandbox):
    """By the next reading, once."""
    CustomDomain.objects.update(status="active")
    assert DOMAIN.refresh() == ""
    told = last("domain.seen")
    assert (told["before"], told["after"]) == ({"status": "active"}, {"status": "inactive"})
    DOMAIN.refresh()
    assert Event.objects.filter(kind="domain.seen").count() == 1


def test_an_older_answer_is_never_written_over_a_newer(chat, organization):
    known = DOMAIN.kept()
    DOMAIN.write(organization, DOMAIN.nothing, asked_at=datetime(2020, 1, 1, tzinfo=UTC))
    assert DOMAIN.kept().name == known.name


def test_a_domain_that_zoho_does_not_know_is_none(chat, sandbox):
    """404 is an answer; any other refusal leaves what is known."""
    sandbox.fault("custom_domain.get", status=403, code="not_an_organization_admin")
    assert "is not an admin of the organisation" in DOMAIN.refresh()
    assert DOMAIN.kept().name == CHAT
    sandbox.fault("custom_domain.get", status=404, code="request_url_invalid")
    assert DOMAIN.refresh() == ""
    assert DOMAIN.kept().name == ""
