"""Pieces: reports as they came out of files, with what came with them, before anyone has read them."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from cairn.documents.checks import require_usable
from cairn.documents.decoding import decode
from cairn.documents.describe import describe
from cairn.documents.lines import parse_object, read_object
from cairn.documents.mail import read_mail
from cairn.documents.pages import read_page
from cairn.documents.pdfs import read_pdf
from cairn.documents.unpacking import unpack_body
from cairn.records import Document, FailureKind, Headers


class Form(StrEnum):
    """How the bytes of a piece are read."""

    TEXT = "text"
    PAGE = "page"
    PDF = "pdf"
    MAIL = "mail"
    OBJECT = "object"
    """A JSON object: a line of JSON Lines, or a row of a table."""
    EXTRACT = "extract"
    """The text of a whole page, as in a WET file."""


HARD = frozenset({Form.PAGE, Form.PDF, Form.MAIL})
"""Forms that are taken apart by parsers of other people's markup, which may take long or fail badly."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Piece:
    """One report as it came.

    Attributes:
        id: of the document, unless the piece carries its own.
        name: what messages call it: "news.jsonl, line 3".
        address: where it came from: an http address, or one of its place in a file ("file:…", "mid:…").
        body: the bytes as they came.
        moment: when the address gave them, in UTC.
        offset: how many bytes of its file were read when it was found.
        media_type: in lower case, without parameters; "" when nobody said.
        charset: as the server said.
        encoding: Content-Encoding of the body.
        status: of the HTTP answer; 200 for what came otherwise.
        headers: that came with it.
        columns: field and name of its column, for a row of a table.
        date_form: how days are written in that table, in the signs of ``strptime``.
        notes: what was assumed in finding it.
        given: the path by which the user led to its file.
    """

    id: str
    name: str
    address: str
    body: bytes
    form: Form
    moment: dt.datetime
    offset: int = 0
    media_type: str = ""
    charset: str | None = None
    encoding: str = ""
    status: int = 200
    headers: Headers = ()
    columns: tuple[tuple[str, str], ...] = ()
    date_form: str | None = None
    notes: tuple[str, ...] = ()
    given: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A file, or a part of one, that gave no piece.

    Attributes:
        name: what messages call it.
        address: as a piece's.
        reason: one line, to be put behind the name.
        offset: how many bytes of its file were read when it was found.
    """

    name: str
    address: str
    kind: FailureKind
    reason: str
    offset: int = 0


def read_piece(piece: Piece, *, guess_date: bool) -> Document:
    """Return the report in a piece, in whatever language it is.

    Args:
        piece: as it came.
        guess_date: look for a day of publication in the words when nothing else carries one.

    Raises:
        DocumentError: it holds none; reason as a predicate.
    """
    match piece.form:
        case Form.PAGE:
            web = piece.address.startswith("http")
            return read_page(
                unpack_body(piece.body, piece.encoding),
                document_id=piece.id,
                guess_date=guess_date,
                charset=piece.charset,
                url=piece.address if web else None,
                latest=piece.moment.date() if web else None,
            )
        case Form.PDF:
            return read_pdf(piece.body, document_id=piece.id, guess_date=guess_date)
        case Form.MAIL:
            return read_mail(piece.body, document_id=piece.id)
        case Form.OBJECT:
            return read_object(_fields(piece), piece.id, date_form=piece.date_form)
        case Form.TEXT | Form.EXTRACT:
            return _read_text(piece)


def _fields(piece: Piece) -> Mapping[str, Any]:
    """Return what an object holds by the names of fields: a table's columns have names of their own."""
    content = parse_object(piece.body)
    if not piece.columns:
        return content
    return {**{field: content.get(column) for field, column in piece.columns}, "notes": piece.notes}


def _read_text(piece: Piece) -> Document:
    text, notes = decode(unpack_body(piece.body, piece.encoding), declared=piece.charset)
    require_usable(text)
    if piece.form is Form.EXTRACT:
        notes = (*notes, "text of a whole page, with its navigation")
    url = piece.address if piece.address.startswith("http") else None
    return describe(Document(id=piece.id, text=text, url=url, notes=notes))
