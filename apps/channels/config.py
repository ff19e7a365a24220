"""How a channel behaves: Zoho takes it and never shows it."""

from collections.abc import Mapping
from dataclasses import dataclass

from apps.cliq.api.channels import CONFIG
from apps.core.errors import Refused


@dataclass(frozen=True, slots=True)
class Setting:
    """One of the settings, by Zoho's name; its choices are Zoho's word and what it means."""

    name: str
    label: str
    choices: tuple[tuple[str, str], ...]


SETTINGS = (
    Setting(
        "reply_mode",
        "Replies",
        (
            ("normal_reply", "Directly in the channel"),
            ("threads", "Only in threads"),
            ("both", "Both, as whoever replies prefers"),
        ),
    ),
    Setting(
        "leave_join_info",
        "When somebody joins or leaves",
        (("enable", "Say it in the channel"), ("disable", "Say nothing")),
    ),
    Setting(
        "add_remove_info",
        "When somebody is added or removed",
        (("enable", "Say it in the channel"), ("disable", "Say nothing")),
    ),
    Setting(
        "meeting_chat_type",
        "Messages of a meeting",
        (
            ("channel", "In the channel"),
            ("thread", "In a thread of their own"),
            ("host_choice", "Where the host wishes"),
        ),
    ),
)
NAMES = tuple(setting.name for setting in SETTINGS)


def chosen(values: Mapping[str, str]) -> dict[str, str]:
    """Those of the settings that are to be sent: what is empty stays as it is. Refused with `field`."""
    found = {name: values[name] for name in NAMES if values.get(name)}
    for name, value in found.items():
        if value not in CONFIG[name]:
            raise Refused("Zoho knows no such choice.", field=name)
    return found
