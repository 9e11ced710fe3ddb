"""Tables (CSV, TSV): a report a row, in columns that say what they hold or that the user names."""

from __future__ import annotations

import csv
import io
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import BinaryIO, TextIO

from cairn.documents.checks import MAX_DOCUMENT_BYTES, shortened
from cairn.documents.decoding import decode
from cairn.errors import DocumentError, InputError, TooLargeError, WrongKindError

FIELDS = ("text", "published", "title", "outlet", "url", "byline", "id", "set")
"""What a column can hold; in this order columns are told by their names."""

_NAMES: Mapping[str, Sequence[str]] = {
    "text": ("text", "body", "content", "article", "articletext", "articlebody", "fulltext", "maintext",
             "story", "storytext", "report", "bodytext"),
    "published": ("published", "date", "pubdate", "publishedat", "publishdate", "publicationdate",
                  "datepublished", "publishedon", "publisheddate", "datetime", "articledate", "reportdate"),
    "title": ("title", "headline", "articletitle", "heading"),
    "outlet": ("outlet", "source", "publisher", "newspaper", "publication", "sourcename", "medium", "site",
               "domain"),
    "url": ("url", "link", "sourceurl", "articleurl", "address", "permalink", "weburl"),
    "byline": ("byline", "author", "authors", "writer"),
    "id": ("id", "uid", "docid", "documentid", "articleid", "reportid", "key"),
    "set": ("set", "incident", "event", "eventid", "incidentid"),
}  # fmt: skip
"""How columns are called in the tables that people keep, without spaces, signs and capitals."""

_SAMPLE_BYTES = 64 * 1024
"""How much of a table is looked at to tell its encoding and its separator."""

_SEPARATORS = ",;\t|"
_ADDRESS = re.compile(r"\s*https?://\S+\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table.

    Attributes:
        number: of its first line, from 1.
        body: the whole row as a JSON object, column by column.
        columns: field -> name of its column in that object.
        notes: what was assumed in reading the table.
    """

    number: int
    body: bytes
    columns: Mapping[str, str]
    notes: tuple[str, ...]


def read_rows(stream: BinaryIO, columns: Mapping[str, str]) -> Iterator[Row]:
    """Yield the rows of a table.

    Args:
        stream: opened for reading bytes.
        columns: field -> name of its column, where the user says so.

    Raises:
        WrongKindError: a list of addresses without texts.
        TooLargeError: a cell is more than one report may be.
        DocumentError: no table, or no column with texts; reason as a predicate.
    """
    sample = stream.read(_SAMPLE_BYTES)
    if not sample.strip():
        raise DocumentError("is empty: no line was found; expected a line of column names and a report a row")
    encoding, notes = _encoding(sample)
    whole = io.TextIOWrapper(
        io.BufferedReader(_Joined(sample, stream)), encoding, errors="replace", newline=""
    )
    csv.field_size_limit(MAX_DOCUMENT_BYTES)
    lines = csv.reader(_bounded(whole), delimiter=_separator(sample.decode(encoding, "replace")))
    number = 1
    try:
        names = next(lines)
        chosen = choose_columns(names, columns)
        for cells in lines:
            began, number = number + 1, lines.line_num
            if not any(cell.strip() for cell in cells):
                continue
            body: dict[str, str] = {}
            for name, cell in zip(names, cells, strict=False):
                body.setdefault(name, cell)  # of columns with one name the first counts
            raw = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
            yield Row(number=began, body=raw, columns=chosen, notes=notes)
    except csv.Error as error:
        if "field larger" in str(error):
            raise TooLargeError(
                f"has a cell of more than {MAX_DOCUMENT_BYTES:,} characters near line {number + 1}: a "
                "quotation mark may be opened there and never closed; the rows before it were read"
            ) from error
        raise DocumentError(
            f"is no table near line {number + 1} ({error}); export it again as CSV"
        ) from error


def _bounded(lines: TextIO) -> Iterator[str]:
    """Yield lines with their ends, but not one that no memory would hold."""
    while line := lines.readline(MAX_DOCUMENT_BYTES + 1):
        if len(line) > MAX_DOCUMENT_BYTES:
            raise TooLargeError(f"has a line of more than {MAX_DOCUMENT_BYTES:,} characters; it is no table")
        yield line


def parse_columns(given: str) -> dict[str, str]:
    """Return what ``--columns`` says: field -> name of its column.

    Args:
        given: such as "text=body,published=date".

    Raises:
        InputError: it cannot be understood.
    """
    found: dict[str, str] = {}
    for part in given.split(","):
        field, sign, name = (each.strip() for each in part.partition("="))
        if field not in FIELDS or not sign or not name:
            raise InputError(
                f"--columns {shortened(part)}: expected FIELD=COLUMN, such as text=body,published=date; "
                f"fields are {', '.join(FIELDS)}"
            )
        found[field] = name
    return found


def choose_columns(names: Sequence[str], columns: Mapping[str, str]) -> dict[str, str]:
    """Return field -> name of its column.

    Args:
        names: of all columns.
        columns: field -> name of its column, where the user says so.

    Raises:
        DocumentError: no column holds texts; reason as a predicate.
    """
    bare = {re.sub(r"[\W_]+", "", name.lower()): name for name in reversed(names)}
    chosen: dict[str, str] = {}
    for field in FIELDS:
        if field in columns:
            wanted = columns[field].strip().lower()
            named = next((name for name in names if name.strip().lower() == wanted), None)
            if named is None:
                raise DocumentError(f"has no column {shortened(columns[field])}; it has {_listed(names)}")
            chosen[field] = named
        elif found := next((bare[each] for each in _NAMES[field] if each in bare), None):
            chosen[field] = found
    if "text" in chosen:
        return chosen
    if any(_ADDRESS.match(name) for name in names) or "url" in chosen:
        raise WrongKindError("is a list of addresses and holds no texts; fetch them with cairn fetch --from")
    raise DocumentError(
        f"has the columns {_listed(names)}; say which holds the texts, as with --columns text={_guess(names)}"
    )


def _listed(names: Sequence[str]) -> str:
    shown = ", ".join(shortened(name) for name in names[:12])
    return f"{shown}, …" if len(names) > 12 else shown


def _guess(names: Sequence[str]) -> str:
    return next((name for name in names if name.strip() and "=" not in name and len(name) < 30), "NAME")


def _encoding(sample: bytes) -> tuple[str, tuple[str, ...]]:
    """Return the encoding of a table by its start, and a note on what was assumed.

    Raises:
        DocumentError: not text; reason as a predicate.
    """
    cut = sample if len(sample) < _SAMPLE_BYTES else sample[: sample.rfind(b"\n") + 1] or sample
    _, notes = decode(cut)
    told = next(
        (note.removeprefix("decoded as ") for note in notes if note.startswith("decoded as ")), "utf-8"
    )
    encoding = told.split(" ")[0]
    return ("utf-8-sig" if encoding == "utf-8" else encoding.removesuffix("-le").removesuffix("-be")), notes


def _separator(sample: str) -> str:
    """Return what parts the columns: the sign that the first line has most of, outside of quotation marks."""
    first = re.sub(r'"(?:[^"]|"")*"', "", sample).split("\n", 1)[0]
    return max(_SEPARATORS, key=first.count)


class _Joined(io.RawIOBase):
    """A stream that begins with what was read of it already."""

    def __init__(self, start: bytes, rest: BinaryIO) -> None:
        self._start = io.BytesIO(start)
        self._rest = rest

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        part = self._start.read(len(buffer)) or self._rest.read(len(buffer))
        buffer[: len(part)] = part
        return len(part)
