"""Pair what is annotated with what was read, one to one, the closest first; and the rates that come of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from cairn.evaluation.agree import Json


@dataclass(frozen=True, slots=True, kw_only=True)
class Rate:
    """Precision, recall and F1 (0 to 1) with the counts behind them."""

    hit: int
    gold: int
    got: int

    @property
    def precision(self) -> float:
        """Return the share of what was read that is right."""
        return self.hit / self.got if self.got else 0.0

    @property
    def recall(self) -> float:
        """Return the share of what is annotated that was found."""
        return self.hit / self.gold if self.gold else 0.0

    @property
    def f1(self) -> float:
        """Return the harmonic mean of precision and recall."""
        return 2 * self.hit / (self.gold + self.got) if self.gold + self.got else 0.0


def pair(
    gold: Sequence[Json], got: Sequence[Json], closeness: Callable[[Json, Json], float | None]
) -> list[tuple[int, int]]:
    """Return the places of paired entries.

    Args:
        gold: annotated.
        got: read.
        closeness: of two entries; ``None`` when they cannot be one.
    """
    ranked = sorted(
        (
            (close, i, j)
            for i, one in enumerate(gold)
            for j, other in enumerate(got)
            if (close := closeness(one, other)) is not None
        ),
        key=lambda each: -each[0],
    )
    used_gold: set[int] = set()
    used_got: set[int] = set()
    pairs = []
    for _, i, j in ranked:
        if i not in used_gold and j not in used_got:
            used_gold.add(i)
            used_got.add(j)
            pairs.append((i, j))
    return pairs


def overlap(one: Sequence[int], other: Sequence[int]) -> int:
    """Return how many characters two spans share."""
    return max(0, min(one[1], other[1]) - max(one[0], other[0]))


def likeness(one: Sequence[int], other: Sequence[int]) -> float:
    """Return the share (0 to 1) of the characters from the first start to the last end that both have."""
    return overlap(one, other) / (max(one[1], other[1]) - min(one[0], other[0]))
