"""Difference: what stands otherwise in the next version of a text, sentence by sentence, figures apart."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from cairn.errors import RecordError


class ChangeKind(StrEnum):
    """What became of one sentence, or of a few words of it."""

    SAME = "same"
    ADDED = "added"
    REMOVED = "removed"
    REWORDED = "reworded"
    """Some of its words are others; only sentences are."""
    MOVED = "moved"
    """The same words in another place; only sentences are."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """A few words in a row that share one fate.

    Attributes:
        words: with one blank between words, however the text was wrapped; "" never.
        kind: same, added or removed.
        figure: they are a figure, and no other stands there with the same value.
        spaced: a blank parts them from the next piece.
    """

    words: str
    kind: ChangeKind
    figure: bool = False
    spaced: bool = True

    def __post_init__(self) -> None:
        if not self.words or self.kind not in (ChangeKind.SAME, ChangeKind.ADDED, ChangeKind.REMOVED):
            raise RecordError(f"a piece of a sentence cannot be {self.kind}: {self.words!r}")


@dataclass(frozen=True, slots=True, kw_only=True)
class FigureChange:
    """A figure that stands where another stood.

    Attributes:
        old: as the earlier version writes it; ``None`` where it gave none.
        new: as the later version writes it; ``None`` where it gives none.
        words: those around it that say what it counts, from whichever version has the figure.
    """

    old: str | None
    new: str | None
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One sentence of the later version, or one that the earlier alone has, at the place where it stood.

    Attributes:
        pieces: the sentence; of a reworded one the words of both versions.
        figures: those that changed in a reworded sentence, in reading order.
        opens: a line of the text begins with it.
    """

    kind: ChangeKind
    pieces: tuple[Piece, ...]
    figures: tuple[FigureChange, ...] = ()
    opens: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """What parts one version of a text from another.

    Attributes:
        headline: ``None`` where neither version has one.
        changes: every sentence of both, in the later version's order.
    """

    headline: Change | None
    changes: tuple[Change, ...]

    @property
    def figures(self) -> tuple[FigureChange, ...]:
        """Return the figures that changed, the headline's first."""
        first = self.headline.figures if self.headline else ()
        return (*first, *(figure for change in self.changes for figure in change.figures))

    def count(self, kind: ChangeKind) -> int:
        """Return how many sentences had one fate; the headline is none of them."""
        return sum(change.kind is kind for change in self.changes)
