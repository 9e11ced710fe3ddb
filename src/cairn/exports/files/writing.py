"""Writing: every format by its name."""

from __future__ import annotations

import gc
import os
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from enum import StrEnum
from pathlib import Path
from typing import TextIO

import orjson

from cairn.errors import InputError
from cairn.exports.files.columns import Sheet
from cairn.exports.files.database import datasette_metadata, write_database
from cairn.exports.files.delimited import write_csv, write_hxl
from cairn.exports.files.hxl import tagged
from cairn.exports.files.lines import write_geojson, write_jsonl
from cairn.exports.files.parquet import write_parquet
from cairn.exports.files.workbook import write_workbook


class FileFormat(StrEnum):
    """What a table can be written as."""

    CSV = "csv"
    JSONL = "jsonl"
    GEOJSON = "geojson"
    XLSX = "xlsx"
    PARQUET = "parquet"
    HXL = "hxl"
    SQLITE = "sqlite"


ENDINGS = {FileFormat.HXL: "hxl.csv", FileFormat.SQLITE: "db"}
"""How files are named whose ending is not the name of their format."""
IN_FILES = frozenset({FileFormat.XLSX, FileFormat.PARQUET, FileFormat.SQLITE})
"""Formats that go to a file and never to the terminal."""
SEVERAL = frozenset({FileFormat.XLSX, FileFormat.SQLITE})
"""Formats that hold several tables in one file."""


@contextmanager
def _uncollected() -> Iterator[None]:
    """Keep the collector of cycles from going through every row, which takes a third of the time.

    Rows hold no cycles and go when the next ones come.
    """
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def write_text(form: FileFormat, sheet: Sheet, stream: TextIO, *, bom: bool = False) -> int:
    """Write one table to an open stream, in one of the formats that are text; return how many rows."""
    with _uncollected():
        if form is FileFormat.CSV:
            return write_csv(sheet, stream, bom=bom)
        if form is FileFormat.HXL:
            layout, tags = tagged(sheet.layout)
            return write_hxl(Sheet(layout=layout, blocks=sheet.blocks), stream, tags)
        return (write_geojson if form is FileFormat.GEOJSON else write_jsonl)(sheet, stream)


def write_file(
    form: FileFormat, sheets: Sequence[Sheet], path: Path, *, guide: Sequence[str], bom: bool = False
) -> int:
    """Write tables to a file, which is there when it is whole and not before; return how many rows.

    Args:
        form: one of ``SEVERAL`` where there are several tables.
        sheets: are read once.
        path: is overwritten.
        guide: how to read them, for formats that have room for it.
        bom: begin CSV with a byte order mark.

    Raises:
        InputError: the file cannot be written; one line.
    """
    part = path.with_name(path.name + ".part")
    try:
        part.unlink(missing_ok=True)
        with _uncollected():
            count = _write(form, sheets, part, guide, bom=bom)
        os.replace(part, path)
        if form is FileFormat.SQLITE:
            metadata = datasette_metadata(sheets, guide, path.stem)
            path.with_suffix(".metadata.json").write_bytes(orjson.dumps(metadata, option=orjson.OPT_INDENT_2))
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
    return count


def _write(form: FileFormat, sheets: Sequence[Sheet], path: Path, guide: Sequence[str], *, bom: bool) -> int:
    if form is FileFormat.XLSX:
        return write_workbook(sheets, guide, path)
    if form is FileFormat.SQLITE:
        return write_database(sheets, guide, path)
    (sheet,) = sheets
    if form is FileFormat.PARQUET:
        return write_parquet(sheet, path)
    with path.open("w", encoding="utf-8", newline="\n") as stream:
        return write_text(form, sheet, stream, bom=bom)
