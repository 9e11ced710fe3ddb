"""Sketches: a few fingerprints of each document, to tell which documents are much the same text."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from cairn.documents.copies.prints import Prints

SKETCH = 24
"""Smallest fingerprints of a document that stand for all of them: hashes are spread evenly, so two sketches
share about as large a part as the documents do (a bottom-k sketch: Cohen and Kaplan, PODC 2007)."""

ALIKE = 8
"""Fingerprints that the sketches of two documents on one matter share at least. Two that are equal but for
trimming by half share 8 on average, two that only share phrases none or one."""

Numbers = npt.NDArray[np.int64]

_NONE = np.uint64(1 << 32)
"""Stands where a document has fewer fingerprints than a sketch; it is none itself."""


def alike(prints: Prints, starts: Numbers, here: Numbers, there: Numbers) -> npt.NDArray[np.bool_]:
    """Say of each pair of documents whether they are much the same text.

    Args:
        prints: fingerprints of all documents, one document after the other, ascending in each.
        starts: by number where a document's fingerprints start in ``prints``, and last their count.
        here: numbers of documents.
        there: numbers of as many others.
    """
    both = np.concatenate([_sketch(prints, starts, here, 0), _sketch(prints, starts, there, 1)], axis=1)
    both.sort(axis=1)
    shared = (both[:, 1:] == both[:, :-1]).sum(axis=1)
    fewest = np.minimum(starts[here + 1] - starts[here], starts[there + 1] - starts[there])
    enough: npt.NDArray[np.bool_] = shared >= np.clip(fewest, 1, ALIKE)
    return enough


def _sketch(prints: Prints, starts: Numbers, numbers: Numbers, side: int) -> npt.NDArray[np.uint64]:
    """Return sketches of shape ``(numbers, SKETCH)``; those of the two sides lack different things."""
    places = starts[numbers][:, None] + np.arange(SKETCH)
    there = places < starts[numbers + 1][:, None]
    lacking = _NONE + np.arange(side, 2 * SKETCH, 2, dtype=np.uint64)
    return np.where(there, prints[np.where(there, places, 0)].astype(np.uint64), lacking)
