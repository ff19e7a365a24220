"""The environment of a test run, set before Django loads: a real Redis, a database, fixed keys.

xdist's workers inherit what the controller has set: one server, two databases of it for each of them.
"""

import atexit
import os
import shutil
import tempfile
from hashlib import sha256
from pathlib import Path

from apps.core.redis_server import RedisServer

ROOT = Path(__file__).resolve().parent.parent
DATABASES = 64

FIXED = {
    "SECRET_KEY": "tests-only-" + "0123456789abcdef" * 4,
    "DEBUG": "0",
    "ALLOWED_HOSTS": "localhost,127.0.0.1,[::1],testserver",
    "PUBLIC_URL": "http://localhost:8000",
    "TRUSTED_PROXIES": "",
    "FIELD_ENCRYPTION_KEYS": "dGVzdHMtb25seS1maWVsZC1lbmNyeXB0aW9uLWtleS4=",
    "AUDIT_KEYS": "tests:" + "5eed" * 16,
    "ZOHO_CLIENT_ID": "1000.SANDBOX",
    "ZOHO_CLIENT_SECRET": "sandbox-secret",
    "ZOHO_DATA_CENTRE": "us",
    "ZOHO_ORGANIZATION_ID": "",
    # Nothing listens there: a test that needs Zoho starts a sandbox and names it.
    "ZOHO_ACCOUNTS_URL": "http://127.0.0.1:1",
    "CLIQ_BASE_URL": "http://127.0.0.1:1",
    "CLIQ_NETWORK": "",
    "CLIQ_EXPORT_PREFIX": "",
    "CLIQ_MINUTE_SECONDS": "60",
    "CLIQ_USERS_PER_CALL": "100",
    "BULK_GUARD_PERCENT": "20",
    "EMAIL_URL": "memorymail://",
    "DNS_RESOLVER": "",
    "CLIQ_DOMAIN_TARGET": "",
    "LOG_LEVEL": "INFO",
    "LOG_FORMAT": "json",
}


def worker_number() -> int:
    """Number this process among the test run's: 0 without xdist and for its controller, then 1, 2 …"""
    name = os.environ.get("PYTEST_XDIST_WORKER", "")
    return int(name.removeprefix("gw")) + 1 if name else 0


def temporary_folder() -> Path:
    """Return the run's folder for its database files and Redis, made once and removed at the end."""
    if known := os.environ.get("PORTAL_TEST_FOLDER"):
        return Path(known)
    folder = Path(tempfile.mkdtemp(prefix="portal-tests-"))
    os.environ["PORTAL_TEST_FOLDER"] = str(folder)
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


def redis_address(folder: Path) -> str:
    """Return the run's Redis, started by the first process that asks."""
    if known := os.environ.get("PORTAL_TEST_REDIS"):
        return known
    server = RedisServer(folder / "redis.sock", home=folder / "redis", persistent=False, databases=DATABASES)
    server.__enter__()
    atexit.register(server.__exit__)
    os.environ["PORTAL_TEST_REDIS"] = server.url
    return server.url


def database_url(folder: Path) -> str:
    """Return the database that Django derives the test database from."""
    if os.environ.get("TEST_DATABASE") == "postgres":
        return os.environ["TEST_POSTGRES_URL"]
    return f"sqlite:///{folder / f'portal-{worker_number()}.sqlite3'}"


def postgres_test_name() -> str:
    """Name the PostgreSQL test database after the checkout: two checkouts may test at once."""
    return "test_portal_" + sha256(os.fsencode(ROOT)).hexdigest()[:8]


def prepare() -> None:
    """Set every variable that the portal reads; a developer's own environment and `.env` do not leak in."""
    folder = temporary_folder()
    os.environ.update(FIXED, DATA_FOLDER=str(folder / "var"))
    os.environ["REDIS_URL"] = f"{redis_address(folder)}?db={2 * worker_number()}"
    os.environ["DATABASE_URL"] = database_url(folder)
