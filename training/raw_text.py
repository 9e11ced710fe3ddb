"""Write treebank sentences as running text again, with where each word stands in it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from corpora import Sample

CLOSING = frozenset({",", ".", ";", "?", "!", ":", ")", "]", "}", "%", "'", "’", "''", "”"})
OPENING = frozenset({"(", "[", "{", "$", "£", "€", "#", "``", "“"})
ENCLITICS = frozenset(
    {"'s", "’s", "'m", "'re", "'ve", "'ll", "'d", "n't", "n’t", "’m", "’re", "’ve", "’ll", "’d"}
)
FUSED = frozenset({("can", "not"), ("gon", "na"), ("wan", "na"), ("got", "ta")})


def spaced_before(sample: Sample, at: int) -> bool:
    """Say whether a space stands before a word; the distribution has lost them, xpos tells most."""
    if not at:
        return False
    before, word = sample.words[at - 1], sample.words[at]
    left, right = sample.xpos[at - 1], sample.xpos[at]
    if "HYPH" in (left, right) or (word.lower() in ENCLITICS and right != "``"):
        return False
    if (before.lower(), word.lower()) in FUSED:
        return False
    if right in ("''", "-RRB-", ",") or (right == "." and word in CLOSING) or (right == ":" and word in ":;"):
        return False
    if right == "POS" or word == "%":
        return False
    return not (left in ("``", "-LRB-", "$") or before in OPENING)


def text_of(sample: Sample) -> tuple[str, list[tuple[int, int]]]:
    """Return one sentence as text, and the half-open range of each word in it."""
    text = ""
    spans = []
    for at, word in enumerate(sample.words):
        if spaced_before(sample, at):
            text += " "
        spans.append((len(text), len(text) + len(word)))
        text += word
    return text, spans


def documents(samples: Iterable[Sample]) -> list[list[Sample]]:
    """Return the sentences of each document together, in order."""
    found: dict[str, list[Sample]] = {}
    for sample in samples:
        found.setdefault(sample.key.rsplit("-", 1)[0], []).append(sample)
    return list(found.values())


def joined(samples: Sequence[Sample], *, lines: bool) -> tuple[str, list[list[tuple[int, int]]]]:
    """Return a document as one text, and the ranges of each sentence's words in it.

    Args:
        samples: its sentences.
        lines: break the line after each sentence; else only after one without a final mark (a heading, a
            signature, an item of a list: in the original a line ends there), and a space elsewhere.
    """
    text = ""
    spans = []
    for number, sample in enumerate(samples):
        if number:
            final = samples[number - 1].words[-1]
            marked = any(char in ".!?:;)\"'”’" for char in final)
            text += "\n" if lines or not marked else " "
        own, ranges = text_of(sample)
        spans.append([(start + len(text), end + len(text)) for start, end in ranges])
        text += own
    return text, spans
