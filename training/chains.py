"""The loss of tags that are chosen together, as the parser chooses them."""

from __future__ import annotations

import torch
from torch import Tensor


def chain_loss(scores: Tensor, gold: Tensor, real: Tensor, moves: Tensor) -> Tensor:
    """Return how improbable the annotated tags are among all sequences that may be (a linear-chain CRF).

    The moves are the parser's own and fixed, so that the trained scores are all that need be exported.

    Args:
        scores: (sentences, words, kinds).
        gold: (sentences, words), negative where a word's tag is not settled: any tag is right there.
        real: (sentences, words), false behind a sentence's end.
        moves: (1 + kinds, kinds), as ``cairn.readings.parser_tags.allowed_moves`` gives.

    Returns:
        A mean over the words whose tag is settled.
    """
    kinds = torch.arange(scores.shape[2])
    wrong = (gold >= 0)[:, :, None] & (gold[:, :, None] != kinds)
    both = torch.cat([scores, scores.masked_fill(wrong, float(moves.min()))])
    real = torch.cat([real, real])
    total = both[:, 0] + moves[0]
    for at in range(1, scores.shape[1]):
        step = torch.logsumexp(total[:, :, None] + moves[1:], 1) + both[:, at]
        total = torch.where(real[:, at, None], step, total)
    free, bound = torch.logsumexp(total, 1).chunk(2)
    return (free - bound).sum() / (gold >= 0).sum()
