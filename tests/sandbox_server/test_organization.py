"""`/customdomain` and `/mailconfigurations/global`."""

import pytest

DOMAIN, MAIL = "/customdomain", "/mailconfigurations/global"
SENDER = {"name": "Zylker", "email_id": "cliq@zylker.org", "cname_status": "not_verified"}


def test_there_is_no_domain_at_first(admin):
    assert admin.get(DOMAIN).json() == {"data": {}}
    for reply in (admin.put(DOMAIN, json={"status": "active"}), admin.delete(DOMAIN)):
        assert reply.json()["code"] == "invalid_parameters"


def test_a_domain_is_added_verified_and_deleted(admin, control):
    found = admin.post(DOMAIN, json={"name": "Chat.zylker.org"}).json()["data"]
    assert found == {"status": "inactive", "name": "chat.zylker.org", "ssl_enabled": True}
    assert admin.post(DOMAIN, json={"name": "talk.zylker.org"}).json()["code"] == "operation_not_allowed"
    assert admin.put(DOMAIN, json={"status": "active"}).json()["data"]["status"] == "inactive"
    assert admin.put(DOMAIN, json={"status": "active"}).json()["data"]["status"] == "active"
    assert admin.put(DOMAIN, json={"status": "inactive"}).json()["data"]["status"] == "inactive"
    assert admin.delete(DOMAIN).status_code == 204
    assert admin.get(DOMAIN).json() == {"data": {}}
    assert [entry.operation for entry in control.journal()] == [
        "custom_domain.add", *["custom_domain.verify"] * 3, "custom_domain.delete",
    ]  # fmt: skip
    assert {entry.key for entry in control.journal()} == {"chat.zylker.org"}


@pytest.mark.parametrize("seen", [True, False])
def test_the_dns_record_can_be_there_or_not(admin, control, seen):
    control.option("dns_verified", seen)
    admin.post(DOMAIN, json={"name": "chat.zylker.org"})
    for _ in range(3):
        status = admin.put(DOMAIN, json={"status": "active"}).json()["data"]["status"]
        assert status == ("active" if seen else "inactive")


@pytest.mark.parametrize("name", ["", "zylker", "chat zylker.org", "https://zylker.org", "x" * 64 + ".org"])
def test_a_domain_is_a_host_name(admin, name):
    assert admin.post(DOMAIN, json={"name": name}).json()["code"] == "invalid_parameters"


def test_mail_of_another_domain_begins_unverified(admin, control):
    before = admin.get(MAIL).json()["data"]
    found = admin.put(MAIL, json=SENDER).json()["data"]
    assert (found["name"], found["email_id"]) == ("Zylker", "cliq@zylker.org")
    assert found["dkim_host"].endswith("._domainkey.zylker.org") != before["dkim_host"]
    assert (found["dkim_status"], found["cname_status"]) == ("not_verified", "not_verified")
    assert [(entry.operation, entry.key) for entry in control.journal()] == [
        ("mail.update", "cliq@zylker.org")
    ]


def test_mail_is_verified_once_the_dns_is_seen(admin, control):
    asked = SENDER | {"cname_status": "verified"}
    assert admin.put(MAIL, json=asked).json()["data"]["cname_status"] == "not_verified"
    found = admin.put(MAIL, json=asked).json()["data"]
    assert (found["cname_status"], found["dkim_status"]) == ("verified", "verified")


@pytest.mark.parametrize("change", [{"name": ""}, {"email_id": "nobody"}, {"cname_status": "maybe"}])
def test_mail_refuses(admin, control, change):
    assert admin.put(MAIL, json=SENDER | change).json()["code"] == "invalid_parameters"
    assert control.journal() == []


def test_a_member_may_not(member):
    for reply in (member.get(DOMAIN), member.put(MAIL, json=SENDER)):
        assert (reply.status_code, reply.json()["code"]) == (403, "not_an_organization_admin")
