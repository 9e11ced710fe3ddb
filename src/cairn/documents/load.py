"""Load documents, one after the other: each is read or skipped with a reason, none stops the rest."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path
from typing import BinaryIO

from cairn.documents.files import Columns, open_pieces
from cairn.documents.inputs import Input, Kind, find_inputs
from cairn.documents.language import ENGLISH, name_language
from cairn.documents.pieces import Piece, Refused, read_piece
from cairn.errors import DocumentError
from cairn.records import DateBasis, Document, Skipped

_SAMPLE_BYTES = 16 * 1024 * 1024
"""How much of a JSON Lines file is looked at to count its lines, or to estimate them in a longer one."""


def load_documents(
    paths: Sequence[str],
    *,
    published: dt.date | None = None,
    outlet: str | None = None,
    stdin: BinaryIO | None = None,
    columns: Columns | None = None,
    wanted: Callable[[Path], bool] = lambda _: True,
) -> Iterator[Document | Skipped]:
    """Yield the documents that ``paths`` lead to, each read when it is asked for.

    Texts (.txt, .md) are kept exactly as decoded, without a byte order mark. Pages (.html, .htm) give their
    article, PDF files their text layer, mails (.eml, .mbox) their body. JSON Lines (.jsonl, .jsonl.gz) carry
    one object a line: id, text, published, and optionally outlet, title, url, byline and set; other keys are
    ignored. Tables (.csv, .tsv) carry the same in columns. Web archives (.warc, .wet, packed or not) give the
    articles in their pages. Directories are searched for all of these. ``-`` is standard input: JSON Lines
    when its first line is an object, else one text.

    Args:
        paths: files, directories, or ``-``.
        published: day of publication for documents that carry none; goes before a date guessed from a page.
        outlet: who printed the documents that do not say.
        columns: what the user says of tables.
        stdin: what ``-`` reads, opened for bytes; the process's own standard input when ``None``.
        wanted: says of a file whether it is to be read; all have the ids that they would have together.

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
        if not wanted(entry.path):
            continue
        for piece in open_pieces(entry, stdin=stdin, columns=columns):
            outcome = load_piece(piece, published=published, outlet=outlet)
            if isinstance(outcome, Document) and outcome.id in used:
                reason = f"{piece.name} has the id {outcome.id}, already used by {used[outcome.id]}"
                yield Skipped(document_id=outcome.id, reason=f"{reason}; give each report its own id")
            elif isinstance(outcome, Document):
                used[outcome.id] = piece.name
                yield outcome
            else:
                yield outcome


def load_piece(
    piece: Piece | Refused, *, published: dt.date | None, outlet: str | None
) -> Document | Skipped:
    """Return the document in a piece, or why there is none that can be read for claims.

    Args:
        piece: as it came out of a file.
        published: as for ``load_documents``.
        outlet: likewise.
    """
    if isinstance(piece, Refused):
        return Skipped(document_id=piece.name, reason=f"{piece.name} {piece.reason}")
    try:
        document = read_piece(piece, guess_date=published is None)
    except DocumentError as error:
        return Skipped(document_id=piece.id, reason=f"{piece.name} {error}")
    if document.language in (None, ENGLISH):
        return fill(document, published, outlet)
    language = name_language(document.language)
    reason = f"{piece.name} is in {language}, and only English can be read; give an English text"
    return Skipped(document_id=document.id, reason=reason)


def count_inputs(paths: Sequence[str]) -> int | None:
    """Estimate how many results ``load_documents`` will yield, for a progress bar.

    A file counts as one; of JSON Lines the lines are counted, in a long file estimated from its start.

    Returns:
        ``None`` when it takes reading everything to know: standard input, gzipped files, mailboxes, web
        archives.
    """
    total = 0
    for entry in find_inputs(paths):
        if isinstance(entry, Skipped) or entry.kind in (Kind.TEXT, Kind.PAGE, Kind.PDF, Kind.MAIL):
            total += 1
        elif entry.kind in (Kind.LINES, Kind.TABLE):
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


def fill(document: Document, published: dt.date | None, outlet: str | None) -> Document:
    """Return the document with what the user knows of it where it does not say itself."""
    # A date that was there but could not be read is not "no date": putting another in its place would
    # silently move every "on Thursday" of the report.
    unreadable = any(note.startswith("published is ") for note in document.notes)
    given = published if document.published is None and not unreadable else None
    return replace(
        document,
        published=document.published or given,
        basis=DateBasis.GIVEN if given else document.basis,
        outlet=document.outlet or outlet,
    )
