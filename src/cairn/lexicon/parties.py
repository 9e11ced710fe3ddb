"""Find the party that a name stands for, with what its report tells of where and when."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from cairn.lexicon.actors import STATE, Actors, Organ, Party, PartyKind, organ_of, party_of
from cairn.lexicon.party_words import Cut, Word, cut, keys_of
from cairn.lexicon.spelling import plain_key, skeleton

FEWEST_BONES = 4
"""Consonants from which two spellings of several words are taken for one name; of one word, one more."""
CITY_ORGANS = frozenset({PartyKind.POLICE, PartyKind.COURT, PartyKind.RESCUE, PartyKind.OFFICE})
"""Kinds that a capital has of its own: "Kyiv police" are a city's."""
SHORTEST_FAME = 3
"""Letters of an abbreviation up to which local parties are meant only in reports on their countries."""
LOCAL = frozenset(
    {
        PartyKind.ARMED_GROUP, PartyKind.CRIMINAL_GROUP, PartyKind.POLITICAL_PARTY, PartyKind.COALITION,
        PartyKind.GOVERNMENT, PartyKind.LOCAL_GOVERNMENT, PartyKind.POLICE, PartyKind.SECURITY,
    }
)  # fmt: skip
"""Kinds that are rarely told of, by short names, in reports on other lands."""
_ASIDE = re.compile(r"[,;()\[\]|]|\s[–—-]\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What a report tells beside a name.

    Attributes:
        countries: codes of those that it speaks of.
        year: in which it tells of.
        named: ids of parties that it names elsewhere, in full.
    """

    countries: frozenset[str] = frozenset()
    year: int | None = None
    named: frozenset[str] = frozenset()


NO_CONTEXT = Context()


def resolve_party(name: str, actors: Actors, context: Context = NO_CONTEXT) -> tuple[Party, ...]:
    """Return the parties that a name may stand for, by id: one when it is sure, none when it is not known.

    Case, accents, apostrophes, hyphens, articles and the spelling of Arabic names do not count, nor do words
    that say no more of who it is ("fighters of the rebel group"). A name that several bear stands for all of
    them unless the report's countries, year or other names tell. Common nouns ("rebels") stand for none;
    "the army" is that of the report's countries. Several parties told together are none: ask for each.

    Args:
        name: as a report gives it, with or without its determiner.
        actors: what is known of parties.
        context: what the report tells beside it.
    """
    found = _resolve(name, actors, context)
    if found or not _ASIDE.search(name):
        return found
    told = {_resolve(part, actors, context) for part in _ASIDE.split(name) if part.strip()} - {()}
    sure = told.pop() if len(told) == 1 else ()
    return () if any(party.kind is PartyKind.STATE for party in sure) else sure  # "Jo Roe, Kenya"


def resolve_names(
    names: Iterable[str], actors: Actors, *, countries: Iterable[str] = (), year: int | None = None
) -> dict[str, tuple[Party, ...]]:
    """Return the parties of all names of one report: those that are sure help to tell the others.

    Args:
        names: as the report gives them.
        actors: what is known of parties.
        countries: codes of those that it speaks of.
        year: in which it tells of.
    """
    context = Context(countries=frozenset(countries), year=year)
    first = {name: resolve_party(name, actors, context) for name in names}
    sure = frozenset(found[0].id for found in first.values() if len(found) == 1)
    context = Context(countries=context.countries, year=year, named=sure)
    return {
        name: found if len(found) == 1 else resolve_party(name, actors, context)
        for name, found in first.items()
    }


def same_party(one: str, other: str, actors: Actors, context: Context = NO_CONTEXT) -> bool | None:
    """Say whether two names stand for one party; ``None`` when either is not known or not sure."""
    here, there = (resolve_party(name, actors, context) for name in (one, other))
    return here == there if len(here) == len(there) == 1 else None


def within(one: Party, other: Party, actors: Actors) -> bool:
    """Say whether a party is another one or a part of it: an army of its state, a brigade of its group."""
    seen: set[str] = set()
    party: Party | None = one
    while party is not None and party.id not in seen:
        if party.id == other.id:
            return True
        seen.add(party.id)
        party = party_of(party.parent, actors)
    return False


def _resolve(name: str, actors: Actors, context: Context) -> tuple[Party, ...]:
    cuts = _cuts(name, actors)
    found = next((found for part in cuts if (found := _look_up(part, actors, context))), ())
    found = found or next((found for part in cuts if (found := _by_bones(part, actors))), ())
    return _fitting(found, context)


@lru_cache(maxsize=4096)
def _cuts(name: str, actors: Actors) -> tuple[Cut, ...]:
    """Return the parts of a name that may be a party's; reports ask twice, and for many names again."""
    return tuple(cut(name, actors))


def _look_up(part: Cut, actors: Actors, context: Context) -> tuple[Party, ...]:
    """Return the parties that some words name: those that are stored, an organ of a state, a state."""
    keys = _keys(part)
    proper = any(word.capital for word in part.inside)
    for key in keys:
        if (ids := actors.names.get(key)) and (proper or key in actors.common):
            borne = [party for each in ids if _known_here(party := actors.parties[each], key, context)]
            if part.right:  # "Tamil rebels" are not the Tamils
                borne = [party for party in borne if party.kind is not PartyKind.COMMUNITY]
            return _of_nation((*borne, *_loose(key, actors, context)), part, actors)
    if found := tuple(_organs(part.inside, actors)):
        return _of_nation(found, part, actors)
    outside = (*part.left, *part.right)
    if not outside and (found := tuple(_states(part, actors))):
        return found
    if not all(word.key in actors.plain for word in outside):
        return ()  # "pro-government rebels", "the army's opponents": words that may change who is meant
    for key in keys:
        if supported := _loose(key, actors, context):
            return supported
    if organ := actors.alone.get(part.key):
        return tuple(
            organ_of(code, organ, actors) for code in sorted(context.countries & actors.titles.keys())
        )
    return ()


def _of_nation(found: tuple[Party, ...], part: Cut, actors: Actors) -> tuple[Party, ...]:
    """Return the parties that can be of the nation named before them: "Lebanese Hezbollah"."""
    nation = part.nation(actors)
    return tuple(party for party in found if not nation or not party.countries or nation & {*party.countries})


def _known_here(party: Party, key: str, context: Context) -> bool:
    """Say whether an abbreviation can mean a party that is known in its own land alone.

    With three letters a dozen bodies have the same in other lands: a wrong party is worse than none.
    """
    if len(key) > SHORTEST_FAME or not key.isupper() or party.kind not in LOCAL or not context.countries:
        return True
    return party.id in context.named or not party.countries or bool(context.countries & {*party.countries})


def _keys(part: Cut) -> tuple[str, ...]:
    """Return the forms under which words are looked up, one in capitals as printed before its key.

    A short word in small letters is no abbreviation, and one in capitals may be any word of a headline. Last
    comes the key without an -s: a plural's, or a possessive's whose apostrophe was lost.
    """
    alone = part.inside[0] if len(part.inside) == 1 else None
    printed = (alone.raw,) if alone is not None and alone.raw.isupper() else ()
    return (*printed, part.key, part.key.removesuffix("s"))


def _loose(key: str, actors: Actors, context: Context) -> tuple[Party, ...]:
    """Return the parties that a name means only where their report speaks of them, as it does of these."""
    bearers = (actors.parties[each] for each in actors.loose.get(key, ()))
    return tuple(party for party in bearers if _supports(party, context))


def _organs(words: Sequence[Word], actors: Actors) -> Iterator[Party]:
    """Yield the organ that is named beside its country: "Kenyan army", "Kenya's army", "army of Kenya"."""
    for place in range(1, len(words)):
        head, rest = words[:place], words[place:]
        organ = actors.organs.get(keys_of(rest))
        codes = _owners(head, organ, actors) if organ else ()
        if not codes and rest[0].key in actors.links and (organ := actors.organs.get(keys_of(head))):
            codes = _owners([word for word in rest[1:] if word.key not in actors.articles], organ, actors)
        if organ and codes:
            yield from (organ_of(code, organ, actors) for code in codes)
            return


def _owners(words: Sequence[Word], organ: Organ, actors: Actors) -> tuple[str, ...]:
    """Return the codes of a country by its name, adjective, possessive or capital.

    A possessive may have lost its apostrophe, as scraped text often has.
    """
    name = words[0].form if len(words) == 1 else keys_of(words)
    if codes := actors.countries.get(name):
        return codes
    if name.endswith("s") and (codes := actors.states.get(name[:-1])):
        return codes
    capital = None if organ.kind in CITY_ORGANS else actors.capitals.get(name)
    return (capital,) if capital else ()


def _states(part: Cut, actors: Actors) -> Iterator[Party]:
    """Yield the state that is named alone, by its adjective too; a capital is it or its government."""
    name = part.inside[0].form if len(part.inside) == 1 else part.key
    codes = actors.states.get(name, ())
    if not codes and part.inside[0].capital and not name.endswith("s"):
        codes = actors.countries.get(name, ())  # "Russians" are people, "Russian" is left of "Russian jets"
    yield from (organ_of(code, STATE, actors) for code in codes)
    if not codes and (code := actors.capitals.get(part.key)) is not None:
        yield from (organ_of(code, organ, actors) for organ in (actors.by_key["government"], STATE))


def _supports(party: Party, context: Context) -> bool:
    """Say whether a report speaks of a party's country in a year in which it was there, or names it."""
    here = bool(context.countries & set(party.countries))
    return party.id in context.named or (here and _active(party, context))


def _active(party: Party, context: Context) -> bool:
    if context.year is None:
        return True
    return (party.since or context.year) <= context.year <= (party.until or context.year)


def _fitting(found: tuple[Party, ...], context: Context) -> tuple[Party, ...]:
    """Return those of several that fit the report best: named elsewhere, active then, of its countries."""
    for chosen in (
        [party for party in found if party.id in context.named],
        [party for party in found if _active(party, context)],
        [party for party in found if context.countries & set(party.countries)],
    ):
        if chosen and len(found) > 1:
            found = tuple(chosen)
    return tuple(sorted(found, key=lambda party: party.id))


def _by_bones(part: Cut, actors: Actors) -> tuple[Party, ...]:
    """Return the parties of an Arabic name in another spelling: "Jeish al-Fatah" for "Jaysh al-Fath"."""
    if not (part.inside[0].capital or part.inside[-1].capital):
        return ()
    bones = _bones(actors)
    ids = next((ids for form in _bare(part.key) if (ids := bones.get(form))), ())
    return tuple(actors.parties[each] for each in ids)


@lru_cache(maxsize=4)
def _bones(actors: Actors) -> dict[str, tuple[str, ...]]:
    """Return the parties with Arabic names by their bare forms; made when a name is first not known as spelt.

    Others are spelt in one way, and words of English have consonants in common by chance.
    """
    found: dict[str, set[str]] = {}
    for name, ids in actors.names.items():
        if plain_key(name) != name:
            for form in _bare(name):
                found.setdefault(form, set()).update(ids)
    return {form: tuple(sorted(ids)) for form, ids in found.items()}


def _bare(name: str) -> Iterator[str]:
    """Yield a key without its articles, when it has some, and its consonants, when they tell enough."""
    plain = plain_key(name)
    if plain != name:
        yield plain
    bones = skeleton(name)
    if bones and len(bones) - 1 >= FEWEST_BONES + (" " not in plain):
        yield bones
