"""MUC-4's keys, how responses are scored against them, and how claims become responses."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.records import (
    Claim,
    Count,
    Evidence,
    Group,
    Harm,
    Means,
    Period,
    Place,
    Scope,
    Span,
    Status,
    Victims,
    exactly,
)
from eval_script import load_script

keys = load_script("muc4_keys")
muc4 = load_script("muc4")
Fill = keys.Fill
KEY = """
;;; made for this test
0.  MESSAGE: ID                     TST1-MUC3-0001
1.  MESSAGE: TEMPLATE               1 (OPTIONAL)
4.  INCIDENT: TYPE                  BOMBING / ATTACK
9.  PERP: INDIVIDUAL ID             "REBELS"
12. PHYS TGT: ID                    -
18. HUM TGT: NAME                   "ANA RUIZ"
19. HUM TGT: DESCRIPTION            "MAYOR": "ANA RUIZ"
                                    "GUARDS" / "MEN OF THE \\"RED\\" SQUAD"
20. HUM TGT: TYPE                   GOVERNMENT OFFICIAL: "ANA RUIZ"
21. HUM TGT: NUMBER                 1: "ANA RUIZ"
                                    7 - / PLURAL: "GUARDS" / "MEN OF THE \\"RED\\" SQUAD"
23. HUM TGT: EFFECT OF INCIDENT     ? NO INJURY: "ANA RUIZ"
24. HUM TGT: TOTAL NUMBER           -

0.  MESSAGE: ID                     TST1-MUC3-0002
1.  MESSAGE: TEMPLATE               *
4.  INCIDENT: TYPE                  *
"""


def test_a_key_is_read_with_its_alternatives(tmp_path: Path) -> None:
    path = tmp_path / "key"
    path.write_text(KEY, encoding="latin-1")
    found = keys.read_keys(path)
    assert found["TST1-MUC3-0002"] == []
    [template] = found["TST1-MUC3-0001"]
    assert template.optional
    assert template.types == ("BOMBING", "ATTACK")
    assert template.slots["number"] == (
        Fill(values=("1",), names=("ANA RUIZ",)),
        Fill(values=("7-", "PLURAL"), names=("GUARDS", "MEN OF THE RED SQUAD")),
    )
    assert template.slots["effect"] == (Fill(values=("NO INJURY",), names=("ANA RUIZ",), optional=True),)
    assert template.slots["physical"] == ()


@pytest.mark.parametrize(
    ("line", "fill"),
    [
        ('1: "ANA RUIZ"', Fill(values=("1",), names=("ANA RUIZ",))),
        ('5/6: "PRIESTS"', Fill(values=("5", "6"), names=("PRIESTS",))),
        ('NO DEATH / NO INJURY: "-"', Fill(values=("NO DEATH", "NO INJURY"))),
        ('"MAN" / "YOUNG MAN"', Fill(values=("MAN", "YOUNG MAN"))),
    ],
)
def test_a_fill_is_read(line: str, fill: Any) -> None:
    assert keys.read_fill(line) == fill


@pytest.mark.parametrize(
    ("key", "got", "same"),
    [
        ("PEASANTS", "TWO PEASANTS", True),
        ("PEASANT", "PEASANTS", True),
        ("ANA RUIZ", "MAYOR ANA RUIZ", True),
        ("ANA RUIZ LARA", "ANA RUIZ", True),
        ("ANA RUIZ", "ANA LARA", False),
        ("PEASANTS", "SOLDIERS", False),
        ("THE", "THE", False),
    ],
)
def test_strings_are_compared_by_their_words(key: str, got: str, same: bool) -> None:
    assert keys.same_name(key, got) is same


GUARDS = Fill(values=("6",), names=("GUARDS",))


@pytest.mark.parametrize(
    ("wanted", "given_", "tally"),
    [
        ([GUARDS], [GUARDS], (1, 0, 0, 0, 0)),
        ([GUARDS], [Fill(values=("6",), names=("FARMERS",))], (0, 1, 0, 0, 0)),
        ([GUARDS], [Fill(values=("5",), names=("GUARDS",))], (0, 0, 1, 0, 0)),
        ([GUARDS], [], (0, 0, 0, 0, 1)),
        ([], [GUARDS], (0, 0, 0, 1, 0)),
        ([replace(GUARDS, optional=True)], [], (0, 0, 0, 0, 0)),
        ([replace(GUARDS, optional=True)], [GUARDS], (1, 0, 0, 0, 0)),
        ([GUARDS, Fill(values=("1",), names=("ANA RUIZ",))], [GUARDS], (1, 0, 0, 0, 1)),
    ],
)
def test_fills_are_tallied(wanted: list[Any], given_: list[Any], tally: tuple[int, ...]) -> None:
    got = keys.score_slot("number", wanted, given_)
    assert (got.cor, got.par, got.inc, got.spu, got.mis) == tally


def test_a_parent_is_half_right() -> None:
    got = keys.score_slot("effect", [Fill(values=("NO DEATH",))], [Fill(values=("NO INJURY",))])
    assert got == keys.Tally(par=1)
    assert keys.score_slot("effect", [Fill(values=("NO INJURY",))], [Fill(values=("NO DEATH",))]).par == 0


def test_recall_precision_and_f() -> None:
    tally = keys.Tally(cor=3, par=2, inc=1, spu=2, mis=2)
    assert tally.recall == 50.0
    assert tally.precision == 50.0
    assert tally.f == 50.0
    assert keys.Tally().f == 0.0


def made(type_: str, *fills: Any, **changed: Any) -> Any:
    slots = dict.fromkeys(keys.SLOTS.values(), ())
    slots["description"] = tuple(Fill(values=fill.names) for fill in fills)
    slots["number"] = fills
    return replace(keys.Template(types=(type_,), slots=slots), **changed)


def test_templates_map_by_type_and_content() -> None:
    guards = made("BOMBING", GUARDS)
    message = keys.score_message([guards], [made("ATTACK", GUARDS)])
    assert len(message.mapped) == 1
    assert keys.score_message([guards], [made("KIDNAPPING", GUARDS)]).mapped == ()
    assert keys.score_message([guards], [made("BOMBING", Fill(values=("6",), names=("COWS",)))]).mapped == ()


def test_unmapped_responses_count_in_all_templates_alone() -> None:
    message = keys.score_message([], [made("ATTACK", GUARDS)])
    assert message.tally("number", spurious=True) == keys.Tally(spu=1)
    assert message.tally("number", spurious=False) == keys.Tally()


def test_an_optional_template_is_not_missing() -> None:
    assert keys.score_message([made("ATTACK", GUARDS)], []).tally("number", spurious=True).mis == 1
    optional = made("ATTACK", GUARDS, optional=True)
    assert keys.score_message([optional], []).tally("number", spurious=True).mis == 0


@given(worth=st.lists(st.lists(st.sampled_from([0.0, 0.5, 1.0]), min_size=3, max_size=3), max_size=12))
def test_pairs_are_one_to_one_and_worth_something(worth: list[list[float]]) -> None:
    chosen = keys.pairs(range(len(worth)), range(3), worth)
    taken = [k for k in chosen if k >= 0]
    assert len(taken) == len(set(taken))
    assert all(worth[k][g] > 0 for g, k in enumerate(chosen) if k >= 0)
    best_alone = max((each for row in worth for each in row), default=0.0)
    assert sum(worth[k][g] for g, k in enumerate(chosen) if k >= 0) >= best_alone


PUBLISHED = dt.date(1990, 2, 4)


def claim(number: int = 1, **changed: Any) -> Claim:
    return replace(
        Claim(
            id=f"clm-{number}",
            document_id="r1",
            anchor=Span(10 * number, 10 * number + 5),
            harm=Harm.KILLED,
            count=exactly(6),
            victims=Victims(text="FARMERS", groups=(Group.WORKER,)),
            place=Place(name="Tarn", country="CO"),
            incident=f"inc-{number}",
        ),
        **changed,
    )


@pytest.mark.parametrize(
    "changed",
    [
        {"scope": Scope.TALLY},
        {"status": Status.DENIED},
        {"harm": Harm.DETAINED},
        {"harm": Harm.CASUALTIES},
        {"means": Means.ACCIDENT},
        {"place": Place(name="Tarn", country="SY")},
        {"time": Period(start=dt.date(1989, 11, 1), end=dt.date(1989, 11, 2))},
        {"victims": Victims(text="SOLDIERS", groups=(Group.COMBATANT,))},
        {"victims": Victims(text="OTHERS", groups=(Group.UNSPECIFIED,))},
    ],
)
def test_what_the_task_does_not_ask_for_gives_no_template(changed: dict[str, Any]) -> None:
    assert len(muc4.templates([claim()], PUBLISHED)) == 1
    assert muc4.templates([claim(**changed)], PUBLISHED) == []


@pytest.mark.parametrize(
    ("count", "written"),
    [
        (exactly(6), "6"),
        (Count(low=100, high=100, approx=True), "~100"),
        (Count(low=6), "6-"),
        (Count(low=20, high=30), "20-30"),
        (Count(low=24, approx=True), "PLURAL"),
        (Count(high=49), "PLURAL"),
    ],
)
def test_counts_are_written_as_the_keys_write_them(count: Count, written: str) -> None:
    assert muc4.number_of(count) == written


def test_victims_told_twice_are_one_target() -> None:
    [template] = muc4.templates([claim(1), claim(2, incident="inc-2")], PUBLISHED)
    assert template.slots["number"] == (Fill(values=("6",), names=("FARMERS",)),)
    assert template.slots["effect"] == (Fill(values=("DEATH",), names=("FARMERS",)),)


def test_the_kidnapped_have_a_template_of_their_own() -> None:
    taken = claim(
        2, harm=Harm.ABDUCTED, incident="inc-1", victims=Victims(text="NUNS", groups=(Group.WOMAN,))
    )
    found = muc4.templates([claim(1), taken], PUBLISHED)
    assert sorted(each.types[0] for each in found) == ["ATTACK", "KIDNAPPING"]


def test_nobody_hurt_is_an_effect_without_a_target() -> None:
    nobody = claim(count=exactly(0), harm=Harm.INJURED, means=Means.EXPLOSION)
    [template] = muc4.templates([nobody], PUBLISHED)
    assert template.types == ("BOMBING",)
    assert template.slots["number"] == ()
    assert template.slots["effect"] == (Fill(values=("NO INJURY",)),)


def test_a_name_goes_to_the_slot_of_names() -> None:
    named = claim(
        count=exactly(1),
        victims=Victims(text="ANA RUIZ", groups=(Group.OFFICIAL,)),
        evidence=(Evidence(slot="count", spans=(Span(0, 5),), reason="named phrase"),),
    )
    [template] = muc4.templates([named], PUBLISHED)
    assert template.slots["name"] == (Fill(values=("ANA RUIZ",)),)
    assert template.slots["type"] == (Fill(values=("GOVERNMENT OFFICIAL",), names=("ANA RUIZ",)),)


def test_messages_are_dated_by_their_datelines(tmp_path: Path) -> None:
    path = tmp_path / "texts"
    path.write_text(
        "TST1-MUC3-0001\n\n   TARN, 4 FEB 90 (EFE) -- [TEXT] RAIN.\n\nTST1-MUC3-0002\n\n   NO DATE -- SUN.\n",
        encoding="latin-1",
    )
    one, two = muc4.read_texts(path)
    assert (one.id, one.published, two.published) == ("TST1-MUC3-0001", PUBLISHED, None)
    assert one.text.strip() == "TARN, 4 FEB 90 (EFE) -- RAIN."
