"""What is read beside an incident: tallies that may hold it, and what else these may hold."""

from __future__ import annotations

import datetime as dt

from cairn.ledger import Ledger, Read, as_of, read_around, read_incident, refresh
from cairn.records import Claim, Document, Period, Place, Scope
from ledger.made import RUN, claim, document, fill

HERE = Place(name="Orvale", country="SY")
AWAY = Place(name="Telmo", country="TR")
WEEK = Period(start=dt.date(2026, 1, 28), end=dt.date(2026, 2, 3))


def report(name: str, **slots: object) -> tuple[Claim, Document]:
    """Return one claim with its report."""
    of = document(name)
    day = Period(start=dt.date(2026, 2, 1), end=dt.date(2026, 2, 1))
    return claim(of, **{"place": HERE, "time": day, "incident": f"inc-{name}"} | slots), of  # type: ignore[arg-type]


def around(ledger: Ledger, *told: tuple[Claim, Document]) -> set[str]:
    """Return the names of the reports that are read beside the first claim's incident."""
    fill(ledger, *(Read(document=of, claims=[made], run=RUN) for made, of in told))
    refresh(ledger)
    with as_of(ledger, None) as state:
        heard, _ = read_incident(state, str(told[0][0].incident))
        return {of.id for _, of in read_around(state, heard)}


def test_tallies_of_its_days_and_country_and_the_incidents_in_them(ledger: Ledger) -> None:
    tally = {"scope": Scope.TALLY, "incident": None}
    found = around(
        ledger,
        report("own"),
        report("week", time=WEEK, **tally),
        report("abroad", time=WEEK, place=AWAY, **tally),
        report("undated", time=None, **tally),
        report("neighbour"),
        report("later", time=Period(start=dt.date(2026, 2, 9), end=dt.date(2026, 2, 9))),
        report("away", place=AWAY),
    )
    assert found == {"week", "neighbour"}


def test_without_days_only_the_whole_that_the_text_names_is_read(ledger: Ledger) -> None:
    whole, of = report("whole", scope=Scope.TALLY, incident=None, time=None)
    found = around(ledger, report("own", time=None, part_of=whole.id), (whole, of), report("neighbour"))
    assert found == {"whole"}
