"""Put sentences into batches of like length, of bounded size."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import numpy as np
from tokenizers import Tokenizer

from cairn.readings.parser_tree import Ints
from cairn.readings.parser_words import Casing, casing_of, one_case, plain_word

CLS, SEP, UNKNOWN = 101, 102, 100
"""Numbers of the base model's marks in its vocabulary."""
MAX_WORD_PIECES = 6
"""Pieces of a word that are read, as many as in training; what is longer is addresses and noise."""
MAX_WORD_CHARS = 100
"""Characters of a word that are looked at, so that a word of a million letters costs no more."""
MAX_WINDOW_WORDS = 160
"""Words read at once: the longest sentence of the training corpus has 159."""
MAX_WINDOW_PIECES = 400
"""Pieces read at once; the encoder has 512 positions."""
BATCH_PIECES = 384
"""Padded pieces in a batch: larger ones leave the cache, and their short sentences are padded more."""
LEAST_FILLED = 0.8
"""Share of a batch's longest window below which a window is better read in a batch of its own.

Source for both: 24 reports read one by one took 2.8 s with batches of 1,536 pieces filled by whatever came,
1.6 s with these, and 1.5 s where reports share batches; on one core (`benchmarks/pipeline.py`)."""
BATCH_PAIRS = 120_000
"""Padded pairs of words in a batch, which memory grows with: about 100 bytes each and label."""
KNOWN_WORDS = 100_000
"""Words whose pieces are remembered, about 30 MB."""
BREAKS = frozenset({";", ":", ",", "-", "–", "—", ".", "!", "?", ")", "|", "•"})
"""Marks after which a long sentence is cut where it can be."""


class Pieces:
    """The word pieces and casing of words, remembered."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        """Start with nothing remembered.

        Args:
            tokenizer: the base model's; its padding and cutting are not used.
        """
        self._tokenizer = tokenizer
        self._known: dict[str, tuple[list[int], Casing]] = {}

    def of(self, words: Sequence[str]) -> list[tuple[list[int], Casing]]:
        """Return the pieces (never none, at most ``MAX_WORD_PIECES``) and the casing of each word."""
        known = self._known
        words = [word[:MAX_WORD_CHARS] for word in words]
        missing = [word for word in set(words) if word not in known]
        if missing:
            if len(known) > KNOWN_WORDS:
                self._known = known = {}
                missing = list(set(words))
            texts = [plain_word(word) for word in missing]
            found = self._tokenizer.encode_batch_fast(texts, add_special_tokens=False)
            for word, coded in zip(missing, found, strict=True):
                known[word] = (coded.ids[:MAX_WORD_PIECES] or [UNKNOWN], casing_of(word))
        return [known[word] for word in words]


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of one sentence that is read at once.

    Attributes:
        sentence: number of the sentence.
        start: number of the window's first word in it.
        words: pieces and casing of each word.
        size: how many pieces, with the marks at both ends.
        cased: whether casing says something in this sentence.
    """

    sentence: int
    start: int
    words: list[tuple[list[int], Casing]]
    size: int
    cased: bool


@dataclass(frozen=True, slots=True)
class Batch:
    """Windows and their padded arrays."""

    windows: list[Window]
    pieces: Ints
    casings: Ints
    first: Ints

    def inputs(self) -> dict[str, Ints]:
        """Return what the model takes."""
        return {"pieces": self.pieces, "casings": self.casings, "first": self.first}


def make_windows(sentences: Sequence[Sequence[str]], pieces: Pieces) -> list[Window]:
    """Return the windows of all sentences; nearly always one a sentence, none for an empty one."""
    windows = []
    known = iter(pieces.of([word for words in sentences for word in words]))
    for number, words in enumerate(sentences):
        coded = list(islice(known, len(words)))
        cased = not one_case([casing for _, casing in coded])
        for start, end in _cuts(words, [len(ids) for ids, _ in coded]):
            part = coded[start:end]
            windows.append(Window(number, start, part, sum(len(ids) for ids, _ in part) + 2, cased))
    return windows


def _cuts(words: Sequence[str], sizes: Sequence[int]) -> Iterator[tuple[int, int]]:
    """Yield where each window of one sentence starts and ends."""
    start = 0
    while start < len(words):
        end, total = start, 0
        while end < len(words) and end - start < MAX_WINDOW_WORDS and total + sizes[end] <= MAX_WINDOW_PIECES:
            total += sizes[end]
            end += 1
        if end < len(words):
            late = range(end, start + (end - start) // 2, -1)
            end = next((at for at in late if words[at - 1] in BREAKS), end)
        yield start, end
        start = end


def make_batches(windows: Sequence[Window]) -> Iterator[Batch]:
    """Yield batches of windows of like length, the longest first."""
    group: list[Window] = []
    widest = 0
    for window in sorted(windows, key=lambda window: (-window.size, -len(window.words))):
        wider = max(widest, len(window.words))
        rows = len(group) + 1
        if group and (
            rows * group[0].size > BATCH_PIECES
            or rows * wider * wider > BATCH_PAIRS
            or window.size < LEAST_FILLED * group[0].size
        ):
            yield _batch(group, widest)
            group, wider = [], len(window.words)
        group.append(window)
        widest = wider
    if group:
        yield _batch(group, widest)


def _batch(windows: list[Window], widest: int) -> Batch:
    """Return the padded arrays of some windows."""
    shape = (len(windows), windows[0].size)
    pieces = np.zeros(shape, np.int64)
    casings = np.zeros(shape, np.int64)
    first = np.zeros((len(windows), widest), np.int64)
    for row, window in enumerate(windows):
        flat = [CLS]
        cases = [0]
        begins = []
        for ids, casing in window.words:
            begins.append(len(flat))
            flat += ids
            cases += [casing if window.cased else Casing.UNKNOWN] * len(ids)
        flat.append(SEP)
        pieces[row, : len(flat)] = flat
        casings[row, : len(cases)] = cases
        first[row, : len(begins)] = begins
    return Batch(windows, pieces, casings, first)
