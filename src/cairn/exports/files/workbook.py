"""Workbook: tables for a spreadsheet, typed, with every column explained beside them."""

from __future__ import annotations

import datetime as dt
import textwrap
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cairn.errors import InputError
from cairn.exports.files.cells import converted, joined, printable_text, safe_text
from cairn.exports.files.columns import Kind, Sheet

if TYPE_CHECKING:
    from openpyxl.cell import WriteOnlyCell
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
WIDE = 110
"""Width of a column of sentences."""
LINE_HEIGHT = 15
"""Points from line to line of the font that workbooks have unless they say otherwise."""
ARROW = 3
"""Characters of the arrow that a filter puts beside a head."""
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
    _begin(explained, {"table": 12, "column": 24, "type": 16, "holds": WIDE})
    for number, (name, column) in enumerate(
        ((sheet.layout.name, column) for sheet in sheets for column in sheet.layout.columns), 2
    ):
        explained.append([name, column.name, column.kind.value, _wrapped(explained, number, column.holds)])
    reading = book.create_sheet(READING)
    reading.column_dimensions["A"].width = WIDE
    for number, line in enumerate(guide, 1):
        reading.append([_wrapped(reading, number, _text(line))])
    book.save(path)
    return count


def _write_sheet(into: WriteOnlyWorksheet, sheet: Sheet) -> int:
    from openpyxl.utils import get_column_letter

    columns = sheet.layout.columns
    widths = {each.name: max(WIDTHS.get(each.kind, WIDTH), len(each.name) + ARROW) for each in columns}
    _begin(into, widths)
    count = 0
    for cells in sheet.cells():
        plain = converted(cells, columns, WRITTEN)
        for row in zip(*plain, strict=True):
            into.append(row)
            count += 1
    into.auto_filter.ref = f"A1:{get_column_letter(len(columns))}{count + 1}"
    return count


def _begin(sheet: WriteOnlyWorksheet, heads: Mapping[str, int]) -> None:
    """Write the head, which stays in sight, over columns of the widths that are given with it."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import DEFAULT_FONT, Font
    from openpyxl.utils import get_column_letter

    sheet.freeze_panes = "A2"  # this and the widths come before the first row
    for number, width in enumerate(heads.values(), 1):
        sheet.column_dimensions[get_column_letter(number)].width = width
    bold, row = Font(name=DEFAULT_FONT.name, size=DEFAULT_FONT.size, bold=True), []
    for name in heads:
        cell = WriteOnlyCell(sheet, name)
        cell.font = bold
        row.append(cell)
    sheet.append(row)


def _wrapped(sheet: WriteOnlyWorksheet, number: int, text: str) -> WriteOnlyCell:
    """Return a sentence as a cell of a row, which is made as high as its lines are many."""
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment

    sheet.row_dimensions[number].height = LINE_HEIGHT * len(textwrap.wrap(text, WIDE - ARROW) or [""])
    cell = WriteOnlyCell(sheet, text)
    cell.alignment = Alignment(wrap_text=True, vertical="top")
    return cell


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
