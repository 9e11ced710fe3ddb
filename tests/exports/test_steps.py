"""The toll at a terminal: each voice's figures from day to day."""

from __future__ import annotations

import datetime as dt
import io

import pytest
from rich.console import Console

from cairn.exports.steps import step_chart
from cairn.records import Count, Harm, Position, Said


def day_of(day: int | None) -> dt.date | None:
    """Return a day in March."""
    return None if day is None else dt.date(2026, 3, day)


def said(day: int | None, low: int, high: int | None = -1, claim: str = "clm") -> Said:
    """Return a figure of a day in March; an exact one unless told otherwise."""
    count = Count(low=low, high=low if high == -1 else high)
    return Said(claim=claim, document="doc", said_on=day_of(day), count=count)


def voice(origin: str, *figures: Said) -> Position:
    """Return a voice with its figures, oldest first."""
    return Position(origin=origin, harm=Harm.KILLED, current=figures[-1], earlier=figures[:-1])


def drawn(*voices: Position, width: int = 80, encoding: str = "utf-8", withdrawn: str = "") -> list[str]:
    """Return the lines that stand at a terminal."""
    raw = io.BytesIO()
    console = Console(file=io.TextIOWrapper(raw, encoding=encoding), width=width)
    chart = step_chart(voices, {withdrawn})
    assert chart is not None
    console.print(chart)
    console.file.flush()
    return raw.getvalue().decode(encoding).splitlines()


def test_a_toll_rises_and_falls_with_its_figures_and_days() -> None:
    lines = drawn(voice("Harbour Clinic", said(3, 12), said(4, 40, None), said(6, 31)))
    figures, upper, lower, axis, days, legend = lines
    assert figures.split() == ["12", "≥", "40", "▼31"]
    start, high, fall = (figures.index(label) for label in ("12", "≥ 40", "▼31"))
    assert lower[start - 1] == " " != lower[start]
    assert {upper[high], upper[fall - 1]} == {"█"}
    assert upper[start] == " " != upper[fall] != "█"
    assert lower.startswith("Harbour Clinic")
    assert [axis[at] for at in (start, high, fall)] == ["┴"] * 3
    assert days.split()[:3] == ["3", "Mar", "2026"]
    assert days.endswith("6 Mar 2026")
    assert legend.startswith("▼ lower")


def test_all_voices_share_one_scale() -> None:
    lines = drawn(voice("Police", said(3, 2), said(5, 3)), voice("Clinic", said(4, 48)))
    police, clinic = (next(line for line in lines if line.startswith(name)) for name in ("Police", "Clinic"))
    assert set(police.removeprefix("Police").split()) == {"▁" * (len(police) - police.index("▁"))}
    assert "█" in clinic


def test_a_figure_that_was_withdrawn_is_marked() -> None:
    lines = drawn(voice("Clinic", said(3, 12, claim="clm-a"), said(4, 15)), withdrawn="clm-a")
    assert lines[0].split() == ["×12", "15"]
    assert lines[-1].startswith("× withdrawn")


@pytest.mark.parametrize("width", [40, 60, 80, 200])
def test_no_line_is_wider_than_the_terminal(width: int) -> None:
    days = [said(day, 3 * day, None) for day in range(1, 28)]
    lines = drawn(voice("Ministry of the Interior of the Northern Province", *days), width=width)
    assert max(map(len, lines)) <= width
    told = " ".join(lines)
    assert all(f"≥ {3 * day}" in told for day in range(1, 28)), "every figure is told, however near the next"


def test_a_terminal_without_unicode_gets_plain_signs() -> None:
    lines = drawn(voice("Clinic", said(3, 12), said(4, 9)), encoding="ascii")
    assert "?" not in "".join(lines)
    assert lines[0].split() == ["12", "v9"]


def test_what_is_told_on_one_day_is_no_timeline() -> None:
    assert step_chart([voice("Clinic", said(3, 12)), voice("Police", said(3, 9))]) is None
    assert step_chart([voice("Clinic", said(None, 12), said(3, 9))]) is None
