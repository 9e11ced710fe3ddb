"""The network: one small encoder, and a head for each layer of the reading."""

# ruff: noqa: D102 - what a module's forward pass gives is said where the module is

from __future__ import annotations

import math
from pathlib import Path

import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional as F  # noqa: N812

WIDTH = 384
HEADS = 12
LAYERS = 6
ARC_WIDTH = 256
LABEL_WIDTH = 96
ROLE_WIDTH = 64
CASINGS = 9
FAR = -1e4
"""Score of what must not be chosen; finite, so that int8 stays sane."""


WEIGHT_STEPS = 63
ACTIVATION_STEPS = 127
"""Largest rounded values, as ``requantise.py`` has them and explains."""


class FakeQuantised(torch.autograd.Function):
    """Rounding to small integers that lets gradients through, to train for what export will do.

    Values are rounded on both sides of nought, one scale a row: for weights a row is an output, in seven
    bits; for activations a word piece, in eight.
    """

    @staticmethod
    def forward(ctx, values: Tensor, steps: int) -> Tensor:
        scale = values.abs().amax(-1, keepdim=True).clamp_min(1e-8) / steps
        return (values / scale).round_().mul_(scale)

    @staticmethod
    def backward(ctx, gradient: Tensor):
        return gradient, None


class Linear(nn.Linear):
    """A linear layer that can be told to round as its export will."""

    rounding = False

    def forward(self, values: Tensor) -> Tensor:
        if Linear.rounding and self.training:
            rounded = FakeQuantised.apply(values, ACTIVATION_STEPS)
            return F.linear(rounded, FakeQuantised.apply(self.weight, WEIGHT_STEPS), self.bias)
        return super().forward(values)


class Layer(nn.Module):
    """One layer of BERT, normalised after each half."""

    def __init__(self, dropout: float) -> None:
        super().__init__()
        self.qkv = Linear(WIDTH, 3 * WIDTH)
        self.out = Linear(WIDTH, WIDTH)
        self.norm1 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.up = Linear(WIDTH, 4 * WIDTH)
        self.down = Linear(4 * WIDTH, WIDTH)
        self.norm2 = nn.LayerNorm(WIDTH, eps=1e-12)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, bias: Tensor) -> Tensor:
        batch, length, _ = x.shape
        q, k, v = self.qkv(x).view(batch, length, 3, HEADS, WIDTH // HEADS).permute(2, 0, 3, 1, 4)
        scores = (q * (1 / math.sqrt(WIDTH // HEADS))) @ k.transpose(2, 3) + bias.to(q.dtype)
        mixed = torch.softmax(scores, -1).to(v.dtype) @ v
        mixed = mixed.transpose(1, 2).reshape(batch, length, WIDTH)
        x = self.norm1(x + self.dropout(self.out(mixed)))
        return self.norm2(x + self.dropout(self.down(F.gelu(self.up(x)))))


class Encoder(nn.Module):
    """all-MiniLM-L6-v2 with the casing of each word added to its pieces."""

    def __init__(self, dropout: float = 0.1) -> None:
        super().__init__()
        self.words = nn.Embedding(30522, WIDTH)
        self.positions = nn.Embedding(512, WIDTH)
        self.casings = nn.Embedding(CASINGS, WIDTH)
        nn.init.normal_(self.casings.weight, std=0.01)
        self.register_buffer("kind", torch.zeros(WIDTH))
        self.norm = nn.LayerNorm(WIDTH, eps=1e-12)
        self.layers = nn.ModuleList(Layer(dropout) for _ in range(LAYERS))
        self.dropout = nn.Dropout(dropout)

    def forward(self, pieces: Tensor, casings: Tensor) -> Tensor:
        places = torch.arange(pieces.shape[1], device=pieces.device)
        x = self.words(pieces) + self.positions(places) + self.casings(casings) + self.kind
        x = self.dropout(self.norm(x))
        bias = (pieces == 0)[:, None, None, :].to(x.dtype) * FAR
        for layer in self.layers:
            x = layer(x, bias)
        return x

    def load_base(self, path: Path) -> None:
        """Take over the published base model; its vocabulary stays, for rare names."""
        self.words.weight.requires_grad_(False)
        base = load_file(path)
        base = {name.removeprefix("bert."): value.float() for name, value in base.items()}
        with torch.no_grad():
            self.words.weight.copy_(base["embeddings.word_embeddings.weight"])
            self.positions.weight.copy_(base["embeddings.position_embeddings.weight"])
            self.kind.copy_(base["embeddings.token_type_embeddings.weight"][0])
            self._copy(self.norm, base, "embeddings.LayerNorm")
            for number, layer in enumerate(self.layers):
                stem = f"encoder.layer.{number}"
                for part in ("weight", "bias"):
                    parts = [base[f"{stem}.attention.self.{one}.{part}"] for one in ("query", "key", "value")]
                    getattr(layer.qkv, part).copy_(torch.cat(parts))
                self._copy(layer.out, base, f"{stem}.attention.output.dense")
                self._copy(layer.norm1, base, f"{stem}.attention.output.LayerNorm")
                self._copy(layer.up, base, f"{stem}.intermediate.dense")
                self._copy(layer.down, base, f"{stem}.output.dense")
                self._copy(layer.norm2, base, f"{stem}.output.LayerNorm")

    @staticmethod
    def _copy(module: nn.Module, base: dict[str, Tensor], name: str) -> None:
        module.weight.copy_(base[f"{name}.weight"])
        module.bias.copy_(base[f"{name}.bias"])


class Biaffine(nn.Module):
    """Scores of each word under each other word, ``kinds`` scores a pair."""

    def __init__(self, width: int, kinds: int) -> None:
        super().__init__()
        self.kinds = kinds
        self.pair = nn.Parameter(torch.zeros(width + 1, kinds * (width + 1)))
        nn.init.normal_(self.pair, std=0.02)

    def forward(self, below: Tensor, above: Tensor) -> Tensor:
        """Return scores of shape (batch, below, above, kinds)."""
        batch, count, width = below.shape
        others = above.shape[1]
        below = F.pad(below, (0, 1), value=1.0)
        above = F.pad(above, (0, 1), value=1.0)
        mixed = (below @ self.pair.to(below.dtype)).reshape(batch, count * self.kinds, width + 1)
        return (mixed @ above.transpose(1, 2)).view(batch, count, self.kinds, others).transpose(2, 3)

    def of_pairs(self, below: Tensor, above: Tensor) -> Tensor:
        """Return scores (pairs, kinds) of each word of ``below`` (pairs, width) under its own ``above``."""
        mixed = (F.pad(below, (0, 1), value=1.0) @ self.pair.to(below.dtype)).view(
            -1, self.kinds, below.shape[1] + 1
        )
        return (mixed @ F.pad(above, (0, 1), value=1.0)[:, :, None]).squeeze(2)


class Network(nn.Module):
    """The encoder and its heads.

    ``forward`` gives scores: parts of speech, names, things, sentence starts, predicates (batch, words,
    kinds); arcs (batch, words, 1 + words), column 0 the root; labels (the same, kinds); roles (batch,
    predicates, words, kinds).
    """

    def __init__(self, upos: int, deprels: int, names: int, things: int, roles: int) -> None:
        super().__init__()
        self.encoder = Encoder()
        self.casings = nn.Embedding(CASINGS, WIDTH)
        nn.init.normal_(self.casings.weight, std=0.01)
        self.dropout = nn.Dropout(0.3)
        self.between = nn.Dropout(0.3)
        self.sizes = (upos, names, things, 2, 2)
        self.tags = nn.Linear(WIDTH, sum(self.sizes))
        self.widths = (ARC_WIDTH, ARC_WIDTH, LABEL_WIDTH, LABEL_WIDTH, ROLE_WIDTH, ROLE_WIDTH)
        self.views = nn.Linear(WIDTH, sum(self.widths))
        self.root = nn.Parameter(torch.zeros(WIDTH))
        nn.init.normal_(self.root, std=0.5)
        self.arcs = Biaffine(ARC_WIDTH, 1)
        self.labels = Biaffine(LABEL_WIDTH, deprels)
        self.roles = Biaffine(ROLE_WIDTH, roles)

    def forward(self, pieces: Tensor, casings: Tensor, first: Tensor) -> tuple[Tensor, ...]:
        tags, arcs, views = self.common(pieces, casings, first)
        _, _, label_below, label_above, frame, argument = views
        labels = self.labels(label_below[:, 1:], label_above)
        roles = self.roles(frame[:, 1:], argument[:, 1:])
        return (*tags, arcs, labels, roles)

    def common(
        self, pieces: Tensor, casings: Tensor, first: Tensor
    ) -> tuple[tuple[Tensor, ...], Tensor, tuple[Tensor, ...]]:
        """Return the tags, the arcs, and each word's views of itself for arcs, labels and roles."""
        found = self.encoder(pieces, casings)
        wide = first[:, :, None].expand(-1, -1, WIDTH)
        words = torch.gather(found, 1, wide) + self.casings(torch.gather(casings, 1, first))
        words = self.dropout(words)
        tags = torch.split(self.tags(words), self.sizes, 2)
        root = self.root.expand(words.shape[0], 1, WIDTH)
        joined = self.between(F.gelu(self.views(torch.cat([root, words], 1))))
        views = torch.split(joined, self.widths, 2)
        arcs = self.arcs(views[0][:, 1:], views[1]).squeeze(3)
        blocked = F.pad(first == 0, (1, 0), value=False)[:, None, :]
        return tags, arcs + blocked.to(arcs.dtype) * FAR, views

    def scores_at(self, views: tuple[Tensor, ...], heads: Tensor, frames: Tensor) -> tuple[Tensor, Tensor]:
        """Return label scores of real words under their given heads, and role scores of given frames.

        Args:
            views: as ``common`` gives them.
            heads: (batch, words), negative where there is no word.
            frames: (frames, 2), sentence and word of each predicate.

        Returns:
            Scores (real words, labels) in reading order, and (frames, words, roles).
        """
        _, _, label_below, label_above, frame, argument = views
        row, at = (heads >= 0).nonzero(as_tuple=True)
        labels = self.labels.of_pairs(label_below[row, at + 1], label_above[row, heads[row, at]])
        below = frame[frames[:, 0], frames[:, 1] + 1]
        roles = self.roles(below[:, None], argument[frames[:, 0]][:, 1:]).squeeze(1)
        return labels, roles
