"""Count what was found in a bed of copies."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass

from cairn.records import Copy
from documents.copies.bed import Made


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How a bed was read.

    Attributes:
        made: copies of an original, by alteration; a splice counts twice, once for each of its wires.
        found: those of them that are known as copies of that original, or of another copy of it: the print of
            a wire that accounts for most words is told, and copies lead on from there.
        kinds: what they are known as, by alteration.
        independent: how many reports are nobody's copy.
        wrongly_called: those of them that are called a copy of a text on which they do not draw.
    """

    made: Counter[str]
    found: Counter[str]
    kinds: dict[str, Counter[str]]
    independent: int
    wrongly_called: frozenset[str]


def score_bed(made: Sequence[Made], copies: Sequence[Copy]) -> Score:
    """Return what was found of what was made."""
    originals = {each.document.id: frozenset(each.originals) for each in made}
    found = {(copy.document_id, copy.of): copy for copy in copies}
    drawn_on = defaultdict[str, set[str]](set)
    for copy in copies:
        drawn_on[copy.document_id].add(copy.of)
    count, hit, kinds = Counter[str](), Counter[str](), defaultdict(Counter[str])
    for each in made:
        for original in each.originals:
            count[each.alteration] += 1
            copy = found.get((each.document.id, original))
            if copy is not None:
                kinds[each.alteration][copy.kind.value] += 1
            here = each.document.id
            hit[each.alteration] += original in _reach(here, drawn_on) or here in _reach(original, drawn_on)
    wrong = {
        copy.document_id
        for copy in copies
        # A report that a copy draws on and the copy are related; so are two copies of one wire.
        if not originals[copy.document_id] and copy.document_id not in originals[copy.of]
    }
    return Score(
        made=count,
        found=hit,
        kinds=dict(kinds),
        independent=sum(not each.originals for each in made),
        wrongly_called=frozenset(wrong),
    )


def _reach(document_id: str, drawn_on: Mapping[str, Set[str]]) -> set[str]:
    """Return all documents that one leads to, copy after copy."""
    reached, left = set[str](), [document_id]
    while left:
        for other in drawn_on.get(left.pop(), set[str]()) - reached:
            reached.add(other)
            left.append(other)
    return reached
