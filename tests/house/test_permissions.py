"""The table of permissions is complete, and true."""

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.cast import BACKEND
from tests.house.permissions import OTHERS, ROLES, rows


def names(patterns=None, namespace: str = "") -> list[str]:
    """Every URL's name with its namespace."""
    found = []
    for pattern in get_resolver().url_patterns if patterns is None else patterns:
        if isinstance(pattern, URLResolver):
            inner = f"{pattern.namespace}:" if pattern.namespace else namespace
            found += names(pattern.url_patterns, inner)
        elif isinstance(pattern, URLPattern):
            found.append(f"{namespace}{pattern.name}")
    return found


def test_the_table_is_complete():
    """A new address does not go unnoticed, nor one that is gone."""
    wanted = {(name, method) for name in names() for method in ("GET", "POST")}
    told = [(row.name, row.method) for row in rows()]
    assert set(told) == wanted, set(told) ^ wanted
    assert len(told) == len(set(told))


def test_no_line_stands_twice():
    """And each of the others is an address of the portal."""
    told = [(row.path, row.method) for row in [*rows(), *rows(OTHERS)]]
    assert len(told) == len(set(told))
    assert {row.name for row in rows(OTHERS)} <= set(names())


@pytest.mark.parametrize("role", ROLES)
def test_the_table_is_true(world, role):
    """Each address with each method; what a request changes is undone before the next."""
    session = signed_in(world, role)
    wrong = []
    for row in [*rows(), *rows(OTHERS)]:
        status = answer(session, row.path.format(**world.names), row.method)
        expected = row.statuses[ROLES.index(role)]
        if status != expected:
            wrong.append(f"{row.method} {row.path} as {role}: {status}, not {expected}")
    assert wrong == []


def signed_in(world, role: str) -> str:
    """The session cookie of somebody with this role; none for a stranger."""
    client = Client()
    if role != "stranger":
        client.force_login(world.people[role], backend=BACKEND)
    return client.cookies["portal_session"].value if client.cookies else ""


def answer(session: str, path: str, method: str) -> int:
    """The status for a request with an empty body."""
    client = Client()
    if session:
        client.cookies["portal_session"] = session
    with transaction.atomic():
        response = client.generic(method, path)
        transaction.set_rollback(True)
    return response.status_code
