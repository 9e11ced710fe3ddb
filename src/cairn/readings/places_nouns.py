"""Read the nouns and prepositions around a name: "in the town of X", "X province"."""

from __future__ import annotations

from collections.abc import Sequence

from cairn.lexicon.geography import Geography
from cairn.readings.places_candidates import (
    COMPASS,
    EDGE,
    LOCATIVE,
    LONGEST_NOUN_WORDS,
    NOUN,
    REACH,
    STRICT,
    WEAK,
    Line,
    next_lower,
)
from cairn.readings.places_known import PARTS
from cairn.readings.places_pieces import Piece
from cairn.readings.places_words import Gap, Word
from cairn.records import PlaceKind


def noun_after(line: Line, piece: Piece, geography: Geography) -> tuple[PlaceKind | None, int, int]:
    """Return the kind that a noun right after the name states, and where the candidate then ends."""
    words = line.words
    if not piece.possessive:
        for count in range(LONGEST_NOUN_WORDS, 0, -1):
            run = words[piece.last + 1 : piece.last + 1 + count]
            if len(run) < count or any(word.gap is not Gap.SPACE for word in run):
                continue
            phrase = " ".join(word.lower for word in run)
            kind = geography.nouns.get(phrase) or geography.nouns.get(phrase.removesuffix("s"))
            if kind is None or (kind is PlaceKind.COUNTRY):
                continue
            wide = any(k.kind is PlaceKind.COUNTRY for k in piece.known)
            following = next_lower(words, piece.last + count)
            if kind is PlaceKind.REGION and (
                following in geography.broadcast or (following == "of" and phrase in geography.offices)
            ):
                continue
            capital = all(word.text[0].isupper() for word in run) and not (line.headline or line.capitals)
            shouted = (line.headline or line.capitals) and kind is PlaceKind.SITE and piece.big
            if shouted or (wide and not capital and kind is not PlaceKind.REGION):
                return None, piece.last, piece.end
            keeps = capital or (kind is PlaceKind.SITE and not phrase.endswith("s"))
            return kind, piece.last + count, run[-1].end if keeps else piece.end
    return None, piece.last, piece.end


def is_after_indefinite(line: Line, piece: Piece) -> bool:
    """Say whether the name stands after "a": "an Aleppo hospital" is none with that name."""
    return piece.first > 0 and line.words[piece.first - 1].lower in {"a", "an"}


def cue_before(line: Line, piece: Piece, geography: Geography) -> tuple[str, PlaceKind | None, float]:
    """Walk left over the words that may stand between a cue and the name."""
    words, hint, points, reason = line.words, None, 0.0, ""
    place = piece.first - 1
    for steps in range(REACH):
        if place < 0 or words[place + 1].gap is not Gap.SPACE:
            break
        lower = words[place].lower
        two = f"{words[place - 1].lower} {lower}" if place else lower
        if lower in geography.compass and not words[place].capital:
            points = max(points, COMPASS)
            reason = reason or f"after '{lower}'"
        elif two in geography.locative or (lower in geography.locative and lower not in geography.compass):
            exact = lower == "of" or lower in geography.strict
            strict = STRICT if exact and not line.headline else 0.0
            return reason or f"after '{lower}'", hint, points + LOCATIVE + strict
        elif (kind := _noun(words, place, geography)) is not None and (
            steps == 0 or words[place + 1].lower == "of"
        ):
            hint = hint or kind
            if kind is not PlaceKind.COUNTRY:
                points = max(points, NOUN)
                reason = reason or f"after '{lower}'"
        elif lower in geography.edges and words[place + 1].lower == "of":
            points = max(points, EDGE)
            reason = reason or f"after '{lower} of'"
        elif lower in geography.weak and lower not in geography.skipped:
            return reason or f"after '{lower}'", hint, points + (WEAK if not points else 0.0)
        elif not (
            lower in geography.skipped or lower in geography.peoples or lower.endswith("-held")
        ) and not (steps and lower in geography.nouns):
            break
        place -= 1
    return reason, hint, points


def is_part_of_known(hint: PlaceKind, piece: Piece) -> bool:
    """Say whether a noun before "of" names a part of a known larger place ("a district of Aleppo")."""
    if any(k.kind in (PlaceKind.COUNTRY, PlaceKind.AREA) for k in piece.known):
        return True
    return hint in PARTS and piece.big


def has_part_word(line: Line, first: int, geography: Geography) -> bool:
    """Say whether a capitalised word before names a part of the place ("East Aleppo")."""
    if not first or line.words[first].gap is not Gap.SPACE or line.headline:
        return False
    before = line.words[first - 1]
    return before.text[0].isupper() and not before.possessive and before.lower in geography.compass


def noun_in_apposition(words: Sequence[Word], piece: Piece, geography: Geography) -> PlaceKind | None:
    """Return the kind of "Harbel, a village in" or, with a lost comma, "Harbel a village in"."""
    place = piece.last + 1
    if place >= len(words) or words[place].gap is Gap.BREAK or words[place].lower not in {"a", "an", "the"}:
        return None
    for word in words[place + 1 : place + 1 + APPOSITION_WORDS]:
        if word.gap is not Gap.SPACE:
            return None
        kind = geography.nouns.get(word.text)  # "the Cross River State capital" is no river
        if kind is not None:
            return kind if kind in (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.REGION) else None
    return None


APPOSITION_WORDS = 4
"""Words among which the noun of an apposition stands ("a small rebel-held town")."""


def _noun(words: Sequence[Word], place: int, geography: Geography) -> PlaceKind | None:
    """Return the kind of place that the noun at ``place`` names, when it is printed as a noun."""
    if words[place].text[0].isupper():
        return None
    kind = geography.nouns.get(words[place].lower)
    return None if kind is PlaceKind.SITE and words[place + 1].lower != "of" else kind
