"""From paths as the user gave them to the list of files to read, each with its kind and its id."""

from __future__ import annotations

import os
import stat
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path
from urllib.parse import quote

from cairn.documents.checks import printable
from cairn.records import Skipped

STDIN = "-"
"""The path that stands for standard input."""

STDIN_ID = "stdin"


class Kind(StrEnum):
    """How a file is read."""

    TEXT = "text"
    """The whole file is one report."""
    PAGE = "page"
    """A saved web page: the article is taken out of it."""
    LINES = "lines"
    """One JSON object, and so one report, a line."""
    PACKED_LINES = "packed lines"
    """The same, gzipped."""
    TABLE = "table"
    """A row of named columns, and so one report, a line."""
    PARQUET = "parquet"
    """The same, column by column."""
    PDF = "pdf"
    """The whole file is one report; its text layer is read."""
    MAIL = "mail"
    """The whole file is one mail."""
    MAILBOX = "mailbox"
    """One mail after the other."""
    WARC = "warc"
    """A web archive: pages as servers sent them, or their texts (WET); packed or not."""
    STREAM = "stream"
    """Standard input: lines or text, whichever comes."""


_KINDS = {
    ".txt": Kind.TEXT,
    ".md": Kind.TEXT,
    ".html": Kind.PAGE,
    ".htm": Kind.PAGE,
    ".jsonl": Kind.LINES,
    ".jsonl.gz": Kind.PACKED_LINES,
    ".csv": Kind.TABLE,
    ".tsv": Kind.TABLE,
    ".parquet": Kind.PARQUET,
    ".pdf": Kind.PDF,
    ".eml": Kind.MAIL,
    ".mbox": Kind.MAILBOX,
    ".warc": Kind.WARC,
    ".warc.gz": Kind.WARC,
    ".wet": Kind.WARC,
    ".wet.gz": Kind.WARC,
}

_NAMED = ".txt, .md, .html, .pdf, .jsonl, .csv, .parquet, .eml, .mbox or .warc"
EXPECTED = f"a {_NAMED} file"


@dataclass(frozen=True, slots=True, kw_only=True)
class Input:
    """One file to read, or standard input.

    Attributes:
        path: as the user gave it, or as found below the directory that was given.
        name: the path as messages show it, safe to print.
        id: of the document when the whole file is one; the file's stem, or ``name`` when two share a stem.
        address: names the file in the archive: its path from the folder that was given, or from the file's
            own.
        given: the path by which the user led to it.
    """

    path: Path
    name: str
    kind: Kind
    id: str
    address: str = ""
    given: str = ""


def find_inputs(paths: Sequence[str]) -> tuple[Input | Skipped, ...]:
    """Return every file that ``paths`` lead to, in the order given, directories sorted by name.

    Below a directory, hidden entries, links to other directories, anything but regular files, and files of
    other kinds are passed over. A file reached twice is listed once. Nothing is opened.

    Returns:
        Inputs, and a ``Skipped`` for each path that leads to none.
    """
    found = tuple(_once(_given(entry, path) for path in paths for entry in _find_below(path)))
    stems = Counter(_stem(entry.path) for entry in found if isinstance(entry, Input))
    return tuple(_with_id(entry, stems) if isinstance(entry, Input) else entry for entry in found)


def _given(entry: Input | Skipped, path: str) -> Input | Skipped:
    return replace(entry, given=printable(path)) if isinstance(entry, Input) else entry


def _find_below(given: str) -> Iterator[Input | Skipped]:
    """Yield what one given path leads to."""
    name = printable(given)
    if given == STDIN:
        yield Input(path=Path(STDIN), name="standard input", kind=Kind.STREAM, id=STDIN_ID)
        return
    try:
        mode = os.stat(given).st_mode
    except FileNotFoundError:
        yield _skipped(name or "(no name)", "does not exist; check the spelling and the folder you are in")
    except (OSError, ValueError) as error:  # ValueError: a NUL in the name
        yield _skipped(name, f"cannot be opened ({_cause(error)})")
    else:
        if stat.S_ISDIR(mode):
            yield from _find_in_directory(given, name)
        elif not stat.S_ISREG(mode):
            yield _skipped(name, f"is no regular file; expected {EXPECTED}, a directory, or - for a pipe")
        elif kind := _kind(given):
            yield Input(path=Path(given), name=name, kind=kind, id="", address=_address(given, given))
        else:
            ending = printable(os.path.splitext(given)[1]) or "no suffix"
            yield _skipped(
                name, f"is of a kind ({ending}) that is not read; expected {EXPECTED}, or a directory"
            )


def _find_in_directory(given: str, name: str) -> Iterator[Input | Skipped]:
    """Yield the readable files below a directory, or one reason why there is none."""
    errors: list[OSError] = []
    found = others = 0
    for folder, subfolders, files in os.walk(given, onerror=errors.append):
        subfolders[:] = sorted(each for each in subfolders if not each.startswith("."))
        for file in sorted(each for each in files if not each.startswith(".")):
            path = os.path.join(folder, file)
            kind = _kind(file)
            if kind is None or not os.path.isfile(path):
                others += 1
                continue
            found += 1
            address = _address(given, path)
            yield Input(path=Path(path), name=printable(path), kind=kind, id="", address=address)
    for error in errors:
        yield _skipped(printable(str(error.filename)), f"cannot be opened ({_cause(error)})")
    if not found and not errors:
        passed = f"; {others} of other kinds passed over" if others else ""
        yield _skipped(name, f"is a directory with nothing to read{passed}; expected {EXPECTED} in it")


def _address(given: str, path: str) -> str:
    """Return the address of a file: "file:" and its path, beginning with the name of one folder above.

    Whole paths would carry the names of users and machines into archives that are handed on.
    """
    whole = os.path.abspath(given)
    above = os.path.dirname(whole if os.path.isdir(whole) else os.path.dirname(whole))
    return "file:" + quote(printable(Path(os.path.relpath(os.path.abspath(path), above)).as_posix()))


def _kind(path: str) -> Kind | None:
    """Return how to read a file of this name."""
    lower = path.lower()
    return next((kind for suffix, kind in _KINDS.items() if lower.endswith(suffix)), None)


def _once(entries: Iterator[Input | Skipped]) -> Iterator[Input | Skipped]:
    """Drop the files that were reached before: a directory and a file in it may both be given."""
    seen: set[str] = set()
    for entry in entries:
        if isinstance(entry, Input):
            real = os.path.realpath(entry.path)
            if real in seen:
                continue
            seen.add(real)
        yield entry


def _stem(path: Path) -> str:
    """Return the file's name without its last suffix, safe to print."""
    return printable(path.stem)


def _with_id(entry: Input, stems: Counter[str]) -> Input:
    """Give a file its stem as id, or its whole path when other files have the same stem."""
    if entry.kind is Kind.STREAM:
        return entry
    stem = _stem(entry.path)
    return replace(entry, id=stem if stems[stem] == 1 else printable(entry.path.as_posix()))


def _cause(error: Exception) -> str:
    """Return the operating system's words without its numbers and paths."""
    return (getattr(error, "strerror", None) or str(error)).lower()


def _skipped(name: str, what: str) -> Skipped:
    """Return why a path leads to nothing."""
    return Skipped(document_id=name, reason=f"{name} {what}")
