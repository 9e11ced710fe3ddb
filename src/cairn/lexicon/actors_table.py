"""Read parties from ``actors.tsv``, and what states are made of from ``organs.toml``."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any

from cairn.errors import LexiconError
from cairn.lexicon.actors import STATE, Actors, Organ, Party, PartyKind, is_abbreviation, party_of
from cairn.lexicon.geography import LONGEST_ACRONYM, Geography
from cairn.lexicon.spelling import name_key, name_keys
from cairn.lexicon.toml import load_toml

COLUMNS = ("id", "name", "kind", "countries", "since", "until", "wikidata", "parent", "aliases")
LOOSE, SHARED = "?", "&"
"""Before an alias: says too little without its report; several parties of one land and time bear it."""


def read_actors(language: str, geography: Geography) -> Actors:
    """Load and check ``actors.tsv`` and ``organs.toml``.

    Args:
        language: folder of the lexicon.
        geography: its countries, whose organs are parties by rule.

    Raises:
        LexiconError: a line that breaks the table's rules, named by its number, or a missing table.
    """
    resource = files("cairn.lexicon") / language / "actors.tsv"
    try:
        lines = resource.read_text(encoding="utf-8").splitlines()
    except FileNotFoundError as error:
        raise LexiconError(f"no lexicon file {language}/actors.tsv") from error
    try:
        return make_actors(lines, load_toml(language, "organs"), geography)
    except (KeyError, TypeError, ValueError) as error:
        raise LexiconError(f"lexicon files {language}/actors.tsv, organs.toml: {error}") from error


def make_actors(lines: Iterable[str], tables: Mapping[str, Any], geography: Geography) -> Actors:
    """Make the parties of a table's lines and of the organs of states.

    Raises:
        ValueError: an id that stands twice, a parent that is none, a cell that says nothing known.
        KeyError: a table that is missing.
    """
    parties: dict[str, Party] = {}
    told: list[str] = []
    bearers: list[str] = []
    for number, line in enumerate(lines, start=1):
        if number == 1:
            if tuple(line.split("\t")) != COLUMNS:
                raise ValueError(f"the columns must be {', '.join(COLUMNS)}")
            continue
        party, aliases = _read_row(line, number)
        if party.id in parties:
            raise ValueError(f"line {number}: {party.id} stands twice")
        parties[party.id] = party
        told += (party.name, *aliases)
        bearers += (party.id,) * (1 + len(aliases))
    names, loose = _index(told, bearers)
    organs, alone = _organs(tables["organs"])
    peoples, states = (
        {name_key(name): tuple(codes) for name, codes in tables["shared"][field].items()}
        for field in ("peoples", "names")
    )
    states = {_country_key(name): (code,) for name, code in geography.countries.items()} | states
    peoples = {name_key(name): (code,) for name, code in geography.peoples.items()} | peoples
    words = {field: frozenset(_listed(tables["words"][field])) for field in WORD_SETS}
    actors = Actors(
        parties=parties,
        names=names,
        loose=loose,
        common=frozenset(name_keys([alias for alias in told if alias.islower()])),
        by_key={organ.key: organ for organ in organs.values()} | {STATE.key: STATE},
        organs=organs,
        alone=alone,
        countries=peoples | states,
        states=states,
        capitals={name_key(name): code for code, names in tables["capitals"].items() for name in names},
        titles=geography.titles_of,
        items=dict(tables["wikidata"]),
        definite=frozenset(_listed(tables["articles"]["definite"])),
        described=_described(tables["described"]),
        **words,
    )
    orphans = {party.parent for party in parties.values() if party.parent} - parties.keys()
    if strange := sorted(each for each in orphans if party_of(each, actors) is None):
        raise ValueError(f"no party is called {', '.join(strange)}, but it is given as a parent")
    return actors


WORD_SETS = ("articles", "plain", "leads", "tails", "persons", "cuts", "joined", "links", "joins")


def _read_row(line: str, number: int) -> tuple[Party, list[str]]:
    cells = line.split("\t")
    if len(cells) != len(COLUMNS):
        raise ValueError(f"line {number}: {len(cells)} cells where {len(COLUMNS)} must be")
    ident, name, kind, countries, since, until, wikidata, parent, aliases = cells
    if not (ident and name and name == name.strip()):
        raise ValueError(f"line {number}: a party needs an id and a name")
    try:
        party = Party(
            id=ident,
            name=name,
            kind=_KINDS[kind],
            countries=_codes(countries),
            since=int(since) if since else None,
            until=int(until) if until else None,
            wikidata=wikidata,
            parent=parent,
        )
    except KeyError as error:
        raise ValueError(f"line {number}: {kind!r} is no kind of party") from error
    except ValueError as error:
        raise ValueError(f"line {number}: {error}") from error
    return party, aliases.split("|") if aliases else []


def _index(
    told: list[str], bearers: list[str]
) -> tuple[dict[str, tuple[str, ...]], dict[str, tuple[str, ...]]]:
    """Return which parties bear a name, and which it means only where their report speaks of them."""
    names: dict[str, tuple[str, ...]] = {}
    loose: dict[str, tuple[str, ...]] = {}
    for alias, key, ident in zip(told, name_keys(told), bearers, strict=True):
        plain = alias[1:] if alias[0] in LOOSE + SHARED else alias
        table = loose if alias[0] == LOOSE else names
        form = plain if is_abbreviation(plain) else key
        known = table.get(form, ())
        if ident not in known:
            table[form] = (*known, ident)
    return names, loose


@cache
def _codes(cell: str) -> tuple[str, ...]:
    if not re.fullmatch(r"(?:[A-Z]{2}(?: [A-Z]{2})*)?", cell):
        raise ValueError(f"{cell!r} are no country codes")
    return tuple(cell.split())


_KINDS = {kind.value: kind for kind in PartyKind}


def _organs(tables: Mapping[str, Any]) -> tuple[dict[str, Organ], dict[str, Organ]]:
    organs: dict[str, Organ] = {}
    alone: dict[str, Organ] = {}
    for key, told in tables.items():
        organ = Organ(
            key=key,
            name=told["name"],
            kind=PartyKind(told["kind"]),
            parent=told.get("parent", STATE.key),
        )
        heads, bare = (_listed(told[field]) for field in ("heads", "alone"))
        for head in heads:
            if head in organs:
                raise ValueError(f"organs.{key}: {head!r} stands under {organs[head].key} too")
            organs[head] = organ
        if strange := set(bare) - set(heads):
            raise ValueError(f"organs.{key}: {', '.join(sorted(strange))} must be among its heads")
        alone |= dict.fromkeys(bare, organ)
    return organs, alone


def _described(table: Mapping[str, str]) -> dict[str, frozenset[PartyKind]]:
    kinds: dict[str, frozenset[PartyKind]] = {}
    for kind, nouns in table.items():
        for noun in _listed(nouns):
            kinds[noun] = kinds.get(noun, frozenset()) | {PartyKind(kind)}
    return kinds


def _listed(cell: str) -> list[str]:
    """Return the phrases of a cell, parted by commas: read many times faster than an array of the file."""
    return [phrase for each in cell.split(",") if (phrase := " ".join(each.split()))]


def _country_key(name: str) -> str:
    """Return the key of a country's name; an abbreviation stays one, since "us" is a word."""
    plain = name.replace(".", "")
    return plain if plain.isupper() and len(plain) <= LONGEST_ACRONYM else name_key(name)
