"""The chart of a toll opens as SVG, hides no fall, and escapes what reports say."""

from __future__ import annotations

import datetime as dt
from itertools import pairwise
from xml.etree import ElementTree

from cairn.exports import toll_svg
from cairn.records import Count, Harm, Position, Said

SVG = "{http://www.w3.org/2000/svg}"


def said(figure: int, day: int | None, number: int = 0) -> Said:
    return Said(
        claim=f"clm-{figure}-{number}",
        document="r",
        said_on=None if day is None else dt.date(2026, 2, day),
        count=Count(low=figure, high=figure),
    )


def position(origin: str, *figures: Said) -> Position:
    return Position(
        origin=origin, harm=Harm.KILLED, current=figures[-1], earlier=figures[:-1], documents=("r",)
    )


def drawn(*positions: Position) -> ElementTree.Element:
    return ElementTree.fromstring(toll_svg("Orvale, 3 Feb 2026", Harm.KILLED, positions))  # noqa: S314  # our own


def told(chart: ElementTree.Element) -> list[str]:
    return [title.text or "" for title in chart.iter(f"{SVG}title")][1:]


def test_every_figure_has_its_dot_and_its_words() -> None:
    chart = drawn(position("Ministry", said(200, 3), said(471, 5)), position("Monitor", said(250, 4)))
    assert told(chart) == [
        "Ministry: 200, 3 Feb 2026",
        "Ministry: 471, 5 Feb 2026",
        "Monitor: 250, 4 Feb 2026",
    ]
    assert "Ministry: 200 on 3 Feb 2026; 471 on 5 Feb 2026." in (chart.findtext(f"{SVG}desc") or "")


def test_a_fall_is_marked() -> None:
    chart = drawn(position("Ministry", said(1400, 3), said(1200, 9)))
    assert told(chart)[-1] == "Ministry: 1,200, 9 Feb 2026 (lower than before)"


def test_names_are_escaped_and_cut() -> None:
    chart = drawn(position("<script>alert(1)</script> " * 3, said(3, 3)))
    assert not list(chart.iter(f"{SVG}script"))
    assert any((text.text or "").startswith("<script>") for text in chart.iter(f"{SVG}text"))


def test_figures_of_unknown_days_are_left_out() -> None:
    chart = drawn(position("Ministry", said(3, None)))
    assert told(chart) == []
    assert "No figure has a day." in [text.text for text in chart.iter(f"{SVG}text")]


def test_labels_of_equal_figures_do_not_overlap() -> None:
    chart = drawn(*(position(f"Origin {number}", said(14, 3)) for number in range(5)))
    places = [float(text.get("y", "0")) for text in chart.iter(f"{SVG}text") if "Origin" in (text.text or "")]
    assert all(later - earlier >= 15 for earlier, later in pairwise(places))
