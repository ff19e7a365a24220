"""Who acts: the person, the system or a command, as the log will name them."""

from dataclasses import dataclass
from typing import Literal


@dataclass(frozen=True, slots=True)
class Actor:
    """Names are copied into the log, never joined, so that a later change of name rewrites nothing."""

    kind: Literal["administrator", "system", "command"]
    name: str
    zuid: str = ""
    role: str = ""
    address: str = ""


SYSTEM = Actor(kind="system", name="Portal")
