"""The custom domain and the mail configuration of an organisation."""

import json
from typing import Any

from apps.sandbox import options, texts
from apps.sandbox.call import Call
from apps.sandbox.exceptions import Malformed, NotAllowed
from apps.sandbox.profiles import email

STATUSES = ("active", "inactive")
VERIFIED = ("verified", "not_verified")
NAME_LENGTH = 100
HOST_LENGTH = 253


def _read(call: Call, name: str) -> dict[str, Any]:
    call.demand_admin()
    row = call.db.execute(
        "SELECT value FROM settings WHERE organization_id = ? AND name = ?", (call.organization_id, name)
    ).fetchone()
    return dict(json.loads(row["value"])) if row else {}


def _write(call: Call, name: str, value: dict[str, Any], key: str) -> None:
    call.db.execute(
        "INSERT OR REPLACE INTO settings VALUES (?, ?, ?)", (call.organization_id, name, json.dumps(value))
    )
    call.written.append(key)


def _found_in_dns(call: Call, value: dict[str, Any]) -> bool:
    """Whether the DNS record is seen: as the option says, or from the second look on."""
    value["looks"] = value.get("looks", 0) + 1
    known = options.get(call.db, "dns_verified")
    return bool(value["looks"] > 1 if known is None else known)


def _domain(value: dict[str, Any]) -> dict[str, Any]:
    return {"data": {name: value[name] for name in ("status", "name", "ssl_enabled") if name in value}}


def get_domain(call: Call) -> dict[str, Any]:
    """The custom domain; an empty object where there is none."""
    return _domain(_read(call, "domain"))


def add_domain(call: Call) -> dict[str, Any]:
    """The one custom domain, not active until its DNS record is verified."""
    if _read(call, "domain"):
        raise NotAllowed("There is a custom domain already.")
    name = texts.name(call.attributes("name"), HOST_LENGTH).lower()
    labels = name.split(".")
    if len(labels) < 2 or not all(label.replace("-", "a").isalnum() and len(label) < 64 for label in labels):
        raise Malformed("The parameter name is not a host name.")
    value = {"name": name, "status": "inactive", "ssl_enabled": True}
    _write(call, "domain", value, name)
    return _domain(value)


def verify_domain(call: Call) -> dict[str, Any]:
    """Switch the domain on or off; it answers `inactive` still while the DNS record is not seen."""
    value = _read(call, "domain")
    if not value:
        raise Malformed("There is no custom domain.")
    status = texts.word(call.attributes("status"), "status", STATUSES)
    value["status"] = "active" if status == "active" and _found_in_dns(call, value) else "inactive"
    _write(call, "domain", value, value["name"])
    return _domain(value)


def delete_domain(call: Call) -> None:
    """Go back to Cliq's own address."""
    value = _read(call, "domain")
    if not value:
        raise Malformed("There is no custom domain.")
    call.db.execute(
        "DELETE FROM settings WHERE organization_id = ? AND name = 'domain'", (call.organization_id,)
    )
    call.written.append(value["name"])


def _mail(value: dict[str, Any]) -> dict[str, Any]:
    names = ("email_id", "name", "dkim_value", "dkim_status", "dkim_host", "cname_status")
    return {"data": {name: value[name] for name in names if name in value}}


def get_mail(call: Call) -> dict[str, Any]:
    """Whom the organisation's mails come from, and what its DNS must say."""
    return _mail(_read(call, "mail"))


def update_mail(call: Call) -> dict[str, Any]:
    """Another sender; one of another domain begins unverified. `verified` asks to look at the DNS."""
    before = _read(call, "mail")
    given = call.attributes("name", "email_id", "cname_status")
    sender, name = email(given.get("email_id")), texts.name(given, NAME_LENGTH)
    asked = texts.word(given, "cname_status", VERIFIED)
    domain = sender.rpartition("@")[2].lower()
    value = before | {"name": name, "email_id": sender}
    if before.get("dkim_host", "").partition("._domainkey.")[2] != domain:
        value |= {
            "dkim_host": f"{1522905413783 + len(domain)}._domainkey.{domain}",
            "dkim_status": "not_verified",
            "cname_status": "not_verified",
            "looks": 0,
        }
    if asked == "verified" and value["cname_status"] != "verified" and _found_in_dns(call, value):
        value |= {"cname_status": "verified", "dkim_status": "verified"}
    if asked == "not_verified":
        value["cname_status"] = "not_verified"
    _write(call, "mail", value, sender)
    return _mail(value)
