"""Find copies: candidates from the index, compared word by word, then told apart from stock text."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import chain, groupby

from cairn.documents.copies.align import Stretch
from cairn.documents.copies.compare import Batch, compare_texts
from cairn.documents.copies.index import CopyIndex, find_candidates
from cairn.documents.copies.judge import LONG_STRETCH, Match, count, is_copy, weigh
from cairn.documents.copies.relate import Repeated, Side, relate
from cairn.documents.copies.stock import Stock
from cairn.hands import Hands, own_hands
from cairn.records import Copy

BATCH = 500
"""Pairs that are compared at one go, about half a second of work."""


def find_copies(
    index: CopyIndex, ids: Iterable[str] | None = None, *, hands: Hands = own_hands
) -> Iterator[Copy]:
    """Yield for each document of an index what it repeats of earlier ones.

    The same documents give the same copies, in whatever order and in however many rounds they were added. Two
    limits: of the documents that have a passage the first eight by rank are looked at, so a text is compared
    with the first prints of a wire and not with the hundredth; and what is an outlet's stock text or a set
    phrase is told by the documents that are there, the better the more there are.

    Args:
        index: documents to compare.
        ids: documents to ask for, say those of this round; later ones that may repeat them are asked for too,
            and their copies told in full again. Every document when ``None``.
        hands: compare texts. Others than this process's are worth it from thousands of documents on.

    Yields:
        Copies in the order in which their documents were published; none for one that repeats nothing.

    Raises:
        KeyError: when an id is not in the index.
    """
    asked = index.order.tolist() if ids is None else _affected(index, [index.numbers[each] for each in ids])
    stock = Stock(index)
    found = chain.from_iterable(hands(compare_texts, _make_batches(index, asked)))
    for here, pairs in groupby(found, key=lambda pair: pair[0]):
        repeated = [
            Repeated(side=Side(document=index.documents[there], words=stock.own_words(there)), match=match)
            for _, there, stretches in pairs
            if (match := _judge(stock, here, there, stretches))
        ]
        if repeated:
            yield from relate(Side(document=index.documents[here], words=stock.own_words(here)), repeated)


def _affected(index: CopyIndex, numbers: Sequence[int]) -> list[int]:
    """Return the numbers, and those of later documents that may repeat theirs, by rank."""
    found = set(numbers)
    for number, others in find_candidates(index, numbers):
        found.update(other for other in others if index.ranks[other] > index.ranks[number])
    return sorted(found, key=index.ranks.__getitem__)


def _make_batches(index: CopyIndex, numbers: Sequence[int]) -> Iterator[Batch]:
    """Yield the pairs of documents to compare, each document with earlier ones.

    Documents come by rank: those of one day stand together, so what repeats each other is read once.
    """
    pairs: list[tuple[int, int]] = []
    for number, others in find_candidates(index, numbers):
        pairs.extend((number, other) for other in others if index.ranks[other] < index.ranks[number])
        if len(pairs) >= BATCH:
            yield _with_texts(index, pairs)
            pairs = []
    yield _with_texts(index, pairs)


def _with_texts(index: CopyIndex, pairs: Sequence[tuple[int, int]]) -> Batch:
    return {number: index.documents[number].text for number in chain.from_iterable(pairs)}, pairs


def _judge(stock: Stock, here: int, there: int, stretches: Sequence[Stretch]) -> Match | None:
    """Return what two documents share beside stock text, when that makes one a copy of the other."""
    words, other = stock.own_words(here), stock.own_words(there)
    long = [stretch for stretch in stretches if count(stretch) >= LONG_STRETCH]
    if is_copy(weigh(long, words, other), words, other):
        return weigh(stretches, words, other)
    match = weigh(stretches, words, other, stock.find_common(here, there))
    return match if is_copy(match, words, other) else None
