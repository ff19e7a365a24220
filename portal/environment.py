"""The portal's environment variables: each name, its type and its default, in one place."""

from pathlib import Path
from typing import Any

import environ
from django.core.exceptions import ImproperlyConfigured

ROOT = Path(__file__).resolve().parent.parent

# One accounts host and one Cliq host each; their addresses stand in `apps/cliq/datacentres.py`.
DATA_CENTRE_CODES = ("us", "eu", "in", "au", "cn", "jp", "sa", "uk", "ca")


class Environment(environ.Env):
    """Names the variable whose value cannot be read."""

    def get_value(self, var: str, *args: Any, **kwargs: Any) -> Any:
        """Return the value in its type, or raise ImproperlyConfigured with the variable's name."""
        try:
            return super().get_value(var, *args, **kwargs)
        except (ValueError, TypeError) as error:
            raise ImproperlyConfigured(
                f"{var} cannot be read ({error}): .env.example explains it."
            ) from error


env = Environment(
    SECRET_KEY=(str, ""),
    DEBUG=(bool, False),
    ALLOWED_HOSTS=(list, ["localhost", "127.0.0.1", "[::1]"]),
    PUBLIC_URL=(str, "http://localhost:8000"),
    TRUSTED_PROXIES=(list, []),
    DATABASE_URL=(str, ""),
    REDIS_URL=(str, ""),
    FIELD_ENCRYPTION_KEYS=(list, []),
    AUDIT_KEYS=(list, []),
    ZOHO_CLIENT_ID=(str, ""),
    ZOHO_CLIENT_SECRET=(str, ""),
    ZOHO_DATA_CENTRE=(str, "us"),
    ZOHO_ORGANIZATION_ID=(str, ""),
    ZOHO_ACCOUNTS_URL=(str, ""),
    CLIQ_BASE_URL=(str, ""),
    CLIQ_NETWORK=(str, ""),
    CLIQ_EXPORT_PREFIX=(str, ""),
    CLIQ_MINUTE_SECONDS=(float, 60.0),
    CLIQ_USERS_PER_CALL=(int, 100),
    BULK_GUARD_PERCENT=(int, 20),
    EMAIL_URL=(str, "consolemail://"),
    DNS_RESOLVER=(str, ""),
    CLIQ_DOMAIN_TARGET=(str, ""),
    DATA_FOLDER=(str, ""),
    LOG_LEVEL=(str, "INFO"),
    LOG_FORMAT=(str, ""),
)
# Real variables win over the file: a container sets what it needs and ships no .env.
environ.Env.read_env(ROOT / ".env", overwrite=False)

# Uploads, the SQLite file, collected static files and the portal's own Redis live here.
VAR = Path(env("DATA_FOLDER") or ROOT / "var").resolve()
