"""Carry what the reading model says of finer words over to the sentence's own tokens."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from cairn.readings.parser import Parse, Parser
from cairn.readings.pointer import WIDTH, States
from cairn.records import Sentence, Token


def parse_sentences(
    texts: Sequence[tuple[str, Sequence[Sentence]]], parser: Parser
) -> tuple[tuple[Sentence, ...], ...]:
    """Return the sentences of each text with word classes, heads, names and roles on their tokens.

    A token that covers several of the model's words ("UK-based") takes what is said of the word among them
    that the others hang on.

    Args:
        texts: each with sentences of it, whose spans index it.
        parser: the reading model.
    """
    spans = [
        (text, [(sentence.span.start, sentence.span.end) for sentence in sentences])
        for text, sentences in texts
    ]
    return tuple(
        tuple(_aligned(sentence, parse) for sentence, parse in zip(sentences, parses, strict=True))
        for (_, sentences), parses in zip(texts, parser.read_together(spans), strict=True)
    )


def _aligned(sentence: Sentence, parse: Parse) -> Sentence:
    """Lay one parse over one sentence's tokens."""
    starts = [token.span.start for token in sentence.tokens]
    token_of = [max(0, bisect_right(starts, start) - 1) for start, _ in parse.spans]
    words_of: list[list[int]] = [[] for _ in starts]
    for word, owner in enumerate(token_of):
        words_of[owner].append(word)
    heads = parse.heads
    tokens = []
    spoken = []
    for number, (token, words) in enumerate(zip(sentence.tokens, words_of, strict=True)):
        if not words:
            tokens.append(token)
            spoken.append(-1)
            continue
        chief = words[0]
        if len(words) > 1:  # the word whose head lies outside the token speaks for it
            chief = next(
                (word for word in words if heads[word] < 0 or token_of[heads[word]] != number), chief
            )
        spoken.append(chief)
        head = heads[chief]
        tokens.append(
            Token(
                token.span,
                token.text,
                pos=parse.upos[chief],
                head=token_of[head] if head >= 0 else -1,
                dep=parse.deprels[chief],
                name=parse.names[chief],
            )
        )
    roles = tuple(
        (token_of[argument.predicate], token_of[argument.head], argument.role) for argument in parse.arguments
    )
    states = _states(parse.states, spoken)
    return replace(sentence, tokens=tuple(tokens), roles=roles, states=states)


def _states(states: States, spoken: Sequence[int]) -> bytes:
    """Return the state of the word that speaks for each token, noughts where none does."""
    if not len(states):
        return b""
    return np.concatenate([states, np.zeros((1, WIDTH), np.float32)])[list(spoken)].tobytes()
