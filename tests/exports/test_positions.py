"""The table of positions: what each voice says now, of all victims and of groups of them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from cairn.errors import InputError
from cairn.exports import POSITIONS, PositionRow
from cairn.ledger import Asked, Ledger, as_of, open_ledger, rebuild
from cairn.pipeline import join_told
from cairn.records import Claim, Count, Document, Group, Harm, Victims
from cairn.tables import Question, check_rows, make_sheet
from exports.exported import fill, make_ledger
from ledger.made import claim, document

LATER = "By Tuesday the ministry had put the toll in Orvale at 12 people, three of them children."
PEOPLE = Victims(text="people", groups=(Group.UNSPECIFIED,))
CHILDREN = Victims(text="children", groups=(Group.CHILD,))


def said(of: Document, figure: int, start: int, victims: Victims) -> Claim:
    count = Count(low=figure, high=figure)
    return claim(
        of, low=figure, start=start, end=start + 3, count=count, speakers=("ministry",), victims=victims
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    """A ledger of one attack in two reports: a ministry corrects its figure, and speaks of children."""
    with open_ledger(tmp_path / "cairn.db", create=True) as made:
        first, second = document("wire-1"), document("wire-2", LATER, day=2)
        fill(made, first, [said(first, 14, 0, PEOPLE)], ())
        fill(made, second, [said(second, 12, 0, PEOPLE), said(second, 3, 3, CHILDREN)], ())
        rebuild(made, join_told)
        yield made


def rows(ledger: Ledger, asked: Asked | None = None) -> list[PositionRow]:
    with as_of(ledger, None) as state:
        sheet = make_sheet(state, POSITIONS, Question(asked=asked or Asked()))
        return [PositionRow(**dict(zip(POSITIONS.names, row, strict=True))) for row in sheet.rows()]


def test_a_voice_stands_once_with_what_it_said_before(ledger: Ledger) -> None:
    (one,) = [row for row in rows(ledger) if not row.groups]
    assert (one.origin, one.harm, one.low, one.high, one.count_kind) == (
        "ministry",
        "killed",
        12,
        12,
        "exactly",
    )
    assert one.earlier == ("14 (2026-02-01)",)
    assert one.reports == 2


def test_groups_of_victims_have_rows_of_their_own(ledger: Ledger) -> None:
    (children,) = [row for row in rows(ledger) if row.groups]
    assert (children.groups, children.low, children.high) == (("child",), 3, 3)


def test_the_public_gets_no_position_of_what_is_not_public(tmp_path: Path) -> None:
    with make_ledger(tmp_path / "cairn.db") as ledger:
        assert len(rows(ledger)) > 2
        assert {row.harm for row in rows(ledger, Asked(harm="displaced"))} <= set(Harm)
        assert rows(ledger, Asked(public=True)) == []


def test_a_workbook_that_would_be_too_long_is_refused(
    ledger: Ledger, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cairn.exports.files.workbook.MOST_ROWS", 2)
    with as_of(ledger, None) as state, pytest.raises(InputError, match="positions are more than"):
        check_rows(state, POSITIONS, Question())
