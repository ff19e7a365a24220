"""Logging: structlog and the standard library through one formatter, which takes every secret out."""

import logging.config
import sys
from collections.abc import MutableMapping
from typing import Any

import structlog
from structlog.types import Processor

from apps.core.redaction import redact
from portal.environment import env

SHARED: list[Processor] = [
    structlog.contextvars.merge_contextvars,
    structlog.stdlib.add_logger_name,
    structlog.stdlib.add_log_level,
    structlog.stdlib.ExtraAdder(),
    structlog.processors.TimeStamper(fmt="iso", utc=True),
    structlog.processors.StackInfoRenderer(),
]


def redact_event(_: Any, __: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Take secrets out of a log event; runs last, when tracebacks are text already."""
    return {name: redact(value, name) for name, value in event.items()}


def renderers(readable: bool) -> list[Processor]:
    """Return what turns an event into a line: for people when readable, else JSON."""
    final: Processor = (
        structlog.dev.ConsoleRenderer(
            colors=sys.stderr.isatty(), exception_formatter=structlog.dev.plain_traceback
        )
        if readable
        else structlog.processors.JSONRenderer(default=str)
    )
    return [
        structlog.stdlib.ProcessorFormatter.remove_processors_meta,
        structlog.processors.format_exc_info,
        redact_event,
        final,
    ]


def configure_logging(level: str = "INFO", readable: bool = False) -> None:
    """Send all logs to stderr, away from a command's own output; LOG_FORMAT has the last word."""
    readable = {"text": True, "json": False}.get(env("LOG_FORMAT"), readable)
    # An unknown level is told by a system check; it must not keep the check from running.
    level = level.upper() if level.upper() in logging.getLevelNamesMapping() else "INFO"
    logging.config.dictConfig(
        {
            "version": 1,
            "disable_existing_loggers": False,
            "formatters": {
                "portal": {
                    "()": structlog.stdlib.ProcessorFormatter,
                    "foreign_pre_chain": SHARED,
                    "processors": renderers(readable),
                }
            },
            "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "portal"}},
            "root": {"handlers": ["stderr"], "level": level},
            "loggers": {
                # Each request is told once, by django-structlog, with its id and its user.
                **{name: {"level": "WARNING"} for name in ("django.server", "urllib3", "celery.beat")},
                # The log's heads prove that nothing was cut off its end: a quiet level must not silence them.
                **({} if readable else {"audit": {"level": "INFO"}}),
            },
        }
    )
    structlog.configure(
        processors=[
            structlog.stdlib.filter_by_level,
            *SHARED,
            structlog.stdlib.PositionalArgumentsFormatter(),
            structlog.stdlib.ProcessorFormatter.wrap_for_formatter,
        ],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.stdlib.BoundLogger,
        cache_logger_on_first_use=True,
    )
