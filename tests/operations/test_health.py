"""`/health/` tells machines whether the portal can work, and nobody why not."""

import pytest
from django.db import connection
from django.test import Client

pytestmark = pytest.mark.django_db


def test_it_works(client: Client):
    """Database and Redis answer."""
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (200, {"status": "ok"})
    assert "no-store" in response["Cache-Control"]


def test_it_is_unavailable_without_redis(client: Client, settings):
    """The answer names no part and no address."""
    settings.BROKER_REDIS_URL = "redis://127.0.0.1:1/0"
    response = client.get("/health/")
    assert (response.status_code, response.json()) == (503, {"status": "unavailable"})


def test_it_is_unavailable_without_its_database(client: Client, monkeypatch):
    """A lost database is an answer, not an error page."""
    from django.db import OperationalError

    def refuse(*args, **kwargs):
        raise OperationalError("connection refused at 10.0.0.5")

    monkeypatch.setattr(connection, "cursor", refuse)
    response = client.get("/health/")
    assert response.status_code == 503
    assert b"10.0.0.5" not in response.content


def test_it_rejects_post(client: Client):
    """Reading only."""
    assert client.post("/health/").status_code == 405
