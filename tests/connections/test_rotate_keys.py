"""`manage.py rotate_keys`."""

import pytest
from cryptography.fernet import Fernet
from django.core.exceptions import ImproperlyConfigured
from django.core.management import call_command

from apps.connections.models import Grant

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
