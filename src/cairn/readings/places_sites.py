"""Find buildings, streets and quarters named in capitals throughout: "Union Square", "Old City"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from cairn.lexicon.geography import Geography
from cairn.readings.places_candidates import (
    LOCATIVE,
    LONGEST_NOUN_WORDS,
    NOUN,
    REACH,
    Candidate,
    Line,
    next_lower,
)
from cairn.readings.places_nouns import cue_before
from cairn.readings.places_pieces import Piece, PieceKind
from cairn.readings.places_words import Gap, Word
from cairn.records import PlaceKind


def find_capital_sites(line: Line, pieces: Sequence[Piece], geography: Geography) -> Iterator[Candidate]:
    """Yield sites named in capitals throughout: "Good Shepherd Seminary", "Union Square"."""
    words = line.words
    if line.headline or line.capitals:
        return
    place = 1
    while place < len(words):
        count = _site_noun(words, place, geography)
        first = _site_start(words, place, geography) if count else place
        bare = " ".join(word.lower for word in words[first : place + count])
        if first == place or bare in geography.nouns or place - first > REACH:
            place += 1
            continue
        last = place + count - 1
        start, end = words[first].start, words[last].end
        piece = Piece(kind=PieceKind.NAME, first=first, last=last, start=start, end=end)
        cue, _, points = cue_before(line, piece, geography)
        institution = words[last].lower in geography.institutions
        following = words[last + 1] if last + 1 < len(words) else None
        goes_on = following is not None and following.gap is Gap.SPACE and following.capital
        if (not institution or points >= LOCATIVE) and not goes_on:
            yield Candidate(
                start=start, end=end, base_end=words[place - 1].end, first=first, last=last,
                sentence=line.number, name=line.text[start : words[place - 1].end].lower(),
                hint=PlaceKind.SITE, evidence=NOUN + points, possessive=words[last].possessive,
                known=next((p.known for p in pieces if first <= p.first and p.last < place), ()),
                reason=cue or "a place noun follows",
            )  # fmt: skip
        place += count


def find_quarters(line: Line, geography: Geography) -> Iterator[Candidate]:
    """Yield parts of a city that nouns alone name: "Aleppo's Old City"."""
    words = line.words
    for first in range(len(words)):
        last = (
            first + 1 if f"{words[first].lower} {next_lower(words, first)}" in geography.quarters else first
        )
        named = last > first or (words[first].lower in geography.quarters and not line.headline)
        if named and all(word.capital for word in words[first : last + 1]) and not line.capitals:
            yield Candidate(
                start=words[first].start, end=words[last].end, base_end=words[last].end,
                first=first, last=last, sentence=line.number, name="", hint=PlaceKind.DISTRICT, evidence=NOUN,
                possessive=words[last].possessive, reason="a part of a city",
            )  # fmt: skip


def _site_noun(words: Sequence[Word], place: int, geography: Geography) -> int:
    """Return how many words from ``place`` are a capitalised noun of a site, 0 when none."""
    if not (words[place].text[0].isupper() and words[place].gap is Gap.SPACE):
        return 0
    for count in range(LONGEST_NOUN_WORDS, 0, -1):
        run = words[place : place + count]
        joined = len(run) == count and all(w.text[0].isupper() and w.gap is Gap.SPACE for w in run)
        if joined and geography.nouns.get(" ".join(w.lower for w in run)) is PlaceKind.SITE:
            return count
    return 0


def _site_start(words: Sequence[Word], place: int, geography: Geography) -> int:
    """Return the first word of the capitals that run up to a site's noun, or one beyond reach."""
    first = place
    while first > 0 and place - first <= REACH and words[first].gap is Gap.SPACE:
        before = words[first - 1]
        if (
            before.possessive
            or not (before.capital or before.text.isdigit())
            or before.lower in geography.determiners
        ):
            break
        if (before.text in geography.never and before.lower in geography.calendar) or (
            first == 1 and before.lower in geography.function_words
        ):
            break
        if before.lower in geography.peoples or before.lower in geography.locative - geography.compass:
            break
        first -= 1
    return first
