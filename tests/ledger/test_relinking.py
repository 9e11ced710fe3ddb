"""What a refresh links again is what a rebuild links, whatever was added and decided, in whatever order."""

from __future__ import annotations

import datetime as dt
import tempfile
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import sqlalchemy as sa
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.incidents import blocks
from cairn.ledger import (
    Ledger,
    Read,
    append_decisions,
    append_readings,
    nearby,
    open_ledger,
    rebuild,
    refresh,
)
from cairn.ledger.tables import DERIVED
from cairn.pipeline import join_told
from cairn.records import (
    MODE_BY_MEANS,
    PAIRED,
    Claim,
    Count,
    Decision,
    Document,
    Means,
    Period,
    Place,
    Ruling,
    Span,
    decide,
)
from ledger.made import NOW, RUN, attack, claim

TOWNS = (
    Place(name="Orvale", country="SY", latitude=36.0, longitude=37.0, radius_km=3.0),
    Place(name="Sarn", country="SY", latitude=36.02, longitude=37.02, radius_km=3.0),
    Place(name="Tessaly", country="SY", latitude=33.0, longitude=36.0, radius_km=3.0),
    Place(name="Orvale", country="LB", latitude=34.0, longitude=36.0, radius_km=3.0),
    Place(name="Syria", country="SY"),
    None,
)
TEXTS = (
    "Fourteen patients died when jets struck the harbour clinic, doctors said.",
    "Jets struck the harbour clinic and patients died there, doctors reported.",
    "Mortar rounds fell beside the school; several pupils were hurt.",
    "Officials spoke of casualties somewhere and gave no figure.",
)
SLOTS = st.tuples(
    st.sampled_from(TOWNS),
    st.none() | st.integers(1, 9),
    st.sampled_from([Means.AIRSTRIKE, Means.SHELLING, Means.ATTACK, None]),
    st.sampled_from([3, 12, 14]),
)
REPORTS = st.lists(
    st.tuples(st.sampled_from(TEXTS), st.integers(1, 12), st.lists(SLOTS, min_size=1, max_size=2)),
    min_size=2,
    max_size=7,
)
ON_ONE = {
    Ruling.CONFIRM: (None, None),
    Ruling.REJECT: (None, None),
    Ruling.RECOMMEND: (None, None),
    Ruling.CORRECT: ("place", '{"name": "Sarn"}'),
    Ruling.RESTRICT: (None, "public"),
}
PAIRED_RULINGS = sorted(PAIRED)


def read(number: int, text: str, day: int, told: Sequence[tuple[object, ...]]) -> Read:
    """Return a report that tells one or two attacks."""
    document = Document(
        id=f"wire-{number}", text=text, published=dt.date(2026, 2, day), outlet="Harbour Wire"
    )
    claims = [
        claim(
            document,
            start=place,
            end=place + 10,
            count=Count(low=killed, high=killed),
            place=town,
            time=on and Period(start=dt.date(2026, 2, on), end=dt.date(2026, 2, on)),
            means=means,
            incident=f"inc-{number}-{place}",
        )
        for place, (town, on, means, killed) in enumerate(told)
    ]
    events = [
        attack(
            document,
            trigger=Span(place + 2, place + 6),
            place=town,
            time=claims[place].time,
            mode=means and MODE_BY_MEANS.get(means),
        )
        for place, (town, _, means, _) in enumerate(told)
    ]
    return Read(document=document, claims=claims, run=RUN, events=events)


def derived(ledger: Ledger) -> dict[str, list[tuple[object, ...]]]:
    with ledger.reading() as connection:
        return {
            table.name: sorted((tuple(row) for row in connection.execute(sa.select(table))), key=repr)
            for table in DERIVED
        }


@st.composite
def steps(draw: st.DrawFn) -> list[Read | Decision]:
    """Return reports, new texts of them, and decisions on their claims, in some order."""
    reports = [read(number, *told) for number, told in enumerate(draw(REPORTS))]
    ids = [each.id for report in reports for each in report.claims]
    made: list[Read | Decision] = [*reports]
    for number in range(draw(st.integers(0, 5))):
        pair = draw(st.lists(st.sampled_from(ids), min_size=2, max_size=2))
        who, at = draw(st.sampled_from(["ann", "bob"])), NOW + dt.timedelta(minutes=number)
        ruling = draw(st.sampled_from([*PAIRED_RULINGS, *ON_ONE]))
        slot, value = ON_ONE.get(ruling, (None, None))
        if ruling in ON_ONE:
            made.append(decide(ruling, pair[0], who=who, at=at, slot=slot, value=value))
        elif pair[0] != pair[1]:
            made.append(decide(ruling, *pair, who=who, at=at))
    for each in [each for each in made if isinstance(each, Decision)]:
        if draw(st.booleans()):
            gone = decide(Ruling.WITHDRAW, each.subjects[0], who="eve", at=NOW, supersedes=each.id)
            made.append(gone)
    if draw(st.booleans()):
        made.append(replace(read(0, TEXTS[2], 5, [(TOWNS[1], 5, Means.SHELLING, 3)])))
    return draw(st.permutations(made))


@given(made=steps())
@settings(max_examples=12, deadline=None)
def test_every_refresh_gives_what_a_rebuild_gives(made: list[Read | Decision]) -> None:
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(str(Path(folder) / "a.db"), create=True) as ledger,
    ):
        rebuild(ledger, join_told)
        for step in made:
            if isinstance(step, Decision):
                append_decisions(ledger, [step], NOW)
            else:
                list(append_readings(ledger, [step], lambda: NOW))
            refresh(ledger, join_told)
            refreshed = derived(ledger)
            rebuild(ledger, join_told)
            assert refreshed == derived(ledger)


def test_what_is_looked_up_holds_all_that_is_compared() -> None:
    assert nearby.REACH_DAYS >= blocks.REACH_DAYS
    assert nearby.SLACK_DAYS >= blocks.UNTOLD_DAYS
    assert nearby.LONGEST_DAYS >= blocks.LONG_DAYS + blocks.REACH_DAYS


def test_a_ledger_that_was_never_linked_is_linked_whole(ledger: Ledger) -> None:
    first, second = (
        read(number, TEXTS[number], 3, [(TOWNS[0], 2, Means.AIRSTRIKE, 14)]) for number in (0, 1)
    )
    list(append_readings(ledger, [first], lambda: NOW))
    refresh(ledger)
    list(append_readings(ledger, [second], lambda: NOW))
    refresh(ledger, join_told)
    claims: list[Claim] = [*first.claims, *second.claims]
    with ledger.reading() as connection:
        incidents = connection.exec_driver_sql(
            "SELECT incident, count(*) FROM current_claims GROUP BY 1"
        ).all()
    assert [count for _, count in incidents] == [len(claims)]
