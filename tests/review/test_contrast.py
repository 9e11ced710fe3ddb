"""Words and their grounds are told apart as WCAG 2.2 asks at level AA, in light and in dark."""

from __future__ import annotations

import re

import pytest

from cairn.review.backlog import DARK, LIGHT
from cairn.review.pages import asset

ENOUGH = 4.5
"""To 1: WCAG 2.2, 1.4.3, for words of any size; 3 for lines of charts, 1.4.11."""

GROUNDS = ("paper", "raised")
WORDS = ("ink", "soft", "link", "warn", "good", "killed", "injured", "casualties", "missing", "abducted",
         "detained", "displaced")  # fmt: skip
TINTS = ("anchor", "harm", "victims", "perpetrator", "means", "target", "place", "time", "speakers", "other")


def scheme(place: int) -> dict[str, str]:
    blocks = re.findall(r":root \{(.*?)\n\s*\}", asset("review.css").decode(), re.DOTALL)
    return dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6});", blocks[place]))


def lightness(colour: str) -> float:
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in parts
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    low, high = sorted((lightness(one), lightness(other)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("colours", [scheme(0), scheme(1)], ids=["light", "dark"])
def test_words_stand_out(colours: dict[str, str]) -> None:
    pairs = [(word, ground) for word in WORDS for ground in GROUNDS]
    pairs += [("ink", tint) for tint in TINTS] + [("on-strong", "strong"), ("soft", "other")]
    faint = [pair for pair in pairs if contrast(colours[pair[0]], colours[pair[1]]) < ENOUGH]
    assert faint == []
    assert contrast(colours["edge"], colours["raised"]) >= 3


@pytest.mark.parametrize("colours", [LIGHT, DARK], ids=["light", "dark"])
def test_the_chart_stands_out(colours: dict[str, str]) -> None:
    assert contrast(colours["words"], colours["ground"]) >= ENOUGH
    assert min(contrast(colours[each], colours["ground"]) for each in ("came", "settled", "waiting")) >= 3
