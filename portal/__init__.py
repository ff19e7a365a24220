"""The project: settings, addresses, logs, the web and worker entry points."""

from portal.celery import app as celery_app

__all__ = ["celery_app"]
