"""Choose the best tree from scores of arcs."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

Ints = NDArray[Any]
"""An array whose kind of number the model's graph settles."""
FAR = -1e9
"""Score of an arc that must not be chosen."""


def best_trees(arcs: Ints, counts: Ints) -> Ints:
    """Return the head of each word in the tree with the highest sum of arcs, one root a sentence.

    Args:
        arcs: (sentences, words, 1 + words), the score of each head for each word; column 0 is the root.
        counts: how many words of each sentence are real.

    Returns:
        (sentences, words): 0 for the root, else the head's number counted from 1; 0 beyond the sentence.

    Source:
        Where each word's best head makes a tree, that tree is best, which is checked for all sentences at
        once. Else Chu and Liu (1965), Edmonds (1967); the root is tried at the likeliest words in turn.
    """
    sentences, words, _ = arcs.shape
    places = np.arange(words)
    real = places < counts[:, None]
    heads: Ints = np.where(real, arcs.argmax(2), 0)
    # In 2^k steps up, a word of a tree reaches the root (0) and stays there; a word in a circle never does.
    up = np.concatenate([np.zeros((sentences, 1), heads.dtype), heads], 1)
    steps = 1
    while steps <= words:
        up = np.take_along_axis(up, up, 1)
        steps *= 2
    broken = up.any(1) | (((heads == 0) & real).sum(1) != 1)
    for row in np.flatnonzero(broken & (counts > 0)).tolist():
        count = int(counts[row])
        heads[row, :count] = best_tree(arcs[row, :count, : count + 1].astype(np.float64))
    return heads


def best_tree(scores: Ints) -> Ints:
    """Return the heads of one sentence; ``scores`` is (words, 1 + words), column 0 the root."""
    count = len(scores)
    if count == 1:
        return np.zeros(1, np.int64)
    scores = np.nan_to_num(scores, nan=FAR, neginf=FAR, posinf=-FAR)
    square = np.full((count + 1, count + 1), FAR * 10)
    square[1:] = scores
    np.fill_diagonal(square, FAR * 10)
    heads: Ints = _arborescence(square)[1:]
    if (heads == 0).sum() > 1:
        # One root only: an arc from the root costs more than all others together can win.
        spread = float(np.ptp(scores[:, 1:])) + float(np.ptp(scores[:, 0])) + 1
        square[1:, 0] -= spread * count
        heads = _arborescence(square)[1:]
    return heads


def _arborescence(scores: Ints) -> Ints:
    """Return the best head of each node, node 0 being the root (its own head is 0); Chu-Liu/Edmonds."""
    heads: Ints = scores.argmax(1)
    heads[0] = 0
    circle = _circle(heads)
    if circle is None:
        return heads
    inside = np.array(circle)
    outside = np.ones(len(scores), bool)
    outside[inside] = False
    rest = np.flatnonzero(outside)
    # The circle shrinks to one node, last of the smaller graph; breaking it at a word costs that word's arc.
    gains = scores[np.ix_(inside, rest)] - scores[inside, heads[inside]][:, None]
    entry = gains.argmax(0)
    below = scores[np.ix_(rest, inside)]
    exits = below.argmax(1)
    smaller = np.full((len(rest) + 1, len(rest) + 1), FAR * 10)
    smaller[:-1, :-1] = scores[np.ix_(rest, rest)]
    smaller[-1, :-1] = gains.max(0)
    smaller[:-1, -1] = below.max(1)
    inner = _arborescence(smaller)
    for at, head in enumerate(inner[:-1].tolist()):
        if at:
            heads[rest[at]] = inside[exits[at]] if head == len(rest) else rest[head]
    above = int(inner[-1])
    heads[inside[entry[above]]] = rest[above]
    return heads


def _circle(heads: Ints) -> list[int] | None:
    """Return the nodes of some circle, or ``None`` when all reach the root."""
    state = [0] * len(heads)
    state[0] = 2
    ups = heads.tolist()
    for start in range(1, len(ups)):
        path = []
        node = start
        while not state[node]:
            state[node] = 1
            path.append(node)
            node = ups[node]
        if state[node] == 1:
            return path[path.index(node) :]
        for one in path:
            state[one] = 2
    return None
