"""`manage.py rotate_keys`: encrypt every stored secret anew with the first of FIELD_ENCRYPTION_KEYS."""

from typing import Any

from django.apps import apps
from django.core.management.base import BaseCommand
from django.db import connection, models, transaction

from apps.core.fields import EncryptedTextField, keyring


class Command(BaseCommand):
    help = (
        "Encrypt stored secrets anew with the first key of FIELD_ENCRYPTION_KEYS; "
        "afterwards the other keys may be removed. Safe while the portal runs."
    )

    def handle(self, *args: Any, **options: Any) -> None:
        count = sum(
            _rotate(model, field)
            for model in apps.get_models()
            for field in model._meta.concrete_fields
            if isinstance(field, EncryptedTextField)
        )
        self.stdout.write(f"{count} secrets are encrypted with the first key now.")


def _rotate(model: type[models.Model], field: models.Field) -> int:
    """Rewrite one column, row by row: only where nobody wrote a newer secret meanwhile."""
    names = (model._meta.db_table, field.column or "", model._meta.pk.column or "")
    table, column, key = (connection.ops.quote_name(name) for name in names)
    rotated = 0
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {key}, {column} FROM {table} WHERE {column} <> ''")  # noqa: S608 — our own names
        for pk, token in cursor.fetchall():
            fresh = keyring().rotate(token.encode()).decode()
            with transaction.atomic():
                cursor.execute(
                    f"UPDATE {table} SET {column} = %s WHERE {key} = %s AND {column} = %s",  # noqa: S608
                    [fresh, pk, token],
                )
            rotated += cursor.rowcount
    return rotated
