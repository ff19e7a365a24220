"""Statuses: value, tone and label side by side, so that every page says and colours them alike."""

from typing import Any, Literal

from django.db import models

Tone = Literal["green", "amber", "blue", "grey", "red", "violet"]


class StatusChoices(models.TextChoices):
    """TextChoices whose members read `NAME = value, tone, label`.

    green: done, active · amber: waiting · blue: running · grey: inactive, nothing to do ·
    red: refused, failed · violet: unknown, changed elsewhere.
    """

    tone: Tone

    def __new__(cls, value: str, tone: Tone = "grey") -> Any:
        member = str.__new__(cls, value)
        member._value_ = value
        member.tone = tone
        return member
