"""Texts as sentences and words for comparing: the same however the text is wrapped; figures with values."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cairn.lexicon import Quantities

_END = re.compile(r"(?<![.!?…؟۔。！？])[.!?…؟۔。！？]++[\"'”’)\]»]*+(?:(?=\s++(\S))|(?<=[。！？]))")
_WORD = re.compile(r"\d++(?:[.,:]\d++)*+\w*+(?:-\w++)*+|\w++(?:['’-]\w++)*+|\S")
_DIGITS = re.compile(r"(\d+(?:,\d{3})*(?:\.\d+)?)([^\W\d_]*)")
_BETWEEN = frozenset({"a", "an", "of"})
"""Words between a share and what it is of: "half a dozen", "a quarter of a million"."""
_NO_FIGURES = frozenset({"some", "many", "few"})
"""Vague words that mostly count nothing that could rise: "some 40", "few know"."""

_LONGEST_BOUND = 4
"""Words of the longest phrases that bound a figure: "at the very least"."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """One sentence with one blank between words; ``opens``: a line of the text begins with it."""

    words: str
    opens: bool


@dataclass(frozen=True, slots=True)
class Unit:
    """A word, a mark, or a figure with its bound, at ``[start, end)`` of its sentence.

    Attributes:
        key: what it is compared by: its letters, or what a figure is worth.
    """

    start: int
    end: int
    key: str
    figure: bool = False


def split(text: str, abbreviations: frozenset[str]) -> list[Sentence]:
    """Cut a text into sentences at its full stops alone: line breaks may come and go.

    Args:
        text: any text.
        abbreviations: words in lower case, without their full stop, that end no sentence.
    """
    sentences: list[Sentence] = []
    start = 0
    ends = [match.end() for match in _END.finditer(text) if _is_end(text, match, abbreviations)]
    for end in (*ends, len(text)):
        piece = text[start:end]
        if words := " ".join(piece.split()):
            lead = piece[: len(piece) - len(piece.lstrip())]
            sentences.append(Sentence(words, opens=not sentences or "\n" in lead))
        start = end
    return sentences


def cut(words: str, quantities: Quantities) -> list[Unit]:
    """Cut a sentence into words, marks and figures.

    Figures that say the same are worth the same: "nineteen" and "19", "two dozen" and "24", "at least 9" and
    "9 or more"; "at least 9" and "9" do not. A vague figure ("dozens") is worth its word.
    """
    found = [(match.group(), match.start(), match.end()) for match in _WORD.finditer(words)]
    lower = [word.lower() for word, _, _ in found]
    units: list[Unit] = []
    done = 0
    for first, last, worth in _find_figures(lower, quantities):
        units += [Unit(start, end, word) for word, start, end in found[done:first]]
        units.append(Unit(found[first][1], found[last - 1][2], f"figure {worth}", figure=True))
        done = last
    return [*units, *(Unit(start, end, word) for word, start, end in found[done:])]


def _find_figures(lower: Sequence[str], quantities: Quantities) -> Iterator[tuple[int, int, str]]:
    """Yield first and last word, half open, of each figure with its bound, and what it is worth."""
    at = done = 0
    while at < len(lower):
        read = _read_figure(lower, at, quantities)
        if read is None:
            at += 1
            continue
        end, value = read
        before, start = _bound(lower, at, -1, done, quantities.before)
        after, at = _bound(lower, end, 1, len(lower), quantities.after)
        done = at
        yield start, at, f"{before or after} {value}"


def _read_figure(lower: Sequence[str], at: int, quantities: Quantities) -> tuple[int, float | str] | None:
    """Return where the figure that begins at a word ends, and its value; ``None`` where none begins."""
    share = quantities.fractions.get(lower[at])
    if share is not None:
        scale_at = at + 1 + sum(1 for word in lower[at + 1 : at + 3] if word in _BETWEEN)
        scale = quantities.scales.get(lower[scale_at]) if scale_at < len(lower) else None
        return (scale_at + 1, round(share * scale, 6)) if scale is not None else None
    # "a dozen", "a hundred"
    first = at + 1 if lower[at] in _BETWEEN and lower[at + 1 : at + 2] else at
    if first > at and not _is_scale(lower[first], quantities):
        return None
    value = _value(lower[first], quantities)
    if value is None:
        return None
    end = first + 1
    while end < len(lower) and isinstance(value, float) and _is_scale(lower[end], quantities):
        value *= quantities.scales[lower[end]]
        end += 1
    return end, value


def _is_scale(word: str, quantities: Quantities) -> bool:
    return len(word) > 2 and word in quantities.scales  # "k" and "bn" stand right behind their number


def _value(word: str, quantities: Quantities) -> float | str | None:
    """Return what a word is worth as a figure; ``None`` when it is none."""
    if digits := _DIGITS.match(word):
        number, unit = digits.groups()
        plain = digits.end() == len(word) and (not unit or unit in quantities.scales)
        # "12th", "25-year-old", "10:30" are worth what they say.
        return float(number.replace(",", "")) * quantities.scales.get(unit, 1) if plain else word
    parts = word.split("-")
    if all(part in quantities.numbers for part in parts):
        return float(sum(quantities.numbers[part] for part in parts))
    if _is_scale(word, quantities):
        return float(quantities.scales[word])
    return word if word in quantities.vague and word not in _NO_FIGURES else None


def _bound(lower: Sequence[str], edge: int, step: int, stop: int, phrases: dict[str, str]) -> tuple[str, int]:
    """Return the bound that a phrase beside a figure sets, and where the phrase ends; the longest phrase."""
    for length in range(_LONGEST_BOUND, 0, -1):
        far = edge + step * length
        if (far < stop) if step < 0 else (far > stop):
            continue
        kind = phrases.get(" ".join(lower[min(edge, far) : max(edge, far)]))
        if kind is not None and kind != "neutral":
            return kind, far
    return "", edge


def _is_end(text: str, match: re.Match[str], abbreviations: frozenset[str]) -> bool:
    """Say whether a full stop ends a sentence: no small letter follows, no abbreviation stands before."""
    follower = match[1]
    if follower is None:
        return True
    if follower.islower():
        return False
    before = text[max(0, match.start() - 20) : match.start()].split()
    last = before[-1].lower().lstrip("(\"'“‘[") if before else ""
    short = len(last) == 1 and last.isalpha()
    return match.group() != "." or not (short or last in abbreviations or "." in last)
