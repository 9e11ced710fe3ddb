"""Exported tables open in the tools that people have, with the same rows and the same kinds."""

from __future__ import annotations

import datetime as dt
import math
import shutil
import subprocess
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import openpyxl
import pytest

from cairn.corrections import compare_file
from cairn.exports import CLAIMS, INCIDENTS, POSITIONS, FileFormat, Layout, write_file
from cairn.exports.files.cells import write_moment
from cairn.exports.files.columns import Kind
from cairn.exports.files.returned import read_cell
from cairn.ledger import State, as_of
from cairn.tables import Question, make_sheet
from exports.exported import make_ledger

LAYOUTS = (CLAIMS, INCIDENTS, POSITIONS)
DUCKDB = {Kind.WHOLE: "BIGINT", Kind.DAY: "DATE", Kind.YES_NO: "BOOLEAN", Kind.TEXTS: "VARCHAR[]"}
"""What DuckDB calls a kind."""
LIBRE = {Kind.WHOLE: int, Kind.DECIMAL: (int, float), Kind.DAY: dt.datetime, Kind.YES_NO: bool}
"""What LibreOffice makes of a kind, in workbooks and in CSV."""
LIBRE_SECONDS = 120


@pytest.fixture(scope="module")
def state(tmp_path_factory: pytest.TempPathFactory) -> Iterator[State]:
    with make_ledger(tmp_path_factory.mktemp("ledger") / "cairn.db") as ledger, as_of(ledger, None) as made:
        yield made


def rows(state: State, layout: Layout) -> list[tuple[Any, ...]]:
    return list(make_sheet(state, layout, Question()).rows())


def written(state: State, form: FileFormat, layout: Layout, folder: Path) -> Path:
    path = folder / f"{layout.name}.{form.value}"
    write_file(form, [make_sheet(state, layout, Question())], path, guide=())
    return path


def plain(value: Any) -> Any:
    """Return a value as every tool tells it: lists as lists, moments in UTC."""
    if isinstance(value, tuple):
        return list(value)
    return value.astimezone(dt.UTC) if isinstance(value, dt.datetime) else value


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
def test_duckdb_reads_parquet_and_csv(state: State, tmp_path: Path, layout: Layout) -> None:
    duckdb = pytest.importorskip("duckdb")
    told = rows(state, layout)
    parquet, table = (written(state, form, layout, tmp_path) for form in (FileFormat.PARQUET, FileFormat.CSV))
    with duckdb.connect() as base:
        base.execute("SET TimeZone = 'UTC'")
        found = base.read_parquet(str(parquet))
        assert [[plain(value) for value in row] for row in found.fetchall()] == [
            [plain(value) for value in row] for row in told
        ]
        kinds = dict(zip(found.columns, map(str, found.types), strict=True))
        cells = base.read_csv(str(table), header=True, all_varchar=True)
        assert cells.columns == layout.names
        assert len(cells.fetchall()) == len(told)
    for column in layout.columns:
        if column.kind in DUCKDB:
            assert kinds[column.name] == DUCKDB[column.kind], column.name


def test_pandas_and_polars_keep_empty_apart_from_zero(state: State, tmp_path: Path) -> None:
    pandas, polars = pytest.importorskip("pandas"), pytest.importorskip("polars")
    lows = [row[CLAIMS.names.index("low")] for row in rows(state, CLAIMS)]
    assert {None, 0} <= set(lows)
    parquet = written(state, FileFormat.PARQUET, CLAIMS, tmp_path)
    table = written(state, FileFormat.CSV, CLAIMS, tmp_path)
    lines = written(state, FileFormat.JSONL, CLAIMS, tmp_path)
    book = written(state, FileFormat.XLSX, CLAIMS, tmp_path)
    frames = (
        pandas.read_parquet(parquet, dtype_backend="numpy_nullable"),
        pandas.read_csv(table, dtype_backend="numpy_nullable"),
        pandas.read_json(lines, lines=True, dtype_backend="numpy_nullable"),
        pandas.read_excel(book, sheet_name="claims"),
    )
    for frame in frames:
        assert list(frame.columns) == CLAIMS.names
        assert [None if pandas.isna(value) else int(value) for value in frame["low"]] == lows
    for frame in (polars.read_parquet(parquet), polars.read_csv(table), polars.read_ndjson(lines)):
        assert sorted(frame.columns) == sorted(CLAIMS.names)  # of JSON Lines in an order of its own
        assert frame["low"].to_list() == lows
    days = polars.read_parquet(parquet)["published"].to_list()
    assert days == [row[CLAIMS.names.index("published")] for row in rows(state, CLAIMS)]


@pytest.mark.parametrize("layout", [CLAIMS, INCIDENTS], ids=lambda layout: layout.name)
def test_geopandas_reads_the_points(state: State, tmp_path: Path, layout: Layout) -> None:
    geopandas = pytest.importorskip("geopandas")
    frame = geopandas.read_file(written(state, FileFormat.GEOJSON, layout, tmp_path))
    told = [dict(zip(layout.names, row, strict=True)) for row in rows(state, layout)]
    assert frame.crs.to_epsg() == 4326
    assert len(frame) == len(told)
    for point, row in zip(frame.geometry, told, strict=True):
        if row["latitude"] is None:
            assert point is None
        else:
            assert (point.x, point.y) == pytest.approx((row["longitude"], row["latitude"]))
    known = [row["radius_km"] for row in told]
    assert [None if math.isnan(each) else each for each in frame["radius_km"]] == known


def test_ogr2ogr_reads_the_points(state: State, tmp_path: Path) -> None:
    tool = shutil.which("ogrinfo")
    if tool is None:
        pytest.skip("GDAL's tools are not installed")
    path = written(state, FileFormat.GEOJSON, INCIDENTS, tmp_path)
    shown = subprocess.run(  # noqa: S603 -- a tool on the path, a file of ours
        [tool, "-so", "-al", str(path)], capture_output=True, text=True, check=True, timeout=60
    ).stdout
    assert f"Feature Count: {len(rows(state, INCIDENTS))}" in shown
    assert "radius_km: Real" in shown
    for column in INCIDENTS.columns:
        if column.kind is Kind.TEXTS:
            assert f"\n{column.name}: String (0.0)" in shown  # in any order of the rows


@pytest.mark.parametrize("layout", LAYOUTS, ids=lambda layout: layout.name)
@pytest.mark.parametrize("form", [FileFormat.XLSX, FileFormat.CSV])
def test_libreoffice_reads_the_same_cells(
    state: State, tmp_path: Path, form: FileFormat, layout: Layout
) -> None:
    office = shutil.which("soffice") or shutil.which("libreoffice")
    if office is None:
        pytest.skip("LibreOffice is not installed")
    profile = f"-env:UserInstallation={(tmp_path / 'profile').as_uri()}"
    command = [office, profile, "--headless", "--infilter=CSV:44,34,76", "--convert-to", "xlsx"]
    if form is FileFormat.XLSX:
        command.remove("--infilter=CSV:44,34,76")
    subprocess.run(  # noqa: S603 -- a tool on the path, a file of ours
        [*command, "--outdir", str(tmp_path / "read"), str(written(state, form, layout, tmp_path))],
        check=True,
        capture_output=True,
        timeout=LIBRE_SECONDS,
    )
    book = openpyxl.load_workbook(tmp_path / "read" / f"{layout.name}.xlsx", data_only=True)
    head, *read = book[layout.name].iter_rows(values_only=True)
    assert list(head) == layout.names
    told = rows(state, layout)
    assert len(read) == len(told)
    for row, own in zip(read, told, strict=True):
        for column, cell, value in zip(layout.columns, row, own, strict=True):
            if column.kind is Kind.MOMENT:
                value = value.replace(tzinfo=None) if form is FileFormat.XLSX else write_moment(value)
                assert cell == value
                continue
            assert read_cell(column.kind, cell, value) == value, column.name
            if cell is not None and column.kind in LIBRE:
                assert isinstance(cell, LIBRE[column.kind]), column.name
    if layout is CLAIMS:
        compared = compare_file(state, tmp_path / "read" / "claims.xlsx")
        assert (compared.rows, [*compared.changes], [*compared.refused]) == (len(told), [], [])


def test_libhxl_reads_figures_by_their_tags(state: State, tmp_path: Path) -> None:
    hxl = pytest.importorskip("hxl")
    path = written(state, FileFormat.HXL, INCIDENTS, tmp_path)
    with hxl.data(str(path), hxl.InputOptions(allow_local=True)) as found:
        lows = [row.get("#affected+killed+min-told") for row in found]
    told = [row[INCIDENTS.names.index("policy_killed_low")] for row in rows(state, INCIDENTS)]
    assert lows == ["" if low is None else str(low) for low in told]
