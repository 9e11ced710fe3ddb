"""Names of parties lead to the party that they stand for, and the table of parties keeps its rules."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from itertools import combinations
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.errors import LexiconError
from cairn.lexicon import (
    Actors,
    Context,
    Party,
    PartyKind,
    actors_table,
    load_actors,
    load_lexicon,
    resolve_names,
    resolve_party,
    same_party,
    within,
)
from cairn.lexicon.actors import organ_of, party_of
from cairn.lexicon.actors_table import COLUMNS, SHARED, make_actors, read_actors
from cairn.lexicon.spelling import name_key
from cairn.lexicon.toml import load_toml
from tables import Row, rows

ACTORS = load_actors()
LOADED = re.compile(
    r"\b(terrorists?|regime|so-called|self-styled|bandits?|thugs?|murderers?|criminals|fanatics?|"
    r"extremis\w*|mercenar\w*|puppets?|occupiers?|occupation forces|infidels?|radicals?|jihadi\w*|"
    r"fascis\w*|martyrs?)\b",
    re.IGNORECASE,
)
"""Words that one side alone would call a party by."""
OWN_NAMES = frozenset(
    {
        "al-aqsa-martyrs-brigades",
        "yarmouk-martyrs-brigade",
        "peoples-anti-fascist-front",
        "first-of-october-anti-fascist-resistance-groups",
        "salafia-jihadia",
        "serbian-radical-party",
    }
)
"""Parties whose own name holds such a word."""


def context(row: Row) -> Context:
    year = int(row["year"]) if row["year"] else None
    return Context(countries=frozenset(row["countries"].split()), year=year)


def named(party: Party) -> Context:
    return Context(named=frozenset({party.id}))


@pytest.mark.parametrize("row", rows("actors"), ids=lambda row: f"{row['note']}: {row['name']}")
def test_a_name_leads_to_its_party(row: Row) -> None:
    found = resolve_party(row["name"], ACTORS, context(row))
    assert {party.name for party in found} == set(filter(None, row["parties"].split("|")))


def test_names_of_one_report_help_each_other() -> None:
    found = resolve_names(["Syrian Observatory for Human Rights", "the Observatory", "gunmen"], ACTORS)
    assert found["the Observatory"] == found["Syrian Observatory for Human Rights"]
    assert found["gunmen"] == ()


def test_two_names_of_one_party_are_told_from_two_parties() -> None:
    assert same_party("Doctors Without Borders", "MSF", ACTORS) is True
    assert same_party("Kenyan army", "Ugandan army", ACTORS) is False
    assert same_party("rebels", "MSF", ACTORS) is None


@pytest.mark.parametrize(
    ("part", "whole", "inside"),
    [
        ("Kenyan army", "Kenya", True),
        ("Qassam Brigades", "Hamas", True),
        ("Syrian Arab Army", "Syria", True),
        ("Kenya", "Kenyan army", False),
        ("Hamas", "Hezbollah", False),
    ],
)
def test_parts_lie_within_wholes(part: str, whole: str, inside: bool) -> None:
    (one,), (other,) = (resolve_party(name, ACTORS) for name in (part, whole))
    assert within(one, other, ACTORS) is inside


@pytest.mark.parametrize("spell", [str, str.upper, lambda name: f"the {name}"], ids=["plain", "upper", "the"])
def test_every_stored_name_leads_back_to_its_party(spell: Callable[[str], str]) -> None:
    lost = [
        party.id
        for party in ACTORS.parties.values()
        if party not in resolve_party(spell(party.name), ACTORS, named(party))
    ]
    assert lost == []


@pytest.mark.parametrize("article", ["el-", "al ", "Al-", "ad-"])
def test_arabic_articles_may_be_spelt_otherwise(article: str) -> None:
    lost = [
        party.id
        for party in ACTORS.parties.values()
        if party not in resolve_party(re.sub(r"\b[Aa]l-", article, party.name), ACTORS, named(party))
    ]
    assert lost == []


@given(name=st.text(max_size=80), codes=st.sets(st.sampled_from(["SY", "NG", "XX", "CO"])))
def test_no_text_breaks_the_search(name: str, codes: set[str]) -> None:
    for party in resolve_party(name, ACTORS, Context(countries=frozenset(codes))):
        assert party_of(party.id, ACTORS) == party


def test_context_never_turns_a_sure_name_into_another_party() -> None:
    for name in ("PKK", "Kenyan army", "Boko Haram", "Médecins Sans Frontières"):
        (sure,) = resolve_party(name, ACTORS)
        for code in ("SY", "NG", "CO"):
            found = resolve_party(name, ACTORS, Context(countries=frozenset({code}), year=2015))
            assert set(found) <= {sure}


def test_names_of_parties_are_neutral() -> None:
    loaded = {party.id for party in ACTORS.parties.values() if LOADED.search(party.name)}
    assert loaded - OWN_NAMES == set()


def test_codes_years_and_items_are_well_formed() -> None:
    known = set(ACTORS.titles)
    for party in ACTORS.parties.values():
        assert set(party.countries) <= known, party.id
        assert re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", party.id)
        assert re.fullmatch(r"(Q[1-9]\d*)?", party.wikidata), party.id
        assert (party.since or 0) <= (party.until or 9999), party.id
    items = [party.wikidata for party in ACTORS.parties.values() if party.wikidata] + [*ACTORS.items.values()]
    assert len(items) == len(set(items))
    assert set(ACTORS.items) <= known
    (kenya,) = resolve_party("Kenya", ACTORS)
    assert kenya.wikidata == ACTORS.items["KE"]


def overlap(one: Party, other: Party) -> bool:
    """Say whether two parties may be met in one report: of one country, or of none, at one time."""
    land = not one.countries or not other.countries or bool(set(one.countries) & set(other.countries))
    return land and max(one.since or 0, other.since or 0) <= min(one.until or 9999, other.until or 9999)


def marked() -> set[tuple[str, str]]:
    """Return the aliases that the table marks as shared, with the party."""
    lines = (actors_table.files("cairn.lexicon") / "en" / "actors.tsv").read_text(encoding="utf-8")
    cells = [line.split("\t") for line in lines.splitlines()[1:]]
    return {(alias[1:], row[0]) for row in cells for alias in row[-1].split("|") if alias.startswith(SHARED)}


def test_names_that_collide_are_marked() -> None:
    shared = {(name_key(alias), ident) for alias, ident in marked()}
    unmarked = [
        (name, one, other)
        for name, ids in ACTORS.names.items()
        for one, other in combinations(ids, 2)
        if overlap(ACTORS.parties[one], ACTORS.parties[other])
        and not {(name_key(name), one), (name_key(name), other)} <= shared
    ]
    assert unmarked == []


def test_all_kinds_and_regions_are_there() -> None:
    assert {party.kind for party in ACTORS.parties.values()} == set(PartyKind)
    lands = {code for party in ACTORS.parties.values() for code in party.countries}
    assert len(ACTORS.parties) > 2000
    assert len(lands) > 120


def test_every_state_has_every_organ() -> None:
    for code in ACTORS.titles:
        for organ in ACTORS.by_key.values():
            assert organ_of(code, organ, ACTORS).countries[0] == code


def test_the_table_is_loaded_in_the_time_of_a_blink() -> None:
    geography = load_lexicon().geography
    spent = []
    for _ in range(5):
        start = time.process_time()
        read_actors("en", geography)
        spent.append(time.process_time() - start)
    assert min(spent) < 0.1  # 0.02 on a quiet machine


HEADER = "\t".join(COLUMNS)


@pytest.mark.parametrize(
    ("lines", "told"),
    [
        (["id\tname"], "the columns must be id, name"),
        ([HEADER, "a\tA"], "line 2: 2 cells"),
        ([HEADER, "a\tA\tgod\t\t\t\t\t\t"], "line 2: 'god' is no kind"),
        ([HEADER, "a\tA\tngo\tSyria\t\t\t\t\t"], "line 2: 'Syria' are no country codes"),
        ([HEADER, "a\tA\tngo\t\tlong ago\t\t\t\t"], "line 2: .*long ago"),
        ([HEADER, "\tA\tngo\t\t\t\t\t\t"], "line 2: a party needs an id"),
        ([HEADER, *["a\tA\tngo\t\t\t\t\t\t"] * 2], "line 3: a stands twice"),
        ([HEADER, "a\tA\tngo\t\t\t\t\tb\t"], "no party is called b"),
    ],
)
def test_a_broken_line_is_named(lines: Iterable[str], told: str) -> None:
    with pytest.raises(ValueError, match=told):
        make_actors(lines, load_toml("en", "organs"), load_lexicon().geography)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        ({"organs": {"a": {"name": "A", "kind": "ngo", "heads": "x", "alone": "y"}}}, "y must be among"),
        (
            {"organs": {key: {"name": key, "kind": "ngo", "heads": "x", "alone": ""} for key in "ab"}},
            "x.*too",
        ),
        ({"organs": {"a": {"name": "A", "kind": "god", "heads": "x", "alone": ""}}}, "god"),
        ({"words": {}}, "articles"),
    ],
)
def test_broken_organs_are_named(change: dict[str, Any], told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    tables = load_toml("en", "organs") | change
    monkeypatch.setattr(actors_table, "load_toml", lambda *_: tables)
    with pytest.raises(LexiconError, match=told):
        read_actors("en", load_lexicon().geography)


def test_a_missing_language_is_named() -> None:
    with pytest.raises(LexiconError, match=r"xx/actors.tsv"):
        read_actors("xx", load_lexicon().geography)


def test_parties_are_known_by_identity() -> None:
    assert isinstance(ACTORS, Actors)
    assert load_actors() is ACTORS
