"""Every check speaks up for its one mistake, and all are silent on a production's environment."""

import os
import subprocess
import sys

import pytest
from django.conf import settings
from django.core.checks import Tags, run_checks

from apps.cliq.datacentres import DATA_CENTRES
from portal.environment import DATA_CENTRE_CODES, ROOT
from tests.production import PRODUCTION

SANDBOX = {"ZOHO_ACCOUNTS_URL": "http://127.0.0.1:8021", "CLIQ_BASE_URL": "http://127.0.0.1:8021"}


def portal_ids(**kwargs) -> list[str]:
    """Return the ids of the portal's own complaints about the configuration."""
    return [message.id for message in run_checks(tags=[Tags.security], **kwargs) if "portal." in message.id]


@pytest.fixture
def production(settings):
    """Settings as they are in production."""
    for name in ("SECRET_KEY", "PUBLIC_URL", "ZOHO_CLIENT_ID", "ZOHO_CLIENT_SECRET", "REDIS_URL"):
        setattr(settings, name, PRODUCTION[name])
    for name in ("ZOHO_ACCOUNTS_URL", "CLIQ_BASE_URL"):
        setattr(settings, name, "")
    settings.CLIQ_MINUTE_SECONDS = 60.0
    return settings


@pytest.mark.parametrize(
    ("values", "code"),
    [
        ({"SECRET_KEY": "short"}, "portal.E001"),
        ({"SECRET_KEY": ""}, "portal.E001"),
        ({"FIELD_ENCRYPTION_KEYS": []}, "portal.E002"),
        ({"FIELD_ENCRYPTION_KEYS": ["not-a-key"]}, "portal.E003"),
        ({"AUDIT_KEYS": []}, "portal.E004"),
        ({"AUDIT_KEYS": ["2026:abc"]}, "portal.E005"),
        ({"AUDIT_KEYS": ["no-id"]}, "portal.E005"),
        ({"AUDIT_KEYS": ["a:" + "00" * 32, "a:" + "11" * 32]}, "portal.E006"),
        ({"PUBLIC_URL": "portal.example.com"}, "portal.E010"),
        ({"PUBLIC_URL": "https://portal.example.com/cliq"}, "portal.E010"),
        ({"PUBLIC_URL": "http://portal.example.com"}, "portal.E011"),
        ({"ALLOWED_HOSTS": ["*"]}, "portal.E012"),
        ({"TRUSTED_PROXIES": ["proxy"]}, "portal.E013"),
        ({"DNS_RESOLVER": "dns.example.com"}, "portal.E014"),
        ({"DNS_RESOLVER": "10.0.0.0/8"}, "portal.E014"),
        ({"DNS_RESOLVER": "10.0.0.5:70000"}, "portal.E014"),
        ({"DNS_RESOLVER": "[::1]53"}, "portal.E014"),
        ({"ZOHO_CLIENT_ID": ""}, "portal.E020"),
        ({"ZOHO_CLIENT_SECRET": ""}, "portal.E021"),
        ({"ZOHO_DATA_CENTRE": "com"}, "portal.E022"),
        ({"ZOHO_ORGANIZATION_ID": "Zylker"}, "portal.E023"),
        ({"CLIQ_USERS_PER_CALL": 0}, "portal.E024"),
        ({"CLIQ_USERS_PER_CALL": 1001}, "portal.E024"),
        ({"BULK_GUARD_PERCENT": -1}, "portal.E027"),
        ({"BULK_GUARD_PERCENT": 101}, "portal.E027"),
        ({"CLIQ_NETWORK": "../api"}, "portal.E025"),
        ({"CLIQ_EXPORT_PREFIX": "company/?"}, "portal.E026"),
        ({"CLIQ_DOMAIN_TARGET": "https://cliq.cs.zohohost.com"}, "portal.E028"),
        ({**SANDBOX, "CLIQ_BASE_URL": "https://cliq.zoho.example"}, "portal.E030"),
        ({"ZOHO_ACCOUNTS_URL": SANDBOX["ZOHO_ACCOUNTS_URL"]}, "portal.E031"),
        ({"CLIQ_MINUTE_SECONDS": 6.0}, "portal.E032"),
        ({**SANDBOX, "CLIQ_MINUTE_SECONDS": 0.0}, "portal.E032"),
        ({"DEBUG": True}, "portal.E033"),
        ({"REDIS_URL": "http://localhost:6379"}, "portal.E050"),
        ({"REDIS_URL": "redis://localhost/zero"}, "portal.E050"),
    ],
)
def test_a_mistake_is_named(production, values, code):
    """One complaint, for that mistake and with a hint."""
    for name, value in values.items():
        setattr(production, name, value)
    assert portal_ids() == [code]
    assert all(message.hint for message in run_checks(tags=[Tags.security]) if message.id == code)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {**SANDBOX, "CLIQ_MINUTE_SECONDS": 1.0, "PUBLIC_URL": "http://localhost:8000"},
        {"PUBLIC_URL": "http://127.0.0.1:8000", "DEBUG": True},
        {"DNS_RESOLVER": "[::1]:5353", "TRUSTED_PROXIES": ["10.0.0.5", "172.18.0.0/16"]},
        {"REDIS_URL": ""},
        {"REDIS_URL": "unix:///run/redis.sock?db=2"},
        {"CLIQ_EXPORT_PREFIX": "company/64000001/"},
    ],
)
def test_what_is_right_passes(production, values):
    """Production, the sandbox and a desk."""
    for name, value in values.items():
        setattr(production, name, value)
    assert portal_ids() == []


@pytest.mark.parametrize(
    ("values", "code"),
    [
        (SANDBOX, "portal.W060"),
        ({"PUBLIC_URL": "http://localhost:8000"}, "portal.W062"),
    ],
)
def test_a_desks_configuration_is_told_before_deployment(production, values, code):
    """Fine here, wrong there: `check --deploy` says so."""
    for name, value in values.items():
        setattr(production, name, value)
    assert code not in portal_ids()
    assert code in portal_ids(include_deployment_checks=True)


def run_check(**changes: str) -> subprocess.CompletedProcess[str]:
    """Run `check --deploy` as a site engineer would, under a production's environment."""
    # Browser tests in the same process have lifted a guard for themselves.
    ours = {name: value for name, value in os.environ.items() if name != "DJANGO_ALLOW_ASYNC_UNSAFE"}
    return subprocess.run(
        [sys.executable, "manage.py", "check", "--deploy", "--fail-level", "WARNING"],
        cwd=ROOT,
        env={**ours, **PRODUCTION, **changes, "DJANGO_SETTINGS_MODULE": "portal.settings"},
        capture_output=True,
        text=True,
        check=False,
    )


def test_deployment_is_clean_under_production_settings():
    """Django's own checks included."""
    done = run_check()
    assert done.returncode == 0, done.stderr


def test_a_value_of_the_wrong_type_is_named():
    """No traceback through settings: the variable's name and where to read on."""
    done = run_check(CLIQ_USERS_PER_CALL="many")
    assert done.returncode == 1
    assert "CLIQ_USERS_PER_CALL cannot be read" in done.stderr


def test_an_unknown_log_level_is_named():
    """It does not keep the check from running."""
    assert "portal.E052" in run_check(LOG_LEVEL="CHATTY").stderr


def test_the_codes_of_the_data_centres_are_the_clients():
    """The check's list and the client's table are the same nine."""
    assert set(DATA_CENTRE_CODES) == set(DATA_CENTRES)
    assert settings.ZOHO_DATA_CENTRE in DATA_CENTRE_CODES
