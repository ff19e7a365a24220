"""What every mirrored thing has in common."""

import unicodedata
from typing import Any

from django.db import models

from apps.connections.models import Organization


def fold(*parts: str) -> str:
    """Text for searching: case and accents ignored, in any script, parts separated by a line break."""
    text = "\n".join(part for part in parts if part)
    if text.isascii():
        folded = text.lower()
    else:
        decomposed = unicodedata.normalize("NFKD", text.casefold())
        folded = "".join(c for c in decomposed if unicodedata.category(c) != "Mn")
    return folded.replace("\0", "")


class Mirrored(models.Model):
    """A row that repeats what Zoho answered; only services and syncs write it."""

    organization = models.ForeignKey(Organization, on_delete=models.CASCADE, related_name="+")
    cliq_id = models.CharField(max_length=60)
    name = models.CharField(max_length=300)
    search = models.TextField(blank=True)
    # Zoho's reply as it came, for fields that nobody has heard of yet.
    raw = models.JSONField(default=dict)
    # When Zoho last said so: a sweep never overwrites what was read after its page was asked for.
    read_at = models.DateTimeField()
    # Set when a complete sweep no longer found it.
    gone_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return self.name

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.search = fold(*self.search_parts())
        super().save(*args, **kwargs)

    def search_parts(self) -> tuple[str, ...]:
        """What a person may search for."""
        return (self.name,)
