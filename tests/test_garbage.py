"""The collector of circular garbage rests while a report is read, for no report makes any."""

from __future__ import annotations

import gc

import pytest

from cairn.garbage import uncollected
from cairn.pipeline import Tools, read_document
from cairn.records import Document

REPORT = Document(
    id="r",
    text="At least twelve people were killed on Monday when shells hit a market in Aleppo, police said. "
    "The army denied that it had fired. Two more died in hospital, a doctor told reporters.",
)


def test_the_collector_rests_and_goes_on() -> None:
    with uncollected():
        assert not gc.isenabled()
        with uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


def test_the_collector_goes_on_after_a_fault() -> None:
    with pytest.raises(ValueError, match="fault"), uncollected():
        raise ValueError("fault")
    assert gc.isenabled()


def test_a_report_leaves_no_circles(tools: Tools) -> None:
    assert read_document(REPORT, tools).claims
    gc.collect()
    with uncollected():
        read_document(REPORT, tools)
        assert gc.collect() == 0
