"""Account: what one report says of one attack, gathered from its claims."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from sys import intern
from typing import TypeVar

from cairn.records import Claim, Document, Group, Harm, Means, Period, Place, Status

SENTENCE_END = re.compile(r"[.!?][\"”’)]?\s+(?=[“\"‘A-Z0-9])|\n")
MIN_LETTERS = 5
"""Letters of a word that tells one attack from another; shorter ones are mostly grammar."""
GENERIC_VICTIMS = frozenset({Group.UNSPECIFIED, Group.CIVILIAN})

Figure = tuple[Harm, int | None, int | None]
"""A kind of harm with the bounds of a count."""

T = TypeVar("T")

_WORD = re.compile(r"[^\W\d_]+(?:[-’'][^\W\d_]+)*")
_NAME = re.compile(rf"{_WORD.pattern}|\d+")
"""A word of a name: a number tells one camp, district or block from the next."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """What one report says of one attack.

    Attributes:
        key: id of the first of its claims.
        claims: their ids, in reading order.
        document: id of the report.
        published: day of publication.
        time: the shortest of the times told.
        places: the places told, each once, the most exact first.
        means: those told.
        perpetrators: names, each as its long words.
        victims: names of persons.
        groups: of victims, the general ones left out.
        figures: harm with its bounds, of figures that stand.
        words: long words of the sentences of the claims, each once; a tuple, which of twenty words takes a
            tenth of the memory of a set.
        harms: kinds of harm.
    """

    key: str
    claims: tuple[str, ...]
    document: str
    published: dt.date | None
    time: Period | None
    places: tuple[Place, ...]
    means: frozenset[Means]
    perpetrators: frozenset[frozenset[str]]
    victims: frozenset[str]
    groups: frozenset[Group]
    figures: frozenset[Figure]
    words: tuple[str, ...]
    harms: frozenset[Harm]


def gather(document: Document, claims: Sequence[Claim]) -> Account:
    """Return the account that some claims of one report make.

    Args:
        document: the report.
        claims: about one attack, in reading order; never empty.
    """
    times = [claim.time for claim in claims if claim.time is not None]
    places = {claim.place for claim in claims if claim.place is not None}
    return Account(
        key=claims[0].id,
        claims=tuple(claim.id for claim in claims),
        document=document.id,
        published=document.published,
        time=min(times, key=lambda time: (time.days, time.start), default=None),
        places=_share(tuple(sorted(places, key=lambda place: (_reach(place), fold(place.name))))),
        means=_share(frozenset(claim.means for claim in claims if claim.means is not None)),
        perpetrators=_share(
            frozenset(
                words
                for claim in claims
                if claim.perpetrator and (words := frozenset(long_words(claim.perpetrator, 3)))
            )
        ),
        victims=_share(frozenset(fold(claim.victims.text) for claim in claims if _is_named(claim))),
        groups=_share(
            frozenset(group for claim in claims for group in claim.victims.groups) - GENERIC_VICTIMS
        ),
        figures=_share(
            frozenset(
                (claim.harm, claim.count.low, claim.count.high)
                for claim in claims
                if claim.status is not Status.DENIED and max(claim.count.low or 0, claim.count.high or 0) > 1
            )
        ),
        words=long_words(" ".join(_sentences(document.text, claims))),
        harms=_share(frozenset(claim.harm for claim in claims)),
    )


@lru_cache(maxsize=1 << 14)
def _share(told: T) -> T:
    """Return an equal value that was met before, if any: many accounts tell alike, and it is held once."""
    return told


def fold(name: str) -> str:
    """Return a name without accents, letter case and signs; numbers stay."""
    return " ".join(_NAME.findall(_plain(name)))


def long_words(text: str, letters: int = MIN_LETTERS) -> tuple[str, ...]:
    """Return the words of a text that are long enough to tell something, folded, plural s off, each once."""
    words = {word.removesuffix("s") for word in _WORD.findall(_plain(text))}
    return tuple(intern(word) for word in sorted(words) if len(word) >= letters)


def _plain(text: str) -> str:
    plain = text
    if not text.isascii():
        plain = unicodedata.normalize("NFKD", text).encode("ascii", "ignore").decode() or text
    return plain.casefold().replace("-", " ")


def _is_named(claim: Claim) -> bool:
    """Say whether the victim is one person with a name of two words or more."""
    words = claim.victims.text.split()
    return claim.count.high == 1 and len(words) > 1 and all(word[:1].isupper() for word in words)


def _reach(place: Place) -> float:
    return place.radius_km if place.radius_km is not None else 0.0 if place.latitude is None else 10.0


def _sentences(text: str, claims: Iterable[Claim]) -> Iterable[str]:
    """Yield the sentence of each claim's anchor, each once."""
    ends = [0, *(match.end() for match in SENTENCE_END.finditer(text)), len(text)]
    seen: set[int] = set()
    for claim in claims:
        last = next(place for place, end in enumerate(ends) if end > claim.anchor.start or end == len(text))
        if last not in seen:
            seen.add(last)
            yield text[ends[last - 1] : ends[last]]
