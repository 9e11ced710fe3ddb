"""The story in one file: documents go in, claims or reasons come out, and one bad document stops nothing."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable

import pytest

import cairn.pipeline
from cairn.errors import RecordError
from cairn.gazetteer import Gazetteer
from cairn.pipeline import Tools, evaluate, open_tools, read_document, read_documents
from cairn.records import Document, Skipped
from evaluation.made import annotated, report

DOCUMENT = Document(id="d", text="Two porters were killed in Kano on Monday.", published=dt.date(2021, 7, 14))


def test_all_tools_are_opened_at_once(monkeypatch: pytest.MonkeyPatch, tools: Tools) -> None:
    told: list[str] = []

    def opened(progress: Callable[[str], None]) -> Gazetteer:
        progress("building")
        return tools.gazetteer

    monkeypatch.setattr(cairn.pipeline, "open_gazetteer", opened)
    found = open_tools(progress=told.append, threads=1)
    assert told == ["building"]
    assert found.parser is not None
    assert read_document(DOCUMENT, found) == read_document(DOCUMENT, tools)


def test_documents_are_read_in_order_and_what_was_skipped_goes_through(tools: Tools) -> None:
    skipped = Skipped(document_id="s", reason="s is empty")
    first, second = read_documents([skipped, DOCUMENT], tools)
    assert first is skipped
    assert not isinstance(second, Skipped)
    document, extraction = second
    assert document is DOCUMENT
    assert extraction == read_document(DOCUMENT, tools)
    assert len(extraction.claims) == 1


def test_what_came_before_a_fault_is_read_first(tools: Tools) -> None:
    def documents():  # type: ignore[no-untyped-def]
        yield DOCUMENT
        raise OSError("the disk is gone")

    read = read_documents(documents(), tools)
    assert next(read) == (DOCUMENT, read_document(DOCUMENT, tools))
    with pytest.raises(OSError, match="gone"):
        next(read)


def test_a_document_is_read_alike_in_any_company(tools: Tools) -> None:
    texts = [
        "Four died, she said.",
        "Nobody was hurt.",
        f"{'In the old town near the river, ' * 9}two men fell.",
    ]
    others = [Document(id=str(number), text=text) for number, text in enumerate(texts * 30)]
    alone = read_document(DOCUMENT, tools)
    *_, found = read_documents([*others, DOCUMENT], tools)
    assert found == (DOCUMENT, alone)
    assert next(read_documents([DOCUMENT, *others], tools)) == (DOCUMENT, alone)


def test_documents_are_read_ahead_by_a_group_at_most(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(cairn.pipeline, "MOST_TOGETHER", 2)
    asked: list[int] = []

    def documents():  # type: ignore[no-untyped-def]
        for number in range(5):
            asked.append(number)
            yield DOCUMENT

    assert next(read_documents(documents(), tools))
    assert asked == [0, 1]


def test_a_document_that_breaks_a_record_is_skipped_with_its_name(
    tools: Tools, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(*_: object) -> None:
        raise RecordError("lower bound 5 lies above upper bound 4")

    monkeypatch.setattr(cairn.pipeline, "extract_claims", fail)
    [skipped] = read_documents([DOCUMENT], tools)
    assert skipped == Skipped(document_id="d", reason="d: lower bound 5 lies above upper bound 4")


def test_a_fault_of_ours_is_not_hidden(tools: Tools, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError

    monkeypatch.setattr(cairn.pipeline, "extract_claims", fail)
    with pytest.raises(ZeroDivisionError):
        list(read_documents([DOCUMENT], tools))


def test_evaluation_reads_the_texts(tools: Tools) -> None:
    gold = annotated(
        1,
        anchor=[0, 11],
        count={"low": 2, "high": 2, "approx": False, "fraction": None},
        place={"name": "Kano", "country": "NG"},
        time={"start": "2021-07-12", "end": "2021-07-12"},
        sources=[],
    )
    score = evaluate({"r1": report(gold, text=DOCUMENT.text, published="2021-07-14")}, tools)
    assert (score.claim.hit, score.strict.hit) == (1, 1)


def test_evaluation_reads_a_report_without_a_date(tools: Tools) -> None:
    score = evaluate({"r1": report(annotated(1, anchor=[0, 11]), text=DOCUMENT.text, published=None)}, tools)
    assert score.claim.hit == 1
