"""How WikiWars' values are taken, and under which conventions a moment has one."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from cairn.records import Moment, MomentKind, Period, Span
from eval_script import load_script

times = load_script("times")
PUBLISHED = dt.date(2009, 12, 19)
NARRATIVE = """<TimeML><DOCID>x</DOCID>
<DCT><TIMEX3 tid="t0" type="DATE" value="2009-12-19">2009-12-19</TIMEX3></DCT>
<TEXT>The siege began on <TIMEX3 tid="t1" type="DATE" value="1911-05-03">3 May 1911</TIMEX3> and went on
for <TIMEX3 tid="t2" type="DATE" value="P3M">three months</TIMEX3>, until
<TIMEX3 tid="t3" type="DATE" value="1911-08">early August</TIMEX3>.</TEXT></TimeML>
"""


def period(start: str, end: str) -> Period:
    return Period(start=dt.date.fromisoformat(start), end=dt.date.fromisoformat(end))


@pytest.mark.parametrize(
    ("written", "start", "end"),
    [
        ("1863", "1863-01-01", "1863-12-31"),
        ("1864-02", "1864-02-01", "1864-02-29"),
        ("1863-07-01", "1863-07-01", "1863-07-01"),
        ("1863-07-01T05:30", "1863-07-01", "1863-07-01"),
        ("1863-07-01TNI", "1863-07-01", "1863-07-01"),
        ("1863-SU", "1863-06-01", "1863-08-31"),
        ("1863-WI", "1863-12-01", "1864-02-29"),
        ("186", "1860-01-01", "1869-12-31"),
    ],
)
def test_a_value_of_our_era_is_a_period(written: str, start: str, end: str) -> None:
    assert times.value_of(written) == period(start, end)


@pytest.mark.parametrize(
    "written", ["P3M", "PT2H", "PRESENT_REF", "null", "BC0490", "XXXX-07", "1863-W27", ""]
)
def test_any_other_value_is_none(written: str) -> None:
    assert times.value_of(written) is None


def under(words: str, value: str, got: Period | None, *others: str, since: bool = False) -> str | None:
    """Return the convention under which ``got`` is right for an expression, beside ``others``."""
    gold, *more = (
        times.Expression(span=Span(at, at + 1), words=words, value=each, period=times.value_of(each))
        for at, each in enumerate((value, *others))
    )
    kind = MomentKind.SINCE if since else MomentKind.SPAN
    moment = Moment(period=got, kind=kind, reason="made")
    return times.convention(gold, [gold, *more], moment, PUBLISHED)  # type: ignore[no-any-return]


def test_the_annotated_period_is_exact() -> None:
    assert under("May 1911", "1911-05", period("1911-05-01", "1911-05-31")) == "exact"


@pytest.mark.parametrize(
    ("words", "start", "end", "right"),
    [
        ("early May 1911", "1911-05-01", "1911-05-10", "part"),
        ("the end of May 1911", "1911-05-21", "1911-05-31", "part"),
        ("mid-May 1911", "1911-05-11", "1911-05-20", "part"),
        ("early May 1911", "1911-05-21", "1911-05-31", None),
        ("May 1911", "1911-05-01", "1911-05-10", None),
    ],
)
def test_a_part_is_right_where_the_words_name_it(words: str, start: str, end: str, right: str | None) -> None:
    assert under(words, "1911-05", period(start, end)) == right


def test_two_ends_are_one_period() -> None:
    whole = period("1911-05-03", "1911-05-09")
    assert under("3 May", "1911-05-03", whole, "1911-05-09") == "ends"
    assert under("3 May", "1911-05-03", whole) is None
    assert under("3 May", "1911-05-03", period("1911-05-03", "1911-05-08"), "1911-05-09") is None


def test_since_reaches_to_the_documents_date() -> None:
    long = period("1911-01-01", "2009-12-19")
    assert under("1911", "1911", long, since=True) == "since"
    assert under("1911", "1911", long) is None
    assert under("1911", "1911", period("1911-01-01", "2009-12-18"), since=True) is None


def test_an_open_moment_is_never_right() -> None:
    assert under("1911", "1911", None) is None


def test_a_narrative_is_read_with_its_expressions(tmp_path: Path) -> None:
    path = tmp_path / "01_Made.tml"
    path.write_text(NARRATIVE, encoding="utf-8")
    narrative = times.read_narrative(path)
    assert [each.words for each in narrative.expressions] == ["3 May 1911", "three months", "early August"]
    assert [each.period is None for each in narrative.expressions] == [False, True, False]
    assert [how for _, _, how in times.values(narrative)] == ["exact", "part"]


def test_another_file_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "notes.tml"
    path.write_text("3 May 1911", encoding="utf-8")
    with pytest.raises(ValueError, match="expected a TimeML document"):
        times.read_narrative(path)
