"""Read one numeral, in digits or in words."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from cairn.lexicon import Quantities

DIGITS = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(\.\d+)?(k|m|bn|mln)?")
LARGEST = 20_000_000_000
"""Persons: more than twice as many as are alive; whatever is larger counts no people."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number over tokens ``[first, last)``; ``whole`` is false when it has a fraction left over."""

    first: int
    last: int
    value: int
    whole: bool = True


def read_numeral(words: Sequence[str], index: int, quantities: Quantities) -> Numeral | None:
    """Read the longest numeral that starts at ``index``.

    "forty-nine", "two hundred and fifty", "1.5 million", "a dozen", "half a million" and "a quarter of a
    million" are one numeral each; "a" alone is none.

    Args:
        words: tokens in lower case.
        index: position of the first word.
        quantities: number words of the language.
    """
    if index >= len(words):
        return None
    share = _share_of_scale(words, index, quantities)
    if share:
        return share
    digits = DIGITS.fullmatch(words[index])
    if digits:
        return _digits(words, index, digits, quantities)
    return _in_words(words, index, quantities)


def _share_of_scale(words: Sequence[str], index: int, quantities: Quantities) -> Numeral | None:
    """Read "half a million", "a quarter of a million"."""
    start = index + 1 if words[index] in {"a", "one"} else index
    if start >= len(words) or words[start] not in quantities.fractions:
        return None
    skipped = words[start + 1 : start + 4]
    for step, word in enumerate(skipped):
        scale = quantities.scales.get(word)
        if scale and scale >= 1000 and len(word) > 2:
            value = round(quantities.fractions[words[start]] * scale)
            return Numeral(index, start + 2 + step, value)
        if word not in {"a", "of"}:
            return None
    return None


def _digits(words: Sequence[str], index: int, match: re.Match[str], quantities: Quantities) -> Numeral | None:
    """Read digits with the scale after them."""
    whole, decimals, suffix = match.groups()
    if len(whole) > 11:
        return None
    value = float(whole.replace(",", "") + (decimals or ""))
    last = index + 1
    if suffix:
        value *= quantities.scales[suffix]
    while last < len(words) and words[last] in quantities.scales and len(words[last]) > 2:
        if words[last] == "score":
            break
        value *= quantities.scales[words[last]]
        last += 1
    if value > LARGEST:
        return None
    return Numeral(index, last, round(value), whole=abs(value - round(value)) < 1e-6)


def _in_words(words: Sequence[str], index: int, quantities: Quantities) -> Numeral | None:
    """Read number words: units and tens add up, scales multiply what stands before them."""
    total = current = 0
    last = index
    article = words[index] in {"a", "an"}
    position = index + 1 if article else index
    if article:
        current = 1
    while position < len(words):
        word = words[position]
        parts = word.split("-")
        if all(part in quantities.numbers for part in parts) and not (article and last == index):
            value = sum(quantities.numbers[part] for part in parts)
            # "twenty two" adds up, "two three" and "ten twenty" do not.
            if current % 100 and (current % 10 or value >= 10) and last != index:
                break
            current += value
        elif word in quantities.scales and len(word) > 2 and (current or article):
            scale = quantities.scales[word]
            if scale >= 1000:
                total += current * scale
                current = 0
            else:
                current *= scale
        elif word == "and" and current >= 100 and _is_number(words, position + 1, quantities):
            position += 1
            continue
        else:
            break
        position += 1
        last = position
    if last == index or total + current > LARGEST:
        return None
    return Numeral(index, last, total + current)


def _is_number(words: Sequence[str], index: int, quantities: Quantities) -> bool:
    return index < len(words) and all(part in quantities.numbers for part in words[index].split("-"))
