"""Load documents, one after the other: each is read or skipped with a reason, none stops the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import replace
from typing import BinaryIO

from cairn.documents.files import read_input
from cairn.documents.inputs import Input, Kind, find_inputs
from cairn.records import Document, Skipped

_SAMPLE_BYTES = 16 * 1024 * 1024
"""How much of a JSON Lines file is looked at to count its lines, or to estimate them in a longer one."""


def load_documents(
    paths: Sequence[str],
    *,
    published: dt.date | None = None,
    outlet: str | None = None,
    stdin: BinaryIO | None = None,
) -> Iterator[Document | Skipped]:
    """Yield the documents that ``paths`` lead to, each read when it is asked for.

    Texts (.txt, .md) are kept exactly as decoded, without a byte order mark. Pages (.html, .htm) give their
    article. JSON Lines (.jsonl, .jsonl.gz) carry one object a line: id, text, published, and optionally
    outlet, title, url and set; other keys are ignored. Directories are searched for all of these. ``-`` is
    standard input: JSON Lines when its first line is an object, else one text.

    Args:
        paths: files, directories, or ``-``.
        published: day of publication for documents that carry none; goes before a date guessed from a page.
        outlet: who printed the documents that do not say.
        stdin: what ``-`` reads, opened for bytes; the process's own standard input when ``None``.

    Yields:
        In the order given, directories sorted by name: a document, or why there is none. Ids are unique over
        the whole run. A ``Skipped.reason`` is one line that names the file and, in JSON Lines, the line.

    Raises:
        Nothing, whatever a path leads to and a file holds.
    """
    used: dict[str, str] = {}
    for entry in find_inputs(paths):
        if isinstance(entry, Skipped):
            yield entry
            continue
        for outcome in read_input(entry, stdin=stdin, guess_date=published is None):
            if isinstance(outcome, Skipped):
                yield outcome
            elif outcome.id in used:
                reason = f"{entry.name} has the id {outcome.id}, already used by {used[outcome.id]}"
                yield Skipped(document_id=outcome.id, reason=f"{reason}; give each report its own id")
            else:
                used[outcome.id] = entry.name
                yield _filled(outcome, published, outlet)


def count_inputs(paths: Sequence[str]) -> int | None:
    """Estimate how many results ``load_documents`` will yield, for a progress bar.

    A file counts as one; of JSON Lines the lines are counted, in a long file estimated from its start.

    Returns:
        ``None`` when it takes reading everything to know: standard input, gzipped files.
    """
    total = 0
    for entry in find_inputs(paths):
        if isinstance(entry, Skipped) or entry.kind in (Kind.TEXT, Kind.PAGE):
            total += 1
        elif entry.kind is Kind.LINES:
            total += _count_lines(entry)
        else:
            return None
    return total


def _count_lines(entry: Input) -> int:
    """Return how many lines a file has, at least 1; 1 when it cannot be opened."""
    try:
        with entry.path.open("rb") as stream:
            sample = stream.read(_SAMPLE_BYTES)
        size = entry.path.stat().st_size
    except OSError:
        return 1
    lines = sample.count(b"\n") + (not sample.endswith(b"\n"))
    return max(1, lines if len(sample) < _SAMPLE_BYTES else round(lines * size / len(sample)))


def _filled(document: Document, published: dt.date | None, outlet: str | None) -> Document:
    """Return the document with what the user knows of it where it does not say itself."""
    # A date that was there but could not be read is not "no date": putting another in its place would
    # silently move every "on Thursday" of the report.
    unreadable = any(note.startswith("published is ") for note in document.notes)
    return replace(
        document,
        published=document.published or (None if unreadable else published),
        outlet=document.outlet or outlet,
    )
