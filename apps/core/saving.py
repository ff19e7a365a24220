"""Writing some fields of many rows at once."""

from collections.abc import Sequence

from django.db.models import Model

CHUNK = 200


def save_all(rows: Sequence[Model], fields: Sequence[str]) -> None:
    """Save these fields of rows that are in the database, loaded whole and held by the caller.

    `bulk_update` says the same with a CASE of every value, which took ten times as long for 100 rows.
    """
    if rows:
        type(rows[0])._default_manager.bulk_create(
            rows, batch_size=CHUNK, update_conflicts=True, unique_fields=["pk"], update_fields=fields
        )
