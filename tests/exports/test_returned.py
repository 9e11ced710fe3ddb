"""What comes back from a spreadsheet: nothing where nothing was changed, and each change where it was."""

from __future__ import annotations

import csv
import datetime as dt
import json
from dataclasses import fields, replace
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from cairn.errors import InputError
from cairn.exports import (
    CLAIMS,
    Change,
    ClaimRow,
    FileFormat,
    Sheet,
    changes_in,
    read_returned,
    row_block,
    write_file,
)
from cairn.exports.files.claims import SEALED, seal
from cairn.exports.files.columns import Kind, Layout
from cairn.exports.files.incidents import as_they_are
from cairn.exports.files.returned import Returned, read_cell

PLAIN = Layout(name="claims", holds="a claim", columns=CLAIMS.columns, take=as_they_are)
FORMS = (FileFormat.CSV, FileFormat.XLSX, FileFormat.JSONL)
OWN = ClaimRow(
    id="clm-1", document="wire-1", outlet="Harbour Wire", published=dt.date(2026, 2, 1), url=None,
    harm="killed", count_kind="at least", low=14, high=None, approx=False, fraction=None, victims="patients",
    groups=("patient",), perpetrator="army", means="airstrike", target="hospital", target_kind="health",
    place="Orvale", country="SY", geonames_id=7, latitude=36.1234567, longitude=37.1, radius_km=2.5,
    precision="within 5 km", time_start=dt.date(2026, 2, 1), time_end=dt.date(2026, 2, 2),
    sources=("ministry", "AFP"), status="asserted", scope="incident", part_of=None, incident="inc-1",
    origins=2, provisional=False, words="At least 14 patients", anchor_start=0, anchor_end=20,
    confidence=0.94, reviewed=None, corrected=(), sensitivity="restricted", place_sensitivity="public",
    recorded_at=dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC), seal="",
)  # fmt: skip

texts = st.text(st.characters(exclude_categories=("Cs",)), max_size=12)
named = texts.filter(lambda text: bool(text.strip()))
numbers = st.integers(0, 2**63 - 1)
degrees = st.floats(-90, 90)
claims = st.builds(
    replace,
    st.just(OWN),
    low=st.none() | numbers, high=st.none() | numbers, approx=st.booleans(),
    fraction=st.none() | st.floats(0, 1), victims=st.none() | named,
    groups=st.lists(st.sampled_from(["child", "woman", "civilian"]), min_size=1, unique=True).map(tuple),
    perpetrator=st.none() | named, target=st.none() | named, place=st.none() | named,
    outlet=st.none() | named, latitude=st.none() | degrees, radius_km=st.none() | st.floats(0, 999),
    sources=st.lists(named, max_size=3).map(tuple), words=st.none() | texts, document=named,
    time_start=st.none() | st.dates(dt.date(1901, 1, 1)),
)  # fmt: skip


def sealed(row: ClaimRow) -> ClaimRow:
    return replace(row, seal=seal(tuple(getattr(row, name) for name in SEALED)))


def write(row: ClaimRow, form: FileFormat, folder: Path) -> Path:
    path = folder / f"claims.{form.value}"
    write_file(form, [Sheet(layout=PLAIN, blocks=[row_block([row], PLAIN.names)])], path, guide=())
    return path


def back(path: Path) -> Returned:
    (row,) = read_returned(path, "claims")
    return row


def changed(form: FileFormat, folder: Path, **cells: Any) -> Returned:
    """Return the row of ``OWN`` as a file brings it back, some cells typed anew."""
    row = back(write(sealed(OWN), form, folder))
    return replace(row, cells={**row.cells, **cells})


@pytest.mark.parametrize("form", FORMS)
@given(row=claims)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_what_nobody_changed_changes_nothing(form: FileFormat, row: ClaimRow, tmp_path: Path) -> None:
    own = sealed(row)
    assert changes_in(back(write(own, form, tmp_path)), own) == ([], [])


@pytest.mark.parametrize("form", FORMS)
def test_a_row_that_nobody_touched_does_not_undo_what_was_decided_since(
    form: FileFormat, tmp_path: Path
) -> None:
    now = sealed(replace(OWN, place="Sarn", reviewed="bob"))
    assert changes_in(back(write(sealed(OWN), form, tmp_path)), now) == ([], [])


def test_a_row_that_was_touched_is_refused_when_its_claim_was_changed_since(tmp_path: Path) -> None:
    now = sealed(replace(OWN, place="Sarn", reviewed="bob"))
    found, refused = changes_in(changed(FileFormat.CSV, tmp_path, means="drone"), now)
    assert found == []
    assert (refused[0].column, "by bob" in refused[0].reason) == ("seal", True)


@pytest.mark.parametrize("form", FORMS)
@pytest.mark.parametrize(
    ("cells", "slot", "value"),
    [
        ({"harm": "injured"}, "harm", "injured"),
        ({"low": "15", "high": "20"}, "count", {"low": 15, "high": 20, "approx": False, "fraction": None}),
        ({"approx": "TRUE"}, "count", {"low": 14, "high": None, "approx": True, "fraction": None}),
        (
            {"victims": "nurses", "groups": "medical; woman"},
            "victims",
            {"text": "nurses", "groups": ["medical", "woman"]},
        ),
        ({"perpetrator": ""}, "perpetrator", None),
        ({"means": "drone"}, "means", "drone"),
        ({"target": "", "target_kind": ""}, "target", None),
        (
            {"place": "Sarn"},
            "place",
            {"name": "Sarn", "country": "SY"}
            | dict.fromkeys(("geonames_id", "latitude", "longitude", "radius_km")),
        ),
        (
            {"place": "Sarn", "latitude": "35.5"},
            "place",
            {"name": "Sarn", "country": "SY", "geonames_id": 7, "latitude": 35.5}
            | {"longitude": 37.1, "radius_km": 2.5},
        ),
        ({"time_end": dt.date(2026, 2, 3)}, "time", {"start": "2026-02-01", "end": "2026-02-03"}),
        ({"sources": "hospital; AFP"}, "sources", ["hospital", "AFP"]),
        ({"sources": ""}, "sources", []),
        ({"status": "feared"}, "status", "feared"),
        ({"scope": "tally"}, "scope", "tally"),
        ({"part_of": "clm-2"}, "part_of", "clm-2"),
    ],
)  # fmt: skip
def test_a_changed_cell_is_a_correction(
    form: FileFormat, cells: dict[str, Any], slot: str, value: object, tmp_path: Path
) -> None:
    (found,), refused = changes_in(changed(form, tmp_path, **cells), sealed(OWN))
    assert refused == []
    assert (found.slot, json.loads(found.value), found.claim) == (slot, value, "clm-1")
    assert set(found.cells) == set(cells)


@pytest.mark.parametrize(
    ("cells", "column", "reason"),
    [
        ({"low": "many"}, "low", "is no whole number"),
        ({"low": "1.5"}, "low", "is no whole number"),
        ({"latitude": "nan"}, "latitude", "write it with a point"),
        ({"time_start": "01/02/26"}, "time_start", "write it as 2016-04-28"),
        ({"time_start": ""}, "time_start", "come together"),
        ({"approx": "perhaps"}, "approx", "neither true nor false"),
        ({"low": ""}, "low", "a claim needs a bound"),
        ({"harm": ""}, "harm", "cannot be empty"),
        ({"victims": ""}, "victims", "name is not in this table"),
        ({"target": ""}, "target", "come together"),
        ({"words": "at least 15"}, "words", "cannot be changed here"),
        ({"outlet": "Other"}, "outlet", "cannot be changed here"),
        ({"ruling": "bless"}, "ruling", "confirm or reject"),
    ],
)
def test_what_cannot_be_taken_is_refused_by_its_cell(
    cells: dict[str, Any], column: str, reason: str, tmp_path: Path
) -> None:
    found, (refused,) = changes_in(changed(FileFormat.CSV, tmp_path, **cells), sealed(OWN))
    assert found == []
    assert (refused.row, refused.column) == (2, column)
    assert reason in refused.reason


def test_a_row_can_confirm_or_reject_its_claim_with_a_reason(tmp_path: Path) -> None:
    found, _ = changes_in(changed(FileFormat.XLSX, tmp_path, ruling="Reject", why="told twice"), sealed(OWN))
    assert found == [
        Change(
            row=2, claim="clm-1", slot=None, before="", value="reject", cells=("ruling",), why="told twice"
        )
    ]


def test_columns_that_were_taken_out_are_as_they_were(tmp_path: Path) -> None:
    path = tmp_path / "few.csv"
    path.write_text("\ufeffid;low;means\nclm-1;16;airstrike\n", encoding="utf-8")
    (found,), _ = changes_in(back(path), sealed(OWN))
    assert (found.slot, found.cells) == ("count", ("low",))


def test_numbers_that_a_spreadsheet_shortened_are_the_same() -> None:
    assert read_cell(Kind.DECIMAL, "36.1234567000001", 36.12345670000012) == 36.12345670000012
    assert read_cell(Kind.WHOLE, 14.0, 14) == 14
    assert read_cell(Kind.WHOLE, "14", 15) == 14


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("a.txt", b"", "is no .csv, .xlsx or .jsonl"),
        ("a.xlsx", b"no zip", "cannot be read as xlsx"),
        ("a.csv", b"id\n\xff\xfe", "cannot be read as csv"),
        ("a.csv", b"id\nclm-1,more\n", "more cells than the head"),
        ("a.jsonl", b"{", "is no JSON"),
        ("a.jsonl", b"[]", "is no object"),
    ],
)
def test_a_file_that_is_none_is_one_line(name: str, content: bytes, told: str, tmp_path: Path) -> None:
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(InputError, match=told):
        list(read_returned(path, "claims"))


def test_every_field_of_a_row_is_a_column() -> None:
    assert [field.name for field in fields(ClaimRow)] == CLAIMS.names


def test_a_workbook_that_was_saved_again_is_read(tmp_path: Path) -> None:
    path = write(sealed(OWN), FileFormat.XLSX, tmp_path)
    book = openpyxl.load_workbook(path)
    sheet = book["claims"]
    heads = [cell.value for cell in sheet[1]]
    sheet.cell(2, heads.index("low") + 1).value = 15
    book.save(path)
    (found,), _ = changes_in(back(path), sealed(OWN))
    assert json.loads(found.value)["low"] == 15


def test_csv_of_a_spreadsheet_that_parts_cells_by_semicolons(tmp_path: Path) -> None:
    path = write(sealed(OWN), FileFormat.CSV, tmp_path)
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.reader(stream))
    with path.open("w", encoding="utf-8-sig", newline="") as stream:
        csv.writer(stream, delimiter=";").writerows(rows)
    assert changes_in(back(path), sealed(OWN)) == ([], [])
