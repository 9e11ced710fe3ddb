"""Parties trade places, and nothing changes but their names."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.pipeline import Tools
from cairn.records import (
    Claim,
    Document,
    Group,
    Harm,
    Means,
    Period,
    Place,
    Scope,
    Span,
    Status,
    Victims,
    exactly,
)
from eval_script import load_script

vocabulary = load_script("swapped_words")
swap = load_script("swap")
WORDS = vocabulary.load_vocabulary()
TEXT = "The army said rebels killed two farmers in Tarn."
PLAIN = st.sampled_from(
    ["two", "farmers", "said", "to", "have", "died", "in", "the", "north,", "(as", "Tarn."]
)
PARTIES = st.sampled_from([word for pair in WORDS.pairs for word in pair.words])


@given(words=st.lists(PLAIN | PARTIES, min_size=1, max_size=20))
def test_swapping_twice_gives_the_text_back(words: list[str]) -> None:
    text = " ".join(words)
    once = vocabulary.swap(text, WORDS.pairs)
    assert vocabulary.swap(once.text, WORDS.pairs).text == text


@given(words=st.lists(PLAIN | PARTIES, min_size=1, max_size=20))
def test_positions_keep_their_order_and_the_words_between_edits(words: list[str]) -> None:
    text = " ".join(words)
    swapped = vocabulary.swap(text, WORDS.pairs)
    places = [swapped.position(old) for old in range(len(text) + 1)]
    assert places == sorted(places)
    assert places[-1] == len(swapped.text)
    inside = {old for edit in swapped.edits for old in range(edit.start, edit.end)}
    assert all(swapped.text[places[old]] == text[old] for old in range(len(text)) if old not in inside)


@pytest.mark.parametrize(
    ("text", "swapped"),
    [
        ("Rebels fled.", "Soldiers fled."),
        ("REBELS FLED.", "SOLDIERS FLED."),
        ("an opposition raid", "a regime raid"),
        ("A regime raid", "An opposition raid"),
        ("A REGIME RAID", "AN OPPOSITION RAID"),
        ("the rebel-held east", "the government-held east"),
        ("SANA said", "IRNA said"),
        ("the Free Syrian Army", "the Syrian Arab Army"),
        ("Army Road", "Militia Road"),
        ("sana, tass and reuters", "sana, tass and reuters"),
        ("an armyworm", "an armyworm"),
    ],
)
def test_words_are_swapped_as_they_are_written(text: str, swapped: str) -> None:
    assert vocabulary.swap(text, WORDS.pairs).text == swapped


def test_a_word_with_two_partners_is_refused(tmp_path: Any) -> None:
    path = tmp_path / "swap.toml"
    path.write_text('[[kind]]\nname = "side"\npairs = [["a", "b"], ["B", "c"]]\n[unlike]\n', encoding="utf-8")
    with pytest.raises(ValueError, match=r"swap\.toml: found in two pairs: b"):
        vocabulary.load_vocabulary(path)


def claim(text: str, words: str, **changed: Any) -> Claim:
    start = text.index(words)
    return replace(
        Claim(
            id=f"clm-{start}-{len(text)}",
            document_id="r1",
            anchor=Span(start, start + len(words)),
            harm=Harm.KILLED,
            count=exactly(2),
            victims=Victims(text="farmers", groups=(Group.WORKER,)),
            perpetrator="rebels",
            means=Means.ATTACK,
            place=Place(name="Tarn", country="ZZ"),
            speakers=("army",),
            incident="inc-1",
        ),
        **changed,
    )


def compared(**changed: Any) -> list[tuple[str, str, str]]:
    """Return slot, due and got of what changes when the swapped text gives a claim with ``changed``."""
    document = Document(id="r1", text=TEXT)
    swapped = vocabulary.swap(TEXT, WORDS.pairs)
    after = {"perpetrator": "soldiers", "speakers": ("militia",)} | changed
    found = swap.compare(
        document,
        [claim(TEXT, "two farmers")],
        [claim(swapped.text, "two farmers", **after)],
        swapped,
        WORDS,
    )
    return [(change.slot, change.due, change.got) for change in found]


def test_swapped_names_are_no_change() -> None:
    assert compared() == []


@pytest.mark.parametrize(
    ("slot", "value"),
    [
        ("count", exactly(3)),
        ("perpetrator", "rebels"),
        ("means", None),
        ("time", Period(start=dt.date(2021, 7, 14), end=dt.date(2021, 7, 14))),
        ("speakers", ()),
        ("status", Status.DENIED),
        ("scope", Scope.TALLY),
        ("place", None),
    ],
)
def test_any_other_slot_that_differs_is_a_change(slot: str, value: Any) -> None:
    assert [change[0] for change in compared(**{slot: value})] == [slot]


def test_a_claim_that_is_read_on_one_side_alone_is_a_change() -> None:
    assert compared(anchor=Span(0, 3)) == [("claim", "read", "not read"), ("claim", "not read", "read")]


def test_the_groups_of_the_two_sides_are_one() -> None:
    document = Document(id="r1", text=TEXT)
    swapped = vocabulary.swap(TEXT, WORDS.pairs)
    sides = [Victims(text=text, groups=(group,)) for text, group in SIDES]
    before = claim(TEXT, "two farmers", victims=sides[0])
    after = claim(
        swapped.text, "two farmers", victims=sides[1], perpetrator="soldiers", speakers=("militia",)
    )
    assert swap.compare(document, [before], [after], swapped, WORDS) == []


SIDES = (("rebels", Group.INSURGENT), ("soldiers", Group.COMBATANT))


def test_the_lexicon_knows_no_party_without_its_partner() -> None:
    found = [
        f"{table}: {known!r} without {partner!r}" for table, known, partner in vocabulary.one_sided(WORDS)
    ]
    assert found == []


def test_every_excuse_is_needed() -> None:
    bare = replace(WORDS, unlike={})
    tables = {table for table, *_ in vocabulary.one_sided(bare)}
    unneeded = [each for each in WORDS.unlike if not any(f"{t}.".startswith(f"{each}.") for t in tables)]
    assert unneeded == []


def test_own_texts_are_read_alike_for_every_side(tools: Tools) -> None:
    outcome = swap.measure(swap.own_reports(), tools, WORDS)
    assert outcome.swapped > 9
    assert outcome.claims > 40
    assert outcome.kept >= swap.FLOOR, outcome.changes
