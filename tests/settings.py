"""The portal's own settings under a test run's environment."""

from tests import environment

environment.prepare()

from portal.settings import *  # noqa: E402, F403
from portal.settings import DATABASES  # noqa: E402

if "postgresql" in str(DATABASES["default"]["ENGINE"]):
    DATABASES["default"]["TEST"] = {"NAME": environment.postgres_test_name()}
# Pages are tested without collecting static files first.
STORAGES = {
    "default": STORAGES["default"],  # noqa: F405
    "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
}
WHITENOISE_USE_FINDERS = True
STATIC_ROOT.mkdir(parents=True, exist_ok=True)  # noqa: F405
