"""Make clean sentences rough, as scraped and wire text is: commas lost, one case, breaks missing."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from random import Random

from corpora import Sample

FINAL = frozenset({".", "!", "?", "...", ":"})
KINDS = ("commas", "one_case", "both", "final", "join", "apostrophes", "title")
WEIGHTS = (26, 22, 8, 8, 26, 4, 6)
"""How often each kind is made, of 100 rough sentences."""


def roughen(sample: Sample, following: Sample | None, rng: Random) -> Sample:
    """Return a rough copy of one kind, chosen by chance; ``following`` is what a lost break joins to it."""
    kind = rng.choices(KINDS, WEIGHTS)[0]
    if kind in ("commas", "both"):
        sample = drop_words(sample, {","})
    if kind in ("one_case", "both"):
        sample = in_one_case(sample, upper=rng.random() < 0.5)
    if kind == "final":
        sample = drop_final(sample)
    if kind == "join" and following is not None and len(sample.words) + len(following.words) < 90:
        sample = join(drop_final(sample) if rng.random() < 0.4 else sample, following)
    if kind == "apostrophes":
        sample = replace(sample, words=[_without_apostrophe(word) for word in sample.words])
    if kind == "title":
        sample = replace(sample, words=[word[:1].upper() + word[1:] for word in sample.words])
    return sample


def _without_apostrophe(word: str) -> str:
    return word.replace("'", "").replace("’", "") if len(word) > 1 else word


def in_one_case(sample: Sample, *, upper: bool) -> Sample:
    """Return the sentence in capitals, or in small letters."""
    return replace(sample, words=[word.upper() if upper else word.lower() for word in sample.words])


def drop_final(sample: Sample) -> Sample:
    """Return the sentence without its last mark."""
    last = len(sample.words) - 1
    return _keep(sample, [at for at in range(last + 1) if at != last or sample.words[at] not in FINAL])


def drop_words(sample: Sample, words: Collection[str]) -> Sample:
    """Return the sentence without the words named."""
    return _keep(sample, [at for at, word in enumerate(sample.words) if word not in words])


def _keep(sample: Sample, kept: list[int]) -> Sample:
    """Return the sentence with the words at ``kept`` only; unchanged where a lost word is someone's head."""
    lost = set(range(len(sample.words))) - set(kept)
    if not lost or not kept:
        return sample
    if sample.heads and any(
        sample.heads[at] - 1 in lost or (sample.heads[at] == 0 and at in lost)
        for at in range(len(sample.words))
    ):
        return sample
    new = {old: at for at, old in enumerate(kept)}

    def pick(layer: list | None) -> list | None:  # type: ignore[type-arg]
        return [layer[at] for at in kept] if layer else layer

    return replace(
        sample,
        words=pick(sample.words),
        starts=[at == 0 for at in range(len(kept))],
        upos=pick(sample.upos),
        xpos=pick(sample.xpos),
        deprels=pick(sample.deprels),
        names=pick(sample.names),
        things=pick(sample.things),
        predicates=pick(sample.predicates),
        heads=[new[head - 1] + 1 if head else 0 for head in pick(sample.heads)] if sample.heads else None,
        roles=[(new[p], new[a], role) for p, a, role in sample.roles if p in new and a in new],
    )


def join(first: Sample, second: Sample) -> Sample:
    """Return two sentences with the break between them lost; the second hangs on the first's root."""
    shift = len(first.words)
    root = first.heads.index(0) + 1 if first.heads else 0
    both = first.heads is not None and second.heads is not None
    return Sample(
        words=first.words + second.words,
        starts=first.starts + second.starts,
        key=first.key,
        upos=first.upos + second.upos if both else None,
        heads=first.heads + [head + shift if head else root for head in second.heads] if both else None,
        deprels=first.deprels + [label if label != "root" else "parataxis" for label in second.deprels]
        if both
        else None,
        names=first.names + second.names if first.names and second.names else None,
        things=first.things + second.things if first.things and second.things else None,
        predicates=first.predicates + second.predicates if first.predicates and second.predicates else None,
        roles=first.roles + [(p + shift, a + shift, role) for p, a, role in second.roles],
        xpos=first.xpos + second.xpos,
    )
