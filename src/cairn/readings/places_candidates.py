"""Candidates: names that may be places, and the points that speak for it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from cairn.lexicon.geography import Geography
from cairn.readings.places_known import Known
from cairn.readings.places_words import Gap, Word, is_all_capitals, is_title_case
from cairn.records import PlaceKind

# Evidence, in points; a name is a place from ``places.ENOUGH`` on. Set by hand on the training reports.
LOCATIVE = 1.5

STRICT = 0.6

WEAK = 0.5

NOUN = 2.0

COMPASS = 1.5

EDGE = 2.0

CONTAINER = 1.5
DATELINE = 2.5

TITLE = -4.0

BESIDE_UNKNOWN = -2.5

BEFORE_VERB = -1.0

ORDINARY_WORD = -2.5

HEADLINE_UNKNOWN = -0.8

ARTICLE_NAME = 0.5

UNKNOWN_OWNER = -1.0

FIRST_WORD = -0.3

REACH = 8
"""Words that a cue may stand before a name ("in the besieged northern Syrian city of")."""

LONGEST_NOUN_WORDS = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A name that may be a place, with what its sentence says of it.

    Attributes:
        start, end: characters of the name as the report would call the place.
        name: the proper name, in lower case; the same for all mentions of one name.
        base_end: where the proper name ends, before a capitalised noun ("Helmand" of "Helmand Province").
        hint: kind of place that a noun states.
        evidence: points for being a place, without what is known of the name.
        code: country of a demonym.
        told: numbers of the candidates said to contain this one, or to lie by it ("near", "outside").
        beside: those of ``told`` that only lie by it.
        told_codes: countries said to contain it, by their peoples ("the Syrian city of").
        marked: the reading model takes all its words for a place's name.
        reason: the strongest cue.
    """

    start: int
    end: int
    first: int
    last: int
    base_end: int
    sentence: int
    name: str
    known: tuple[Known, ...] = ()
    hint: PlaceKind | None = None
    evidence: float = 0.0
    code: str | None = None
    adjectival: bool = False
    possessive: bool = False
    organisation: bool = False
    big: bool = False
    dateline: bool = False
    told: tuple[int, ...] = ()
    beside: tuple[int, ...] = ()
    told_codes: tuple[str, ...] = ()
    marked: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One sentence as the cues see it; ``listed``: the text lost its commas and runs its lists together."""

    text: str
    words: tuple[Word, ...]
    number: int
    headline: bool
    capitals: bool
    listed: bool


def make_line(text: str, words: tuple[Word, ...], number: int, geography: Geography) -> Line:
    """Return the line of one sentence."""
    headline, capitals = is_title_case(words, geography), is_all_capitals(words)
    return Line(
        text=text, words=words, number=number, headline=headline, capitals=capitals, listed="," not in text
    )


def next_lower(words: Sequence[Word], place: int) -> str:
    """Return the word after ``place`` in lower case, empty when more than a space parts them."""
    return words[place + 1].lower if place + 1 < len(words) and words[place + 1].gap is Gap.SPACE else ""
