"""Values of slots as the published JSON writes them."""

from __future__ import annotations

import datetime as dt

import pytest

from cairn.errors import RecordError
from cairn.records import (
    Count,
    Group,
    Period,
    Target,
    TargetKind,
    Victims,
    read_count,
    read_period,
    read_target,
    read_victims,
)


def test_values_are_read_as_they_are_published() -> None:
    assert read_count({"low": 14, "high": None, "approx": True}) == Count(low=14, approx=True)
    assert read_count({"fraction": 0.5, "low": None}) == Count(fraction=0.5)
    assert read_victims({"text": "nurses", "groups": ["medical"]}) == Victims(
        text="nurses", groups=(Group.MEDICAL,)
    )
    assert read_target({"text": "clinic", "kind": "health"}) == Target(text="clinic", kind=TargetKind.HEALTH)
    assert read_period({"start": "2026-02-01", "end": "2026-02-03"}) == Period(
        start=dt.date(2026, 2, 1), end=dt.date(2026, 2, 3)
    )


def test_a_noun_may_be_lacking() -> None:
    assert read_victims({"text": None, "groups": ["unspecified"]}).text == ""


def test_what_cannot_be_is_refused() -> None:
    with pytest.raises(RecordError):
        read_count({})
    with pytest.raises(ValueError, match="no-such-kind"):
        read_target({"text": "clinic", "kind": "no-such-kind"})
