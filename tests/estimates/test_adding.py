"""Figures of one voice in one report are one toll, where they cannot count anybody twice."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

import pytest

from cairn.records import Claim, Count, Document, Group, Ruling, Span, Status, Victims, decide
from estimates.made import Pair, figures, killed, said, under

NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def together(*told: tuple[int, Group], day: int = 17, text: str = "A, B, C died.") -> list[Pair]:
    """Return figures of one sentence, each of a group; each anchor is one letter of the text."""
    pairs = []
    for place, (number, group) in enumerate(told):
        claim, report = said(
            "ministry",
            number,
            day=day,
            document=f"r-{day}",
            victims=Victims(text=group.value, groups=(group,)),
            count=Count(low=number, high=number),
        )
        pairs.append(
            (moved(claim, 3 * place, group), Document(id=report.id, text=text, published=report.published))
        )
    return pairs


def moved(claim: Claim, start: int, group: Group) -> Claim:
    return replace(claim, id=f"{claim.id}-{group.value}", anchor=Span(start, start + 1))


@pytest.mark.parametrize(
    ("told", "toll"),
    [
        ([(1, Group.WOMAN), (2, Group.CHILD)], 3),
        ([(3, Group.COMBATANT), (12, Group.INSURGENT), (2, Group.CIVILIAN)], 17),
        ([(4, Group.POLICE), (1, Group.CHILD)], 5),
        ([(1, Group.WOMAN), (2, Group.CHILD), (3, Group.COMBATANT)], 6),
        ([(3, Group.CIVILIAN), (2, Group.CHILD)], 3),  # may be the same people
        ([(5, Group.UNSPECIFIED), (1, Group.CHILD)], 5),
        ([(2, Group.OFFICIAL), (3, Group.POLICE)], 3),
        ([(2, Group.POLICE), (3, Group.POLICE)], 3),
    ],
)
def test_what_is_added(told: list[tuple[int, Group]], toll: int) -> None:
    made = under("range", *together(*told))
    assert figures(made) == (toll, None, toll)


def test_a_sum_names_all_its_claims_and_words() -> None:
    pairs = together((3, Group.COMBATANT), (12, Group.INSURGENT))
    made = under("range", *pairs)
    assert set(made.claims) == {claim.id for claim, _ in pairs}
    assert "15 (“A + B”, ministry)" in made.reason
    assert killed(*pairs).left_out == ()
    assert killed(*pairs).positions[0].earlier == ()


def test_figures_of_two_sentences_are_added_where_one_voice_gives_them() -> None:
    pairs = together((3, Group.COMBATANT), (12, Group.INSURGENT), text="A\n\nB died.")
    made = under("range", *pairs)
    assert figures(made) == (15, None, 15)
    assert "15 (“A + B”, ministry)" in made.reason
    assert killed(*pairs).positions[0].earlier == ()


@pytest.mark.parametrize("beside", [Group.UNSPECIFIED, Group.OFFICIAL, Group.PERPETRATOR])
def test_figures_of_two_sentences_are_left_alone_where_another_may_count_them_too(beside: Group) -> None:
    pairs = together((3, Group.COMBATANT), (12, Group.INSURGENT), (4, beside), text="A\n\nB\n\nC.")
    assert figures(under("range", *pairs)) == (12, None, 12)


def test_of_one_kind_the_largest_figure_is_added() -> None:
    pairs = together((3, Group.COMBATANT), (9, Group.INSURGENT), (12, Group.INSURGENT), text="A\n\nB\n\nC.")
    assert figures(under("range", *pairs)) == (15, None, 15)


def test_rival_figures_stay_apart() -> None:
    rebels = Victims(text="rebels", groups=(Group.INSURGENT,))
    pairs = [*together((3, Group.COMBATANT)), said("rebels", 12, document="r-17", victims=rebels)]
    assert figures(under("range", *pairs)) == (3, None, 12)


def test_a_part_and_a_figure_that_a_person_rejected_are_not_added() -> None:
    pairs = together((3, Group.COMBATANT), (12, Group.INSURGENT))
    reject = decide(Ruling.REJECT, pairs[0][0].id, who="ann", at=NOW)
    assert figures(under("range", *pairs, decisions=[reject])) == (12, None, 12)
    confirm = decide(Ruling.CONFIRM, pairs[1][0].id, who="ann", at=NOW)
    assert figures(under("verified", *pairs, decisions=[confirm])) == (None, None, None)


def test_an_earlier_sum_is_kept_as_a_sum() -> None:
    before = together((1, Group.WOMAN), (2, Group.CHILD), day=16)
    (position,) = killed(*before, said("ministry", 9, day=17)).positions
    assert [each.count.low for each in position.earlier] == [3]
    assert position.current.count.low == 9


def test_what_was_replaced_is_left_out_once() -> None:
    pairs = [
        (replace(claim, status=Status.SUPERSEDED), report)
        for claim, report in together((1, Group.WOMAN), (2, Group.CHILD))
    ]
    stand = killed(*pairs)
    assert stand.positions == ()
    assert len(stand.left_out) == 2
