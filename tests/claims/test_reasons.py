"""Every slot that shows words says in plain words how it was read, so that a person can check it."""

from __future__ import annotations

import datetime as dt
import re

import pytest

from cairn.claims import extract_claims
from cairn.lexicon import Lexicon
from cairn.pipeline import Tools, mark_document
from cairn.records import Claim, Document, Evidence

TEXT = (
    "At least 12 miners, including two women, were killed on Monday when militants of the Red Path shelled a "
    "hospital in Nairobi, the Harbour Watch said. About 30 were wounded.\n\n"
    "Forty people were killed in all, up from nine. Three guards are feared dead in Mombasa. "
    "The army denied that it had killed a doctor on Tuesday. No one was injured in the blast. "
    "Ayo Terfa, a teacher, was abducted in 2019. "
    "More than 2,000 people have been displaced since 2015."
)
FEATURE = re.compile(r"\b[a-z0-9+-]+:[a-z0-9]|none:|[a-z]_[a-z]|ARG[0-9M]|\bof of\b")


@pytest.fixture(scope="module")
def read(tools: Tools, lexicon: Lexicon) -> list[tuple[Claim, Evidence]]:
    document = Document(id="d", text=TEXT, published=dt.date(2021, 7, 14))
    claims = extract_claims(mark_document(document, tools), lexicon).claims
    return [(claim, entry) for claim in claims for entry in claim.evidence]


def test_every_slot_with_words_has_a_reason_of_one_line(read: list[tuple[Claim, Evidence]]) -> None:
    assert len(read) > 30
    assert [entry for _, entry in read if not entry.reason or "\n" in entry.reason] == []


def test_no_reason_shows_the_name_of_a_feature(read: list[tuple[Claim, Evidence]]) -> None:
    assert [entry.reason for _, entry in read if FEATURE.search(entry.reason)] == []


@pytest.mark.parametrize("slot", ["means", "perpetrator", "place", "time", "speakers", "target"])
def test_a_chosen_slot_tells_its_words_and_their_sentence(
    slot: str, read: list[tuple[Claim, Evidence]]
) -> None:
    shown = [entry for _, entry in read if entry.slot == slot]
    assert shown
    for entry in shown:
        match = re.match(r"“(.+?)”, sentence (\d+): .", entry.reason)
        assert match, entry.reason
        assert match[1] in [" ".join(span.words(TEXT).split()) for span in entry.spans]
        assert 1 <= int(match[2]) <= 9


@pytest.mark.parametrize(
    ("anchor", "slot", "reason"),
    [
        ("At least 12 miners", "count", "a number and its noun; no upper bound"),
        ("About 30", "count", "a number whose noun is left out; vague"),
        ("At least 12 miners", "harm", "subject of “kill” in the passive, sentence 1"),
        ("two women", "part_of", "part of “At least 12 miners”, sentence 1"),
        ("nine", "status", "the text gives it as an earlier figure"),
        ("a doctor", "status", "the voice denies it"),
        ("two women", "victims", "noun of the figure: woman"),
        ("At least 12 miners", "scope", "too little speaks for a sum over several attacks"),
    ],
)
def test_reasons_of_rules(anchor: str, slot: str, reason: str, read: list[tuple[Claim, Evidence]]) -> None:
    found = [e.reason for claim, e in read if claim.anchor.words(TEXT) == anchor and e.slot == slot]
    assert found == [reason]


def test_a_feared_figure_shows_the_word_of_doubt(read: list[tuple[Claim, Evidence]]) -> None:
    reasons = [entry.reason for _, entry in read if entry.slot == "status"]
    assert "“feared”, sentence 4: a word of doubt before the harm" in reasons
