"""Delimited: tables as CSV, and as CSV with the tags of the Humanitarian Exchange Language."""

from __future__ import annotations

import csv
from typing import TextIO

from cairn.exports.files.cells import PLAIN, converted
from cairn.exports.files.columns import Sheet

BOM = "\ufeff"
"""Tells Excel that a file is UTF-8."""


def write_csv(sheet: Sheet, stream: TextIO, *, bom: bool = False) -> int:
    """Write a table as CSV with a head (RFC 4180, UTF-8); return how many rows there were.

    An empty cell is "not told", 0 a stated zero, and lists are joined by semicolons. A text that a
    spreadsheet would take for a formula is led by an apostrophe.

    Args:
        sheet: is read once.
        stream: opened so that it writes the ends of lines as they come.
        bom: begin with a byte order mark, which Excel wants.
    """
    if bom:
        stream.write(BOM)
    return _write(sheet, stream, sheet.layout.names)


def write_hxl(sheet: Sheet, stream: TextIO, tags: list[str]) -> int:
    """Write a table as CSV with a row of HXL tags below the head; return how many rows there were.

    Args:
        sheet: is read once.
        stream: as for ``write_csv``.
        tags: one for each column, ``""`` where there is none.
    """
    return _write(sheet, stream, sheet.layout.names, tags)


def _write(sheet: Sheet, stream: TextIO, *heads: list[str]) -> int:
    writer = csv.writer(stream, lineterminator="\r\n")  # else a lone "\r" in a text would not be quoted
    writer.writerows(heads)
    count = 0
    for cells in sheet.cells():
        writer.writerows(zip(*converted(cells, sheet.layout.columns, PLAIN), strict=True))
        count += len(cells[0])
    return count
