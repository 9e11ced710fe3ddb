"""Turn sentences into padded tensors of like length."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from random import Random

import torch
from tokenizers import Tokenizer
from torch import Tensor

from cairn.readings.parser_words import casings_of, plain_word
from corpora import UNSURE, Sample

CLS, SEP, UNK, MASK = 101, 102, 100, 103
MAX_PIECES_A_WORD = 6
NO_LOSS = -100


class Pieces:
    """Word pieces of words, remembered."""

    def __init__(self, tokenizer: Tokenizer) -> None:
        self.tokenizer = tokenizer
        self.known: dict[str, list[int]] = {}

    def of(self, word: str) -> list[int]:
        """Return the pieces of one word; never none."""
        if word not in self.known:
            ids = self.tokenizer.encode(plain_word(word), add_special_tokens=False).ids
            self.known[word] = ids[:MAX_PIECES_A_WORD] or [UNK]
        return self.known[word]


@dataclass(frozen=True)
class Labels:
    """The closed sets of labels, in the order of the network's outputs."""

    upos: list[str]
    deprels: list[str]
    names: list[str]
    things: list[str]
    roles: list[str]


@dataclass
class Batch:
    """Padded tensors; labels are ``NO_LOSS`` where there is nothing to learn."""

    pieces: Tensor
    casings: Tensor
    first: Tensor
    upos: Tensor
    names: Tensor
    things: Tensor
    starts: Tensor
    predicates: Tensor
    heads: Tensor
    deprels: Tensor
    frames: Tensor
    roles: Tensor


def make_batch(samples: Sequence[Sample], pieces: Pieces, labels: Labels) -> Batch:
    """Return the tensors of some sentences."""
    rows = [[pieces.of(word) for word in sample.words] for sample in samples]
    length = max(sum(map(len, row)) for row in rows) + 2
    count = max(map(len, rows))
    size = len(samples)
    ids = torch.zeros(size, length, dtype=torch.long)
    casings = torch.zeros(size, length, dtype=torch.long)
    first = torch.zeros(size, count, dtype=torch.long)
    blank = {
        name: torch.full((size, count), NO_LOSS)
        for name in ("upos", "names", "things", "starts", "predicates", "heads", "deprels")
    }
    frames: list[tuple[int, int]] = []
    role_rows: list[Tensor] = []
    role_at = {role: at for at, role in enumerate(labels.roles)}
    for number, (sample, row) in enumerate(zip(samples, rows, strict=True)):
        flat, cases, starts = [CLS], [0], []
        for word, casing in zip(row, casings_of(sample.words), strict=True):
            starts.append(len(flat))
            flat += word
            cases += [int(casing)] * len(word)
        flat.append(SEP)
        cases.append(0)
        ids[number, : len(flat)] = torch.tensor(flat)
        casings[number, : len(cases)] = torch.tensor(cases)
        first[number, : len(starts)] = torch.tensor(starts)

        def put(name: str, values: list[int], number: int = number) -> None:
            blank[name][number, : len(values)] = torch.tensor(values)

        put("starts", [int(start) for start in sample.starts])
        if sample.upos:
            put("upos", [labels.upos.index(tag) for tag in sample.upos])
        if sample.names:
            put("names", [NO_LOSS if t == UNSURE else labels.names.index(t) for t in sample.names])
        if sample.things:
            put("things", [labels.things.index(tag) for tag in sample.things])
        if sample.heads and sample.deprels:
            put("heads", sample.heads)
            put("deprels", [labels.deprels.index(tag) for tag in sample.deprels])
        if sample.predicates:
            put("predicates", [int(flag) for flag in sample.predicates])
            for at, flag in enumerate(sample.predicates):
                if flag:
                    gold = torch.full((count,), NO_LOSS)
                    gold[: len(row)] = 0
                    for predicate, argument, role in sample.roles:
                        if predicate == at:
                            gold[argument] = role_at.get(role, 0)
                    frames.append((number, at))
                    role_rows.append(gold)
    return Batch(
        pieces=ids,
        casings=casings,
        first=first,
        **blank,
        frames=torch.tensor(frames, dtype=torch.long).reshape(-1, 2),
        roles=torch.stack(role_rows) if role_rows else torch.zeros(0, count, dtype=torch.long),
    )


def bucketed(
    samples: Sequence[Sample], pieces: Pieces, budget: int, rng: Random | None
) -> Iterator[list[Sample]]:
    """Yield sentences of like length together, at most ``budget`` padded word pieces at a time."""
    sized = [(sum(len(pieces.of(word)) for word in sample.words) + 2, sample) for sample in samples]
    if rng:
        sized = [(size + rng.random() * 4, sample) for size, sample in sized]
    sized.sort(key=lambda pair: pair[0])
    groups: list[list[Sample]] = [[]]
    for size, sample in sized:
        if groups[-1] and (len(groups[-1]) + 1) * size > budget:
            groups.append([])
        groups[-1].append(sample)
    if rng:
        rng.shuffle(groups)
    yield from groups
