"""Weigh the words around a name: is it a place, of what kind, inside which other?"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.lexicon.geography import Geography
from cairn.readings.places_candidates import (
    COMPASS,
    DATELINE,
    EDGE,
    LOCATIVE,
    NOUN,
    Candidate,
    Line,
    next_lower,
)
from cairn.readings.places_doubts import (
    doubts,
    follows_organisation,
    is_abbreviation_adjective,
    is_dateline,
    is_organisation,
)
from cairn.readings.places_nouns import (
    cue_before,
    has_part_word,
    is_after_indefinite,
    is_part_of_known,
    noun_after,
    noun_in_apposition,
)
from cairn.readings.places_pieces import Piece, PieceKind
from cairn.readings.places_sites import find_capital_sites, find_quarters
from cairn.readings.places_told import doubt_after_persons, share_along_lists, tell_containers
from cairn.records import PlaceKind


def weigh(line: Line, pieces: Sequence[Piece], geography: Geography) -> list[Candidate]:
    """Return the candidates of one sentence in reading order, never overlapping.

    ``told`` of each numbers the candidates of this sentence.
    """
    sites = [*find_capital_sites(line, pieces, geography), *find_quarters(line, geography)]
    loose = [p for p in pieces if not any(s.first <= p.last and p.first <= s.last for s in sites)]
    candidates = sites + [_candidate(line, piece, pieces, geography) for piece in loose]
    candidates.sort(key=lambda candidate: candidate.start)
    candidates = [c for i, c in enumerate(candidates) if not i or c.start >= candidates[i - 1].end]
    candidates = doubt_after_persons(line, candidates)
    candidates = share_along_lists(line, candidates, geography)
    return tell_containers(line, candidates, geography)


def _candidate(line: Line, piece: Piece, pieces: Sequence[Piece], geography: Geography) -> Candidate:
    """Return the candidate of one piece, with its cues."""
    words = line.words
    candidate = Candidate(
        start=piece.start, end=piece.end, base_end=piece.end, first=piece.first, last=piece.last,
        sentence=line.number, name=line.text[piece.start : piece.end].lower(),
        known=piece.known, possessive=piece.possessive, adjectival=piece.adjectival,
        big=piece.big, marked=all(word.tag[2:] == "LOC" for word in words[piece.first : piece.last + 1]),
    )  # fmt: skip
    if piece.kind is PieceKind.PEOPLE:
        return replace(candidate, code=piece.code, adjectival=True, reason="a people or its adjective")
    if piece.adjectival:
        return replace(candidate, reason="joined by a hyphen to an adjective")
    hint, last, end = noun_after(line, piece, geography)
    branch = end > piece.end and follows_organisation(line, piece, geography)
    if branch or (hint is None and is_organisation(line, piece, geography)):
        return replace(candidate, organisation=True, adjectival=True, reason="part of an organisation's name")
    if is_abbreviation_adjective(line, piece, pieces, geography):
        return replace(candidate, adjectival=True, reason="stands before a noun as an adjective")
    points, reasons = 0.0, []
    if hint is not None and not (hint is PlaceKind.SITE and is_after_indefinite(line, piece)):
        points, candidate = points + NOUN, replace(candidate, hint=hint, last=last, end=end)
        reasons.append("a place noun follows")
    while has_part_word(line, candidate.first, geography):
        points, first = points + COMPASS, candidate.first - 1
        candidate = replace(candidate, start=words[first].start, first=first)
    cue, before_hint, cue_points = cue_before(line, replace(piece, first=candidate.first), geography)
    points += cue_points
    if cue:
        reasons.append(cue)
    apposed = noun_in_apposition(words, piece, geography)
    if apposed is not None:
        points += NOUN
        reasons.append("a place noun stands in apposition")
    hint = before_hint or (None if candidate.hint else apposed)
    if hint is not None and candidate.hint is None and not is_part_of_known(hint, piece):
        candidate = replace(candidate, hint=hint)
    if next_lower(words, piece.last) in geography.edges:
        points += EDGE
    if is_dateline(line, piece):
        points, candidate = points + DATELINE, replace(candidate, dateline=True)
        reasons.insert(0, "dateline")
    points += doubts(line, piece, pieces, geography, located=cue_points >= LOCATIVE or hint is not None)
    return replace(candidate, evidence=points, reason=reasons[0] if reasons else "")
