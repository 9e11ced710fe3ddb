"""A dump is the ledger: it goes from one engine to the other and back, and shows what was changed in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from cairn.errors import LedgerError
from cairn.ledger import (
    Ledger,
    append_decisions,
    append_readings,
    dump,
    erase,
    load,
    open_ledger,
    rebuild,
    verify,
)
from cairn.records import Ruling, decide
from ledger.made import NOW, clock, names, read


def filled(ledger: Ledger) -> list[str]:
    list(append_readings(ledger, [read(name) for name in names(4)], clock, size=3))
    append_decisions(ledger, [decide(Ruling.NOTE, "clm-1", who="ann", at=NOW, why="“so”\n")], NOW)
    return list(dump(ledger))


def test_a_dump_goes_into_another_ledger_and_comes_back_the_same(ledger: Ledger, tmp_path: Path) -> None:
    lines = filled(ledger)
    with open_ledger(tmp_path / "other.db", create=True) as other:
        assert load(other, lines) == 3
        assert list(dump(other)) == lines
        assert verify(other, verify(ledger).head).faults == ()
        assert rebuild(other) == rebuild(ledger)


def test_a_dump_of_sqlite_goes_into_either_engine(place: str, tmp_path: Path) -> None:
    with open_ledger(tmp_path / "first.db", create=True) as first:
        lines = filled(first)
    with open_ledger(place, create=True) as other:
        load(other, lines)
        assert list(dump(other)) == lines
        assert verify(other).faults == ()


def test_a_ledger_that_holds_something_takes_no_dump(ledger: Ledger) -> None:
    lines = filled(ledger)
    with pytest.raises(LedgerError, match="into a new ledger"):
        load(ledger, lines)


@pytest.mark.parametrize(
    ("change", "told"),
    [
        (lambda lines: [], "no dump of a ledger"),
        (lambda lines: ["{}", *lines[1:]], "no dump of a ledger"),
        (lambda lines: [lines[0].replace('"version":"1"', '"version":"0"'), *lines[1:]], "is of version 0"),
        (lambda lines: [*lines[:3], "not JSON", *lines[3:]], "line 4 is no JSON"),
        (lambda lines: [*lines[:3], "[1]", *lines[3:]], "line 4 is no JSON object"),
        (lambda lines: [*lines[:3], '{"table": "songs"}', *lines[3:]], "'songs' is not expected"),
        (lambda lines: [lines[0], *lines[2:]], "is not expected here"),
        (lambda lines: [*lines[:3], *lines[4:]], "is not what was sealed"),
        (lambda lines: [each.replace("Orvale", "Sarn") for each in lines], "is not what was sealed"),
        (lambda lines: [each.replace('"low":14', '"low":15') for each in lines], "is not what was sealed"),
        (lambda lines: [each.replace('"harm":', '"charm":') for each in lines], "lacks 'harm'"),
    ],
)
def test_a_dump_that_was_changed_is_refused_and_nothing_of_it_kept(
    tmp_path: Path, change: object, told: str
) -> None:
    with open_ledger(tmp_path / "first.db", create=True) as first:
        lines = filled(first)
    with open_ledger(tmp_path / "other.db", create=True) as other:
        with pytest.raises(LedgerError, match=told):
            load(other, change(lines))  # type: ignore[operator]
        assert verify(other).batches == 0


def test_a_ledger_with_tombstones_goes_into_another(ledger: Ledger, tmp_path: Path) -> None:
    filled(ledger)
    erase(ledger, document="wire-2", who="court", why="order 9", at=NOW)
    with open_ledger(tmp_path / "other.db", create=True) as other:
        load(other, dump(ledger))
        assert verify(other).faults == ()
        assert list(dump(other)) == list(dump(ledger))
