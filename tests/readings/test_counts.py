"""How many: every phrase of the table, read as figures of people harmed, and the reader by itself."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.lexicon import load_lexicon
from cairn.readings.counts import find_counts
from cairn.readings.sentences import split_sentences
from cairn.records import Claim, Count, Span
from tables import Row, bare, by_text, number

QUANTITIES = load_lexicon().quantities


def expected_count(row: Row) -> Count:
    return Count(
        low=number(row["low"]),
        high=number(row["high"]),
        approx=row["approx"] == "true",
        fraction=float(row["fraction"]) if row["fraction"] else None,
    )


def rounded(count: Count) -> Count:
    """A third is 0.33 and 0.3333 alike."""
    return count if count.fraction is None else replace(count, fraction=round(count.fraction, 2))


@pytest.mark.parametrize(("text", "expected"), by_text("counts"))
def test_the_text_counts_these_people_and_no_others(
    text: str, expected: list[Row], claims_of: Callable[[str], tuple[Claim, ...]]
) -> None:
    wanted = [(bare(row["phrase"]), rounded(expected_count(row))) for row in expected if row["phrase"]]
    assert [(bare(claim.anchor.words(text)), rounded(claim.count)) for claim in claims_of(text)] == wanted


def counts(text: str, *taken: Span) -> list[tuple[str, Count]]:
    found = find_counts(split_sentences(text), taken, QUANTITIES)
    return [(mention.span.words(text), mention.value) for mention in found]


def test_what_was_read_as_a_date_is_no_count() -> None:
    text = "On 27 May 14 people died."
    assert counts(text, Span(3, 9)) == [("14", Count(low=14, high=14))]


def test_a_hedge_belongs_to_the_phrase() -> None:
    assert counts("It hurt at least two dozen.") == [("at least two dozen", Count(low=24))]


def test_a_number_repeated_in_brackets_is_one_phrase() -> None:
    assert counts("It hurt thirteen (13) people.") == [("thirteen (13)", Count(low=13, high=13))]


def test_brackets_with_another_number_are_no_repetition() -> None:
    assert counts("It hurt thirteen (14) people.")[0] == ("thirteen", Count(low=13, high=13))


def test_a_hedge_is_not_shared_by_two_numbers() -> None:
    assert counts("It hurt at least 12 men and 15 women.") == [
        ("at least 12", Count(low=12)),
        ("15", Count(low=15, high=15)),
    ]


def test_no_number_is_too_large_to_be_read() -> None:
    assert counts("It cost " + "9" * 5000 + " and 99999999999 lives.") == []


WORDS = st.sampled_from(
    [
        *QUANTITIES.numbers,
        *QUANTITIES.scales,
        *QUANTITIES.vague,
        *QUANTITIES.exact,
        *QUANTITIES.before,
        *QUANTITIES.after,
        *QUANTITIES.fractions,
        *("12", "1,042", "3.5", "0", "007", "%", "per cent", "of", "the", "a", "and", "to", "-", "between"),
        *("(", ")", ",", ".", "people", "year", "$", "12-15", "1990s"),
    ]
)


@given(st.text(max_size=200) | st.lists(WORDS, max_size=25).map(" ".join))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_ordered_mentions_inside_sentences(text: str) -> None:
    sentences = split_sentences(text)
    found = find_counts(sentences, (), QUANTITIES)
    for mention in found:
        assert any(sentence.span.contains(mention.span) for sentence in sentences)
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))
