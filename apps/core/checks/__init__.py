"""System checks: a missing, malformed or dangerous value of the environment, and what to do about it."""

from typing import Any

from django.core.checks import CheckMessage, Tags
from django.core.checks import register as register_check

from apps.core.checks.addresses import check_addresses
from apps.core.checks.secrets import check_secrets
from apps.core.checks.services import check_production, check_services
from apps.core.checks.zoho import check_overrides, check_zoho


def register() -> None:
    """Have Django run these checks; the ones about production under `check --deploy` only."""
    for check in (check_secrets, check_addresses, check_zoho, check_overrides, check_services):
        register_check(adapt(check), Tags.security)
    register_check(adapt(check_production), Tags.security, deploy=True)


def adapt(check: Any) -> Any:
    """Give a check the signature that Django calls."""

    def run(app_configs: Any, **_: Any) -> list[CheckMessage]:
        return list(check())

    run.__name__ = check.__name__
    return run
