"""Point from people to the words that may tell where and when they suffered, across sentences."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

import numpy as np
import onnxruntime
from numpy.typing import NDArray

from cairn.records import Pointing, Sentence, Span

States = NDArray[np.float32]
"""What the reading model knows of words: one row a word, ``WIDTH`` numbers each."""
WIDTH = 384
POINTED = ("place", "time")
"""The slots that are pointed at, in the order of the model's scores."""
SENTENCES = 64
"""Sentences of a stretch that the model tells apart; all later ones are the last."""
STRETCH_TOKENS = 800
"""Tokens read together: memory grows with their square. Few reports are longer."""


FIGURES = 64
"""Groups of people asked about at once: memory grows with them times the stretch's tokens."""


@dataclass(frozen=True, slots=True)
class Pointer:
    """A loaded model that reads the states of a report's words together; one may be shared by threads."""

    session: onnxruntime.InferenceSession

    def point(self, sentences: Sequence[Sentence], people: Sequence[Span]) -> dict[Span, Pointing]:
        """Return what is pointed at for each group of people whose sentence was parsed.

        Args:
            sentences: of one report, with the states of their tokens.
            people: where each group stands.
        """
        pointings: dict[Span, Pointing] = {}
        for stretch in stretches(sentences):
            starts = tuple(stretch.starts)
            ends = [(stretch.word(span.start + 1), stretch.word(span.end)) for span in people]
            asked = [
                (span, one, other)
                for span, (one, other) in zip(people, ends, strict=True)
                if one is not None and other is not None
            ]
            for at in range(0, len(asked), FIGURES):
                part = asked[at : at + FIGURES]
                inputs = {
                    "states": stretch.states,
                    "sentences": stretch.sentences,
                    "first": np.array([one for _, one, _ in part], np.int64),
                    "last": np.array([other for _, _, other in part], np.int64),
                }
                (scores,) = self.session.run(None, inputs)
                for (span, _, _), told in zip(part, scores.tolist(), strict=True):
                    pointings[span] = Pointing(
                        starts, stretch.ends[-1], dict(zip(POINTED, map(tuple, told), strict=True))
                    )
        return pointings


def no_states() -> States:
    """Return the states of no words."""
    return np.zeros((0, WIDTH), np.float32)


@dataclass(frozen=True, slots=True)
class Stretch:
    """Some sentences of a report that are read together.

    Attributes:
        starts: where each token starts in the text, rising.
        ends: where each ends.
        states: (tokens, 384), from the reading model.
        sentences: of each token, which sentence of the stretch it stands in.
    """

    starts: list[int]
    ends: list[int]
    states: States
    sentences: NDArray[np.int64]

    def word(self, end: int) -> int | None:
        """Return the number of the token that holds the character before ``end``, if it is here."""
        at = bisect_right(self.starts, end - 1) - 1
        return at if at >= 0 and end - 1 < self.ends[-1] else None


def stretches(sentences: Sequence[Sentence]) -> Iterator[Stretch]:
    """Yield a report in stretches of ``STRETCH_TOKENS`` tokens at most, cut between sentences if possible."""
    tokens = [token for sentence in sentences for token in sentence.tokens]
    unread = np.zeros(WIDTH, np.float32).tobytes()
    states = np.frombuffer(
        b"".join(sentence.states or unread * len(sentence.tokens) for sentence in sentences), np.float32
    ).reshape(-1, WIDTH)
    numbers = np.repeat(np.arange(len(sentences)), [len(sentence.tokens) for sentence in sentences])
    for start, end in pairwise(_cuts([len(sentence.tokens) for sentence in sentences])):
        part = tokens[start:end]
        yield Stretch(
            [token.span.start for token in part],
            [token.span.end for token in part],
            states[start:end],
            np.minimum(numbers[start:end] - numbers[start], SENTENCES - 1),
        )


def _cuts(lengths: Sequence[int]) -> list[int]:
    """Return where stretches start, and where the last ends, from the lengths of sentences."""
    cuts, end = [0], 0
    for length in lengths:
        if end + length - cuts[-1] > STRETCH_TOKENS and end > cuts[-1]:
            cuts.append(end)
        end += length
        while end - cuts[-1] > STRETCH_TOKENS:  # a sentence longer than a stretch
            cuts.append(cuts[-1] + STRETCH_TOKENS)
    return [*cuts, end] if end > cuts[-1] else cuts
