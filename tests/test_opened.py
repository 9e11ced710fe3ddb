"""What ``import cairn`` gives."""

from __future__ import annotations

import datetime as dt
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

import cairn
from cairn.errors import InputError
from cairn.opened import OpenLedger
from cairn.pipeline import Tools
from exports.exported import make_ledger


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[OpenLedger]:
    make_ledger(tmp_path / "cairn.db").close()
    with cairn.open_ledger(tmp_path / "cairn.db") as made:
        yield made


def test_a_text_gives_claims(monkeypatch: pytest.MonkeyPatch, tools: Tools) -> None:
    monkeypatch.setattr(cairn, "_tools", lambda: tools)
    (claim,) = cairn.read("Two men were shot dead in Kano on Friday, police said.", "2026-03-01")
    assert (claim.count.low, claim.speakers) == (2, ("police",))
    assert claim.time is not None
    assert claim.time.start == dt.date(2026, 2, 27)
    with pytest.raises(InputError, match="is no date"):
        cairn.read("Two men were killed.", "yesterday")


def test_rows_are_typed_and_can_be_gone_through_twice(ledger: OpenLedger) -> None:
    claims = ledger.claims(harm="killed")
    first = next(iter(claims))
    assert (first.low, first.high, first.sources) == (14, None, ("ministry", "AFP"))
    assert len(list(claims)) == len(list(claims)) == 10
    (incident,) = ledger.incidents()
    assert incident.policy.startswith("range")
    assert {row.policy for row in ledger.estimates("acled")} == {"acled"}
    assert list(ledger.claims(known_by=dt.date(2020, 1, 1))) == []


def test_events_come_with_the_parties_that_names_stand_for(ledger: OpenLedger) -> None:
    attack, talks = list(ledger.events(document="wire-1"))
    assert (attack.type, attack.actor, attack.actor_known_as) == ("ASSAULT", "army", "Syrian Arab Army")
    assert attack.incident == next(iter(ledger.claims(document="wire-1"))).incident
    assert (talks.recipient, talks.recipients) == ("Dara Veldt", ("patients",))
    assert talks.incident is None
    assert len(list(ledger.events(actor="syrian arab"))) == 1
    with pytest.raises(InputError, match="nothing can be asked by harm"):
        ledger.events(harm="killed")


def test_frames_have_the_same_rows(ledger: OpenLedger) -> None:
    table = ledger.claims().to_arrow()
    assert table.num_rows == len(list(ledger.claims())) == 13
    assert table.column("high").null_count > 0


def test_pandas_keeps_nothing_apart_from_none(ledger: OpenLedger) -> None:
    pandas = pytest.importorskip("pandas")
    frame = ledger.claims().to_pandas()
    assert str(frame["low"].dtype).startswith("int64")
    assert pandas.isna(frame["high"][0])


def test_polars_has_the_same_rows(ledger: OpenLedger) -> None:
    pytest.importorskip("polars")
    assert ledger.incidents().to_polars().height == 1


def test_what_is_not_there_is_told_in_one_line(ledger: OpenLedger, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(InputError, match="nothing can be asked by plaice"):
        ledger.claims(plaice="Orvale")
    monkeypatch.setitem(sys.modules, "polars", None)
    with pytest.raises(InputError, match="pip install polars"):
        ledger.claims().to_polars()


def test_importing_loads_nothing_that_takes_long() -> None:
    script = (
        "import sys, cairn; print(sorted({'pyarrow', 'openpyxl', 'sqlalchemy', 'numpy'} & set(sys.modules)))"
    )
    done = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)  # noqa: S603
    assert done.stdout.strip() == "[]"
