"""Initials and a steady tone for a name, in any script."""

import unicodedata
from zlib import crc32

TONES = 8
MARKS = ("Mn", "Mc", "Me")
# Joins a consonant to the next one, which is not shown here.
VIRAMA = 9


def initials(name: str) -> str:
    """One or two letters: first and last word; one where the script is written without capitals or spaces."""
    words = [letters for letters in (word.strip("\"'“”«»()[].,-–_") for word in name.split()) if letters]
    words = [word for word in words if unicodedata.category(word[0])[0] in "LN"] or words
    if not words:
        return "?"
    first = leading(words[0])
    if len(words) == 1 or not cased(first):
        return first.upper()
    return (first + leading(words[-1])).upper()


def leading(word: str) -> str:
    """The first letter with the marks that belong to it."""
    end = 1
    while (
        end < len(word)
        and unicodedata.category(word[end]) in MARKS
        and unicodedata.combining(word[end]) != VIRAMA
    ):
        end += 1
    return word[:end]


def cased(letter: str) -> bool:
    """Whether the script knows capitals."""
    return letter.upper() != letter.lower()


def tone_of(name: str) -> int:
    """A number from 1 to 8 that is always the same for the same name."""
    return crc32(unicodedata.normalize("NFC", name).casefold().encode()) % TONES + 1
