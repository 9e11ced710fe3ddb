"""Arcs: where the words and dependencies of a sentence stand when they are drawn, in pixels."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from rich.cells import cell_len

from cairn.records import Token

WORD_CELL = 9.0
"""Width of a character of a word: 0.6 of 15 px, as monospaced fonts have it."""
SMALL_CELL = 6.6
"""Width of a character of a label: 0.6 of 11 px."""
GAP = 22.0
"""Room between two words, enough for a few arcs to end beside each other."""
STEP = 24.0
"""Rise from one level of arcs to the next: a label and its air."""
CORNER = 9.0
LABEL_AIR = 2 * CORNER + 10.0
"""Room beside the label of the shortest arc: its two corners and what the ends may be shifted."""
SPREAD = 5.0
"""Room between two arcs that end at one word."""
ABOVE_WORDS, BELOW_WORDS = 20.0, 52.0
"""Room over the middle line of the words before arcs begin, and under it for word class and name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Word:
    """A word, the middle of its column, and its word class."""

    text: str
    x: float
    pos: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Arc:
    """A dependency: a line from the head, over other words, to an arrow at the dependent."""

    line: str
    arrow: str
    label: str
    x: float
    y: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Bracket:
    """A line under the words of one name."""

    start: float
    end: float
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawing:
    """One sentence, drawn; ``base`` is the line on which the words stand."""

    width: float
    height: float
    base: float
    words: tuple[Word, ...]
    arcs: tuple[Arc, ...]
    brackets: tuple[Bracket, ...]


def draw(tokens: Sequence[Token]) -> Drawing:
    """Lay out one sentence, its words in a row and their dependencies above them.

    Arcs that lie over each other rise to different levels, so that lines cross only where the tree itself
    does. Words without a head get no arc.
    """
    middles, half, width = _columns(tokens)
    links = [
        (token.head, at) for at, token in enumerate(tokens) if token.head is not None and token.head >= 0
    ]
    levels = _levels(links, len(tokens))
    top = STEP * (max(levels.values(), default=0) + 1)
    base = top + ABOVE_WORDS
    ends = _ends(links, middles, half)
    arcs = [_arc(link, ends, top, top - STEP * levels[link], tokens[link[1]].dep) for link in links]
    roots = [at for at, token in enumerate(tokens) if token.head == -1]
    arcs += [_root_arc(middles[at], top) for at in roots]
    return Drawing(
        width=width,
        height=base + BELOW_WORDS,
        base=base,
        words=tuple(Word(text=t.text, x=x, pos=t.pos) for t, x in zip(tokens, middles, strict=True)),
        arcs=tuple(arcs),
        brackets=_brackets(tokens, middles, half),
    )


def names_of(tokens: Sequence[Token]) -> list[tuple[int, int, str]]:
    """Return the names of a sentence as (first token, token after the last, kind), in reading order."""
    found: list[tuple[int, int, str]] = []
    for at, token in enumerate(tokens):
        begins, _, kind = token.name.partition("-")
        if begins == "I" and found and found[-1][1:] == (at, kind):
            found[-1] = (found[-1][0], at + 1, kind)
        elif kind:
            found.append((at, at + 1, kind))
    return found


def _columns(tokens: Sequence[Token]) -> tuple[list[float], list[float], float]:
    """Return the middle and half the width of every word's column, and the width of all.

    Neighbours of which one hangs on the other stand far enough apart for the label between them.
    """
    middles: list[float] = []
    half: list[float] = []
    edge = 0.0
    for at, token in enumerate(tokens):
        wide = max(cell_len(token.text) * WORD_CELL, cell_len(token.pos) * SMALL_CELL)
        middle = edge + GAP + wide / 2
        if at:
            labels = [t.dep for t, other in ((token, at - 1), (tokens[at - 1], at)) if t.head == other]
            label = max((cell_len(dep) for dep in labels), default=0) * SMALL_CELL
            middle = max(middle, middles[-1] + (label and label + LABEL_AIR))
        middles.append(middle)
        half.append(wide / 2)
        edge = middle + wide / 2
    return middles, half, edge + GAP


def _levels(links: Sequence[tuple[int, int]], count: int) -> dict[tuple[int, int], int]:
    """Return how high each arc rises, from 1: above every shorter one that it lies over."""
    over = [0] * count
    levels = {}
    for link in sorted(links, key=lambda link: abs(link[0] - link[1])):
        first, last = sorted(link)
        levels[link] = 1 + max(over[first:last], default=0)
        over[first:last] = [levels[link]] * (last - first)
    return levels


def _ends(
    links: Sequence[tuple[int, int]], middles: Sequence[float], half: Sequence[float]
) -> dict[tuple[int, tuple[int, int]], float]:
    """Return where each arc stands on each of its words: the shortest farthest out, on its own side."""
    sides: dict[tuple[int, bool], list[tuple[int, int]]] = defaultdict(list)
    for link in links:
        for at, other in (link, link[::-1]):
            sides[at, other > at].append(link)
    places = {}
    for (at, rightward), own in sides.items():
        own.sort(key=lambda link: -abs(link[0] - link[1]))
        alone = len(own) == 1 and (at, not rightward) not in sides
        spread = min(SPREAD, (half[at] + GAP / 3) / len(own))
        for number, link in enumerate(own):
            shift = 0.0 if alone else spread * (number + 0.5)
            places[at, link] = middles[at] + (shift if rightward else -shift)
    return places


def _arc(
    link: tuple[int, int],
    ends: dict[tuple[int, tuple[int, int]], float],
    foot: float,
    y: float,
    label: str,
) -> Arc:
    start, end = ends[link[0], link], ends[link[1], link]
    turn = min(CORNER, abs(end - start) / 2) * (1 if end > start else -1)
    low = y + abs(turn)
    line = (
        f"M{start:.1f} {foot:.1f}V{low:.1f}Q{start:.1f} {y:.1f} {start + turn:.1f} {y:.1f}"
        f"H{end - turn:.1f}Q{end:.1f} {y:.1f} {end:.1f} {low:.1f}V{foot:.1f}"
    )
    return Arc(line=line, arrow=_arrow(end, foot), label=label, x=(start + end) / 2, y=y)


def _root_arc(x: float, foot: float) -> Arc:
    y = STEP / 2
    return Arc(line=f"M{x:.1f} {y:.1f}V{foot:.1f}", arrow=_arrow(x, foot), label="root", x=x, y=y)


def _arrow(x: float, foot: float) -> str:
    return f"M{x:.1f} {foot + 5:.1f}l-3.5 -7h7z"


def _brackets(
    tokens: Sequence[Token], middles: Sequence[float], half: Sequence[float]
) -> tuple[Bracket, ...]:
    return tuple(
        Bracket(start=middles[first] - half[first], end=middles[after - 1] + half[after - 1], label=kind)
        for first, after, kind in names_of(tokens)
    )
