"""`manage.py grant_owner`."""

import pytest
from django.core.management import CommandError, call_command

from apps.accounts.models import Administrator
from apps.audit.models import Event
from apps.core.permissions import PortalRole

pytestmark = pytest.mark.django_db


def test_it_promotes_an_administrator(operator, capsys):
    call_command("grant_owner", operator.email.upper())
    operator.refresh_from_db()
    assert operator.portal_role == PortalRole.OWNER
    assert f"{operator.name} <{operator.email}> is an Owner of the portal now." in capsys.readouterr().out
    assert Event.objects.filter(kind="administrator.role_changed", actor_kind="command").count() == 1


def test_it_admits_a_stranger_by_zuid(capsys):
    call_command("grant_owner", "new@zylker.com", "--zuid", "77", "--name", "New Person")
    assert Administrator.objects.get(zuid="77").portal_role == PortalRole.OWNER


def test_it_brings_back_somebody_removed(operator):
    Administrator.objects.filter(pk=operator.pk).update(is_active=False)
    call_command("grant_owner", operator.email)
    operator.refresh_from_db()
    assert operator.is_active
    assert operator.portal_role == PortalRole.OWNER


def test_it_says_who_is_an_owner_already(owner, capsys):
    call_command("grant_owner", owner.email)
    assert "already has this role" in capsys.readouterr().out


def test_it_names_an_unknown_address():
    with pytest.raises(CommandError, match="no administrators with the address"):
        call_command("grant_owner", "nobody@zylker.com")
