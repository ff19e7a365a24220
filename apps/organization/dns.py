"""What DNS answers about a record, and what that means: one question, one short deadline."""

from dataclasses import dataclass

import dns.exception
import dns.rdatatype
import dns.resolver
from django.conf import settings
from dns.rdtypes.ANY.TXT import TXT

from apps.core.choices import StatusChoices
from apps.core.name_server import address_of

# Seconds for a question in all, tries and ways included: a page waits for it.
DEADLINE = 3.0


class DnsState(StatusChoices):
    """What a look at DNS shows of one record."""

    RIGHT = "right", "green", "In place"
    SEEN = "seen", "grey", "Found"
    OTHER = "other", "red", "Another value"
    NO_NAME = "no_name", "amber", "Not there yet"
    NO_RECORD = "no_record", "amber", "Not there yet"
    FAILED = "failed", "violet", "No proper answer"
    UNREACHABLE = "unreachable", "violet", "DNS not reached"


@dataclass(frozen=True, slots=True)
class Record:
    """A record that DNS should have: `type` is CNAME or TXT; `value` is empty where only Zoho knows it."""

    type: str
    name: str
    value: str = ""

    def is_matched_by(self, found: str) -> bool:
        """Whether a value that DNS answers is the wanted one."""
        if self.type == "TXT":
            return _key_of(found) == _key_of(self.value) != ""
        return _host(found) == _host(self.value)


@dataclass(frozen=True, slots=True)
class Look:
    """What was found out about a record: the state, what to do now, and the values that DNS has."""

    record: Record
    state: DnsState
    sentence: str
    found: tuple[str, ...] = ()


def look(record: Record) -> Look:
    """Ask the name server about one record; answers within DEADLINE, whatever happens."""
    try:
        found = _ask(record)
    except dns.resolver.NXDOMAIN:
        return Look(
            record,
            DnsState.NO_NAME,
            f"DNS knows no name {record.name}. Create the {record.type} record at your DNS provider; "
            "if you have just done so, it can take hours until everybody sees it.",
        )
    except dns.resolver.NoAnswer:
        return Look(
            record,
            DnsState.NO_RECORD,
            f"{record.name} exists, but has no {record.type} record. Create it at your DNS provider"
            + (", in place of other records of that name." if record.type == "CNAME" else "."),
        )
    except dns.resolver.NoNameservers:
        return Look(
            record,
            DnsState.FAILED,
            f"The name server {server()} gave no proper answer about {record.name}. That says nothing "
            "about the record: ask again in a few minutes, or ask your DNS provider if it stays so.",
        )
    except (dns.exception.Timeout, dns.resolver.NoResolverConfiguration, OSError):
        return Look(
            record,
            DnsState.UNREACHABLE,
            f"The name server {server()} did not answer within {DEADLINE:g} seconds. That says nothing "
            "about the record: ask again, or have the setting DNS_RESOLVER checked if it stays so.",
        )
    except (dns.exception.DNSException, UnicodeError):
        return Look(record, DnsState.FAILED, f"DNS cannot be asked about the name {record.name}.")
    return _judged(record, found)


def server() -> str:
    """The name server that is asked, in words."""
    return settings.DNS_RESOLVER or "of this system"


def _ask(record: Record) -> tuple[str, ...]:
    answer = _resolver().resolve(record.name, record.type, search=False, lifetime=DEADLINE)
    return tuple(
        b"".join(each.strings).decode("utf-8", "replace")
        if isinstance(each, TXT)
        else str(each.target).rstrip(".")
        for each in answer
        if each.rdtype == dns.rdatatype.from_text(record.type)
    )


def _resolver() -> dns.resolver.Resolver:
    """The name server of the setting, else the system's."""
    if not settings.DNS_RESOLVER:
        return dns.resolver.Resolver()
    resolver = dns.resolver.Resolver(configure=False)
    host, resolver.port = address_of(settings.DNS_RESOLVER)
    resolver.nameservers = [host]
    return resolver


def _judged(record: Record, found: tuple[str, ...]) -> Look:
    said = " and ".join(f"“{value}”" for value in found)
    if not record.value:
        sentence = f"DNS answers {said}. Compare it with what Zoho's own admin panel asks for."
        return Look(record, DnsState.SEEN, sentence, found)
    if any(record.is_matched_by(value) for value in found):
        return Look(record, DnsState.RIGHT, "DNS answers exactly this.", found)
    sentence = f"DNS answers {said} instead. Put the value above in its place at your DNS provider."
    return Look(record, DnsState.OTHER, sentence, found)


def _host(name: str) -> str:
    return name.strip().rstrip(".").casefold()


def _key_of(text: str) -> str:
    """The public key of a DKIM record, however the record is written around it."""
    tags = dict(part.partition("=")[::2] for part in "".join(text.split()).strip('"').split(";"))
    return tags.get("p", "")
