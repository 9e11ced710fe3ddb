"""What each voice says of one group of victims."""

from __future__ import annotations

import datetime as dt

from cairn.estimates import POLICIES, Heard, estimate, take_group_positions
from cairn.records import Group, Harm, Ruling, Scope, Victims, decide
from estimates.made import figures, said, under

CHILDREN = Victims(text="children", groups=(Group.CHILD,))
SOLDIERS = Victims(text="soldiers", groups=(Group.COMBATANT,))
NOW = dt.datetime(2026, 3, 1, tzinfo=dt.UTC)


def test_each_voice_has_a_figure_for_each_group_that_it_tells() -> None:
    told = (
        said("ministry", 14, day=17),
        said("ministry", 3, day=17, victims=CHILDREN, part_of="clm-total"),
        said("ministry", 5, day=18, victims=CHILDREN, part_of="clm-total"),
        said("monitor", 4, day=18, victims=CHILDREN),
        said("monitor", 9, day=18, victims=SOLDIERS),
        said("monitor", 90, day=18, victims=CHILDREN, scope=Scope.TALLY),
        said("monitor", 7, day=18, victims=CHILDREN, harm=Harm.INJURED),  # of all the injured that are told
    )
    stands = {(stand.harm, stand.groups): stand for stand in take_group_positions(Heard(claims=told))}
    assert set(stands) == {
        (Harm.KILLED, (Group.CHILD,)),
        (Harm.KILLED, (Group.COMBATANT,)),
    }
    children = stands[Harm.KILLED, (Group.CHILD,)]
    assert {each.origin: each.current.count.low for each in children.positions} == {
        "ministry": 5,
        "monitor": 4,
    }
    assert figures(estimate(POLICIES["range"], children)) == (4, None, 5)
    assert [each.reason for each in children.left_out] == ["a sum over several incidents"]


def test_a_person_who_confirms_one_of_many_prints_confirms_the_figure() -> None:
    wire = [said(None, 14, outlet=f"Outlet {number}", credit="AFP") for number in range(9)]
    for claim, _ in wire:
        ruled = decide(Ruling.CONFIRM, claim.id, who="ann", at=NOW)
        assert figures(under("verified", *wire, decisions=[ruled])) == (14, 14, 14)
