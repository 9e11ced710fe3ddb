"""A record is valid or does not exist."""

from __future__ import annotations

import dataclasses
import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cairn.records
from cairn.errors import RecordError
from cairn.records import (
    Claim,
    Count,
    Document,
    Evidence,
    Group,
    Harm,
    Period,
    Place,
    Span,
    Victims,
    content_id,
    day,
    exactly,
)

SPANS = st.tuples(st.integers(0, 50), st.integers(1, 20)).map(lambda pair: Span(pair[0], pair[0] + pair[1]))
DATES = st.dates(min_value=dt.date(2000, 1, 1), max_value=dt.date(2002, 1, 1))
BOUNDS = st.none() | st.integers(0, 10**7)


def claim(**changed: Any) -> Claim:
    fields: dict[str, Any] = {
        "id": "clm-1",
        "document_id": "doc",
        "anchor": Span(0, 4),
        "harm": Harm.KILLED,
        "count": exactly(2),
        "victims": Victims(text="men", groups=(Group.MAN,)),
    }
    return Claim(**(fields | changed))


@pytest.mark.parametrize(
    "make",
    [
        lambda: Span(3, 3),
        lambda: Span(4, 3),
        lambda: Span(-1, 3),
        lambda: Count(),
        lambda: Count(approx=True),
        lambda: Count(low=5, high=4),
        lambda: Count(low=-1),
        lambda: Count(high=-1),
        lambda: Count(fraction=1.1),
        lambda: Count(fraction=-0.1),
        lambda: Period(start=dt.date(2021, 7, 2), end=dt.date(2021, 7, 1)),
        lambda: Place(name=""),
        lambda: Place(name="Tarn", country="ng"),
        lambda: Place(name="Tarn", country="NGA"),
        lambda: Place(name="Tarn", latitude=1.0),
        lambda: Document(id="", text="x"),
        lambda: Document(id="x", text=""),
        lambda: Victims(text="men", groups=()),
        lambda: Victims(text="men", groups=(Group.MAN, Group.MAN)),
        lambda: Evidence(slot="count", spans=()),
        lambda: claim(part_of="clm-1"),
    ],
)
def test_a_record_that_would_break_its_rule_is_refused(make: Callable[[], object]) -> None:
    with pytest.raises(RecordError):
        make()


@pytest.mark.parametrize("name", [n for n in cairn.records.__all__ if n[0].isupper()])
def test_records_are_frozen(name: str) -> None:
    record = getattr(cairn.records, name)
    if dataclasses.is_dataclass(record):
        assert record.__dataclass_params__.frozen  # type: ignore[attr-defined]
        assert "__slots__" in record.__dict__


@given(low=BOUNDS, high=BOUNDS)
def test_a_count_holds_its_bounds_in_order(low: int | None, high: int | None) -> None:
    whole = (low, high) != (None, None) and (low is None or high is None or low <= high)
    if not whole:
        with pytest.raises(RecordError):
            Count(low=low, high=high)
        return
    count = Count(low=low, high=high)
    assert (count.low, count.high) == (low, high)
    assert count.is_zero == (high == 0)


def test_no_upper_bound_is_not_zero() -> None:
    assert not Count(low=0).is_zero
    assert exactly(0).is_zero


@given(SPANS, SPANS)
def test_overlapping_is_mutual_and_is_sharing_a_character(one: Span, other: Span) -> None:
    shared = set(range(one.start, one.end)) & set(range(other.start, other.end))
    assert one.overlaps(other) == other.overlaps(one) == bool(shared)


@given(SPANS, SPANS)
def test_the_span_to_another_holds_both(one: Span, other: Span) -> None:
    both = one.to(other)
    assert both == other.to(one)
    assert both.contains(one)
    assert both.contains(other)
    assert both.start in (one.start, other.start)
    assert both.end in (one.end, other.end)


@given(st.text(min_size=1), st.data())
def test_a_span_gives_its_words(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    end = data.draw(st.integers(start + 1, len(text)))
    assert Span(start, end).words(text) == text[start:end]


@given(DATES, DATES, DATES, DATES)
def test_a_period_contains_what_lies_inside(a: dt.date, b: dt.date, c: dt.date, d: dt.date) -> None:
    outer, inner = (Period(start=min(p), end=max(p)) for p in ((a, b), (c, d)))
    assert outer.contains(inner) == (outer.start <= inner.start and inner.end <= outer.end)
    assert outer.contains(outer)
    assert outer.days == (outer.end - outer.start).days + 1


def test_one_day_is_a_period_of_one_day() -> None:
    assert day(dt.date(2021, 7, 14)).days == 1


PARTS = st.lists(
    st.none() | st.text(max_size=5) | st.integers() | st.booleans() | st.lists(st.text(max_size=3)),
    max_size=4,
)


@given(PARTS, PARTS)
def test_ids_are_stable_and_tell_contents_apart(one: list[Any], other: list[Any]) -> None:
    assert content_id("x", one) == content_id("x", one)
    same = [type(part) for part in one] == [type(part) for part in other] and one == other
    assert (content_id("x", one) == content_id("x", other)) == same


def test_ids_do_not_run_together() -> None:
    assert content_id("x", ["ab", "c"]) != content_id("x", ["a", "bc"])
    assert content_id("x", []) != content_id("y", [])


def test_evidence_is_found_by_slot() -> None:
    made = claim(evidence=(Evidence(slot="count", spans=(Span(0, 3),)),))
    assert made.spans("count") == (Span(0, 3),)
    assert made.spans("place") == ()


def test_confidence_lies_between_nothing_and_certainty() -> None:
    sure = claim(confidence=(("claim", 0.9), ("place", 0.25)))
    assert (sure.sureness(), sure.sureness("place"), sure.sureness("time")) == (0.9, 0.25, None)
    assert claim().sureness() is None
    for wrong in (-0.1, 1.1, float("nan")):
        with pytest.raises(RecordError, match="confidence in place"):
            claim(confidence=(("place", wrong),))
