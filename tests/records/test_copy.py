"""A copy shows its passages, or is none."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.errors import RecordError
from cairn.records import Copy, CopyKind, Passage, Span

PASSAGES = (
    Passage(here=Span(0, 10), there=Span(50, 61)),
    Passage(here=Span(12, 20), there=Span(0, 8)),
)


def copy(**changed: Any) -> Copy:
    fields: dict[str, Any] = {
        "id": "cpy-1",
        "document_id": "a",
        "of": "b",
        "kind": CopyKind.WHOLE,
        "share": 1.0,
        "share_of": 0.5,
        "passages": PASSAGES,
        "reason": "All of it.",
    }
    return Copy(**(fields | changed))


@pytest.mark.parametrize(
    "changed",
    [
        {"of": "a"},
        {"share": 0.0},
        {"share": 1.01},
        {"share_of": -0.1},
        {"passages": ()},
        {"passages": PASSAGES[::-1]},
        {"passages": (PASSAGES[0], Passage(here=Span(9, 12), there=Span(0, 3)))},
    ],
)
def test_a_copy_that_would_break_its_rule_is_refused(changed: dict[str, Any]) -> None:
    with pytest.raises(RecordError):
        copy(**changed)


@given(st.integers(0, 22), st.integers(1, 12))
def test_a_span_is_found_when_one_passage_holds_all_of_it(start: int, length: int) -> None:
    span = Span(start, start + length)
    holding = [passage for passage in PASSAGES if passage.here.contains(span)]
    assert copy().find(span) == (holding[0] if holding else None)
