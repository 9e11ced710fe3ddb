"""Every file format, opened by a reader that is not ours."""

from __future__ import annotations

import csv
import datetime as dt
import io
import json
import sqlite3
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import openpyxl
import pyarrow.parquet as pq
import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.errors import InputError
from cairn.exports import (
    CLAIMS,
    ESTIMATES,
    EVENTS,
    INCIDENTS,
    FileFormat,
    Layout,
    check_size,
    write_file,
    write_text,
)
from cairn.exports.files.cells import RUNS, safe_text
from cairn.exports.files.counts import NOBODY, NOT_TOLD, SOME, count_kind, reach, told_kind
from cairn.ledger import State, as_of
from cairn.records import Count, exactly
from cairn.tables import Question, describe, make_sheet
from exports.exported import NASTY, make_ledger

EVERY = Question()
LAYOUTS = (CLAIMS, EVENTS, INCIDENTS, ESTIMATES)


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    path = tmp_path_factory.mktemp("ledger") / "cairn.db"
    with make_ledger(path) as ledger, as_of(ledger, None) as made:
        yield made


def rows(state: State, layout: Layout) -> list[tuple[Any, ...]]:
    return list(make_sheet(state, layout, EVERY).rows())


def written(state: State, form: FileFormat, layout: Layout) -> str:
    stream = io.StringIO()
    write_text(form, make_sheet(state, layout, EVERY), stream)
    return stream.getvalue()


def in_file(state: State, form: FileFormat, folder: Path, *layouts: Layout) -> Path:
    path = folder / f"out.{form.value}"
    told = describe(state, layouts, EVERY, made_at=dt.datetime(2026, 3, 2, tzinfo=dt.UTC))
    write_file(form, [make_sheet(state, each, EVERY) for each in layouts], path, guide=told)
    return path


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_csv_holds_every_row_and_runs_nothing(state: State, layout: Layout) -> None:
    read = list(csv.DictReader(io.StringIO(written(state, FileFormat.CSV, layout))))
    assert len(read) == len(rows(state, layout)) > 0
    assert list(read[0]) == layout.names
    numbers = {each.name for each in layout.columns if each.kind in ("whole number", "decimal number")}
    cells = [value for row in read for name, value in row.items() if name not in numbers]
    assert [value for value in cells if value.startswith(RUNS)] == []
    if layout is EVENTS:
        assert {f"'{name}" for name in NASTY[:5]} <= {row["actor"] for row in read}
    if layout is CLAIMS:
        assert {f"'{name}" for name in NASTY[:5]} <= {row["perpetrator"] for row in read}
        assert read[0]["time_start"] == "2026-02-01"


def test_nobody_some_and_silence_stay_apart(state: State) -> None:
    read = list(csv.DictReader(io.StringIO(written(state, FileFormat.CSV, CLAIMS))))
    kinds = {row["count_kind"]: (row["low"], row["high"]) for row in read}
    assert kinds[NOBODY] == ("0", "0")
    assert kinds[SOME] == ("24", "")
    assert kinds[f"{SOME}: a share"] == ("", "")
    assert kinds["at least"] == ("14", "")
    injured = {
        row["injured_kind"] for row in csv.DictReader(io.StringIO(written(state, FileFormat.CSV, INCIDENTS)))
    }
    assert NOBODY in injured


def test_a_mark_of_bytes_tells_excel(state: State) -> None:
    stream = io.StringIO()
    write_text(FileFormat.CSV, make_sheet(state, CLAIMS, EVERY), stream, bom=True)
    assert stream.getvalue().startswith("\ufeffid,")


def test_json_lines_are_typed(state: State) -> None:
    read = [json.loads(line) for line in written(state, FileFormat.JSONL, CLAIMS).splitlines()]
    assert len(read) == len(rows(state, CLAIMS))
    first = read[0]
    assert (first["low"], first["high"], first["approx"]) == (14, None, False)
    assert first["sources"] == ["ministry", "AFP"]
    assert first["published"] == "2026-02-01"
    assert first["recorded_at"].endswith("Z")
    assert NASTY[0] in {row["perpetrator"] for row in read}


def test_geojson_has_points_with_their_radius(state: State) -> None:
    read = json.loads(written(state, FileFormat.GEOJSON, INCIDENTS))
    assert read["type"] == "FeatureCollection"
    assert len(read["features"]) == len(rows(state, INCIDENTS))
    feature = read["features"][0]
    assert feature["geometry"] == {"type": "Point", "coordinates": [37.1, 36.1234567]}
    assert (feature["properties"]["radius_km"], feature["properties"]["precision"]) == (2.5, "within 5 km")
    with pytest.raises(InputError, match="no places of their own"):
        written(state, FileFormat.GEOJSON, ESTIMATES)


def test_a_workbook_is_typed_explained_and_without_formulas(state: State, tmp_path: Path) -> None:
    book = openpyxl.load_workbook(in_file(state, FileFormat.XLSX, tmp_path, *LAYOUTS))
    assert book.sheetnames == [*(layout.name for layout in LAYOUTS), "columns", "how to read this data"]
    for layout in LAYOUTS:
        sheet = book[layout.name]
        assert sheet.max_row == len(rows(state, layout)) + 1
        assert [cell.value for cell in sheet[1]] == layout.names
        assert sheet.freeze_panes == "A2"
        assert all(cell.font.bold for cell in sheet[1])
        assert sheet.auto_filter.ref == sheet.dimensions
        for cell in sheet[1]:
            assert sheet.column_dimensions[cell.column_letter].width > len(cell.value), cell.value
        assert {cell.data_type for row in sheet.iter_rows() for cell in row} <= {"s", "n", "d", "b"}
    head, first = (list(row) for row in book["claims"].iter_rows(max_row=2, values_only=True))
    cells = dict(zip(head, first, strict=True))
    assert (cells["low"], cells["high"], cells["approx"]) == (14, None, False)
    assert cells["published"].date() == dt.date(2026, 2, 1)
    explained = {row[1] for row in book["columns"].iter_rows(min_row=2, values_only=True)}
    assert {name for layout in LAYOUTS for name in layout.names} == explained
    told = "\n".join(str(row[0]) for row in book["how to read this data"].iter_rows(values_only=True))
    assert "floor and not a count" in told


def test_long_sentences_of_a_workbook_go_on_in_further_lines(state: State, tmp_path: Path) -> None:
    path = tmp_path / "out.xlsx"
    guide = ["short", "word " * 60]
    write_file(FileFormat.XLSX, [make_sheet(state, CLAIMS, EVERY)], path, guide=guide)
    sheet = openpyxl.load_workbook(path)["how to read this data"]
    heights = [sheet.row_dimensions[number].height for number in (1, 2)]
    assert heights == [15, 45]
    assert all(cell.alignment.wrap_text for (cell,) in sheet.iter_rows())


def test_a_workbook_takes_no_more_than_it_holds() -> None:
    check_size(1_048_575, "claims")
    with pytest.raises(InputError, match="1,048,576 claims are more than"):
        check_size(1_048_576, "claims")


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_parquet_holds_the_same_values(state: State, layout: Layout, tmp_path: Path) -> None:
    read = pq.read_table(in_file(state, FileFormat.PARQUET, tmp_path, layout))
    expected = [
        {
            name: list(value) if isinstance(value, tuple) else value
            for name, value in zip(layout.names, row, strict=True)
        }
        for row in rows(state, layout)
    ]
    assert read.to_pylist() == expected
    types = {field.name: str(field.type) for field in read.schema}
    assert types["time_start"] == "date32[day]"
    if layout is CLAIMS:
        assert (types["low"], types["recorded_at"]) == ("int64", "timestamp[us, tz=UTC]")
        assert read.schema.field("high").metadata[b"holds"].startswith(b"most persons")


def test_hxl_is_valid_and_keeps_the_bounds_apart(state: State, tmp_path: Path) -> None:
    hxl = pytest.importorskip("hxl")
    path = in_file(state, FileFormat.HXL, tmp_path, INCIDENTS)
    with hxl.data(str(path), hxl.InputOptions(allow_local=True)) as data:
        tags = data.display_tags
        read = list(data)
    assert {"#affected+killed+min", "#affected+killed", "#affected+killed+max", "#meta+caveat"} <= set(tags)
    assert len(read) == len(rows(state, INCIDENTS))
    with hxl.data(str(path), hxl.InputOptions(allow_local=True)) as data:
        assert hxl.validate(data)


@pytest.mark.parametrize("layout", [CLAIMS, ESTIMATES], ids=lambda layout: layout.name)
def test_hxl_spreads_each_harm_over_columns_of_its_own(state: State, layout: Layout) -> None:
    head, tags, *read = csv.reader(io.StringIO(written(state, FileFormat.HXL, layout)))
    assert len(head) == len(tags) == len(read[0])
    bounds = [place for place, tag in enumerate(tags) if tag.startswith("#affected")]
    place = head.index("killed_min")
    killed = [row for row in read if row[head.index("harm")] == "killed"]
    low = layout.names.index("low")
    assert [row[place] for row in killed] == [
        "" if row[low] is None else str(row[low]) for row in rows(state, layout) if "killed" in row
    ]
    assert all(row[place] == "" for row in read if row not in killed)
    assert len(bounds) == 7 * (3 if layout is ESTIMATES else 2)


def test_a_database_opens_with_its_explanations(state: State, tmp_path: Path) -> None:
    path = in_file(state, FileFormat.SQLITE, tmp_path, *LAYOUTS)
    with closing(sqlite3.connect(path)) as connection:
        for layout in LAYOUTS:
            (count,) = connection.execute(f"SELECT count(*) FROM {layout.name}").fetchone()  # noqa: S608
            assert count == len(rows(state, layout))
        asked = "SELECT typeof(low), typeof(high), json_extract(sources, '$[0]') FROM claims LIMIT 1"
        assert connection.execute(asked).fetchone() == ("integer", "null", "ministry")
        (told,) = connection.execute("SELECT holds FROM columns WHERE name = 'radius_km'").fetchone()
        assert "kilometres" in told
        metadata = json.loads(path.with_suffix(".metadata.json").read_text(encoding="utf-8"))
        shown = metadata["databases"]["out"]
        assert set(shown["tables"]) == {layout.name for layout in LAYOUTS}
        for layout in LAYOUTS:
            facets = shown["tables"][layout.name]["facets"]
            assert facets
            assert set(facets) < set(layout.names)
        quotes = connection.execute(shown["queries"]["quotes"]["sql"]).fetchall()
        assert len(quotes) == len(rows(state, CLAIMS))


def test_quotes_are_asked_of_claims_alone(state: State, tmp_path: Path) -> None:
    path = in_file(state, FileFormat.SQLITE, tmp_path, INCIDENTS)
    metadata = json.loads(path.with_suffix(".metadata.json").read_text(encoding="utf-8"))
    assert metadata["databases"]["out"]["queries"] == {}


def test_a_file_that_cannot_be_written_leaves_the_old_one(state: State, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    path.write_text("old", encoding="utf-8")

    def broken() -> Iterator[Any]:
        yield from ()
        raise RuntimeError

    sheet = make_sheet(state, CLAIMS, EVERY)
    with pytest.raises(RuntimeError):
        write_file(FileFormat.CSV, [type(sheet)(layout=CLAIMS, blocks=broken())], path, guide=())
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
    with pytest.raises(InputError, match="cannot write"):
        write_file(FileFormat.CSV, [sheet], tmp_path / "none" / "out.csv", guide=())


@given(st.text())
def test_no_text_runs(text: str) -> None:
    safe = safe_text(text) or ""
    assert not safe.startswith(RUNS)
    assert safe.removeprefix("'") == text.removeprefix("'")


@pytest.mark.parametrize(
    ("count", "kind"),
    [
        (exactly(49), "exactly"),
        (Count(low=150, high=150, approx=True), "about"),
        (Count(low=20), "at least"),
        (Count(high=49), "at most"),
        (Count(low=20, high=30), "between"),
        (exactly(0), NOBODY),
        (Count(low=40, approx=True), SOME),
        (Count(low=150, approx=True), "at least"),
        (Count(fraction=0.4), f"{SOME}: a share"),
    ],
)
def test_a_count_is_told_in_words(count: Count, kind: str) -> None:
    assert count_kind(count) == kind


def test_what_is_told_together() -> None:
    assert told_kind([]) == NOT_TOLD
    assert told_kind([exactly(0), exactly(0)]) == NOBODY
    assert told_kind([exactly(0), exactly(3)]) == "counted"
    assert told_kind([Count(low=24, approx=True), Count(fraction=0.5)]) == SOME


@pytest.mark.parametrize(
    ("radius", "told"),
    [(None, None), (2.0, "within 5 km"), (12.9, "within 25 km"), (999.0, "wider than 300 km")],
)
def test_a_radius_is_told_as_a_class(radius: float | None, told: str | None) -> None:
    assert reach(radius) == told
