"""Workbook: tables for a spreadsheet, typed, with every column explained beside them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cairn.errors import InputError
from cairn.exports.files.cells import converted, joined, printable_text, safe_text
from cairn.exports.files.columns import Kind, Sheet

if TYPE_CHECKING:
    from openpyxl.worksheet._write_only import WriteOnlyWorksheet

MOST_ROWS = 1_048_575
"""Rows that a sheet of a workbook holds below its head (Excel's specifications and limits)."""
MOST_CHARS = 32_767
"""Characters that a cell holds (the same)."""
LARGEST = 2**53
"""Whole numbers beyond are not kept to the last digit: a spreadsheet's numbers are doubles."""
WIDTHS = {Kind.TEXT: 22, Kind.TEXTS: 22, Kind.DAY: 12, Kind.MOMENT: 20}
WIDTH = 11
"""Width of a column, in characters."""
EXPLAINED, READING = "columns", "how to read this data"


def check_size(rows: int, what: str) -> None:
    """Refuse more rows than a sheet holds.

    Raises:
        InputError: one line that says what to do instead.
    """
    if rows > MOST_ROWS:
        raise InputError(
            f"{rows:,} {what} are more than a workbook's {MOST_ROWS:,} rows; narrow what is asked for, "
            "or write csv or parquet"
        )


def write_workbook(sheets: Sequence[Sheet], guide: Iterable[str], path: Path) -> int:
    """Write tables as a workbook, one sheet each; return how many rows there were.

    Cells are typed: days are days, numbers numbers, and nothing is a formula. Two more sheets explain every
    column and say how the data are to be read.

    Args:
        sheets: in order; each has at most ``MOST_ROWS`` rows.
        guide: how to read the data, a paragraph each.
        path: of the new file.
    """
    from openpyxl import Workbook  # takes a third of a second, and most commands write no workbook

    book, count = Workbook(write_only=True), 0
    for sheet in sheets:
        count += _write_sheet(book.create_sheet(sheet.layout.name), sheet)
    explained = book.create_sheet(EXPLAINED)
    _prepare(explained, [12, 22, 16, 100])
    explained.append(["table", "column", "type", "holds"])
    for sheet in sheets:
        for column in sheet.layout.columns:
            explained.append([sheet.layout.name, column.name, column.kind.value, column.holds])
    reading = book.create_sheet(READING)
    reading.column_dimensions["A"].width = 120
    for line in guide:
        reading.append([_text(line)])
    book.save(path)
    return count


def _write_sheet(into: WriteOnlyWorksheet, sheet: Sheet) -> int:
    columns = sheet.layout.columns
    _prepare(into, [WIDTHS.get(column.kind, WIDTH) for column in columns])
    into.append(sheet.layout.names)
    count = 0
    for cells in sheet.cells():
        plain = converted(cells, columns, WRITTEN)
        for row in zip(*plain, strict=True):
            into.append(row)
            count += 1
    return count


def _prepare(sheet: WriteOnlyWorksheet, widths: Sequence[int]) -> None:
    """Freeze the head and set the widths; both come before the first row."""
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"
    for number, width in enumerate(widths, 1):
        sheet.column_dimensions[get_column_letter(number)].width = width


def _text(text: str) -> str:
    return printable_text(safe_text(text[: MOST_CHARS - 1]) or "")


def _moment(moment: dt.datetime) -> dt.datetime:
    """Return a moment as a spreadsheet has it: without a zone, in UTC."""
    return moment.astimezone(dt.UTC).replace(tzinfo=None)


def _number(number: int) -> int | str:
    return number if abs(number) < LARGEST else str(number)


WRITTEN: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: _text,
    Kind.TEXTS: lambda texts: _text(joined(texts)) or None,
    Kind.MOMENT: _moment,
    Kind.WHOLE: _number,
}
"""How kinds are written that a workbook does not hold as they are."""
