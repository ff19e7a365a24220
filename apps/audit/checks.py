"""System check: the log's triggers are in place."""

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error
from django.db import connections

from apps.audit import triggers


def check_triggers(app_configs: Any, databases: Sequence[str] | None = None, **_: Any) -> list[CheckMessage]:
    """Runs with `check --database default` and after migrate; an empty database is not an error."""
    problems: list[CheckMessage] = []
    for using in databases or ():
        if not set(triggers.TABLES) <= set(connections[using].introspection.table_names()):
            continue
        gone = triggers.missing(using)
        if gone:
            problems.append(
                Error(
                    f"The log can be edited: {', '.join(sorted(gone))} missing.",
                    hint="Run «manage.py migrate», which creates the triggers again.",
                    id="portal.E101",
                )
            )
    return problems
