"""What DNS answers, over UDP from a server on this machine, and the sentence for each kind of answer."""

import time

import dns.rcode
import pytest

from apps.organization import dns as checks
from apps.organization.dns import DnsState, Record, look

NAME, TARGET = "chat.zylker.org", "cliq.cs.zohohost.com"
CNAME = Record("CNAME", NAME, TARGET)
HOST = "1522905413783._domainkey.zylker.org"
DKIM = Record("TXT", HOST, "k=rsa; p=MIGfMA0GCSqGSIb3DQEBAQUAA4GNADCBiQKBgQCr6KMg")


def test_it_is_in_place(name_server):
    """Case and the dot at the end mean nothing."""
    name_server.names[NAME] = [("CNAME", "CLIQ.cs.ZohoHost.com.")]
    found = look(CNAME)
    assert (found.state, found.sentence) == (DnsState.RIGHT, "DNS answers exactly this.")
    assert name_server.asked == [(NAME, "CNAME")]


def test_another_value(name_server):
    name_server.names[NAME] = [("CNAME", "zylker.github.io.")]
    found = look(CNAME)
    assert found.state == DnsState.OTHER
    assert found.sentence == (
        "DNS answers “zylker.github.io” instead. Put the value above in its place at your DNS provider."
    )


def test_no_such_name(name_server):
    found = look(CNAME)
    assert found.state == DnsState.NO_NAME
    assert found.sentence == (
        f"DNS knows no name {NAME}. Create the CNAME record at your DNS provider; "
        "if you have just done so, it can take hours until everybody sees it."
    )


def test_a_name_without_the_record(name_server):
    name_server.names[NAME] = [("A", "192.0.2.7")]
    found = look(CNAME)
    assert found.state == DnsState.NO_RECORD
    assert found.sentence == (
        f"{NAME} exists, but has no CNAME record. Create it at your DNS provider, in place of other records "
        "of that name."
    )


@pytest.mark.parametrize("rcode", [dns.rcode.SERVFAIL, dns.rcode.REFUSED])
def test_no_proper_answer(name_server, rcode):
    """Says nothing about the record."""
    name_server.rcode = rcode
    found = look(CNAME)
    assert found.state == DnsState.FAILED
    assert found.sentence == (
        f"The name server {name_server.address} gave no proper answer about {NAME}. That says nothing "
        "about the record: ask again in a few minutes, or ask your DNS provider if it stays so."
    )


def test_a_server_that_is_silent(name_server, monkeypatch):
    """The deadline holds in all, tries included."""
    monkeypatch.setattr(checks, "DEADLINE", 0.5)
    name_server.silent = True
    began = time.monotonic()
    found = look(CNAME)
    assert time.monotonic() - began < 1.5
    assert found.state == DnsState.UNREACHABLE
    assert found.sentence == (
        f"The name server {name_server.address} did not answer within 0.5 seconds. That says nothing "
        "about the record: ask again, or have the setting DNS_RESOLVER checked if it stays so."
    )


def test_where_the_value_is_not_known(name_server):
    """What DNS has is shown and not judged."""
    name_server.names[NAME] = [("CNAME", "cliq.cs.zohohost.sa.")]
    found = look(Record("CNAME", NAME))
    assert found.state == DnsState.SEEN
    assert found.sentence == (
        "DNS answers “cliq.cs.zohohost.sa”. Compare it with what Zoho's own admin panel asks for."
    )


def test_a_signature_however_it_is_written(name_server):
    """In several strings, in another order, with a version before it, beside other texts."""
    key = DKIM.value.partition("p=")[2]
    name_server.names[HOST] = [
        ("TXT", '"v=spf1 -all"'),
        ("TXT", f'"v=DKIM1; p={key[:20]}" "{key[20:]};k=rsa"'),
    ]
    assert look(DKIM).state == DnsState.RIGHT


@pytest.mark.parametrize("value", ["v=DKIM1; k=rsa; p=MIGfother", "v=DKIM1; p=", "hello"])
def test_another_signature(name_server, value):
    name_server.names[HOST] = [("TXT", f'"{value}"')]
    assert look(DKIM).state == DnsState.OTHER


@pytest.mark.parametrize("name", ["x" * 64 + ".org", "a..b", "chat zylker.org", ""])
def test_what_is_no_name(name_server, name):
    """Hostile names end in a sentence, never in an error."""
    assert look(Record("CNAME", name, TARGET)).state in (
        DnsState.FAILED,
        DnsState.NO_NAME,
        DnsState.NO_RECORD,
    )
