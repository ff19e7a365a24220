"""Database triggers that refuse to change or remove what the log holds."""

from typing import Any

from django.apps import AppConfig
from django.db import connections

TABLES = ("audit_event", "audit_chainlink")
_REFUSAL = "The log is append-only."


def _sqlite(table: str) -> list[str]:
    return [
        statement
        for verb in ("UPDATE", "DELETE")
        for statement in (
            f"DROP TRIGGER IF EXISTS {table}_no_{verb.lower()}",
            f"CREATE TRIGGER {table}_no_{verb.lower()} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{_REFUSAL}'); END",
        )
    ]


def _postgresql(table: str) -> list[str]:
    function = (
        "CREATE OR REPLACE FUNCTION audit_refuse() RETURNS trigger LANGUAGE plpgsql AS "
        f"$$ BEGIN RAISE EXCEPTION '{_REFUSAL}'; END $$"
    )
    statements = [function]
    for verb, scope in (("UPDATE", "ROW"), ("DELETE", "ROW"), ("TRUNCATE", "STATEMENT")):
        name = f"{table}_no_{verb.lower()}"
        statements += [
            f"DROP TRIGGER IF EXISTS {name} ON {table}",
            f"CREATE TRIGGER {name} BEFORE {verb} ON {table} "
            f"FOR EACH {scope} EXECUTE FUNCTION audit_refuse()",
        ]
    return statements


def install(using: str = "default") -> None:
    """Create every trigger anew: on SQLite a later change of the table drops them silently."""
    connection = connections[using]
    build = _sqlite if connection.vendor == "sqlite" else _postgresql
    with connection.cursor() as cursor:
        for table in TABLES:
            for statement in build(table):
                cursor.execute(statement)


def drop(using: str = "default") -> None:
    """Lift the triggers; only for tests and for restoring a backup."""
    connection = connections[using]
    with connection.cursor() as cursor:
        for name in names(connection.vendor):
            table = name.split("_no_")[0]
            suffix = "" if connection.vendor == "sqlite" else f" ON {table}"
            cursor.execute(f"DROP TRIGGER IF EXISTS {name}{suffix}")


def names(vendor: str) -> set[str]:
    """The triggers that must be there."""
    verbs = ("update", "delete") if vendor == "sqlite" else ("update", "delete", "truncate")
    return {f"{table}_no_{verb}" for table in TABLES for verb in verbs}


def missing(using: str = "default") -> set[str]:
    """The triggers that should be there and are not; all of them before the first migration."""
    connection = connections[using]
    query = (
        "SELECT name FROM sqlite_master WHERE type = 'trigger'"
        if connection.vendor == "sqlite"
        else "SELECT tgname FROM pg_trigger WHERE NOT tgisinternal"
    )
    with connection.cursor() as cursor:
        cursor.execute(query)
        return names(connection.vendor) - {row[0] for row in cursor.fetchall()}


def install_after_migrate(sender: AppConfig, using: str, **_: Any) -> None:
    """post_migrate: the tables may have been rebuilt."""
    if set(TABLES) <= set(connections[using].introspection.table_names()):
        install(using)
