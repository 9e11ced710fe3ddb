"""Words as the place reader needs them: how they are written and what parts them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from enum import Enum

from cairn.lexicon.geography import Geography
from cairn.records import Sentence

_WORD = re.compile(
    r"[A-Z]\.(?:[A-Z][a-z]?\.)+"  # U.S., W.Va.
    r"|[^\W_]+(?:['’‘ʻʿ`](?![sS]\b)[^\W_]+|-[^\W_]+)*"
)
_POSSESSIVE = re.compile(r"['’](?:[sS]\b)?")
_JOINED = re.compile(r"-([^\W_]+)")
_ARTICLE = re.compile(r"(?:al|el|ul|ad|ar|as|ash|at|az|an|ed|er|es|ez)-", re.IGNORECASE)
TITLE_CASE_SHARE = 0.7
"""Share of longer words with a capital above which a sentence is a headline in title case."""
LONGER_WORD = 4
"""Characters from which headlines give a word its capital."""
FEWEST_WORDS = 2
"""Ordinary words from which a headline can be told from a sentence full of names."""


class Gap(Enum):
    """What stands between a word and the one before it."""

    START = "start"
    SPACE = "space"
    COMMA = "comma"
    BREAK = "break"


@dataclass(frozen=True, slots=True)
class Word:
    """One word with its place in the document.

    Attributes:
        gap: what parts it from the word before, inside the sentence.
        capital: it is written as a name is: a capital, or an article before one ("al-Bab").
        possessive: "'s" or a lone apostrophe follows.
        hyphened: a hyphen joins it to an adjective's ending ("London" of "London-based").
        tag: as what the reading model marks its first token: "B-LOC", "I-PER"; "O" where it marks nothing.
        lower: the word in lower case with straight apostrophes.
    """

    start: int
    end: int
    text: str
    gap: Gap
    capital: bool
    possessive: bool
    hyphened: bool = False
    tag: str = "O"
    lower: str = field(init=False, repr=False, compare=False)

    def __post_init__(self) -> None:
        object.__setattr__(self, "lower", self.text.lower().replace("’", "'"))

    @property
    def article(self) -> bool:
        """Say whether the word carries an Arabic article of its own."""
        return _ARTICLE.match(self.text) is not None


def scan_words(text: str, sentence: Sentence, geography: Geography) -> tuple[Word, ...]:
    """Return the words of one sentence; "London-based" is two."""
    words: list[Word] = []
    tags = {token.span.start: token.name for token in sentence.tokens if token.name != "O"}
    after = sentence.span.start
    for match in _WORD.finditer(text, sentence.span.start, sentence.span.end):
        start, end = match.span()
        if start < after:
            continue  # the s of a possessive
        written = match.group()
        between = text[after:start]
        mark = _POSSESSIVE.match(text, end)
        possessive = mark is not None and (len(mark.group()) > 1 or written[-1] in "sS")
        gap = _gap(between, bool(words))
        joined = _JOINED.match(text, end) if written.endswith(".") else None
        if joined and joined[1].lower() in geography.adjectival:  # U.S.-led
            words.append(Word(start, end, written, gap, True, False, True, tags.get(start, "O")))
            words.append(Word(joined.start(1), joined.end(), joined[1], Gap.BREAK, False, False))
            after = joined.end()
            continue
        head, _, tail = written.rpartition("-")
        if head and tail.lower() in geography.adjectival:
            cut = start + len(head)
            words.append(Word(start, cut, head, gap, _has_capital(head), False, True, tags.get(start, "O")))
            words.append(Word(cut + 1, end, tail, Gap.BREAK, False, possessive))
        else:
            capital, tag = _has_capital(written), tags.get(start, "O")
            words.append(Word(start, end, written, gap, capital, possessive, tag=tag))
        after = mark.end() if possessive and mark else end
    return tuple(words)


def _gap(between: str, inside: bool) -> Gap:
    if not inside:
        return Gap.START
    mark = between.strip()
    if not mark:
        return Gap.SPACE if between else Gap.BREAK
    return Gap.COMMA if mark == "," else Gap.BREAK


def _has_capital(written: str) -> bool:
    bare = _ARTICLE.sub("", written, count=1)
    return bare[0].isupper() or (len(bare) > 1 and bare[1:2].isupper() and bare[0] == "e")  # eSwatini


def is_title_case(words: Sequence[Word], geography: Geography) -> bool:
    """Say whether nearly all longer ordinary words have a capital, so that capitals tell little."""
    named = _names_of_nouns(words, geography)
    longer = [
        word
        for place, word in enumerate(words)
        if place and place not in named and len(word.text) >= LONGER_WORD and is_ordinary(word, geography)
    ]
    return len(longer) >= FEWEST_WORDS and sum(w.capital for w in longer) >= TITLE_CASE_SHARE * len(longer)


def _names_of_nouns(words: Sequence[Word], geography: Geography) -> set[int]:
    """Return the numbers of the words in runs of capitals that end as names of bodies and places do."""
    named: set[int] = set()
    first = 0
    for place, word in enumerate(words):
        if not word.capital or word.gap is not Gap.SPACE:
            first = place if word.capital else place + 1
        ends = (
            place + 1 == len(words) or not words[place + 1].capital or words[place + 1].gap is not Gap.SPACE
        )
        noun = word.lower in geography.organisation_after or word.lower in geography.nouns
        if ends and place > first and (noun or word.lower in geography.edges):
            named |= set(range(first, place + 1))
    return named


def is_all_capitals(words: Sequence[Word]) -> bool:
    """Say whether a sentence is printed in capitals."""
    longer = [word for word in words if len(word.text) >= LONGER_WORD and word.text[0].isalpha()]
    return bool(longer) and sum(w.text.isupper() for w in longer) >= TITLE_CASE_SHARE * len(longer)


def is_ordinary(word: Word, geography: Geography) -> bool:
    """Say whether a word with a capital is one that English prints in lower case."""
    lower = word.lower
    if word.text in geography.countries:
        return False  # "US", "UAE"
    return (
        len(lower) == 1
        or lower in geography.ordinary
        or lower in geography.organisation_after
        or lower in geography.institutions
        or (lower.endswith("s") and not lower.endswith("ss") and lower[:-1] in geography.ordinary)
        or lower in geography.nouns
        or not word.text[0].isalpha()
        or ("-" in lower and not word.article and _has_ordinary_parts(word.text.split("-"), geography))
    )


def _has_ordinary_parts(parts: Sequence[str], geography: Geography) -> bool:
    """Say whether "Six-Day", "Times-Gazette" or "Kurdish-populated" is no name of its own."""
    lowers = [part.lower() for part in parts]
    ordinary = all(part in geography.ordinary or len(part) == 1 for part in lowers)
    compound = parts[-1].islower() and len(parts[-1]) > LONGER_WORD
    return ordinary or compound or any(part in geography.organisation_after for part in lowers)
