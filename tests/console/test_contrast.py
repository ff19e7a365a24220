"""Every pair of colours that text is written in, in both themes, against WCAG."""

import re
from pathlib import Path

import pytest

TOKENS = Path(__file__).resolve().parents[2] / "static" / "css" / "tokens.css"
PAIR = re.compile(r"--([\w-]+): light-dark\((#[0-9a-f]{6}), (#[0-9a-f]{6})\)")
COLOURS = {name: (light, dark) for name, light, dark in PAIR.findall(TOKENS.read_text())}
TONES = ["green", "amber", "blue", "grey", "red", "violet"]
GROUNDS = ["ground", "surface", "raised", "hover"]

TEXT = [(ink, ground) for ink in ("ink", "ink-soft", "ink-meta", "accent-ink") for ground in GROUNDS]
TEXT += [(f"{tone}-ink", ground) for tone in TONES for ground in [*GROUNDS, f"{tone}-soft"]]
TEXT += [("ink", f"{tone}-soft") for tone in TONES] + [("accent-ink", "selected"), ("ink", "selected")]
TEXT += [("ink-meta", "grey-soft"), ("ink-soft", "grey-soft"), ("ink-meta", "selected")]
SHAPES = [("line-field", ground) for ground in ("ground", "surface", "raised")]
SHAPES += [(f"{tone}-dot", "surface") for tone in TONES] + [("accent-ink", ground) for ground in GROUNDS]


def luminance(colour: str) -> float:
    channels = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    linear = [value / 12.92 if value <= 0.04045 else ((value + 0.055) / 1.055) ** 2.4 for value in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_text_can_be_read(theme: int) -> None:
    poor = {
        f"{ink} on {ground}": round(contrast(COLOURS[ink][theme], COLOURS[ground][theme]), 2)
        for ink, ground in TEXT
        if contrast(COLOURS[ink][theme], COLOURS[ground][theme]) < 4.5
    }
    assert poor == {}


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_white_can_be_read_on_what_is_filled(theme: int) -> None:
    for fill in ("accent", "accent-hover", "danger", "danger-hover"):
        assert contrast("#ffffff", COLOURS[fill][theme]) >= 4.5, fill


@pytest.mark.parametrize("theme", [0, 1], ids=["light", "dark"])
def test_shapes_stand_out(theme: int) -> None:
    poor = {
        f"{shape} on {ground}": round(contrast(COLOURS[shape][theme], COLOURS[ground][theme]), 2)
        for shape, ground in SHAPES
        if contrast(COLOURS[shape][theme], COLOURS[ground][theme]) < 3
    }
    assert poor == {}
