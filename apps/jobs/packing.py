"""What a service is called with, as a job keeps it: plain values, and mirrored things by their id."""

from collections.abc import Iterable, Mapping
from enum import Enum
from typing import Any

from django.apps import apps

from apps.connections.mirror import Mirrored
from apps.core.errors import Refused

# What is typed may look like anything: mappings are marked as well, so that none passes for a thing.
THING, MAPPING = "thing", "mapping"


def packed(value: Any) -> Any:
    """A value as JSON. Refused for what cannot wait, TypeError for what nobody has thought of."""
    if isinstance(value, Enum):
        return packed(value.value)
    if value is None or isinstance(value, str | int | float):
        return value
    if isinstance(value, Mirrored):
        return {THING: [value._meta.label_lower, value.cliq_id, value.name]}
    if isinstance(value, bytes):
        return _no_picture(value)
    if isinstance(value, Mapping):
        return {MAPPING: {str(name): packed(each) for name, each in value.items()}}
    if isinstance(value, Iterable):
        return [packed(each) for each in value]
    raise TypeError(f"A job cannot keep {type(value).__name__}.")


def unpacked(value: Any) -> Any:
    """The same back again, things as the mirror has them now. Refused where one is gone."""
    if isinstance(value, list):
        return [unpacked(each) for each in value]
    if not isinstance(value, dict):
        return value
    if MAPPING in value:
        return {name: unpacked(each) for name, each in value[MAPPING].items()}
    label, cliq_id, name = value[THING]
    found = apps.get_model(label)._default_manager.filter(cliq_id=cliq_id).first()
    if found is None or found.gone_at is not None:
        raise Refused(f"Nothing was sent: Zoho no longer has {name}.")
    return found


def _no_picture(value: bytes) -> str:
    """Zoho never shows a picture: whether one that was sent later arrived, nobody could find out."""
    if value:
        raise Refused("A picture cannot wait: save it when there is room again.", field="picture")
    return ""
