"""What changed between two versions of a text, told by sentences and words, with the figures apart."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from difflib import SequenceMatcher
from itertools import groupby, pairwise

from cairn.documents.archive.wordings import Sentence, Unit, cut, split
from cairn.lexicon import Lexicon, Quantities
from cairn.records import Change, ChangeKind, Difference, Document, FigureChange, Piece

MOST_COMPARED = 4_000_000
"""Pairs of sentences, or of words, that are weighed against each other; a text that asks for more (2,000
sentences with nothing in common) is told as taken out and put in. Bounds the time to seconds."""

MOST_PAIRED = 40_000
"""Pairs of sentences weighed word by word in one stretch of changed text."""

ALIKE = 0.4
"""Share of words that two sentences have in common from which one is the other reworded. Half of the words
of an English sentence are function words, which any two share by a third."""

_AROUND = 4
"""Words after a figure that say what it counts: "19 people had been killed"."""


def diff_versions(old: Document, new: Document, lexicon: Lexicon) -> Difference:
    """Return what parts one version from another, whatever way either is wrapped.

    Args:
        old: the earlier version.
        new: the later version.
        lexicon: knows number words, and abbreviations, which end no sentence.
    """
    quantities, abbreviations = lexicon.quantities, lexicon.grammar.abbreviations
    before, after = split(old.text, abbreviations), split(new.text, abbreviations)
    return Difference(
        headline=_headline(old.title, new.title, quantities),
        changes=tuple(_mark_moved(_changes(before, after, quantities))),
    )


def _headline(old: str | None, new: str | None, quantities: Quantities) -> Change | None:
    if not old and not new:
        return None
    before, after = (Sentence(" ".join((title or "").split()), opens=True) for title in (old, new))
    if before.words == after.words:
        return _whole(after, ChangeKind.SAME)
    if not old or not new:
        kind = ChangeKind.ADDED if new else ChangeKind.REMOVED
        return _whole(after if new else before, kind)
    return _reworded(before, after, quantities)


def _changes(before: list[Sentence], after: list[Sentence], quantities: Quantities) -> list[Change]:
    """Return every sentence of both versions with its fate."""
    changes: list[Change] = []
    for kind, old, new in _stretches([each.words for each in before], [each.words for each in after]):
        if kind is ChangeKind.SAME:
            changes += [_whole(after[at], kind) for at in new]
        else:
            changes += _settle([before[at] for at in old], [after[at] for at in new], quantities)
    return changes


def _settle(before: list[Sentence], after: list[Sentence], quantities: Quantities) -> list[Change]:
    """Return the sentences of a stretch that changed: those alike as reworded, the rest as come or gone."""
    changes: list[Change] = []
    pairs = [*_pair(before, after, quantities), (len(before), len(after))]
    for (old_from, new_from), (old, new) in pairwise([(-1, -1), *pairs]):
        changes += [_whole(sentence, ChangeKind.REMOVED) for sentence in before[old_from + 1 : old]]
        changes += [_whole(sentence, ChangeKind.ADDED) for sentence in after[new_from + 1 : new]]
        if old < len(before):
            changes.append(_reworded(before[old], after[new], quantities))
    return changes


def _pair(before: list[Sentence], after: list[Sentence], quantities: Quantities) -> list[tuple[int, int]]:
    """Return which sentences are each other reworded: the pairs, in order, that have most in common."""
    if not before or not after or len(before) * len(after) > MOST_PAIRED:
        return []
    old, new = (
        [Counter(unit.key.lower() for unit in cut(sentence.words, quantities)) for sentence in sentences]
        for sentences in (before, after)
    )
    best = [[0.0] * (len(new) + 1) for _ in range(len(old) + 1)]
    alike = [[_alike(first, second) for second in new] for first in old]
    for at in range(len(old) - 1, -1, -1):
        for to in range(len(new) - 1, -1, -1):
            paired = alike[at][to] + best[at + 1][to + 1] if alike[at][to] >= ALIKE else 0.0
            best[at][to] = max(paired, best[at + 1][to], best[at][to + 1])
    pairs, at, to = [], 0, 0
    while at < len(old) and to < len(new):
        if best[at][to] == best[at + 1][to]:
            at += 1
        elif best[at][to] == best[at][to + 1]:
            to += 1
        else:
            pairs.append((at, to))
            at, to = at + 1, to + 1
    return pairs


def _alike(first: Counter[str], second: Counter[str]) -> float:
    """Return the share of words that two sentences have in common."""
    return 2 * (first & second).total() / ((first.total() + second.total()) or 1)


def _reworded(before: Sentence, after: Sentence, quantities: Quantities) -> Change:
    """Return a sentence with the words of both versions, and the figures that are others."""
    old, new = cut(before.words, quantities), cut(after.words, quantities)
    pieces: list[Piece] = []
    figures: list[FigureChange] = []
    for kind, out, into in _stretches([unit.key for unit in old], [unit.key for unit in new]):
        gone, come = [old[at] for at in out], [new[at] for at in into]
        if kind is ChangeKind.SAME:
            pieces += _same(before.words, gone, after.words, come)
            continue
        pieces += _pieces(before.words, gone, ChangeKind.REMOVED)
        pieces += _pieces(after.words, come, ChangeKind.ADDED)
        figures += _figure_changes(before.words, gone, after.words, come, new[into.stop :])
    return Change(kind=ChangeKind.REWORDED, pieces=tuple(pieces), figures=tuple(figures), opens=after.opens)


def _same(old_words: str, old: list[Unit], new_words: str, new: list[Unit]) -> list[Piece]:
    """Return units that are worth the same; where they are written otherwise ("twelve", "12"), both."""
    pieces: list[Piece] = []
    start = 0
    for at, (first, second) in enumerate(zip(old, new, strict=True)):
        if old_words[first.start : first.end] == new_words[second.start : second.end]:
            continue
        pieces += _pieces(new_words, new[start:at], ChangeKind.SAME)
        pieces.append(_piece(old_words, [first], ChangeKind.REMOVED))
        pieces.append(_piece(new_words, [second], ChangeKind.ADDED))
        start = at + 1
    return pieces + _pieces(new_words, new[start:], ChangeKind.SAME)


def _figure_changes(
    old_words: str, gone: list[Unit], new_words: str, come: list[Unit], rest: list[Unit]
) -> list[FigureChange]:
    """Return which figure stands for which: in order where there are as many, else all for all.

    Args:
        old_words: the earlier sentence.
        gone: units of it that are no longer there.
        new_words: the later sentence.
        come: units that stand in their place.
        rest: units that follow in the later sentence.
    """
    old, new = ([at for at, unit in enumerate(units) if unit.figure] for units in (gone, come))
    old_said = [_said(old_words, gone[at]) for at in old]
    new_said = [_said(new_words, come[at]) for at in new]
    around = [_around(new_words, come[at:] + rest[:_AROUND]) for at in new]
    if len(old) == len(new):
        return [
            FigureChange(old=first, new=second, words=words)
            for first, second, words in zip(old_said, new_said, around, strict=True)
        ]
    return [
        FigureChange(
            old=", ".join(old_said) or None,
            new=", ".join(new_said) or None,
            words=around[-1] if around else _around(old_words, gone[old[-1] :]),
        )
    ]


def _said(words: str, unit: Unit) -> str:
    return words[unit.start : unit.end]


def _around(words: str, units: list[Unit]) -> str:
    """Return a figure with the words that follow it, up to a mark."""
    last = units[0]
    for unit in units[1 : _AROUND + 1]:
        if not words[unit.start].isalnum():
            break
        last = unit
    return words[units[0].start : last.end]


def _pieces(words: str, units: list[Unit], kind: ChangeKind) -> list[Piece]:
    """Return units in a row as pieces; of those that came or went, figures apart from the rest."""
    marked = kind is not ChangeKind.SAME
    return [
        _piece(words, list(run), kind, figure=marked and figure)
        for figure, run in groupby(units, lambda unit: marked and unit.figure)
    ]


def _piece(words: str, units: list[Unit], kind: ChangeKind, *, figure: bool = False) -> Piece:
    start, end = units[0].start, units[-1].end
    return Piece(words=words[start:end], kind=kind, figure=figure, spaced=words[end : end + 1] == " ")


def _whole(sentence: Sentence, kind: ChangeKind) -> Change:
    piece = ChangeKind.SAME if kind is ChangeKind.MOVED else kind
    return Change(kind=kind, pieces=(Piece(words=sentence.words, kind=piece),), opens=sentence.opens)


def _mark_moved(changes: list[Change]) -> list[Change]:
    """Return the changes with sentences that went in one place and came in another as moved."""
    gone = Counter(change.pieces[0].words for change in changes if change.kind is ChangeKind.REMOVED)
    come = Counter(change.pieces[0].words for change in changes if change.kind is ChangeKind.ADDED)
    moved = {ChangeKind.REMOVED: gone & come, ChangeKind.ADDED: gone & come}
    settled: list[Change] = []
    for change in changes:
        words = change.pieces[0].words
        if change.kind not in moved or not moved[change.kind][words]:
            settled.append(change)
            continue
        moved[change.kind][words] -= 1
        if change.kind is ChangeKind.ADDED:
            settled.append(_whole(Sentence(words, opens=change.opens), ChangeKind.MOVED))
    return settled


def _stretches(old: Sequence[str], new: Sequence[str]) -> list[tuple[ChangeKind, range, range]]:
    """Return in order what is the same in both and what is not, as places in each."""
    first = 0
    while first < min(len(old), len(new)) and old[first] == new[first]:
        first += 1
    last = 0
    while last < min(len(old), len(new)) - first and old[-1 - last] == new[-1 - last]:
        last += 1
    old_end, new_end = len(old) - last, len(new) - last
    found = [(ChangeKind.SAME, range(first), range(first))]
    if (old_end - first) * (new_end - first) > MOST_COMPARED:
        found.append((ChangeKind.REWORDED, range(first, old_end), range(first, new_end)))
    else:
        matcher = SequenceMatcher(None, old[first:old_end], new[first:new_end])
        for name, old_from, old_to, new_from, new_to in matcher.get_opcodes():
            kind = ChangeKind.SAME if name == "equal" else ChangeKind.REWORDED
            found.append(
                (kind, range(first + old_from, first + old_to), range(first + new_from, first + new_to))
            )
    found.append((ChangeKind.SAME, range(old_end, len(old)), range(new_end, len(new))))
    return [(kind, out, into) for kind, out, into in found if out or into]
