"""What only a real organisation can settle, as far as reading settles it: see docs/zoho.md.

Each question is one reading call. Answers tell shapes, words and counts, never who or what they are about.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from apps.cliq import envelopes
from apps.cliq.catalogue import CATALOGUE
from apps.cliq.client import Cliq
from apps.connections.models import Grant
from apps.core.errors import PortalError, Refused

Judge = Callable[[Any], tuple[str, bool | None]]
"""Of a reply's body: what Zoho does, and whether it is what the portal expects; None where either will do."""

STATUSES = frozenset({"active", "inactive", "pending", "imported_active", "imported_inactive"})
FIELD_TYPES = frozenset({"text_field", "drop_down", "date_picker"})
PROFILE_TYPES = frozenset({"Members", "Cliq Admin", "Admin"})
NOBODY = "1"


@dataclass(frozen=True, slots=True)
class Question:
    """`refused` names the codes that are an answer as well."""

    text: str
    endpoint: str
    judge: Judge
    params: Mapping[str, Any] = field(default_factory=dict)
    path: Mapping[str, str] = field(default_factory=dict)
    refused: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """`expected`: True, False, or None where it makes no difference or could not be found out."""

    question: str
    said: str
    expected: bool | None


def ask(cliq: Cliq, grant: Grant) -> Iterator[Answer]:
    """Every question in turn; one that the grant has no permission for is not asked."""
    for question in questions(grant):
        endpoint = CATALOGUE[question.endpoint]
        if endpoint.writes:
            raise ValueError(f"{endpoint.name} is no reading call")
        lacking = set(endpoint.scopes) - set(grant.scopes)
        if lacking:
            yield Answer(question.text, f"not asked: {', '.join(sorted(lacking))} not granted", None)
            continue
        yield _answer(cliq, question)


def _answer(cliq: Cliq, question: Question) -> Answer:
    endpoint = CATALOGUE[question.endpoint]
    try:
        said, expected = question.judge(cliq.call(endpoint, path=question.path, params=question.params).body)
    except Refused as error:
        code = error.code or "no code"
        return Answer(question.text, f"{error.status}, {code}", code in question.refused)
    except envelopes.Unreadable as error:
        return Answer(question.text, f"an answer of another shape: {error}", False)
    except PortalError as error:
        return Answer(question.text, error.sentence, None)
    return Answer(question.text, said, expected)


def questions(grant: Grant) -> tuple[Question, ...]:
    """In the order of docs/zoho.md; the numbers there are these places."""
    me = {"user_id": grant.zuid}
    role = {"profile_id": grant.role_id or NOBODY}
    every = {"fields": "all", "limit": 100}
    return (
        Question("Statuses in a list without `status`", "users.list", _statuses, every),
        Question("Form of ids", "users.list", _ids, {"limit": 1}),
        Question("More pages are announced by", "users.list", _more, {"limit": 1}),
        Question(
            "A `limit` above 100", "users.list", _count, {"limit": 101}, refused=("invalid_parameters",)
        ),
        Question("Countries are written as", "users.list", _countries, every),
        Question("`phone` is shown", "users.list", _shown("phone"), every),
        Question("Custom attributes in a list", "users.list", _shown("custom_attributes"), every),
        Question("A search for the whole address finds", "users.list", _one, {"search": grant.holder_email}),
        Question("Custom attributes of one user", "users.get", _beside, {"fields": "all"}, me),
        Question("A user who is not there", "users.get", _found, path={"user_id": NOBODY}, refused=GONE),
        Question("Departments without `limit`", "departments.list", _page),
        Question(
            "A department that is not there",
            "departments.get",
            _found,
            path={"department_id": NOBODY},
            refused=("department_not_exist",),
        ),
        Question("Designations after the first page", "designations.list", _more_designations, {"limit": 1}),
        Question("Envelope and types of user fields", "userfields.list", _fields),
        Question("Types of roles", "roles.list", _roles),
        Question("Permissions of a role", "roles.permissions", _permissions, path=role),
        Question("Teams", "teams.list", _envelope("teams")),
        Question("Channels", "channels.list", _envelope("channels"), {"limit": 1}),
        Question("Custom domain", "custom_domain.get", _any),
        Question("Mail configuration", "mail.get", _any),
        Question("Export of channels", "maintenance.channels", _rows, {"fields": "channel_id", "limit": 1}),
    )


GONE = ("operation_not_allowed", "user_not_exist", "request_url_invalid")


def _statuses(body: Any) -> tuple[str, bool | None]:
    found = {str(item.get("status", "")).casefold() for item in envelopes.items_of(body)}
    return ", ".join(sorted(found)) or "nobody", found <= STATUSES


def _ids(body: Any) -> tuple[str, bool | None]:
    kinds = {type(item.get("id")).__name__ for item in envelopes.items_of(body)}
    return ", ".join(sorted(kinds)) or "nobody", None


def _more(body: Any) -> tuple[str, bool | None]:
    keys = [key for key in ("has_more", "next_token") if key in body]
    return " and ".join(keys) or "nothing", "next_token" in keys or body.get("has_more") is False


def _more_designations(body: Any) -> tuple[str, bool | None]:
    return ("next_token" if envelopes.token_of(body) else "nothing"), None


def _count(body: Any) -> tuple[str, bool | None]:
    return f"taken; {len(envelopes.items_of(body))} came", None


def _countries(body: Any) -> tuple[str, bool | None]:
    values = [str(item["country"]) for item in envelopes.items_of(body) if item.get("country")]
    codes = sum(len(value) == 2 for value in values)
    return f"{codes} codes, {len(values) - codes} names", None


def _shown(key: str) -> Judge:
    def judge(body: Any) -> tuple[str, bool | None]:
        items = envelopes.items_of(body)
        return f"with {sum(bool(item.get(key)) for item in items)} of {len(items)} users", None

    return judge


def _one(body: Any) -> tuple[str, bool | None]:
    count = len(envelopes.items_of(body))
    return f"{count} user{'' if count == 1 else 's'}", count >= 1


def _beside(body: Any) -> tuple[str, bool | None]:
    inside = "custom_attributes" in envelopes.data_of(body)
    return ("inside `data`" if inside else "beside `data`" if "custom_attributes" in body else "none"), None


def _found(body: Any) -> tuple[str, bool | None]:
    return "an answer", False


def _page(body: Any) -> tuple[str, bool | None]:
    more = "more follow" if envelopes.token_of(body) else "no more"
    return f"{len(envelopes.items_of(body))} came, {more}", None


def _fields(body: Any) -> tuple[str, bool | None]:
    types = {str(item.get("type", "")) for item in envelopes.items_of(body)}
    return f"{_key(body)}; {', '.join(sorted(types))}", types <= FIELD_TYPES


def _roles(body: Any) -> tuple[str, bool | None]:
    types = {str(item.get("profile_type", "")) for item in envelopes.items_of(body)}
    return ", ".join(sorted(types)), types <= PROFILE_TYPES


def _permissions(body: Any) -> tuple[str, bool | None]:
    data = body.get("data", body) if isinstance(body, dict) else body
    modules = envelopes.data_of(body)
    edit = modules.get("users", {}).get("actions", {}).get("edit", "not named")
    form = "a list of one object" if isinstance(data, list) else "an object"
    return f"{form}, {len(modules)} modules; users, edit: {edit}", "users" in modules


def _envelope(key: str) -> Judge:
    def judge(body: Any) -> tuple[str, bool | None]:
        return f"{_key(body)}, {len(envelopes.items_of(body))} came", _key(body) == f"`{key}`"

    return judge


def _any(body: Any) -> tuple[str, bool | None]:
    data = body.get("data", body) if isinstance(body, dict) else body
    keys = ", ".join(sorted(data)) if isinstance(data, dict) else type(data).__name__
    return f"an object of: {keys}" if keys else "nothing is set", None


def _rows(body: Any) -> tuple[str, bool | None]:
    return ("lines of text" if isinstance(body, str) else f"JSON, {_key(body)}"), None


def _key(body: Any) -> str:
    keys = body.keys() if isinstance(body, dict) else ()
    return next((f"`{key}`" for key in keys if isinstance(body[key], list)), "no list")


def table(answers: Iterable[Answer]) -> str:
    """Side by side, for a terminal."""
    words = {True: "as expected", False: "DIFFERENT", None: ""}
    rows = [
        (f"{place:2}  {answer.question}", answer.said, words[answer.expected])
        for place, answer in enumerate(answers, 1)
    ]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    return "\n".join(f"{row[0]:{widths[0]}}  {row[1]:{widths[1]}}  {row[2]}".rstrip() for row in rows)
