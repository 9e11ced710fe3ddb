"""Lists of addresses to fetch: one a line, or a column of a table, as GDELT publishes them."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Iterable, Iterator
from itertools import islice
from pathlib import Path
from typing import TextIO

from cairn.errors import DocumentError

_MAX_LINE_CHARS = 1_000_000
"""Longest line that is read; GKG's have some ten thousand characters."""

_SAMPLE_LINES = 200
"""Lines by which the column of addresses is told."""

_ADDRESS = re.compile(r"https?://(?:(?![;|,]https?://)[^\s\"'<>]){3,2000}", re.IGNORECASE)
"""One address, and not several with a sign between, as GDELT's lists of pictures are."""
_PICTURE = re.compile(r"\.(?:jpe?g|png|gif|webp|svg|mp4|mp3|ico)(?:[?#]|$)", re.IGNORECASE)


def read_addresses(path: Path) -> Iterator[str]:
    """Yield the addresses of reports in a list, each once, in the list's order.

    A list is text: one address a line, or a table parted by tabs, commas or semicolons. Of a table's columns
    the one is read in which most lines hold an address and nothing else; of several such, the one with the
    most different addresses, and the first: GDELT's GKG has pictures and videos behind the report's own
    address.

    Args:
        path: of the list.

    Raises:
        DocumentError: no address in the first lines; reason as a predicate.
        OSError: the file cannot be read.
    """
    with path.open(encoding="utf-8", errors="replace", newline="") as lines:
        sample = list(islice(_bounded(lines), _SAMPLE_LINES))
        separator = _separator(sample)
        column = _column([_cells(line, separator) for line in sample])
        if column is None:
            raise DocumentError("holds no address such as https://news.example/story; expected one a line")
        seen: set[int] = set()
        for line in (*sample, *_bounded(lines)):
            cells = _cells(line, separator)
            found = _ADDRESS.fullmatch(cells[column].strip()) if column < len(cells) else None
            if found and hash(found[0]) not in seen:
                seen.add(hash(found[0]))
                yield found[0]


def is_address_list(path: Path) -> bool:
    """Say whether a text is nothing but addresses, one a line."""
    try:
        with path.open(encoding="utf-8", errors="replace", newline="") as lines:
            sample = [line for line in islice(_bounded(lines), _SAMPLE_LINES) if line.strip()]
    except OSError:
        return False
    return any(map(_is_address, sample)) and all(line.startswith("#") or _is_address(line) for line in sample)


def _is_address(line: str) -> bool:
    return _ADDRESS.fullmatch(line.strip()) is not None


def add_addresses(found: Iterable[str], listed: Path) -> tuple[int, int]:
    """Add addresses to a list, one a line; return how many were added and how many stood there before.

    Raises:
        OSError: the list cannot be written.
    """
    before: set[str] = set()
    if listed.exists():
        with listed.open(encoding="utf-8") as lines:
            before = {line.strip() for line in lines}
    added = known = 0
    listed.parent.mkdir(parents=True, exist_ok=True)
    with listed.open("a", encoding="utf-8", newline="\n") as lines:
        for address in found:
            if address in before:
                known += 1
                continue
            lines.write(f"{address}\n")
            added += 1
    return added, known


def _bounded(lines: TextIO) -> Iterator[str]:
    """Yield lines without their ends, but not those of a size that no list has; never is one of them held."""
    whole = True
    while line := lines.readline(_MAX_LINE_CHARS):
        ended = line.endswith("\n")
        if whole and (ended or len(line) < _MAX_LINE_CHARS):
            yield line.rstrip("\r\n")
        whole = ended


def _separator(sample: list[str]) -> str | None:
    """Return what parts the columns; ``None`` where a line is one address."""
    lines = [line for line in sample if line.strip()]
    if all(_is_address(line) or line.lstrip().startswith("#") for line in lines):
        return None
    counts = Counter(sign for line in lines for sign in "\t,;|" if sign in line)
    for sign in "\t,;|":
        if counts[sign] * 2 > len(lines):
            return sign
    return None


def _cells(line: str, separator: str | None) -> list[str]:
    if separator is None:
        return [line]
    if separator == "\t":
        return line.split("\t")
    try:
        return next(csv.reader([line], delimiter=separator), [])
    except csv.Error:
        return []


def _column(table: list[list[str]]) -> int | None:
    """Return the column of the reports' own addresses."""
    different: dict[int, set[str]] = {}
    for cells in table:
        for place, cell in enumerate(cells):
            if _ADDRESS.fullmatch(cell.strip()) and not _PICTURE.search(cell):
                different.setdefault(place, set()).add(cell.strip())
    if not different:
        return None
    most = max(len(found) for found in different.values())
    # Pictures without an ending and pages of feeds come near, and stand further right.
    return min(place for place, found in different.items() if 2 * len(found) > most)
