"""`manage.py rotate_keys`."""

import io
import threading
import time

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command
from django.db import connection

from apps.connections import clients, connecting
from apps.connections.models import Grant
from apps.directory.services import syncing
from apps.jobs.models import Job, JobStatus
from apps.sandbox import cast
from tests.cast import REDIRECT, consented
from tests.working import carry_through

pytestmark = pytest.mark.django_db


def test_it_moves_every_secret_to_the_first_key(grant, settings, capsys):
    refresh, access = grant.refresh_token, grant.access_token
    old, new = settings.FIELD_ENCRYPTION_KEYS, Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [new, *old]
    call_command("rotate_keys")
    assert "2 secrets are encrypted with the first key now." in capsys.readouterr().out
    settings.FIELD_ENCRYPTION_KEYS = [new]
    kept = Grant.objects.get(pk=grant.pk)
    assert (kept.refresh_token, kept.access_token) == (refresh, access)
    settings.FIELD_ENCRYPTION_KEYS = old
    with pytest.raises(ImproperlyConfigured, match="a key is missing"):
        Grant.objects.get(pk=grant.pk)


@pytest.mark.django_db(transaction=True)
def test_it_rotates_while_a_job_runs(sandbox, owner, settings):
    """A job reads on in another thread, its tokens end again and again, and all keys change meanwhile."""
    sandbox.reset(users=4000)
    grant = connecting.connect(code=consented(sandbox, cast.ADMIN.email), redirect_uri=REDIRECT)
    new = Fernet.generate_key().decode()
    settings.FIELD_ENCRYPTION_KEYS = [new, *settings.FIELD_ENCRYPTION_KEYS]
    job = syncing.start(owner.actor())

    def carry_on() -> None:
        carry_through(job, patience=60)
        connection.close()

    worker = threading.Thread(target=carry_on)
    worker.start()
    for done in (100, 500, 1000, 1500, 2000):
        while worker.is_alive() and Job.objects.get(pk=job.pk).done < done:
            time.sleep(0.01)
        assert worker.is_alive(), "the job ended before the keys were changed"
        sandbox.expire_access_tokens()
        call_command("rotate_keys", stdout=io.StringIO())
    worker.join()
    settings.FIELD_ENCRYPTION_KEYS = [new]
    job.refresh_from_db()
    assert (job.status, job.done) == (JobStatus.FINISHED, 4000)
    assert len(Grant.objects.get(pk=grant.pk).accesses) >= 5
    assert clients.client(interactive=True).users.get(cast.ADMIN.zuid).id == cast.ADMIN.zuid
