"""From matches to copies: which texts one text repeats, what it made of them, and why we say so."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from cairn.documents.copies.index import name_agency
from cairn.documents.copies.judge import ENOUGH, Match
from cairn.documents.copies.words import Words
from cairn.records import Copy, CopyKind, Document, Passage, content_id

ADDED = 18
"""Own words in a row that are not shared, from which they count as added or left out. Less is an edit: a new
dateline with its attribution, a sentence put otherwise."""

MAINLY = 0.5
"""Share of its own words that a text takes over at least to be called that text trimmed or extended."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Side:
    """One document and its words."""

    document: Document
    words: Words


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeated:
    """An earlier text with what the text at hand shares with it."""

    side: Side
    match: Match


def relate(here: Side, repeated: Sequence[Repeated]) -> Iterator[Copy]:
    """Yield a copy for each text that is needed to tell where the words of ``here`` come from.

    Args:
        here: a text.
        repeated: earlier texts that it is a copy of, by rank. A wire that hundreds print gives hundreds of
            them; of those only the ones that account for further words are told.
    """
    chosen = _choose(repeated, here.words.own)
    for each in chosen:
        others = [other.side.document.id for other in chosen if other is not each]
        yield _copy(here, each, others)


def _choose(repeated: Sequence[Repeated], own: bytes) -> list[Repeated]:
    """Take the text that accounts for most words, then for most of the rest; an earlier one when equal."""
    left = list(repeated)
    chosen: list[Repeated] = []
    covered: set[int] = set()
    while left:
        gains = [_gain(each, covered, own) for each in left]
        if chosen and max(gains) < ENOUGH:
            break
        # Of those that account for most the first; not nearly most: a changed figure tells print from wire.
        taken = left.pop(gains.index(max(gains)))
        chosen.append(taken)
        covered.update(_here(taken.match))
    return chosen


def _gain(each: Repeated, covered: set[int], own: bytes) -> int:
    """Return how many own words not yet covered a text accounts for, in stretches that speak for copying."""
    return sum(
        own[place]
        for stretch, weight in zip(each.match.stretches, each.match.weights, strict=True)
        if weight.whole
        for run in stretch
        for place in range(run.here, run.here + run.count)
        if place not in covered
    )


def _copy(here: Side, repeated: Repeated, others: Sequence[str]) -> Copy:
    """Return the record for one text that is repeated."""
    there = repeated.side
    in_here, in_there = set(_here(repeated.match)), set(_there(repeated.match))
    added = _count_other(here.words, in_here)
    left_out = _count_other(there.words, in_there)
    share, share_of = _share(here.words, in_here), _share(there.words, in_there)
    if others:
        kind = CopyKind.SPLICED
    elif share < MAINLY:
        kind = CopyKind.PARTIAL
    elif not added and not left_out:
        kind = CopyKind.WHOLE
    else:
        kind = CopyKind.TRIMMED if left_out > added else CopyKind.EXTENDED
    return Copy(
        id=content_id("cpy", [here.document.id, there.document.id]),
        document_id=here.document.id,
        of=there.document.id,
        kind=kind,
        share=share,
        share_of=share_of,
        passages=tuple(
            Passage(here=here.words.span(run.here, run.count), there=there.words.span(run.there, run.count))
            for run in repeated.match.runs
        ),
        reason=_reason(here.document, there.document, kind, share, added, left_out, others),
    )


def _here(match: Match) -> Iterator[int]:
    return (place for run in match.runs for place in range(run.here, run.here + run.count))


def _there(match: Match) -> Iterator[int]:
    return (place for run in match.runs for place in range(run.there, run.there + run.count))


def _share(words: Words, shared: set[int]) -> float:
    """Return the share of a text's own words that are shared; of all its words when none are its own."""
    own = {place for place, mine in enumerate(words.own) if mine} or set(range(len(words.own)))
    return round(len(shared & own) / len(own), 4) if shared & own else round(len(shared) / len(words.own), 4)


def _count_other(words: Words, shared: set[int]) -> int:
    """Return how many own words, the headline aside, stand in long stretches that are not shared."""
    lengths = [0]
    for place in range(words.headline, len(words.own)):
        if place in shared:
            lengths.append(0)
        else:
            lengths[-1] += words.own[place]
    return sum(length for length in lengths if length >= ADDED)


def _reason(
    here: Document,
    there: Document,
    kind: CopyKind,
    share: float,
    added: int,
    left_out: int,
    others: Sequence[str],
) -> str:
    """Return one sentence that says how much, of what, why that came first, and what became of it."""
    if kind is CopyKind.SPLICED:
        told = f"other passages stand in {', '.join(others)}"
    elif kind is CopyKind.PARTIAL:
        told = f"{added} words are other text"
    else:
        changes = [f"{left_out} words of it are left out"] * bool(left_out) + [f"{added} are added"] * bool(
            added
        )
        told = " and ".join(changes) or "nothing longer than an edit is added or left out"
    return f"{share:.0%} of its words stand in {there.id}, {_why_first(here, there)}; {told}."


def _why_first(here: Document, there: Document) -> str:
    """Return what makes the other text the one that is repeated, as ``rank_key`` has it."""
    if there.published and here.published is None:
        return "whose day of publication is known"
    if there.published and here.published and there.published < here.published:
        days = (here.published - there.published).days
        return f"published {days} {'day' if days == 1 else 'days'} earlier"
    agency, other = name_agency(there), name_agency(here)
    if agency and agency == there.outlet != here.outlet:
        return "the agency's own"
    if agency and not other:
        return f"which names {agency} as where it comes from"
    if len(there.text) > len(here.text):
        return "the longer of the two"
    return "of the same day and length"
