"""A production's environment, for checks of it: `python -m tests.production check --deploy`."""

import os
import sys

from cryptography.fernet import Fernet

PRODUCTION = {
    "SECRET_KEY": "".join(chr(33 + (7 * n) % 90) for n in range(64)),
    "DEBUG": "0",
    "ALLOWED_HOSTS": "portal.example.com",
    "PUBLIC_URL": "https://portal.example.com",
    "TRUSTED_PROXIES": "172.18.0.0/16",
    "DATABASE_URL": "postgres://portal:secret@127.0.0.1:1/portal",
    "REDIS_URL": "redis://127.0.0.1:1/0",
    "FIELD_ENCRYPTION_KEYS": Fernet.generate_key().decode(),
    "AUDIT_KEYS": "2026:" + "5eed" * 16,
    "ZOHO_CLIENT_ID": "1000.EXAMPLE",
    "ZOHO_CLIENT_SECRET": "example",
    "ZOHO_DATA_CENTRE": "eu",
    "ZOHO_ORGANIZATION_ID": "631836344",
    "ZOHO_ACCOUNTS_URL": "",
    "CLIQ_BASE_URL": "",
    "CLIQ_NETWORK": "",
    "CLIQ_EXPORT_PREFIX": "",
    "CLIQ_MINUTE_SECONDS": "60",
    "CLIQ_USERS_PER_CALL": "100",
    "BULK_GUARD_PERCENT": "20",
    "EMAIL_URL": "smtp+tls://portal:secret@mail.example.com:587",
    "DNS_RESOLVER": "9.9.9.9",
    "CLIQ_DOMAIN_TARGET": "",
    "DATA_FOLDER": "",
    "LOG_LEVEL": "INFO",
    "LOG_FORMAT": "json",
}


def main() -> None:
    """Run one management command under it."""
    os.environ.update(PRODUCTION, DJANGO_SETTINGS_MODULE="portal.settings")
    from django.core.management import execute_from_command_line

    execute_from_command_line(["manage.py", *sys.argv[1:]])


if __name__ == "__main__":
    main()
