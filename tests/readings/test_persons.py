"""Phrases for people: their kind, their noun without its quantity, and what they state."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.records import Mention, Persons, Reading
from tables import Row, rows

Mark = Callable[[str], Reading]


def persons_at(reading: Reading, phrase: str) -> list[Mention[Persons]]:
    """Return the people that stand where the phrase does."""
    start = reading.document.text.index(phrase)
    end = start + len(phrase)
    return [mention for mention in reading.persons if mention.span.start < end and start < mention.span.end]


@pytest.mark.parametrize("row", rows("persons"), ids=lambda row: f"{row['note']}: {row['text'][:40]}")
def test_the_phrase_speaks_of_these_people(row: Row, reading_of: Mark) -> None:
    reading = reading_of(row["text"])
    found = persons_at(reading, row["phrase"])
    if row["kind"] == "none":
        assert [mention for mention in found if mention.value.certain] == []
        return
    [mention] = found
    value = mention.value
    assert mention.span.words(row["text"]) == row["phrase"]
    assert value.kind.value == row["kind"]
    assert ("" if value.noun is None else value.noun.words(row["text"])) == row["noun"]
    assert [str(value.count.low or ""), str(value.count.high or "")] == [row["low"], row["high"]]
    stated = {group.value for group in value.groups}
    assert any(stated == set(form.split()) for form in row["groups"].split("|")), stated


def groups_of_names(reading: Reading) -> dict[str, set[str]]:
    text = reading.document.text
    named = [mention for mention in reading.persons if mention.value.kind.value == "named"]
    return {mention.span.words(text): {group.value for group in mention.value.groups} for mention in named}


@pytest.mark.parametrize(
    "told",
    [
        "Journalist Nomsa Veldt was moved.",
        "Nomsa Veldt, a journalist, was moved.",
        "Nomsa Veldt, 47, a journalist, was moved.",
        "Nomsa Veldt is a journalist.",
    ],
)
def test_a_role_told_once_holds_wherever_the_name_is_told(told: str, reading_of: Mark) -> None:
    assert groups_of_names(reading_of(f"{told} Veldt came home on Monday."))["Veldt"] == {"journalist"}


def test_a_role_is_not_lent_to_another_name(reading_of: Mark) -> None:
    found = groups_of_names(reading_of("Journalist Nomsa Veldt was moved. Petru Ilan came home."))
    assert found["Petru Ilan"] == set()


@pytest.mark.parametrize(
    ("text", "kept"),
    [
        ("Police moved a man, Petru Ilan, on Monday.", ["a man"]),
        ("Police moved its leader, Petru Ilan, on Monday.", ["Petru Ilan"]),
        ("Police moved Petru Ilan, a lawyer, on Monday.", ["Petru Ilan"]),
    ],
)
def test_two_phrases_in_apposition_are_one_person(text: str, kept: list[str], reading_of: Mark) -> None:
    assert [mention.span.words(text) for mention in reading_of(text).persons] == kept


SOME = """
a the his two 27 dozens of men women nurse Dr . Nomsa Veldt al- bin 12-year-old family others more and killed
wounded who 's hospital Kano , ( ) - most half them children among
"""
WORDS = st.sampled_from(SOME.split())


@given(words=st.lists(WORDS, min_size=1, max_size=25))
@settings(max_examples=200, deadline=None)
def test_any_words_give_ordered_people_inside_sentences(words: list[str], reading_of: Mark) -> None:
    reading = reading_of(" ".join(words))
    for mention in reading.persons:
        assert any(sentence.span.contains(mention.span) for sentence in reading.sentences)
        assert mention.value.noun is None or mention.span.contains(mention.value.noun)
    assert all(one.span.end <= two.span.start for one, two in pairwise(reading.persons))
