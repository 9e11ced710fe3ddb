"""How a language speaks of places: countries, peoples, place nouns, cues and traps."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from cairn.errors import LexiconError
from cairn.lexicon.toml import load_toml
from cairn.records import PlaceKind


@dataclass(frozen=True, slots=True, kw_only=True)
class Expanse:
    """An area or region that the lexicon itself knows; degrees and kilometres, roughly."""

    country: str | None
    latitude: float
    longitude: float
    radius_km: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Geography:
    """What one language knows of places.

    Names and words are in lower case, except names printed in capitals alone ("US"), which stay so.

    Attributes:
        countries: name -> ISO 3166-1 alpha-2 code.
        titles_of: code -> the name under which gazetteers know the country.
        peoples: demonym or adjective, singular and plural -> code.
        expanses: name of an area larger than a country, or of a well-known part of one.
        spellings: short or other form -> form that gazetteers know.
        us_states: abbreviation after a comma, as written -> state.
        nouns: common noun of one or more words -> the kind of place it names.
        institutions: nouns of sites that also act like organisations.
        quarters: parts of cities named by nouns alone ("Old City").
        leading: first words of place names of several words ("khan", "deir").
        offices, broadcast: words that turn a region's noun into a public body.
        joining, joining_known, no_beginning, kept_before: small words in names of several words.
        locative to adjectival: cues around a name; the lexicon file says what each set does.
        titles: words before a person's name; ``verbs``: words after it; ``followers``: nouns after a party's.
        organisation_after, organisation_before: last and first words of organisations' names.
        never: names, as written, that are no places.
        calendar, function_words: words beside a name that are no part of it.
        studied: words before "in" that make what follows a subject and no place.
        abstract: endings of names of doctrines and sciences.
        ordinary: words that English prints in lower case.
    """

    countries: dict[str, str]
    titles_of: dict[str, str]
    peoples: dict[str, str]
    expanses: dict[str, Expanse]
    spellings: dict[str, str]
    us_states: dict[str, str]
    nouns: dict[str, PlaceKind]
    institutions: frozenset[str]
    quarters: frozenset[str]
    leading: frozenset[str]
    offices: frozenset[str]
    broadcast: frozenset[str]
    joining: frozenset[str]
    joining_known: frozenset[str]
    no_beginning: frozenset[str]
    kept_before: frozenset[str]
    locative: frozenset[str]
    strict: frozenset[str]
    determiners: frozenset[str]
    skipped: frozenset[str]
    joins: frozenset[str]
    links: frozenset[str]
    beside: frozenset[str]
    weak: frozenset[str]
    edges: frozenset[str]
    compass: frozenset[str]
    adjectival: frozenset[str]
    titles: frozenset[str]
    verbs: frozenset[str]
    followers: frozenset[str]
    organisation_after: frozenset[str]
    organisation_before: frozenset[str]
    never: frozenset[str]
    calendar: frozenset[str]
    function_words: frozenset[str]
    studied: frozenset[str]
    abstract: tuple[str, ...]
    ordinary: frozenset[str]


def fold(name: str) -> str:
    """Return the form under which a name is looked up: lower case unless it is all capitals and short."""
    straight = name.replace("’", "'")
    return straight if straight.isupper() and len(straight) <= LONGEST_ACRONYM else straight.lower()


LONGEST_ACRONYM = 6
"""Characters of "U.S.A."; longer names in capitals are words in a headline or a dateline."""


_KINDS = frozenset({"country", "region", "settlement", "district", "site"})
_WORD_SETS = {
    "nouns": ("quarters", "leading", "offices", "broadcast"),
    "names": ("joining", "joining_known", "no_beginning", "kept_before"),
    "cues": (
        "locative", "strict", "determiners", "skipped", "joins", "links", "beside", "weak", "edges",
        "compass", "adjectival",
    ),
    "people": ("titles", "verbs", "followers"),
    "traps": ("never", "calendar", "function_words", "studied"),
}  # fmt: skip
"""Table of the file -> the keys in it that are plain sets of words."""


def load_geography(language: str) -> Geography:
    """Load ``geography.toml`` and ``ordinary.toml``.

    Raises:
        LexiconError: when a table is missing, a code is not ISO 3166-1 alpha-2, or a noun has two kinds.
    """
    try:
        return _read(load_toml(language, "geography"), load_toml(language, "ordinary")["words"].split())
    except (KeyError, TypeError, ValueError) as error:
        raise LexiconError(f"lexicon file {language}/geography.toml: {error!r}") from error


def _read(tables: dict[str, Any], ordinary: list[str]) -> Geography:
    """Turn the file's tables into a Geography."""
    countries: dict[str, str] = {}
    peoples: dict[str, str] = {}
    for code, told in tables["countries"].items():
        if not (len(code) == 2 and code.isupper()):
            raise ValueError(f"{code!r} is no country code")
        countries |= {fold(name): code for name in told["names"]}
        for people in told["peoples"]:
            peoples |= {people.lower(): code}
            if people.lower() + "s" not in countries:  # Philippine, Philippines
                peoples |= {people.lower() + "s": code}
    nouns: dict[str, PlaceKind] = {}
    for kind, words in tables["nouns"].items():
        if kind in _KINDS:
            nouns |= {word: PlaceKind(kind) for word in words}
    expanses = {
        fold(name): Expanse(country=None, latitude=float(lat), longitude=float(lon), radius_km=float(radius))
        for name, (lat, lon, radius) in tables["areas"].items()
    } | {
        fold(name): Expanse(country=code, latitude=float(lat), longitude=float(lon), radius_km=float(radius))
        for name, (code, lat, lon, radius) in tables["regions"].items()
    }
    return Geography(
        countries=countries,
        titles_of={code: told["names"][0] for code, told in tables["countries"].items()},
        peoples=peoples,
        expanses=expanses,
        spellings={fold(name): other for name, other in tables["spellings"].items()},
        us_states=dict(tables["us_states"]),
        nouns=nouns,
        institutions=frozenset(tables["nouns"]["institution"]),
        abstract=tuple(tables["traps"]["abstract"]),
        organisation_after=frozenset(tables["organisations"]["after"]),
        organisation_before=frozenset(tables["organisations"]["before"]),
        **{
            field: frozenset(tables[table][field]) for table, fields in _WORD_SETS.items() for field in fields
        },
        ordinary=frozenset(ordinary),
    )
