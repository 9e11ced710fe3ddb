"""Fingerprints: a few hashed shingles of a text, chosen so that texts with a passage in common share some.

Winnowing (Schleimer, Wilkerson and Aiken, "Winnowing: local algorithms for document fingerprinting", SIGMOD
2003): of every ``WINDOW`` shingles in a row the smallest hash is kept. Two texts that share a run of
``SHINGLE + WINDOW - 1`` words therefore always share a fingerprint, wherever it stands in them.
"""

from __future__ import annotations

import zlib
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from cairn.documents.copies.words import WORD, free_text

Prints = npt.NDArray[np.uint32]

SHINGLE = 5
"""Words in a shingle. At one changed word in ten, six in ten shingles of five words stay whole; names and set
phrases ("the Ministry of Internal Affairs") are shorter than the 8 words that are sure to be seen."""

WINDOW = 4
"""Shingles in a row of which one is kept at least: 0.4 fingerprints a word. ``benchmarks/copies.py`` sets
this beside MinHash over whole texts and over windows of them: these miss partial copies, or cost more."""

MAX_KEPT = 500_000
"""Words whose hashes are kept, some 80 MB at most."""

_MULTIPLIER = np.uint64(0x9E3779B97F4A7C15)
_MIXER = np.uint64(0xBF58476D1CE4E5B9)
"""Odd constants of the SplitMix64 generator (Steele, Lea and Flood, OOPSLA 2014): they spread the bits."""


class _Hashes(dict[str, int]):
    """Hashes of words, kept: news says most of its words again and again."""

    def __missing__(self, word: str) -> int:
        if len(self) >= MAX_KEPT:
            self.clear()
        hashed = self[word] = zlib.crc32(word.casefold().encode("utf-8", "replace"))
        return hashed


_hashes = _Hashes()


def hash_shingles(words: Sequence[str]) -> Prints:
    """Return a hash of each shingle, by the place of its first word: ``len(words) - SHINGLE + 1`` or none.

    Letter case does not matter. The same in every process and on every machine. 32 bits: two shingles that
    differ and hash alike only cost time, for texts are compared word by word before anything is said of them.
    """
    hashed = np.fromiter(map(_hashes.__getitem__, words), np.uint64, len(words))
    count = max(len(words) - SHINGLE + 1, 0)
    shingles = np.zeros(count, np.uint64)
    for place in range(SHINGLE):
        shingles *= _MULTIPLIER
        shingles += hashed[place : place + count]
    shingles ^= shingles >> np.uint64(29)
    shingles *= _MIXER
    return (shingles >> np.uint64(32)).astype(np.uint32)


def make_prints(text: str) -> Prints:
    """Return the fingerprints of ``text``, ascending, each once; none for fewer than ``SHINGLE`` words.

    Quotations and page furniture leave none: two reports that only share these are nothing to compare.
    """
    shingles = hash_shingles(WORD.findall(free_text(text)))
    if len(shingles) >= WINDOW:
        last = len(shingles) - WINDOW + 1
        smallest = shingles[:last]
        for step in range(1, WINDOW):
            smallest = np.minimum(smallest, shingles[step : last + step])
        shingles = smallest
    shingles = np.sort(shingles)
    return shingles[np.concatenate([[True], shingles[1:] != shingles[:-1]])] if len(shingles) else shingles


def make_all_prints(texts: Sequence[str]) -> list[Prints]:
    """Return the fingerprints of each text."""
    return [make_prints(text) for text in texts]
