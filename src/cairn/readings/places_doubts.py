"""Doubt names that are people, organisations, acronyms or ordinary words; trust datelines."""

from __future__ import annotations

import re
from collections.abc import Sequence

from cairn.lexicon.geography import Geography
from cairn.readings.places_candidates import (
    ARTICLE_NAME,
    BEFORE_VERB,
    BESIDE_UNKNOWN,
    FIRST_WORD,
    HEADLINE_UNKNOWN,
    NOUN,
    ORDINARY_WORD,
    TITLE,
    UNKNOWN_OWNER,
    Line,
    next_lower,
)
from cairn.readings.places_pieces import Piece, PieceKind
from cairn.readings.places_words import Gap, Word, is_ordinary
from cairn.records import PlaceKind

LONGEST_ACRONYM = 3
"""Capitals that are taken for an acronym rather than for a dateline ("AIN", "UN")."""

DATELINE_CHARS = 300
"""Characters of a report in which a place in capitals may still be its dateline."""

_DATELINE = re.compile(
    r"(?:,? [A-Z][\w. ]{1,24})?(?: ?\([A-Z][\w/ ]{1,24}\))?\s*(?:--?|[–—])\s"  # , Country (Agency) -
    r"|(?:,? [A-Z][\w. ]{1,24})? ?\((?:[A-Z][\w/ ]{1,24})\)"  # , Country (Agency)
)


def doubts(
    line: Line, piece: Piece, pieces: Sequence[Piece], geography: Geography, *, located: bool
) -> float:
    """Return the points taken off for a person, an ordinary word or a headline's capital."""
    words, points = line.words, 0.0
    points += BESIDE_UNKNOWN if is_party(line, piece, geography) else 0.0
    before = words[piece.first - 1] if piece.first and words[piece.first].gap is not Gap.BREAK else None
    after = words[piece.last + 1] if piece.last + 1 < len(words) else None
    single = piece.first == piece.last
    if before and words[piece.first].gap is Gap.SPACE and (before.lower in geography.titles):
        points += TITLE
    elif (
        before
        and words[piece.first].gap is Gap.SPACE
        and not before.possessive
        and _is_nameish(before, geography)
        and not _is_place_word(piece.first - 1, pieces)
    ):
        points += 0.0 if piece.big and before.text.isupper() else BESIDE_UNKNOWN
    if (
        after
        and after.gap is Gap.SPACE
        and not piece.possessive
        and not located
        and _is_nameish(after, geography)
        and not _is_place_word(piece.last + 1, pieces)
    ):
        points += BESIDE_UNKNOWN
    if after and after.lower in geography.verbs and not piece.big:
        points += BEFORE_VERB
    if single and is_ordinary(words[piece.first], geography):
        points += ORDINARY_WORD
    if piece.kind is PieceKind.NAME:
        points += HEADLINE_UNKNOWN if line.headline or line.capitals else 0.0
        points += ORDINARY_WORD if single and _is_subject(line, piece, geography) else 0.0
        points += NOUN if words[piece.first].lower in geography.nouns and not single else 0.0
        points += UNKNOWN_OWNER if piece.possessive else 0.0
        points += ARTICLE_NAME if words[piece.first].article or words[piece.last].article else 0.0
    if (
        words[piece.first].text.isupper()
        and single
        and not line.capitals
        and len(words[piece.first].text) > 1
    ):
        known_short = any(k.kind is PlaceKind.COUNTRY for k in piece.known)
        points += 0.0 if known_short or _may_be_dateline(line, piece) else TITLE
    return points + (FIRST_WORD if piece.first == 0 else 0.0)


def _is_subject(line: Line, piece: Piece, geography: Geography) -> bool:
    """Say whether an unknown name is that of a doctrine or a science, or of what somebody studied."""
    if line.text[piece.start : piece.end].lower().endswith(geography.abstract):
        return True
    before = [word.lower for word in line.words[max(0, piece.first - 2) : piece.first]]
    return len(before) == 2 and before[1] == "in" and before[0] in geography.studied


def is_party(line: Line, piece: Piece, geography: Geography) -> bool:
    """Say whether an unknown name is a party's, a family's or a case's by the noun after it."""
    known = any(k.exact for k in piece.known)
    return not known and not piece.possessive and next_lower(line.words, piece.last) in geography.followers


def _is_nameish(word: Word, geography: Geography) -> bool:
    """Say whether a word with a capital looks like part of a person's or an organisation's name."""
    if word.text in geography.never:
        return word.text.isalpha() and not word.text.isupper() and word.lower not in geography.calendar
    if word.lower in geography.locative or word.lower in geography.weak:
        return False  # "Boat Sinks Off Lampedusa"
    return word.capital and not is_ordinary(word, geography)


def _is_place_word(place: int, pieces: Sequence[Piece]) -> bool:
    """Say whether the word belongs to a place or people that its name alone makes plain."""
    return any(p.first <= place <= p.last and (p.kind is PieceKind.PEOPLE or p.big) for p in pieces)


def follows_organisation(line: Line, piece: Piece, geography: Geography) -> bool:
    """Say whether a name of two words that begins an organisation's stands right before."""
    words = line.words[max(0, piece.first - 2) : piece.first + 1]
    if len(words) < 3 or any(word.gap is not Gap.SPACE for word in words[1:]):
        return False
    two = f"{words[0].text} {words[1].text}"
    return words[0].capital and words[1].capital and two.lower() in geography.organisation_before


def is_organisation(line: Line, piece: Piece, geography: Geography) -> bool:
    """Say whether the name stands inside an organisation's: "Bank of India", "Hong Kong Alliance"."""
    words = line.words
    if (
        piece.first >= 2
        and words[piece.first - 1].lower in {"of", "for"}
        and words[piece.first].gap is Gap.SPACE
    ):
        head = words[piece.first - 2]
        if head.capital and not line.headline and head.lower in geography.organisation_before:
            return True
    if (
        piece.first >= 1
        and words[piece.first].gap is Gap.SPACE
        and words[piece.first - 1].lower in geography.organisation_before
        and words[piece.first - 1].capital
    ):
        return not piece.big
    if piece.possessive:
        return False
    for place in range(piece.last + 1, min(piece.last + 4, len(words))):
        word = words[place]
        if word.gap is not Gap.SPACE or not word.capital:
            break
        if word.lower in geography.organisation_after and not line.headline and not line.capitals:
            return True
    return False


def is_abbreviation_adjective(
    line: Line, piece: Piece, pieces: Sequence[Piece], geography: Geography
) -> bool:
    """Say whether "US" or "UK" stands before a noun with no preposition ("US troops", but "in the US")."""
    name = line.text[piece.start : piece.end]
    short = len(name.replace(".", "")) <= LONGEST_ACRONYM and name.isupper()
    if not short or name not in geography.countries or piece.last + 1 >= len(line.words):
        return False
    after = line.words[piece.last + 1]
    before = [word.lower for word in line.words[max(0, piece.first - 2) : piece.first]]
    if set(before) & geography.strict and set(before) <= geography.strict | {"the"}:
        return False
    return (
        after.gap is Gap.SPACE
        and not piece.possessive
        and not _is_place_word(piece.last + 1, pieces)
        and after.lower not in geography.function_words
        and after.text[0].isalpha()
    )


def _may_be_dateline(line: Line, piece: Piece) -> bool:
    if len(line.words[piece.first].text) <= LONGEST_ACRONYM or line.text[piece.end : piece.end + 1] == ")":
        return False
    return piece.start < DATELINE_CHARS and (piece.big or is_dateline(line, piece))


def is_dateline(line: Line, piece: Piece) -> bool:
    """Say whether the name opens its line as a dateline: before a dash, or "(Agency)"."""
    if piece.first > 0 and not (
        line.words[piece.first].text.isupper() and piece.start < DATELINE_CHARS and piece.big
    ):
        return False
    if (
        line.words[piece.first].text.isupper()
        and not line.capitals
        and piece.big
        and len(line.words[piece.first].text) > 3
    ):
        return True
    if not any(k.exact for k in piece.known) and not line.words[piece.first].text.isupper():
        return False
    rest = line.text[piece.end : piece.end + 60]
    return _DATELINE.match(rest) is not None
