"""The index: fingerprints of documents, to find those that may share a passage. It grows by the day."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import chain

import numpy as np
import numpy.typing as npt

from cairn.documents.copies.prints import Prints, make_all_prints
from cairn.documents.copies.sketches import Numbers, alike
from cairn.documents.credits import UNNAMED
from cairn.errors import RecordError
from cairn.hands import Hands, own_hands
from cairn.records import Document

LISTED = 8
"""Documents that are looked at for one fingerprint: the first by rank of those that have it. What stands in
more of them is a wire that all the world prints, whose first copies are among the eight, or a set phrase."""

MIN_RARE = 4
"""Shared fingerprints that at most ``LISTED`` documents have, from which two texts are compared: what some
fifteen words in a row leave, and less makes no copy. In ``benchmarks/copies.py`` 0.994 of all copies are
among the pairs that this leaves, one for each document; the others are rewritten."""

MIN_SHARE = 0.2
"""Share of the fingerprints of the shorter text from which two texts are compared, whoever else has them.

Two texts that are alike are compared as soon as they share one rare fingerprint: in a wire that hundreds
print, one changed figure leaves at least one, and tells which print another one was taken from."""

CHUNK = 2_000
"""Documents taken at once: some 40 MB of work space at 300 words each."""

_LOW = np.uint64(0xFFFFFFFF)
_SHIFT = np.uint64(32)


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class CopyIndex:
    """Documents and their fingerprints. Start with ``CopyIndex()``, grow it with ``add_documents``.

    Attributes:
        documents: by number, in the order in which they were added.
        numbers: id to number.
        prints: fingerprints of all documents, one document after the other, ascending in each.
        starts: by number where a document's fingerprints start in ``prints``, and last their count.
        order: numbers by rank, as ``rank_key`` has it.
        ranks: rank by number.
        rows: ``fingerprint << 32 | rank``, ascending.
    """

    documents: tuple[Document, ...] = ()
    numbers: Mapping[str, int] = field(default_factory=dict)
    prints: Prints = field(default_factory=lambda: np.empty(0, np.uint32))
    starts: Numbers = field(default_factory=lambda: np.zeros(1, np.int64))
    order: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    ranks: Numbers = field(default_factory=lambda: np.empty(0, np.int64))
    rows: npt.NDArray[np.uint64] = field(default_factory=lambda: np.empty(0, np.uint64))

    def prints_of(self, number: int) -> Prints:
        """Return the fingerprints of one document."""
        return self.prints[self.starts[number] : self.starts[number + 1]]


def add_documents(index: CopyIndex, documents: Iterable[Document], *, hands: Hands = own_hands) -> CopyIndex:
    """Return the index with more documents in it; one that is there already is passed over.

    What is found later does not depend on the order in which documents were added. Takes some 0.2 s more for
    every 100,000 documents that are there already: add those of one round together.

    Args:
        index: stays as it is.
        documents: with ids of their own, and the same text whenever an id comes back.
        hands: make fingerprints. Others than this process's are worth it from thousands of documents on.

    Raises:
        RecordError: when an id comes back with another text.
    """
    every, numbers = list(index.documents), dict(index.numbers)
    for document in documents:
        number = numbers.setdefault(document.id, len(every))
        if number == len(every):
            every.append(document)
        elif every[number].text != document.text:
            raise RecordError(f"document {document.id} was added before with another text")
    if len(every) == len(index.documents):
        return index
    texts = [document.text for document in every[len(index.documents) :]]
    batches = (texts[start : start + CHUNK] for start in range(0, len(texts), CHUNK))
    new = list(chain.from_iterable(hands(make_all_prints, batches)))
    order = np.array(sorted(range(len(every)), key=lambda number: rank_key(every[number])), np.int64)
    ranks = np.empty(len(every), np.int64)
    ranks[order] = np.arange(len(every))
    # Old documents keep their order among themselves, so their rows stay ascending and merging is cheap.
    old_ranks = (index.rows & _LOW).astype(np.int64)
    old = index.rows & ~_LOW | ranks[index.order[old_ranks]].astype(np.uint64)
    lengths = np.array([len(each) for each in new], np.int64)
    prints = np.concatenate(new)
    owners = np.repeat(np.arange(len(index.documents), len(every)), lengths)
    added = np.sort(prints.astype(np.uint64) << _SHIFT | ranks[owners].astype(np.uint64))
    rows = np.concatenate([old, added])
    rows.sort(kind="stable")
    return CopyIndex(
        documents=tuple(every),
        numbers=numbers,
        prints=np.concatenate([index.prints, prints]),
        starts=np.concatenate([index.starts, index.starts[-1] + np.cumsum(lengths)]),
        order=order,
        ranks=ranks,
        rows=rows,
    )


def rank_key(document: Document) -> tuple[dt.date, int, int, str]:
    """Return what says which of two texts came first: the earlier, then the one nearer to an agency.

    Then the longer; ids decide in the end. A text of an unknown day comes after all that have one.
    """
    return (document.published or dt.date.max, -_nearness(document), -len(document.text), document.id)


def name_agency(document: Document) -> str | None:
    """Return the first agency that a text names as where it comes from; "with agencies" names none."""
    return next((credit.agency for credit in document.credits if credit.agency != UNNAMED), None)


def _nearness(document: Document) -> int:
    """Return 2 when an agency printed the text itself, 1 when it names one, else 0."""
    outlet = (document.outlet or "").casefold()
    agencies = [credit.agency.casefold() for credit in document.credits if credit.agency != UNNAMED]
    return 2 if outlet in agencies else 1 if agencies else 0


def find_candidates(index: CopyIndex, numbers: Sequence[int]) -> Iterator[tuple[int, list[int]]]:
    """Yield for each document the others that it may share passages with, by rank."""
    for start in range(0, len(numbers), CHUNK):
        chunk = np.array(numbers[start : start + CHUNK], np.int64)
        here, there = _find_pairs(index, chunk)
        bounds = np.searchsorted(here, np.arange(len(chunk) + 1))
        for place, number in enumerate(chunk.tolist()):
            found = there[bounds[place] : bounds[place + 1]]
            yield number, found[np.argsort(index.ranks[found])].tolist()


def are_alike(index: CopyIndex, here: Numbers, there: Numbers) -> npt.NDArray[np.bool_]:
    """Say of each pair of documents whether they are much the same text."""
    return alike(index.prints, index.starts, here, there)


def list_documents(index: CopyIndex, prints: Prints) -> tuple[Numbers, Numbers]:
    """Return for each fingerprint how many documents have it, and the first ``LISTED`` of them by rank.

    Returns:
        counts of shape ``(prints,)`` and numbers of shape ``(prints, LISTED)``, -1 where there are fewer.
    """
    wide = prints.astype(np.uint64)
    first = np.searchsorted(index.rows, wide << _SHIFT)
    last = np.searchsorted(index.rows, wide << _SHIFT | _LOW, side="right")
    places = first[:, None] + np.arange(LISTED)
    there = places < last[:, None]
    ranks = (index.rows[np.where(there, places, 0)] & _LOW).astype(np.int64)
    return last - first, np.where(there, index.order[ranks], -1)


def _find_pairs(index: CopyIndex, numbers: Numbers) -> tuple[Numbers, Numbers]:
    """Return pairs worth comparing: places in ``numbers``, ascending, and numbers of other documents."""
    sizes = np.diff(index.starts)
    prints = np.concatenate([index.prints_of(number) for number in numbers.tolist()])
    owners = np.repeat(np.arange(len(numbers)), sizes[numbers])
    counts, listed = list_documents(index, prints)
    shared = counts > 1
    counts, listed, owners = counts[shared], listed[shared], owners[shared]
    others = (listed >= 0) & (listed != numbers[owners][:, None])
    rare = np.broadcast_to((counts <= LISTED)[:, None], listed.shape)
    keys = (owners[:, None] << 33 | listed << 1 | rare)[others]
    if not len(keys):
        return np.empty(0, np.int64), np.empty(0, np.int64)
    keys.sort()
    firsts = np.flatnonzero(np.concatenate([[True], keys[1:] >> 1 != keys[:-1] >> 1]))
    every = np.diff(np.append(firsts, len(keys)))
    rares = np.add.reduceat(keys & 1, firsts)
    here, there = keys[firsts] >> 33, keys[firsts] >> 1 & 0xFFFFFFFF
    smaller = np.minimum(sizes[numbers[here]], sizes[there])
    worth = (rares >= MIN_RARE) | (every >= MIN_SHARE * smaller)
    doubtful = np.flatnonzero(~worth & (rares >= 1))
    worth[doubtful] = are_alike(index, numbers[here[doubtful]], there[doubtful])
    return here[worth], there[worth]
