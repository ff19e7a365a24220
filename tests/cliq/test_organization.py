"""`cliq.custom_domain` and `cliq.mail`, with the shapes of the reference. v2-rest-api.txt:4146–4260."""

import pytest

from apps.core.errors import VendorFailure
from tests.cliq.exchange import answering

DOMAIN = {"data": {"status": "inactive", "name": "chat.zylker.org", "ssl_enabled": "true"}}
MAIL = {
    "data": {
        "email_id": "scott.fisher@zylkerorg.gq",
        "name": "Scott",
        "dkim_value": "k=rsa; p=MIGf",
        "dkim_status": "not_verified",
        "dkim_host": "1522905413783._domainkey.zylkerorg.gq",
        "cname_status": "verified",
    }
}
PATH = "/api/v2/customdomain"


def test_the_domain(against):
    script, sent = answering(DOMAIN)
    domain = against(script).custom_domain.get()
    assert (domain.name, domain.status, domain.ssl_enabled) == ("chat.zylker.org", "inactive", True)
    assert sent[0].what == f"GET {PATH}"


def test_add_a_domain(against):
    script, sent = answering(DOMAIN)
    assert against(script).custom_domain.add("chat.zylker.org").status == "inactive"
    assert (sent[0].what, sent[0].body) == (f"POST {PATH}", {"name": "chat.zylker.org"})


def test_verify_a_domain_that_stays_inactive(against):
    script, sent = answering(DOMAIN)
    assert against(script).custom_domain.verify().status == "inactive"
    assert (sent[0].what, sent[0].body) == (f"PUT {PATH}", {"status": "active"})


def test_it_rejects_another_status(against):
    script, sent = answering(DOMAIN)
    with pytest.raises(ValueError, match="pending is no status of a domain"):
        against(script).custom_domain.verify("pending")
    assert sent == []


def test_delete_a_domain(against):
    script, sent = answering(status=204)
    against(script).custom_domain.delete()
    assert sent[0].what == f"DELETE {PATH}"


def test_no_domain_in_the_answer(against):
    script, _ = answering({"data": None})
    with pytest.raises(VendorFailure):
        against(script).custom_domain.get()


def test_the_mail_configuration(against):
    script, sent = answering(MAIL)
    mail = against(script).mail.get()
    assert (mail.name, mail.dkim_status, mail.cname_status) == ("Scott", "not_verified", "verified")
    assert sent[0].what == "GET /api/v2/mailconfigurations/global"


def test_update_the_mail_configuration(against):
    script, sent = answering(MAIL)
    fields = {"name": "Scott", "email_id": "scott.fisher@zylkerorg.gq", "cname_status": "verified"}
    assert against(script).mail.update(**fields).email_id == "scott.fisher@zylkerorg.gq"
    assert (sent[0].what, sent[0].body) == ("PUT /api/v2/mailconfigurations/global", fields)
