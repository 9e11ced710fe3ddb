"""Parties that act in conflicts or speak of them, stored or made by rule as the organs of states are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

SURE_CAPITALS = 5
"""Letters from which an abbreviation is one in any case: "Unhcr"; with four, "Sana" is a town."""


class PartyKind(StrEnum):
    """What a party is."""

    STATE = "state"
    GOVERNMENT = "government"
    LOCAL_GOVERNMENT = "local_government"
    OFFICE = "office"
    MINISTRY = "ministry"
    PARLIAMENT = "parliament"
    COURT = "court"
    MILITARY = "military"
    POLICE = "police"
    SECURITY = "security"
    INTELLIGENCE = "intelligence"
    RESCUE = "rescue"
    ARMED_GROUP = "armed_group"
    CRIMINAL_GROUP = "criminal_group"
    COALITION = "coalition"
    POLITICAL_PARTY = "political_party"
    INTERGOVERNMENTAL = "intergovernmental"
    UNITED_NATIONS = "united_nations"
    NGO = "ngo"
    MONITOR = "monitor"
    AGENCY = "agency"
    OUTLET = "outlet"
    COMMUNITY = "community"
    COMPANY = "company"


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A body or people that acts or speaks as one.

    Attributes:
        id: unique, lower case with hyphens; an organ of a state is its country's code and the organ.
        name: one that no side objects to.
        countries: ISO 3166-1 alpha-2 codes, the one that it is chiefly of first; empty when of none.
        since: first year in which it was active; ``None`` when not sure.
        until: last one; ``None`` also when it still is.
        wikidata: its item there, ``""`` when not sure.
        parent: id of the party that it is a part of, ``""`` for none.
    """

    id: str
    name: str
    kind: PartyKind
    countries: tuple[str, ...] = ()
    since: int | None = None
    until: int | None = None
    wikidata: str = ""
    parent: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Organ:
    """A part that every state has: its key, the template of its name, its kind, and what it is a part of."""

    key: str
    name: str
    kind: PartyKind
    parent: str


STATE = Organ(key="state", name="{country}", kind=PartyKind.STATE, parent="")
"""A state taken whole."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Actors:
    """What is known of parties; names in it are keys (``spelling.name_key``), abbreviations as printed.

    Attributes:
        parties: id -> party, of those that are stored.
        names: name -> ids of the parties that bear it.
        loose: name -> ids of those that it means only where their report speaks of them.
        by_key: key of an organ -> it; a state itself is one.
        common: those of ``names`` that texts print without a capital ("peshmerga").
        organs: what an organ is called beside its country -> the organ.
        alone: what it is called in a report on its country -> the organ.
        countries: name or adjective of a country -> codes.
        states: names of countries alone -> codes.
        capitals: capital -> code of its country.
        titles: code -> name of the country.
        items: code -> item of the country in Wikidata.
        definite: codes of those that take "the" in a name: "Government of the Philippines".
        described: noun that stands for a party named before -> the kinds that it may mean.
        articles to joins: words around names; the lexicon file says what each set does.
    """

    parties: Mapping[str, Party]
    names: Mapping[str, tuple[str, ...]]
    loose: Mapping[str, tuple[str, ...]]
    common: frozenset[str]
    by_key: Mapping[str, Organ]
    organs: Mapping[str, Organ]
    alone: Mapping[str, Organ]
    countries: Mapping[str, tuple[str, ...]]
    states: Mapping[str, tuple[str, ...]]
    capitals: Mapping[str, str]
    titles: Mapping[str, str]
    items: Mapping[str, str]
    definite: frozenset[str]
    described: Mapping[str, frozenset[PartyKind]]
    articles: frozenset[str]
    plain: frozenset[str]
    leads: frozenset[str]
    tails: frozenset[str]
    persons: frozenset[str]
    cuts: frozenset[str]
    joined: frozenset[str]
    links: frozenset[str]
    joins: frozenset[str]


def is_abbreviation(name: str) -> bool:
    """Say whether a name is known only as it is printed: few letters, all of them capitals."""
    return len(name) < SURE_CAPITALS and name.isupper() and name.isalnum()


def party_of(ident: str, actors: Actors) -> Party | None:
    """Return the party with an id: as it is stored, else a state or an organ of one, made by rule."""
    if ident in actors.parties:
        return actors.parties[ident]
    code, _, key = ident.partition("-")
    organ = actors.by_key.get(key)
    title = actors.titles.get(code.upper())
    if organ is None or title is None:
        return None
    the = "the " if organ is not STATE and code.upper() in actors.definite else ""
    return Party(
        id=ident,
        name=organ.name.format(country=the + title),
        kind=organ.kind,
        countries=(code.upper(),),
        wikidata=actors.items.get(code.upper(), "") if organ is STATE else "",
        parent=f"{code}-{organ.parent}" if organ.parent else "",
    )


def organ_of(code: str, organ: Organ, actors: Actors) -> Party:
    """Return an organ of the state with an ISO code.

    Raises:
        KeyError: a code that no country of the lexicon has.
    """
    party = party_of(f"{code.lower()}-{organ.key}", actors)
    if party is None:
        raise KeyError(code)
    return party
