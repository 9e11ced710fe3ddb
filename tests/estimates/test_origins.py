"""Whose word a figure is: names that mean one body, credits, copies, and figures taken back."""

from __future__ import annotations

import pytest

from cairn.records import Span, Status, exactly
from estimates.made import copied, figures, killed, said, under


def test_a_late_copy_of_an_old_report_is_no_news() -> None:
    first, second = said(None, 12, credit="AFP", day=17), said(None, 20, credit="AFP", day=18)
    again, copy = copied(first, 19, "Bay Press")
    assert figures(under("range", first, second, again, copies=[copy])) == (20, None, 20)
    (position,) = killed(first, second, again, copies=[copy]).positions
    assert [str(each.said_on) for each in position.earlier] == ["2023-10-17", "2023-10-17"]


def test_a_figure_that_a_copy_changed_is_news() -> None:
    first = said("ministry", 12, day=17)
    again, copy = copied(first, 19, "Bay Press", anchor=Span(7, 12), count=exactly(14))
    assert figures(under("range", first, again, copies=[copy])) == (14, None, 14)


def test_a_credit_that_one_paper_dropped_is_known_from_another() -> None:
    first = said(None, 12, outlet="Harbour Post", day=17)
    again, copy = copied(first, 17, "Bay Press", credit="AFP")
    (position,) = killed(first, again, copies=[copy]).positions
    assert position.origin == "AFP"


def test_a_passage_in_a_report_of_another_agency_is_not_that_agencys() -> None:
    first = said(None, 12, outlet="Harbour Post", day=17)
    again, copy = copied(first, 17, "Bay Press", share=0.2, credit="AFP")
    (position,) = killed(first, again, copies=[copy]).positions
    assert position.origin == "Harbour Post"


def test_of_two_papers_with_the_same_words_on_one_day_the_one_that_others_quote_is_the_origin() -> None:
    first = said(None, 12, outlet="Bay Press", day=17)
    again, copy = copied(first, 17, "Harbour Post")
    relayed = said("Harbour Post", 12, outlet="City Echo", day=18)
    (position,) = killed(first, again, relayed, copies=[copy]).positions
    assert position.origin == "Harbour Post"


@pytest.mark.parametrize(
    ("names", "expected"),
    [
        (("Health Ministry", "Health Ministry of Varo", "Varo Health Ministry"), "Health Ministry of Varo"),
        (("U.N.", "United Nations", "UN"), "United Nations"),
        (("spokesman for the Varo police", "police"), "spokesman for the Varo police"),
    ],
)
def test_names_of_one_body_are_joined(names: tuple[str, ...], expected: str) -> None:
    told = [said(name, 10 + number, day=10 + number) for number, name in enumerate(names)]
    assert [position.origin for position in killed(*told).positions] == [expected]


def test_a_figure_taken_back_is_gone_from_its_copies_too() -> None:
    wrong = said("council", 44, day=14)
    again, copy = copied(wrong, 17, "Bay Press")
    back = said("council", 44, day=15, document="r-back", status=Status.SUPERSEDED)
    right = said("council", 23, day=15, document="r-back")
    told = (wrong, back, right, again)
    assert figures(under("range", *told, copies=[copy])) == (23, None, 23)


def test_a_figure_taken_back_on_its_day_leaves_the_lower_one() -> None:
    wrong = said("council", 44, day=14)
    back = said("council", 44, day=14, document="r-back", status=Status.SUPERSEDED)
    right = said("council", 23, day=14, document="r-back")
    assert figures(under("range", wrong, back, right)) == (23, None, 23)


def test_at_least_a_figure_is_taken_back_with_it() -> None:
    wrong = said("council", 44, high=None, day=15)
    back = said("council", 44, day=15, document="r-back", status=Status.SUPERSEDED)
    right = said("council", 23, day=15, document="r-back")
    assert figures(under("range", wrong, back, right)) == (23, None, 23)
