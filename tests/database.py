"""The log's triggers and Django's way of emptying a database between transactional tests."""

from collections.abc import Iterator

import pytest

from apps.audit import triggers


def is_transactional(request: pytest.FixtureRequest) -> bool:
    """Whether this test's database is emptied after it rather than rolled back."""
    marker = request.node.get_closest_marker("django_db")
    asked = {"transactional_db", "live_server"} & set(request.fixturenames)
    return bool(asked) or bool(marker and marker.kwargs.get("transaction"))


@pytest.fixture(autouse=True)
def emptied_log(request: pytest.FixtureRequest) -> Iterator[None]:
    """Lift the triggers just before Django empties the tables; its flush creates them again."""
    if not is_transactional(request):
        yield
        return
    request.getfixturevalue("transactional_db")
    yield
    triggers.drop()
