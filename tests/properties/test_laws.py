"""No value without its words, whatever the text: on random texts and on every annotated one."""

from __future__ import annotations

import datetime as dt
import json
import time

import pytest
from hypothesis import given, settings

from cairn.pipeline import Tools, document_of, read_document
from cairn.records import Document
from properties.laws import ANY_TEXTS, DAYS, NEWS_TEXTS, require_lawful
from tables import SHARED, rows

GOLD = [SHARED / "gold" / f"{part}.jsonl" for part in ("seed", "dev", "train")]
ALL_READ_SECONDS = 60.0
"""Processor time for a run of 10,000 words without a stop. Readers whose time grows with the length take a
few seconds, three times that on a busy machine; one whose time grows with its square takes minutes."""


def document(text: str, published: dt.date | None = None) -> Document:
    return Document(id="any", text=text, published=published)


@given(text=NEWS_TEXTS, published=DAYS)
@settings(max_examples=400, deadline=None)
def test_every_claim_of_random_news_is_grounded(text: str, published: dt.date | None, tools: Tools) -> None:
    found = document(text, published)
    extraction = read_document(found, tools)
    assert extraction.dropped == ()
    require_lawful(found, extraction)


@given(text=ANY_TEXTS, published=DAYS)
@settings(max_examples=300, deadline=None)
def test_no_text_stops_the_reading(text: str, published: dt.date | None, tools: Tools) -> None:
    found = document(text, published)
    require_lawful(found, read_document(found, tools))


@given(text=NEWS_TEXTS, published=DAYS)
@settings(max_examples=60, deadline=None)
def test_reading_twice_gives_the_same(text: str, published: dt.date | None, tools: Tools) -> None:
    found = document(text, published)
    assert read_document(found, tools) == read_document(found, tools)


@given(text=NEWS_TEXTS)
@settings(max_examples=60, deadline=None)
def test_ids_belong_to_the_document(text: str, tools: Tools) -> None:
    here = read_document(Document(id="one", text=text), tools).claims
    there = read_document(Document(id="two", text=text), tools).claims
    assert len(here) == len(there)
    assert not {claim.id for claim in here} & {claim.id for claim in there}


@pytest.mark.parametrize("table", ["counts", "harms", "speakers", "persons"])
def test_every_text_of_a_table_is_lawful(table: str, tools: Tools) -> None:
    for row in rows(table):
        found = document(row["text"], dt.date(2021, 7, 14))
        extraction = read_document(found, tools)
        assert extraction.dropped == (), row["text"]
        require_lawful(found, extraction)


@pytest.mark.parametrize("path", GOLD, ids=lambda path: path.stem)
def test_every_claim_of_the_annotated_reports_is_grounded(path, tools: Tools) -> None:  # type: ignore[no-untyped-def]
    if not path.exists():
        pytest.skip("the annotated reports are not here")
    with path.open(encoding="utf-8") as lines:
        for report in map(json.loads, lines):
            found = document_of(report)
            extraction = read_document(found, tools)
            assert extraction.dropped == (), found.id
            require_lawful(found, extraction)


@pytest.mark.parametrize(
    "text",
    [
        "At least 14 people were killed and " * 1700,
        "people who were " * 3400,
        "14 " * 10_000,
        "( “ " * 5_000,
        "Nomsa " * 10_000,
        "said Veldt " * 5_000,
        "including 3 of them " * 2_500,
        "Aleppo, " * 5_000,
        "x" * 100_000,
    ],
    ids=lambda text: text[:20],
)
def test_a_sentence_of_ten_thousand_words_is_read_in_bounded_time(text: str, tools: Tools) -> None:
    before = time.process_time()
    found = document(text, dt.date(2021, 7, 14))
    require_lawful(found, read_document(found, tools))
    assert time.process_time() - before < ALL_READ_SECONDS
