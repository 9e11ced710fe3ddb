"""Choose the best sequence of name tags."""

from __future__ import annotations

from functools import cache

import numpy as np

from cairn.readings.parser_tree import Ints

NEVER = -1e4
"""Added where one tag may not follow another; far below any score, far above what overflows."""


@cache
def allowed_moves(tags: tuple[str, ...]) -> Ints:
    """Return the moves that ``best_tags`` takes: "I-X" follows only "B-X" and "I-X", all else is free."""
    moves = np.zeros((1 + len(tags), len(tags)), np.float32)
    for before, row in zip(("O", *tags), moves, strict=True):
        for at, tag in enumerate(tags):
            if tag.startswith("I-") and before[2:] != tag[2:]:
                row[at] = NEVER
    return moves


def best_tags(scores: Ints, moves: Ints) -> Ints:
    """Return the best tag of each word of each sentence, given what may follow what (Viterbi).

    Args:
        scores: (sentences, words, kinds), each word's score for each tag.
        moves: (1 + kinds, kinds), what is added when a tag follows another; row 0 is for the first word, row
            ``1 + tag`` for a word after ``tag``. Large and negative where it may not follow.

    Returns:
        (sentences, words): numbers of tags. Padding behind a sentence changes nothing where its scores
        are all alike and its moves from any tag to some tag are free.

    Why:
        Taking each word's best tag by itself tears names apart: 74 against 78 F1 on the treebank's dev part.
        Where it tears none, no other sequence is better.
    """
    chosen: Ints = scores.argmax(2)
    free = moves.max()
    torn = moves[0][chosen[:, 0]] < free
    torn |= (moves[1 + chosen[:, :-1], chosen[:, 1:]] < free).any(1)
    if torn.any():
        chosen[torn] = _best_paths(scores[torn], moves)
    return chosen


def _best_paths(scores: Ints, moves: Ints) -> Ints:
    """Return the tags of sentences in which those of the single words may not follow each other."""
    sentences, words, kinds = scores.shape
    total = scores[:, 0] + moves[0]
    totals = np.empty((words, sentences, kinds), total.dtype)
    origins = np.zeros((words, sentences, kinds), np.int64)
    totals[0] = total
    for at in range(1, words):
        paths = total[:, :, None] + moves[1:]
        origins[at] = paths.argmax(1)
        total = paths.max(1) + scores[:, at]
        totals[at] = total
    return _walk_back(totals, origins)


def _walk_back(totals: Ints, origins: Ints) -> Ints:
    """Follow the best path from the last word to the first."""
    words, sentences, _ = totals.shape
    rows = np.arange(sentences)
    chosen = np.empty((sentences, words), np.int64)
    chosen[:, -1] = totals[-1].argmax(1)
    for at in range(words - 1, 0, -1):
        chosen[:, at - 1] = origins[at, rows, chosen[:, at]]
    return chosen
