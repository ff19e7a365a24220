"""The portal's environment variables: each name, its type and its default, in one place."""

from pathlib import Path

import environ

ROOT = Path(__file__).resolve().parent.parent
VAR = ROOT / "var"

env = environ.Env(
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
    EMAIL_URL=(str, "consolemail://"),
    DNS_RESOLVER=(str, ""),
    LOG_LEVEL=(str, "INFO"),
)
# Real variables win over the file: a container sets what it needs and ships no .env.
environ.Env.read_env(ROOT / ".env", overwrite=False)
