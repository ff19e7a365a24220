"""No secret is ever written down: not in logs, events, cache, database, job rows or pages."""

import json

import pytest
import redis
from django.conf import settings
from django.core.cache import cache
from django.db import connection

from apps.audit.models import Event
from apps.directory.services import syncing
from apps.jobs.models import Job, JobRow
from apps.sandbox import cast
from tests.accounts.browser import Visitor
from tests.house.permissions import rows

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def walked(sandbox, settings, work, caplog, capfd):
    """The slice walked once by its first Owner, with mishaps on the way."""
    settings.ZOHO_ORGANIZATION_ID = cast.ORGANIZATION_ID
    visitor = Visitor(sandbox)
    visitor.connect(cast.STRANGER.email)
    visitor.connect(cast.ADMIN.email)
    job = work(Job.objects.get(kind=syncing.SYNC), patience=30)
    assert job.ended, job.activity
    sandbox.expire_access_tokens()
    sandbox.fault("users.update", status=500, body="<html>Zoho-oauthtoken echoed</html>")
    edit = visitor.client.get(f"/users/{cast.MEMBER.zuid}/edit/")
    assert edit.status_code == 200
    Visitor(sandbox).sign_in(cast.MEMBER.email)
    visitor.client.post("/sign-out/")
    visitor.sign_in(cast.ADMIN.email)
    return visitor


def secrets(sandbox) -> set[str]:
    """Everything that must not be found anywhere."""
    found = {
        *sandbox.tokens(),
        settings.ZOHO_CLIENT_SECRET,
        settings.SECRET_KEY,
        *settings.FIELD_ENCRYPTION_KEYS,
    }
    found |= {key.partition(":")[2] for key in settings.AUDIT_KEYS}
    assert len(found) > 8
    return found


def found_in(text: str, hidden: set[str]) -> set[str]:
    return {secret for secret in hidden if secret in text}


def pages(client) -> str:
    """The HTML of every page that needs no id."""
    texts = []
    for row in rows():
        if row.method == "GET" and "{" not in row.path and "sign" not in row.path:
            response = client.get(row.path)
            texts.append(
                b"".join(response.streaming_content).decode("utf-8", "replace")
                if response.streaming
                else response.content.decode()
            )
    for event in Event.objects.all():
        texts.append(client.get(f"/log/{event.seq}/").content.decode())
    for job in Job.objects.all():
        texts.append(client.get(f"/jobs/{job.pk}/").content.decode())
    return "\n".join(texts)


def database() -> str:
    """Every row of every table, as text."""
    with connection.cursor() as cursor:
        tables = connection.introspection.table_names(cursor)
        texts = []
        for table in tables:
            cursor.execute(f'SELECT * FROM "{table}"')
            texts += [repr(row) for row in cursor.fetchall()]
    return "\n".join(texts)


def everything_in_redis() -> str:
    texts = []
    for url in (settings.BROKER_REDIS_URL, settings.CACHE_REDIS_URL):
        with redis.Redis.from_url(url) as server:
            for key in server.scan_iter():
                value = server.dump(key)
                texts += [repr(key), value.decode("latin-1")]
    return "\n".join(texts)


def test_nothing_leaks(walked, sandbox, caplog, capfd):
    """Every code, token and key that was ever minted, looked for everywhere."""
    cache.get("warm")
    hidden = secrets(sandbox)
    html = pages(walked.client)
    assert len(html) > 50_000
    captured = capfd.readouterr()
    places = {
        "pages": html,
        "log records": "\n".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records),
        "log stream": captured.out + captured.err,
        "events": "\n".join(Event.objects.values_list("body", flat=True)),
        "database": database(),
        "redis": everything_in_redis(),
        "job rows": json.dumps(list(JobRow.objects.values("data", "problems", "sentence")), default=str)
        + json.dumps(list(Job.objects.values("params", "state", "activity")), default=str),
    }
    leaks = {place: found_in(text, hidden) for place, text in places.items()}
    assert {place: found for place, found in leaks.items() if found} == {}


def test_the_hunt_finds_what_is_there(walked, sandbox):
    """A token that was written down is found: the search is not blind."""
    token = sandbox.tokens()[0]
    Job.objects.update(activity=token)
    assert found_in(database(), {token}) == {token}
    assert found_in(pages(walked.client), {token}) == {token}
    Job.objects.update(activity="")
