"""Returned: an exported table of claims that comes back from a spreadsheet or a program, cell by cell."""

from __future__ import annotations

import csv
import datetime as dt
import json
import math
import re
import zipfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cairn.errors import InputError
from cairn.exports.files.cells import RUNS, joined, printable_text
from cairn.exports.files.columns import Kind

DELIMITERS = (",", ";", "\t")
"""Signs between cells: spreadsheets write the second where a comma stands in numbers."""
YES, NO = ("true", "yes", "1", "wahr", "vrai"), ("false", "no", "0", "falsch", "faux")
"""What spreadsheets make of truth values, the last in German and French."""
SAME_DEGREES = 1e-9
"""How far, as a share, a decimal number may be off and still be the same: spreadsheets keep 15 digits."""

_ESCAPED = re.compile("_x(00[01][0-9A-Fa-f])_")
"""How workbooks write control signs (Office Open XML, 22.9.2.19)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Returned:
    """One row as it comes back.

    Attributes:
        number: of the row, as a spreadsheet counts it: the head is 1; of JSON Lines the line.
        cells: by the name of their column, as the file has them; columns that it lacks are not there.
    """

    number: int
    cells: Mapping[str, Any]


def read_returned(path: Path, sheet: str) -> Iterator[Returned]:
    """Yield the rows of a file of CSV, XLSX or JSON Lines, by its ending.

    Args:
        path: of the file.
        sheet: name of the table in a workbook; its first where there is none of that name.

    Raises:
        InputError: the file cannot be read, or is of another kind; one line.
    """
    readers = {".csv": _read_csv, ".jsonl": _read_lines}
    try:
        if path.suffix.lower() == ".xlsx":
            yield from _read_workbook(path, sheet)
        elif reader := readers.get(path.suffix.lower()):
            yield from reader(path)
        else:
            raise InputError(f"{path} is no .csv, .xlsx or .jsonl that cairn export wrote")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    except (UnicodeDecodeError, csv.Error, zipfile.BadZipFile) as error:
        raise InputError(f"{path} cannot be read as {path.suffix[1:]}: {error}") from error


def _read_csv(path: Path) -> Iterator[Returned]:
    with path.open(encoding="utf-8-sig", newline="") as stream:
        head = stream.readline()
        stream.seek(0)
        rows = csv.reader(stream, delimiter=max(DELIMITERS, key=head.count))
        names = next(rows, [])
        for number, row in enumerate(rows, 2):
            if row:
                yield Returned(number=number, cells=_named(path, number, names, row))


def _read_lines(path: Path) -> Iterator[Returned]:
    with path.open(encoding="utf-8") as stream:
        for number, line in enumerate(stream, 1):
            try:
                cells = json.loads(line)
            except ValueError as error:
                raise InputError(f"{path}, line {number}, is no JSON: {error}") from error
            if not isinstance(cells, dict):
                raise InputError(f"{path}, line {number}, is no object")
            yield Returned(number=number, cells=cells)


def _read_workbook(path: Path, sheet: str) -> Iterator[Returned]:
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    try:
        book = load_workbook(path, read_only=True, data_only=True)
    except (InvalidFileException, KeyError, ValueError) as error:
        raise InputError(f"{path} cannot be read as xlsx: {error}") from error
    try:
        rows = book[sheet if sheet in book.sheetnames else book.sheetnames[0]].iter_rows(values_only=True)
        names = [str(each) if each is not None else "" for each in next(rows, ())]
        for number, row in enumerate(rows, 2):
            if any(each is not None for each in row):
                yield Returned(number=number, cells=_named(path, number, names, row))
    finally:
        book.close()


def _named(path: Path, number: int, names: list[str], row: Any) -> dict[str, Any]:
    """Return the cells of a row by their columns; cells that are missing at its end are empty."""
    if any(each not in (None, "") for each in row[len(names) :]):
        raise InputError(f"{path}, row {number}, has more cells than the head")
    padded = [*row[: len(names)], *[None] * (len(names) - len(row))]
    return {name: value for name, value in zip(names, padded, strict=True) if name}


# --- cells --------------------------------------------------------------------------------------------


def read_cell(kind: Kind, given: Any, own: Any) -> Any:
    """Return the value that a cell holds: ``own`` itself where it says the same.

    Args:
        kind: of its column.
        given: as the file has it.
        own: what the ledger holds.

    Raises:
        ValueError: it is none of that kind; the message says how to write one.
    """
    listed = joined(own) if kind is Kind.TEXTS and own is not None else own
    if isinstance(given, str) and isinstance(listed, str) and _plain(given) == _plain(listed):
        return own
    if given is None or given == [] or (isinstance(given, str) and not given.strip()):
        return own if own in (None, "", ()) else () if kind is Kind.TEXTS else None
    value = _READ[kind](given)
    return own if _same(kind, value, own) else value


def _same(kind: Kind, value: Any, own: Any) -> bool:
    if own is None:
        return False
    if kind is Kind.TEXT:
        return _plain(value) == _plain(own)
    if kind is Kind.DECIMAL:
        return bool(abs(value - own) <= SAME_DEGREES * max(abs(value), abs(own)))
    return bool(value == own)


def _plain(text: str) -> str:
    """Return a text as every format and spreadsheet leaves it: white space and control signs are not kept."""
    shown = printable_text(_ESCAPED.sub(lambda found: chr(int(found[1], 16)), text))
    return " ".join(_unquoted(shown).split())


def _unquoted(text: str) -> str:
    """Return a text without the apostrophe that keeps it from running."""
    return text[1:] if text.startswith("'") and text[1:].startswith(RUNS) else text


def _text(given: Any) -> str:
    if isinstance(given, float) and given.is_integer():
        given = int(given)
    return _unquoted(str(given)).strip()


def _whole(given: Any) -> int:
    if isinstance(given, bool):
        raise ValueError("is no number of persons")
    try:
        number = float(given)
    except (TypeError, ValueError):
        raise ValueError("is no whole number; write it in digits alone, such as 1200") from None
    if not number.is_integer():
        raise ValueError("is no whole number")
    return int(given) if isinstance(given, int) or str(given).strip().isdigit() else int(number)


def _decimal(given: Any) -> float:
    try:
        number = float(given)
    except (TypeError, ValueError):
        number = math.nan
    if not math.isfinite(number):
        raise ValueError("is no number; write it with a point, such as 36.2")
    return number


def _flag(given: Any) -> bool:
    said = str(given).strip().casefold().removesuffix(".0")
    if said not in (*YES, *NO):
        raise ValueError("is neither true nor false")
    return said in YES


def _day(given: Any) -> dt.date:
    if isinstance(given, dt.datetime):
        return given.date()
    if isinstance(given, dt.date):
        return given
    try:
        return dt.date.fromisoformat(str(given).strip())
    except ValueError:
        raise ValueError("is no day; write it as 2016-04-28") from None


def _texts(given: Any) -> tuple[str, ...]:
    if isinstance(given, list):
        return tuple(str(each) for each in given)
    return tuple(each for part in _text(given).split(";") if (each := part.strip()))


_READ: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: _text,
    Kind.WHOLE: _whole,
    Kind.DECIMAL: _decimal,
    Kind.YES_NO: _flag,
    Kind.DAY: _day,
    Kind.TEXTS: _texts,
}
