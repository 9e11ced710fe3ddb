"""Words as the reading model knows them: cut as in Universal Dependencies, with their casing set apart."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from enum import IntEnum

PLAIN = str.maketrans(
    {"’": "'", "‘": "'", "`": "'", "´": "'", "“": '"', "”": '"', "„": '"', "«": '"', "»": '"'}
    | {"–": "-", "—": "-", "−": "-", "‑": "-", "…": "..."}
)
"""Typographic marks and the plain ones that the model was trained with."""

# What the model's corpus writes as one word and what as several is part of the model, not of the language.
SHORTENED = (
    *("mr", "mrs", "ms", "dr", "drs", "prof", "hon", "rev", "st", "sts", "jr", "sr", "inc", "ltd", "corp"),
    *("gen", "lt", "col", "capt", "cpl", "sgt", "maj", "brig", "adm", "cmdr", "sen", "rep", "gov"),
    *("jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec"),
    *("bros", "vs", "etc", "est", "dept", "al", "no", "approx", "ave", "mt", "ft"),
)
"""Words that keep their full stop."""
STAND_BACK = frozenset(
    {"e", "co", "re", "pre", "post", "anti", "non", "ex", "un", "mid", "sub", "de", "over", "pro", "multi"}
    | {"semi", "cross", "neo", "inter", "counter", "micro", "socio", "vice"}
)
"""First parts that a hyphen does not cut off ("e-mail", "non-state")."""
FUSED = (
    {"cannot": 3, "gonna": 3, "wanna": 3, "gotta": 3, "dont": 2, "didnt": 3, "doesnt": 4, "isnt": 2}
    | {"wasnt": 3, "arent": 3, "werent": 4, "wouldnt": 5, "couldnt": 5, "shouldnt": 6, "hasnt": 3}
    | {"havent": 4, "wont": 2, "cant": 2}
)
"""Words written as one and parsed as two: the length of the first of them."""
ENCLITIC = re.compile(r"(?i)(?<=.)(?:n['’]t|['’](?:s|m|d|ll|re|ve))$")
"""Endings that are words of their own."""
JOINT = re.compile(r"(?<=\w)[-‑–](?=[^\W\d])|(?<=[^\W\d])[-‑–](?=\w)|(?<=[^\W\d]{3})/(?=[^\W\d]{3})")
"""A hyphen or slash that is a word of its own; between digits it belongs to a date or a number."""
AMOUNT = re.compile(r"(?i)(\d[\d.,]*)(kms?|kgs?|m|am|pm|mm|cm|lbs?|ft|hrs?|mn|bn)$")
"""A number with its unit written against it."""
WORD = re.compile(
    r"(?i:https?://\S*[^\s.,;:!?)\"'”’>\]]|www\.\S*[^\s.,;:!?)\"'”’>\]]"
    r"|[\w.+-]{1,64}@[\w-]{1,64}(?:\.[\w-]{1,64}){1,8}"
    r"|[\w-]{1,64}(?:\.[\w-]{1,64}){0,4}\.(?:com|org|net|gov|edu|mil|info|co\.uk|doc|xls|pdf|jpg|html?)\b)"
    r"|[^\W\d_](?:\.[^\W\d_])+(?:\.(?=.))?(?!\w)"  # U.S., a.m.
    r"|(?i:" + "|".join(SHORTENED) + r")\.(?=.)(?!\w)"
    r"|(?<!\w)[A-Z]\.(?=\s*[A-Z])"  # initials of names
    r"|\d++(?:[.,:/-]\d+)*+(?:['’]s\b|(?i:st|nd|rd|th|s)\b)?(?![^\W\d_]|-[^\W\d_])"  # numbers, dates, decades
    r"|[^\W_]+(?:['’&_][^\W_]+|[-‑–][^\W_]+|/[^\W_]+|[.,]\d+)*"
    r"|[:;=]-?[)(DPp](?!\w)|\(:"
    r"|[!?]+[.!?]+|\.[!?]+|\.{2,}|(?P<mark>[^\w\s]|_)(?P=mark)+"
    r"|\S"
)
"""One word, or several that ``_parts`` tells apart."""


class Casing(IntEnum):
    """How a word is written; the model's vocabulary itself is without case."""

    NONE = 0
    """No letter and no digit."""
    LOWER = 1
    TITLE = 2
    UPPER = 3
    """Two or more capitals and no small letter."""
    INITIAL = 4
    """One capital, alone or with a full stop."""
    MIXED = 5
    DIGITS = 6
    ALPHANUMERIC = 7
    UNKNOWN = 8
    """The sentence is written in one case, so that case says nothing."""


def casing_of(word: str) -> Casing:
    """Return how one word is written, whatever stands around it."""
    letters = [char for char in word if char.isalpha()]
    if any(char.isdigit() for char in word):
        return Casing.ALPHANUMERIC if letters else Casing.DIGITS
    if not letters:
        return Casing.NONE
    capitals = sum(char.isupper() for char in letters)
    if not capitals:
        return Casing.LOWER
    if capitals == len(letters):
        return Casing.INITIAL if capitals == 1 else Casing.UPPER
    return Casing.TITLE if letters[0].isupper() and capitals == 1 else Casing.MIXED


def one_case(casings: Iterable[Casing]) -> bool:
    """Say whether a sentence of more than one word is in one case throughout, so that case says nothing."""
    found = list(casings)
    seen = {casing for casing in found if Casing.LOWER <= casing <= Casing.MIXED}
    return len(found) > 1 and (seen <= {Casing.LOWER} or seen <= {Casing.UPPER, Casing.INITIAL})


def casings_of(words: Iterable[str]) -> list[Casing]:
    """Return the casing of each word; all ``UNKNOWN`` where the sentence is in one case throughout."""
    found = [casing_of(word) for word in words]
    return [Casing.UNKNOWN] * len(found) if one_case(found) else found


def plain_word(word: str) -> str:
    """Return the word with straight quotes and plain dashes, as the model reads it, in valid Unicode."""
    return word.translate(PLAIN).encode("utf-8", "replace").decode("utf-8")


def ud_words(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Cut a stretch of text into words of Universal Dependencies ("UK-based": UK, -, based).

    Args:
        text: any text.
        start: where the stretch starts in ``text``.
        end: where it ends.

    Returns:
        Half-open ranges in reading order, none empty, none overlapping; together they hold every
        character of the stretch that is not white space.

    Source:
        English Web Treebank: what its annotators cut and what they left whole.
    """
    words: list[tuple[int, int]] = []
    for match in WORD.finditer(text, start, end):
        if match.group().isalpha() and match.group().lower() not in FUSED:
            words.append(match.span())
        else:
            words += _parts(text, *match.span())
    return words


def _parts(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """Yield the words of one stretch that holds more than letters."""
    whole = text[start:end]
    if whole.lower() in FUSED:
        cut = start + FUSED[whole.lower()]
        yield from ((start, cut), (cut, end))
        return
    if not whole[0].isalnum() or ("." in whole and not whole[0].isdigit()) or "@" in whole or "://" in whole:
        yield start, end
        return
    amount = AMOUNT.match(whole)
    if amount:
        yield from ((start, start + amount.end(1)), (start + amount.end(1), end))
        return
    enclitic = None if whole[0].isdigit() else ENCLITIC.search(whole)
    stop = start + enclitic.start() if enclitic else end
    begin = start
    for match in JOINT.finditer(text, start, stop):
        if text[begin : match.start()].lower() not in STAND_BACK:
            yield from ((begin, match.start()), match.span())
            begin = match.end()
    yield begin, stop
    if enclitic:
        yield stop, end
