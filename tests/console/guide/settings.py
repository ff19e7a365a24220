"""The style guide's own settings: the toolkit alone, under the portal's content security policy."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[3]
SECRET_KEY = "only-for-the-style-guide"
DEBUG = os.environ.get("GUIDE_DEBUG", "") == "1"
ALLOWED_HOSTS = ["127.0.0.1", "localhost", "testserver"]
ROOT_URLCONF = "tests.console.guide.urls"
USE_TZ = True
LANGUAGE_CODE = "en"
DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
INSTALLED_APPS = [
    "apps.console",
    "tests.console.guide.apps.GuideConfig",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.messages",
    "django.contrib.humanize",
    "django.contrib.staticfiles",
    "csp",
    "django_filters",
    "django_htmx",
    "django_tables2",
]
MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "csp.middleware.CSPMiddleware",
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.messages.middleware.MessageMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
    "tests.console.guide.middleware.cast",
]
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [ROOT / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {
            "context_processors": [
                "django.template.context_processors.request",
                "django.contrib.messages.context_processors.messages",
                "apps.console.context.console",
            ],
        },
    }
]
DATABASES = {
    "default": {
        "ENGINE": "django.db.backends.sqlite3",
        "NAME": os.environ.get("GUIDE_DATABASE", str(ROOT / "var" / "guide.sqlite3")),
    }
}
SESSION_ENGINE = "django.contrib.sessions.backends.signed_cookies"
MESSAGE_STORAGE = "django.contrib.messages.storage.session.SessionStorage"
CSRF_FAILURE_VIEW = "apps.console.errors.csrf_failure"
LOGIN_URL = "guide:sign_in"
LOGIN_REDIRECT_URL = "guide:people"
STATIC_URL = "/static/"
STATIC_ROOT = Path(os.environ.get("GUIDE_STATIC", str(ROOT / "var" / "guide-static")))
MODULES = ROOT / "node_modules"
STATICFILES_DIRS = [
    ROOT / "static",
    *((f"tabler/{part}", MODULES / "@tabler" / "core" / "dist" / part) for part in ("css", "js", "img")),
    ("icons", MODULES / "bootstrap-icons" / "font"),
    ("inter", MODULES / "@fontsource-variable" / "inter"),
]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {
        "BACKEND": os.environ.get("GUIDE_STORAGE", "django.contrib.staticfiles.storage.StaticFilesStorage")
    },
}
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": ["'self'"],
        "img-src": ["'self'", "data:"],
        "object-src": ["'none'"],
        "base-uri": ["'none'"],
        "frame-ancestors": ["'none'"],
        "form-action": ["'self'"],
    }
}
DJANGO_TABLES2_TEMPLATE = "console/table.html"
CLIQ_BASE_URL = os.environ.get("GUIDE_CLIQ", "http://127.0.0.1:8021")
ZOHO_DATA_CENTRE = "eu"
