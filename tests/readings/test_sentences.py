"""Texts are cut into sentences and tokens without losing or moving a character."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.lexicon import load_lexicon
from cairn.readings.sentences import MAX_SENTENCE_TOKENS, split_sentences

ABBREVIATIONS = load_lexicon().grammar.abbreviations


def sentences(text: str) -> list[str]:
    return [sentence.span.words(text) for sentence in split_sentences(text, ABBREVIATIONS)]


def tokens(text: str) -> list[str]:
    return [token.text for sentence in split_sentences(text, ABBREVIATIONS) for token in sentence.tokens]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Two fell. One rose.", ["Two fell.", "One rose."]),
        ("Two fell! Who? Nobody knows.", ["Two fell!", "Who?", "Nobody knows."]),
        ("Gen. Ilan fell.", ["Gen. Ilan fell."]),
        ("Dr. Ilan and Mr. Veldt fell.", ["Dr. Ilan and Mr. Veldt fell."]),
        ("The U.S. Embassy closed. It reopened.", ["The U.S. Embassy closed.", "It reopened."]),
        ("J. R. Ilan fell.", ["J. R. Ilan fell."]),
        ("It rose by 3.5 percent. Two fell.", ["It rose by 3.5 percent.", "Two fell."]),
        ("“Two fell.” She wept.", ["“Two fell.”", "She wept."]),
        ("Two fell (one rose). All wept.", ["Two fell (one rose).", "All wept."]),
        ("Title without a stop\nTwo fell.", ["Title without a stop", "Two fell."]),
        ("Two fell.\n\nOne rose.", ["Two fell.", "One rose."]),
        ("Two fell.\r\nOne rose.", ["Two fell.", "One rose."]),
        ("It came at 5 p.m. and left.", ["It came at 5 p.m. and left."]),
        ("They fell ... then rose.", ["They fell ... then rose."]),
        ("", []),
        (" \n\t ", []),
    ],
)
def test_sentences_end_where_sense_ends(text: str, expected: list[str]) -> None:
    assert sentences(text) == expected


def test_a_headline_that_scraping_joined_is_cut_off_after_its_date() -> None:
    text = "Market bombed in Zinder Tuesday 13 July 2021 Two vendors fell on Monday."
    assert sentences(text) == ["Market bombed in Zinder Tuesday 13 July 2021", "Two vendors fell on Monday."]


def test_paragraphs_are_numbered() -> None:
    paragraphs = [sentence.paragraph for sentence in split_sentences("One. Two.\nThree.\n\nFour.")]
    assert paragraphs[0] == paragraphs[1] < paragraphs[2] < paragraphs[3]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Syria's 25-year-old road", ["Syria", "'s", "25-year-old", "road"]),
        ("Syria’s road", ["Syria", "’s", "road"]),
        ("1,200 men, 3.5 km", ["1,200", "men", ",", "3.5", "km"]),
        ("al-Bab didn't fall", ["al-Bab", "didn't", "fall"]),
        ("at 12:30 on the 3rd", ["at", "12:30", "on", "the", "3rd"]),
        ("20-30 men", ["20", "-", "30", "men"]),
        ("$5m", ["$", "5m"]),
        ("40%", ["40", "%"]),
        ("U.S. men", ["U.S.", "men"]),
    ],
)
def test_tokens(text: str, expected: list[str]) -> None:
    assert tokens(text) == expected


PIECES = st.sampled_from(
    ["Dr.", "Two", "fell.", "“", "”", "\n", "\r\n", "…", "U.S.", "?!", "’s", "1,2", "\t", " "]
)
TEXTS = st.text(max_size=300) | st.lists(PIECES, max_size=60).map(" ".join)


@given(TEXTS)
@settings(max_examples=400, deadline=None)
def test_every_character_but_white_space_stands_in_one_token_of_one_sentence(text: str) -> None:
    found = split_sentences(text, ABBREVIATIONS)
    covered: set[int] = set()
    for sentence in found:
        assert sentence.tokens
        assert sentence.span == sentence.tokens[0].span.to(sentence.tokens[-1].span)
        for token in sentence.tokens:
            assert token.span.words(text) == token.text
            positions = set(range(token.span.start, token.span.end))
            assert not covered & positions
            covered |= positions
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))
    assert covered >= {position for position, letter in enumerate(text) if not letter.isspace()}


def test_a_text_without_a_stop_is_cut_into_bounded_pieces() -> None:
    found = split_sentences("word " * 10_000)
    assert max(len(sentence.tokens) for sentence in found) <= MAX_SENTENCE_TOKENS
    assert sum(len(sentence.tokens) for sentence in found) == 10_000


def test_a_hard_wrap_ends_no_sentence() -> None:
    text = (
        "Twelve people were killed on Thursday when a shell hit the market of\n"
        "the town, and the mayor said that nine others had been taken to the\n"
        "hospital.\n"
        "\n"
        "A second shell hurt nobody."
    )
    found = [" ".join(sentence.span.words(text).split()) for sentence in split_sentences(text)]
    assert len(found) == 2
    assert found[0].endswith("to the hospital.")


def test_capitals_in_a_hard_wrap_end_no_sentence() -> None:
    text = (
        "THE ARMY COMMAND HAS REPORTED THAT ABOUT 50 FARMERS HAVE BEEN KIDNAPPED\n"
        "BY ARMED MEN NEAR THE RIVER.  NO ONE HAS BEEN RELEASED."
    )
    assert len(split_sentences(text)) == 2


def test_lines_that_are_paragraphs_stay_apart() -> None:
    text = "Market shelled in the north\nTwelve people were killed on Thursday.\nThe mayor spoke."
    assert len(split_sentences(text)) == 3
