"""Judge two texts: whether they share enough running text for one to be a copy of the other."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from cairn.documents.copies.align import Run, Stretch
from cairn.documents.copies.words import Words, both

MIN_STRETCH = 8
"""Fewest words of a stretch that is shown as a passage."""

TELLING_STRETCH = 15
"""Fewest words of a stretch that speaks for copying. Two reporters share "at least 12 people were killed when
a car bomb went off in", seldom more."""

STRONG_STRETCH, ENOUGH = 30, 45
"""A text is a copy when its stretches count for ``ENOUGH`` words, the strongest with ``STRONG_STRETCH`` free
ones: two sentences in a row."""

FEWEST, LARGE_SHARE = 20, 0.25
"""A text is also a copy when its stretches have ``FEWEST`` free words and count for this share of the shorter
text: a brief, or one whose sentences were put in another order.

These four, and that set phrases count half, were chosen together on the bed in ``tests/documents/copies``:
4,000 documents of 300 words and 18,000 of 210, of whose copies they find 0.996 and 0.990, and of whose
independent reports they call 0.002 a copy. Set phrases counted in full would find 0.004 and 0.007 more, and
call 0.007 and 0.004; with 25 and 40 words it would be 0.004 and 0.003 more, and 0.003 and 0.002."""

SAME_SHARE = 0.9
"""Share of the longer text from which two are the same, quotations or not: a statement printed in full."""

LONG_STRETCH = 60
"""Words of a stretch from which it is no set phrase, however many documents have it."""

MOULD_FIGURES = 4
"""Figures that differ at like places, from which two texts that keep fewer are two days' bulletins in one
mould. An updated report changes a toll or two and keeps its other figures."""

MOULD_HOLE = 20
"""Words between two runs, in either text, up to which figures in them stand at like places."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Weight:
    """How much of a stretch speaks for copying.

    Attributes:
        free: words outside quotation marks, set phrases and page furniture.
        quoted: words in quotation marks.
    """

    free: int = 0
    quoted: int = 0

    @property
    def whole(self) -> int:
        """Return what the stretch counts for.

        Two reporters quote one statement in the same words, so what stands in quotation marks counts only as
        far as the words around it do.
        """
        return self.free + min(self.free, self.quoted)


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """What two texts share.

    Attributes:
        stretches: of at least ``MIN_STRETCH`` words, in the order of the first text.
        weights: of each stretch.
    """

    stretches: tuple[Stretch, ...]
    weights: tuple[Weight, ...]

    @property
    def runs(self) -> tuple[Run, ...]:
        """Return the runs of the same words, in the order of the first text."""
        return tuple(run for stretch in self.stretches for run in stretch)


def may_be_copy(stretches: Sequence[Stretch], smaller: int) -> bool:
    """Say whether stretches are long enough to make a copy if all their words speak for it.

    Args:
        stretches: that two texts share.
        smaller: words of the shorter text, half of which at most are taken to be page furniture.
    """
    counts = [words for stretch in stretches if (words := count(stretch)) >= TELLING_STRETCH]
    passage = sum(counts) >= ENOUGH and max(counts) >= STRONG_STRETCH
    return passage or sum(counts) >= max(FEWEST, LARGE_SHARE * smaller / 2)


def weigh(stretches: Sequence[Stretch], here: Words, there: Words, common: bytes = b"") -> Match:
    """Weigh what two texts share.

    Args:
        stretches: in the order of the first text.
        here: the first text.
        there: the second.
        common: for each word of the first text 1 when it stands in a set phrase; empty when nobody looked.
    """
    shown = tuple(stretch for stretch in stretches if count(stretch) >= MIN_STRETCH)
    return Match(
        stretches=shown, weights=tuple(_weigh_stretch(stretch, here, there, common) for stretch in shown)
    )


def is_copy(match: Match, here: Words, there: Words) -> bool:
    """Say whether what two texts share makes one a copy of the other."""
    free = [weight.free for weight in match.weights]
    whole = sum(weight.whole for weight in match.weights)
    every = sum(weight.free + weight.quoted for weight in match.weights)
    shorter, longer = sorted((here.own.count(1), there.own.count(1)))
    passage = whole >= ENOUGH and max(free) >= STRONG_STRETCH
    large = sum(free) >= FEWEST and whole >= LARGE_SHARE * shorter
    same = every >= max(FEWEST, SAME_SHARE * longer)
    return (passage or large or same) and not _one_mould(match, here, there)


def count(stretch: Stretch) -> int:
    """Return how many words of a stretch are the same in both texts."""
    return sum(run.count for run in stretch)


def _weigh_stretch(stretch: Stretch, here: Words, there: Words, common: bytes) -> Weight:
    """Return how many words of a stretch speak for copying."""
    words = count(stretch)
    if words < TELLING_STRETCH:
        return Weight()
    if words >= LONG_STRETCH:
        common = b""
    free = quoted = set_phrases = 0
    for run in stretch:
        one, other = slice(run.here, run.here + run.count), slice(run.there, run.there + run.count)
        both_free = both(here.free[one], there.free[other])
        free += both_free.count(1)
        quoted += both(here.own[one], there.own[other]).count(1) - both_free.count(1)
        set_phrases += both(both_free, common[one]).count(1) if common else 0
    return Weight(free=free - set_phrases // 2, quoted=quoted)


def _one_mould(match: Match, here: Words, there: Words) -> bool:
    """Say whether the texts differ in most of their figures and in little else."""
    kept = sum(_count_figures(here.folded[run.here : run.here + run.count]) for run in match.runs)
    changed = 0
    for before, after in pairwise(match.runs):
        hole = here.folded[before.here + before.count : after.here]
        other = there.folded[before.there + before.count : after.there]
        if len(hole) <= MOULD_HOLE and len(other) <= MOULD_HOLE:
            changed += min(_count_figures(hole), _count_figures(other))
    return changed >= MOULD_FIGURES and changed > kept


def _count_figures(words: Sequence[str]) -> int:
    return sum(word.isdigit() for word in words)
