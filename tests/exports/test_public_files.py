"""What the public gets: nothing that is not public, and no figure made of what is not."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cairn.exports import CLAIMS, ESTIMATES, INCIDENTS, Layout
from cairn.ledger import (
    Asked,
    Ledger,
    append_decisions,
    as_of,
    list_claims,
    list_incidents,
    rebuild,
    show_public,
)
from cairn.pipeline import join_told
from cairn.records import Decision, Ruling, decide
from cairn.tables import Question, make_sheet
from exports.exported import make_ledger
from ledger.made import NOW


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Ledger]:
    with make_ledger(tmp_path / "cairn.db") as made:
        yield made


def rows(ledger: Ledger, layout: Layout, *, public: bool, policy: str | None = None) -> list[dict[str, Any]]:
    question = Question(asked=Asked(public=public), policy=policy)
    with as_of(ledger, None) as state:
        return [
            dict(zip(layout.names, row, strict=True)) for row in make_sheet(state, layout, question).rows()
        ]


def publish(ledger: Ledger, *ids: str, slot: str | None = None, level: str = "public") -> None:
    made: list[Decision] = [
        decide(Ruling.RESTRICT, id_, who="ann", at=NOW, slot=slot, value=level) for id_ in ids
    ]
    append_decisions(ledger, made, NOW)
    rebuild(ledger, join_told)


def told(ledger: Ledger) -> list[dict[str, Any]]:
    with as_of(ledger, None) as state:
        return [dict(row) for row in list_claims(state, Asked())]


def test_nothing_is_public_until_somebody_says_so(ledger: Ledger) -> None:
    assert all(rows(ledger, each, public=True) == [] for each in (CLAIMS, INCIDENTS, ESTIMATES))


def test_public_rows_are_those_that_lists_show(ledger: Ledger) -> None:
    publish(ledger, *(row["id"] for row in told(ledger)))
    with as_of(ledger, None) as state:
        shown = {row["id"]: show_public(row) for row in list_claims(state, Asked(public=True))}
    found = rows(ledger, CLAIMS, public=True)
    assert len(found) == len(shown) == len(told(ledger))
    for row in found:
        alike = [name for name in ("latitude", "longitude", "place", "words", "target", "low") if name in row]
        assert [row[name] for name in alike] == [shown[row["id"]][name] for name in alike]
    assert {row["latitude"] for row in found} == {36.1}
    assert {(row["reviewed"], row["origins"]) for row in found} == {(None, None)}
    assert "Dara Veldt" not in str(found)


def test_public_incidents_are_made_of_public_claims_alone(ledger: Ledger) -> None:
    first = next(row for row in told(ledger) if row["low"] == 14)
    publish(ledger, first["id"])
    (whole,) = rows(ledger, INCIDENTS, public=False)
    (seen,) = rows(ledger, INCIDENTS, public=True)
    assert (whole["killed_low"], whole["killed_high"], whole["claims"]) == (14, 30, 13)
    assert (seen["killed_low"], seen["killed_high"], seen["claims"], seen["outlets"]) == (
        14, 14, 1, ("Harbour Wire",),
    )  # fmt: skip
    assert (seen["policy_killed_low"], seen["policy_killed_high"], seen["provisional"]) == (14, 14, True)
    assert (seen["injured_kind"], seen["latitude"]) == ("not told", 36.1)
    estimates = rows(ledger, ESTIMATES, public=True)
    assert {(row["low"], row["high"]) for row in estimates if row["policy"] == "range"} == {(14, 14)}
    assert {row["harm"] for row in estimates} == {"killed"}


def test_reasons_do_not_quote_what_is_withheld(ledger: Ledger) -> None:
    publish(ledger, *(row["id"] for row in told(ledger)))
    assert {row["reason"] for row in rows(ledger, ESTIMATES, public=True)} == {None}
    assert None not in {row["reason"] for row in rows(ledger, ESTIMATES, public=False)}


def test_a_place_that_is_withheld_is_nowhere(ledger: Ledger) -> None:
    ids = [row["id"] for row in told(ledger)]
    publish(ledger, *ids)
    publish(ledger, *ids, slot="place", level="withheld")
    assert "Orvale" not in str([rows(ledger, each, public=True) for each in (INCIDENTS, ESTIMATES)])
    (seen,) = rows(ledger, INCIDENTS, public=True)
    assert (seen["place"], seen["latitude"], seen["country"]) == (None, None, "SY")


def test_an_incident_says_what_the_ledger_derives(ledger: Ledger) -> None:
    with as_of(ledger, None) as state:
        (derived,) = list_incidents(state, Asked())
        kept = {name: derived[name] for name in derived if name.startswith(("killed", "injured", "time"))}
    (row,) = rows(ledger, INCIDENTS, public=False)
    assert {name: row[name] for name in kept} == kept


def test_the_policy_is_the_one_asked_for(ledger: Ledger) -> None:
    (row,) = rows(ledger, INCIDENTS, public=False, policy="acled")
    assert row["policy"].startswith("acled ")
    assert row["policy_killed"] is not None
    assert {each["policy"] for each in rows(ledger, ESTIMATES, public=False, policy="acled")} == {"acled"}
