"""Measure the network itself while it learns."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from batches import Labels, Pieces, bucketed, make_batch
from cairn.readings.parser_tags import allowed_moves, best_tags
from corpora import Sample
from network import Network
from scores import names_f1


@torch.no_grad()
def attachment(
    network: Network, samples: Sequence[Sample], pieces: Pieces, labels: Labels
) -> dict[str, float]:
    """Return quick scores of the network itself in percent: best arc a word, no tree enforced."""
    network.eval()
    words = upos_right = uas = las = 0
    guessed, gold = [], []
    role_hit = role_guessed = role_gold = 0
    for group in bucketed(samples, pieces, 3000, None):
        batch = make_batch(group, pieces, labels)
        upos, names, _, _, _, arcs, deprels, roles = network(batch.pieces, batch.casings, batch.first)
        heads = arcs.argmax(2)
        kinds = torch.gather(deprels, 2, heads[:, :, None, None].expand(-1, -1, 1, deprels.shape[3]))
        kinds = kinds.squeeze(2).argmax(2)
        real = batch.heads >= 0
        words += int(real.sum())
        upos_right += int((upos.argmax(2) == batch.upos)[real].sum())
        uas += int((heads == batch.heads)[real].sum())
        las += int(((heads == batch.heads) & (kinds == batch.deprels))[real].sum())
        real_names = torch.where((batch.first > 0)[:, :, None], names, 0.0)
        best = best_tags(real_names.numpy(), allowed_moves(tuple(labels.names)))
        for number, sample in enumerate(group):
            if sample.names:
                tags = [labels.names[at] for at in best[number, : len(sample.words)].tolist()]
                guessed.append(tags)
                gold.append(sample.names)
        if len(batch.frames):
            guess = roles[batch.frames[:, 0], batch.frames[:, 1]].argmax(2)
            here = batch.roles >= 0
            guess, want = guess[here], batch.roles[here]
            role_hit += int(((guess == want) & (want > 0)).sum())
            role_guessed += int((guess > 0).sum())
            role_gold += int((want > 0).sum())
    return {
        "upos": round(100 * upos_right / words, 2),
        "uas": round(100 * uas / words, 2),
        "las": round(100 * las / words, 2),
        "names": names_f1(gold, guessed),
        "roles": round(200 * role_hit / max(1, role_guessed + role_gold), 2),
    }
