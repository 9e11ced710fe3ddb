"""Tolls as reports tell them, from the text to the policies: one that fell, one withdrawn and reached again.

The reports are invented. Their shapes are those of two well-known disputes: a strike whose toll four voices
put between 100 and 500, and a toll that was taken back, because its number was that of something else, and
reached later.
"""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import pytest

from cairn.estimates import Stand, estimate_all
from cairn.pipeline import Tools, document_of, read_document, weigh
from cairn.records import Harm
from estimates.made import figures

TOLLS = Path(__file__).parent / "tolls"


def stand_of(name: str, tools: Tools, until: dt.date = dt.date.max) -> Stand:
    """Return who says what of the dead by some day."""
    lines = (TOLLS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    reports = [document_of(json.loads(line)) for line in lines]
    heard = [
        (claim, report)
        for report in reports
        if report.published is not None and report.published <= until
        for claim in read_document(report, tools).claims
    ]
    return next(stand for stand in weigh(heard, []) if stand.harm is Harm.KILLED)


def test_a_toll_of_a_strike_that_four_voices_tell(tools: Tools) -> None:
    stand = stand_of("hospital-courtyard", tools)
    by_origin = {position.origin: position for position in stand.positions}
    assert set(by_origin) == {
        "Health Ministry",
        "Civil Defence",
        "director of the Salama hospital",
        "Foreign Intelligence Service",
    }
    ministry = by_origin["Health Ministry"]
    assert ministry.current.count.low == 471
    assert {said.count.low for said in ministry.earlier} == {200, 500}
    assert ministry.relays == ("Bay Wire",)
    assert "may report to Health Ministry" in by_origin["director of the Salama hospital"].doubt
    made = estimate_all(stand)
    assert figures(made["range"]) == (100, None, 471)
    assert (made["range"].origins, made["range"].documents) == (4, 6)
    assert figures(made["acled"]) == (100, 100, 100)
    assert made["gtd"].reason.startswith(
        "the lowest of the most recent figures: 100 (“Between 100 and 300 people”"
    )


@pytest.mark.parametrize(("day", "toll"), [(12, 235), (14, 235), (16, 446)])
def test_a_toll_withdrawn_and_reached_again(day: int, toll: int, tools: Tools) -> None:
    stand = stand_of("storm-toll", tools, dt.date(2031, 11, day))
    (position,) = stand.positions
    assert position.origin == "disaster council"
    assert figures(estimate_all(stand)["range"]) == (toll, None, toll)
