"""Loaded wording: every text of the table, whose words it is, of whom it is said."""

from __future__ import annotations

from collections.abc import Callable
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.claims.framing import find_framing
from cairn.evaluation import load_gold
from cairn.lexicon import Lexicon, load_lexicon
from cairn.pipeline import Tools, read_annotated
from cairn.readings import read
from cairn.records import Document, Framing, FramingKind, Reading
from tables import SHARED, Row, by_text

Mark = Callable[[str], Reading]


@pytest.mark.parametrize(("text", "expected"), by_text("framing"))
def test_the_text_is_loaded_by_these_words_and_no_others(
    text: str, expected: list[Row], reading_of: Mark, lexicon: Lexicon
) -> None:
    found = [
        (each.span.words(text), each.kind.value, each.neutral)
        for each in find_framing(reading_of(text), lexicon)
    ]
    assert found == [(row["words"], row["kind"], row["neutral"]) for row in expected if row["words"]]


def only(text: str, reading_of: Mark, lexicon: Lexicon) -> Framing:
    [framing] = find_framing(reading_of(text), lexicon)
    return framing


def test_a_label_in_speech_is_the_speakers(reading_of: Mark, lexicon: Lexicon) -> None:
    framing = only("Mayor Ilan Dorvak said terrorists shelled the market.", reading_of, lexicon)
    assert framing.speaker is not None
    assert "Ilan Dorvak" in framing.speaker


def test_a_label_that_nobody_is_named_for_is_the_outlets(reading_of: Mark, lexicon: Lexicon) -> None:
    assert only("Terrorists shelled the market on Monday.", reading_of, lexicon).speaker is None


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("Shells of the Dorvak regime hit the market.", "Dorvak"),
        ("On Monday terrorists of the Boko Haram hit the market.", "Boko Haram"),
        ("Two porters died when terrorists hit the market.", None),
    ],
)
def test_the_party_is_the_name_beside_a_label(
    text: str, named: str | None, reading_of: Mark, lexicon: Lexicon
) -> None:
    assert only(text, reading_of, lexicon).named == named


def test_the_quote_is_the_sentence(reading_of: Mark, lexicon: Lexicon) -> None:
    text = "Two porters died. Terrorists fled. Rain fell."
    quote = only(text, reading_of, lexicon).quote
    assert quote is not None
    assert quote.words(text) == "Terrorists fled."


WORDS = 'terrorist groups so-called “ ” " the regime brutal and massacre Dalen .'
PIECES = st.sampled_from(WORDS.split())


@given(text=st.lists(PIECES, max_size=14).map(" ".join) | st.text(max_size=60))
def test_spans_follow_each_other_and_lie_in_the_text(text: str) -> None:
    if not text.strip():
        return
    reading = read(Document(id="case", text=text), load_lexicon(), lambda _: ())
    spans = [each.span for each in find_framing(reading, load_lexicon())]
    assert all(span.end <= len(text) for span in spans)
    assert all(one.end <= other.start for one, other in pairwise(spans))


@pytest.mark.skipif(not SHARED.exists(), reason="the annotated reports are not here")
def test_the_agency_report_is_framed_as_annotated(tools: Tools) -> None:
    gold = load_gold(SHARED / "gold" / "seed.jsonl")
    found = read_annotated(gold, tools)
    for name, report in gold.items():
        assert [(each["span"], each["kind"]) for each in found[name]["framing"]] == [
            (each["span"], each["kind"]) for each in report["framing"]
        ]
        assert all(FramingKind(each["kind"]) for each in found[name]["framing"])
