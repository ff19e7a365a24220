"""Django's settings, all read from the environment (`portal/environment.py`)."""

from pathlib import Path
from urllib.parse import urlsplit

from csp.constants import NONE, SELF

from apps.cliq.datacentres import DATA_CENTRES
from portal.environment import ROOT, VAR, env
from portal.logs import configure_logging
from portal.redis_urls import broker_url, cache_url

BASE_DIR = ROOT
VAR.mkdir(exist_ok=True)

DEBUG = env("DEBUG")
SECRET_KEY = env("SECRET_KEY")
ALLOWED_HOSTS = env("ALLOWED_HOSTS")
PUBLIC_URL = env("PUBLIC_URL").rstrip("/")
TRUSTED_PROXIES = env("TRUSTED_PROXIES")
FIELD_ENCRYPTION_KEYS = env("FIELD_ENCRYPTION_KEYS")
AUDIT_KEYS = env("AUDIT_KEYS")

ZOHO_CLIENT_ID = env("ZOHO_CLIENT_ID")
ZOHO_CLIENT_SECRET = env("ZOHO_CLIENT_SECRET")
ZOHO_DATA_CENTRE = env("ZOHO_DATA_CENTRE")
ZOHO_ORGANIZATION_ID = env("ZOHO_ORGANIZATION_ID")
ZOHO_ACCOUNTS_URL = env("ZOHO_ACCOUNTS_URL").rstrip("/")
CLIQ_BASE_URL = env("CLIQ_BASE_URL").rstrip("/")
CLIQ_NETWORK = env("CLIQ_NETWORK")
CLIQ_EXPORT_PREFIX = env("CLIQ_EXPORT_PREFIX")
CLIQ_MINUTE_SECONDS = env("CLIQ_MINUTE_SECONDS")
CLIQ_USERS_PER_CALL = env("CLIQ_USERS_PER_CALL")
BULK_GUARD_PERCENT = env("BULK_GUARD_PERCENT")
DNS_RESOLVER = env("DNS_RESOLVER")
CLIQ_DOMAIN_TARGET = env("CLIQ_DOMAIN_TARGET").rstrip(".").lower()

INSTALLED_APPS = [
    "apps.core",
    "apps.console",
    "apps.audit",
    "apps.connections",
    "apps.accounts",
    "apps.jobs",
    "apps.directory",
    "apps.access",
    "apps.channels",
    "apps.organization",
    "apps.onboarding",
    "apps.home",
    "apps.sandbox",
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.socialaccount",
    "allauth.socialaccount.providers.zoho",
    "allauth.usersessions",
    "csp",
    "django_filters",
    "django_htmx",
    "django_structlog",
    "django_tables2",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "csp.middleware.CSPMiddleware",
    "apps.core.middleware.RequestContextMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django.middleware.clickjacking.XFrameOptionsMiddleware",
    "django_structlog.middlewares.RequestMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "allauth.usersessions.middleware.UserSessionsMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "apps.accounts.middleware.AdministratorMiddleware",
    "apps.audit.middleware.RefusalMiddleware",
]

ROOT_URLCONF = "portal.urls"
WSGI_APPLICATION = "portal.wsgi.application"

TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.auth.context_processors.auth",
                "django.contrib.messages.context_processors.messages",
                "apps.console.context.console",
            ],
        },
    }
]

# SQLite needs both WAL and immediate transactions: WAL alone fails under concurrent writers.
SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}


def database(url: str) -> dict[str, object]:
    """Django's description of the database at `url`; an empty one means SQLite under `var/`."""
    config: dict[str, object] = dict(env.db_url_config(url or f"sqlite:///{VAR / 'portal.sqlite3'}"))
    if "sqlite3" in str(config["ENGINE"]):
        config["OPTIONS"] = SQLITE_OPTIONS
        name = Path(str(config["NAME"]))
        config["TEST"] = {"NAME": str(name.with_name("test-" + name.name))}
    else:
        config["CONN_MAX_AGE"] = 60
        config["CONN_HEALTH_CHECKS"] = True
    return config


DATABASES = {"default": database(env("DATABASE_URL"))}
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"

REDIS_URL = env("REDIS_URL")
# The cache may be emptied at any time (Django's clear() is FLUSHDB), the broker's and the quota's keys never.
BROKER_REDIS_URL = broker_url(REDIS_URL)
CACHE_REDIS_URL = cache_url(REDIS_URL)
CACHES = {
    "default": {
        "BACKEND": "django.core.cache.backends.redis.RedisCache",
        "LOCATION": CACHE_REDIS_URL,
        "KEY_PREFIX": "portal",
    }
}

CELERY_BROKER_URL = BROKER_REDIS_URL
CELERY_BROKER_TRANSPORT_OPTIONS = {"visibility_timeout": 300}
CELERY_BROKER_CONNECTION_RETRY_ON_STARTUP = True
CELERY_TASK_IGNORE_RESULT = True
CELERY_TASK_ACKS_LATE = True
CELERY_TASK_REJECT_ON_WORKER_LOST = False
CELERY_WORKER_PREFETCH_MULTIPLIER = 1
CELERY_WORKER_HIJACK_ROOT_LOGGER = False
CELERY_TIMEZONE = "UTC"
CELERY_TASK_DEFAULT_QUEUE = "portal"
CELERY_BEAT_SCHEDULE_FILENAME = str(VAR / "beat")
CELERY_BEAT_SCHEDULE = {"tick": {"task": "jobs.tick", "schedule": 5.0, "options": {"expires": 5}}}

AUTH_USER_MODEL = "accounts.Administrator"
AUTHENTICATION_BACKENDS = ["allauth.account.auth_backends.AuthenticationBackend"]
AUTH_PASSWORD_VALIDATORS: list[dict[str, str]] = []
PASSWORD_HASHERS = ["django.contrib.auth.hashers.PBKDF2PasswordHasher"]
LOGIN_URL = "accounts:sign_in"
LOGIN_REDIRECT_URL = "home:dashboard"
LOGOUT_REDIRECT_URL = "accounts:sign_in"

ACCOUNT_ADAPTER = "apps.accounts.adapters.AccountAdapter"
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_USER_MODEL_USERNAME_FIELD = "zuid"
ACCOUNT_USER_MODEL_EMAIL_FIELD = "email"
ACCOUNT_LOGOUT_ON_GET = False
SOCIALACCOUNT_ADAPTER = "apps.accounts.adapters.SocialAccountAdapter"
SOCIALACCOUNT_ONLY = True
SOCIALACCOUNT_STORE_TOKENS = False
SOCIALACCOUNT_AUTO_SIGNUP = False
SOCIALACCOUNT_EMAIL_AUTHENTICATION = False
SOCIALACCOUNT_PROVIDERS = {
    "zoho": {
        "APP": {"client_id": ZOHO_CLIENT_ID, "secret": ZOHO_CLIENT_SECRET},
        "provider_class": "apps.accounts.provider.ZohoProvider",
        "SCOPE": ["aaaserver.profile.READ"],
        "AUTH_PARAMS": {"access_type": "online"},
    }
}
USERSESSIONS_TRACK_ACTIVITY = True

LANGUAGE_CODE = "en"
TIME_ZONE = "UTC"
USE_I18N = True
USE_TZ = True

STATIC_URL = "/static/"
STATIC_ROOT = VAR / "staticfiles"
STATICFILES_DIRS = [
    BASE_DIR / "static",
    # Only what the pages use: other folders of the distribution refer to files that are not there.
    *((f"tabler/{part}", BASE_DIR / "node_modules/@tabler/core/dist" / part) for part in ("css", "img")),
    ("icons", BASE_DIR / "node_modules" / "bootstrap-icons" / "font"),
    ("inter", BASE_DIR / "node_modules" / "@fontsource-variable" / "inter"),
]
STORAGES = {
    "default": {
        "BACKEND": "django.core.files.storage.FileSystemStorage",
        "OPTIONS": {"location": VAR / "files"},
    },
    "staticfiles": {
        "BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"
        if DEBUG
        else "whitenoise.storage.CompressedManifestStaticFilesStorage",
    },
}
WHITENOISE_USE_FINDERS = DEBUG
FILE_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024
DATA_UPLOAD_MAX_NUMBER_FIELDS = 2000
FILE_UPLOAD_PERMISSIONS = 0o600

EMAIL_CONFIG = env.email_url("EMAIL_URL", default="consolemail://")
vars().update(EMAIL_CONFIG)

_secure = urlsplit(PUBLIC_URL).scheme == "https"
SESSION_COOKIE_NAME = "portal_session"
SESSION_COOKIE_AGE = 12 * 3600
SESSION_COOKIE_SECURE = _secure
SESSION_COOKIE_HTTPONLY = True
# Lax, not Strict: the consent page redirects back to the portal from Zoho's host.
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "portal_csrf"
CSRF_COOKIE_SECURE = _secure
CSRF_COOKIE_HTTPONLY = True
CSRF_TRUSTED_ORIGINS = [PUBLIC_URL]
CSRF_FAILURE_VIEW = "apps.console.errors.csrf_failure"
SECURE_SSL_REDIRECT = _secure
SECURE_REDIRECT_EXEMPT = [r"^health/"]
SECURE_HSTS_SECONDS = 31536000 if _secure else 0
SECURE_HSTS_INCLUDE_SUBDOMAINS = _secure
SECURE_HSTS_PRELOAD = _secure
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
if TRUSTED_PROXIES:
    SECURE_PROXY_SSL_HEADER = ("HTTP_X_FORWARDED_PROTO", "https")


def accounts_hosts() -> list[str]:
    """Where a form may lead that ends on Zoho's sign-in page: the override's host, else the data centre's."""
    centre = DATA_CENTRES.get(ZOHO_DATA_CENTRE)
    known = [centre.accounts] if centre else []
    return [ZOHO_ACCOUNTS_URL] if ZOHO_ACCOUNTS_URL else known


CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [SELF],
        "img-src": [SELF, "data:"],
        "object-src": [NONE],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
        # A form that ends in a redirect to Zoho's consent page must be allowed to reach it.
        "form-action": [SELF, *accounts_hosts()],
    }
}

DJANGO_TABLES2_TEMPLATE = "console/table.html"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"

LOGGING_CONFIG = None
# The id that RequestContextMiddleware has just made, never a caller's own.
DJANGO_STRUCTLOG_TRUST_UPSTREAM_REQUEST_ID = True
configure_logging(level=env("LOG_LEVEL"), readable=DEBUG)
