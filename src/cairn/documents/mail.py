"""Mails and mailboxes: alerts and newsletters, each as the report in its body."""

from __future__ import annotations

import datetime as dt
import email
import email.utils
import re
from collections.abc import Iterator
from email.errors import HeaderParseError
from email.header import decode_header, make_header
from email.message import Message
from typing import BinaryIO

from cairn.documents.checks import is_printable, printable, require_usable
from cairn.documents.decoding import decode
from cairn.documents.describe import describe
from cairn.documents.page_furniture import drop_furniture
from cairn.documents.page_markup import decode_page, parse_page
from cairn.documents.page_text import take_text
from cairn.errors import DocumentError, NoArticleError
from cairn.records import DateBasis, Document

MAX_MAIL_BYTES = 50_000_000
"""Largest mail, with its attachments: twice what mail servers commonly take."""

_LINE_BYTES = 1 << 16
_FROM = b"From "
_MOST_HEADER_BYTES = 1 << 18
"""Longest header: those that went through many servers have some ten thousand bytes."""

_MOST_PARTS = 200
_TEXT_SHARE = 0.5
"""Letters of the plain part, of those of the part in HTML, below which it only points to a browser."""

_EARLIEST = dt.datetime(1990, 1, 1, tzinfo=dt.UTC)


def read_mailbox(stream: BinaryIO) -> Iterator[tuple[int, bytes | None, int]]:
    """Yield each mail of an mbox file: its number from 1, its bytes, and how much was read by then.

    Mails begin with a line that begins with "From ", at the start or after an empty line (RFC 4155). Of one
    that is larger than ``MAX_MAIL_BYTES``, ``None`` is yielded and no more than that held. What stands before
    the first mail is passed over.

    Args:
        stream: opened for reading bytes.
    """
    parts: list[bytes] = []
    number = size = read = 0
    empty, whole, first = True, True, False  # the line before: was it empty, did it end, did it begin a mail
    while line := stream.readline(_LINE_BYTES):
        first = (empty and whole and line.startswith(_FROM)) or (first and not whole)
        if first and whole:
            if number:
                yield number, _joined(parts, size), read
            parts, size, number = [], 0, number + 1
        elif number and not first:
            size += len(line)
            if size <= MAX_MAIL_BYTES:
                parts.append(line)
        read += len(line)
        empty, whole = line in (b"\n", b"\r\n"), line.endswith(b"\n")
    if number:
        yield number, _joined(parts, size), read


def _joined(parts: list[bytes], size: int) -> bytes | None:
    return b"".join(parts) if size <= MAX_MAIL_BYTES else None


def read_mail(raw: bytes, *, document_id: str) -> Document:
    """Return the report in a mail: its plain part, or its part in HTML where that holds more.

    Raises:
        NoArticleError: no text in it.
        DocumentError: it cannot be taken apart; reason as a predicate.
    """
    message = parse_mail(raw)
    try:
        plain, markup, passed_over = _parts(message)
    except Exception as error:
        # Headers and parts are other people's; the parser raises many kinds on hostile ones.
        raise DocumentError(
            f"cannot be taken apart as a mail ({type(error).__name__}); save its text"
        ) from error
    text, notes = _text(plain, markup)
    require_usable(text)
    moment = sent_at(message)
    outlet, _ = email.utils.parseaddr(_header(message, "from") or "")
    if passed_over:
        shown = ", ".join(passed_over[:3]) + ("…" if len(passed_over) > 3 else "")
        notes = (*notes, f"attachments passed over: {len(passed_over)} ({shown})")
    return describe(
        Document(
            id=document_id,
            text=text,
            title=_header(message, "subject"),
            outlet=outlet if outlet and is_printable(outlet) else None,
            published=moment.date() if moment else None,
            basis=DateBasis.GIVEN if moment else None,
            notes=notes,
        )
    )


def parse_mail(raw: bytes) -> Message:
    """Return the parsed mail.

    Raises:
        DocumentError: it cannot be taken apart; reason as a predicate.
    """
    if len(re.split(rb"\r?\n\r?\n", raw[: _MOST_HEADER_BYTES + 1], maxsplit=1)[0]) > _MOST_HEADER_BYTES:
        raise DocumentError("has a header longer than any mail's, so it is none; save its text as .txt")
    try:
        message = email.message_from_bytes(raw)
    except Exception as error:
        raise DocumentError(
            f"cannot be taken apart as a mail ({type(error).__name__}); save its text"
        ) from error
    if not message.keys():
        raise DocumentError(
            "has no header lines such as From and Date, so it is no mail; save its text as .txt"
        )
    return message


def message_id(message: Message) -> str | None:
    """Return the id that its sender gave a mail, without brackets; ``None`` for none that can be used."""
    found = (_header(message, "message-id") or "").strip("<> ")
    return found if found and " " not in found and len(found) < 500 else None


def sent_at(message: Message) -> dt.datetime | None:
    """Return the moment in a mail's header, in the zone in which it was written; ``None`` for none."""
    try:
        moment = email.utils.parsedate_to_datetime(_header(message, "date") or "")
    except (ValueError, TypeError, OverflowError):
        return None
    moment = moment if moment.tzinfo else moment.replace(tzinfo=dt.UTC)
    try:
        return moment if moment >= _EARLIEST else None
    except OverflowError:
        return None


def _header(message: Message, name: str) -> str | None:
    """Return one line of a header, decoded; ``None`` when it is not there or broken beyond reading."""
    try:
        line = " ".join(str(make_header(decode_header(message.get(name, "")))).split())
    except (ValueError, LookupError, HeaderParseError):
        return None
    return line if line and is_printable(line) else None


def _parts(message: Message) -> tuple[str, str, list[str]]:
    """Return the plain part, the part in HTML, and the names of what is attached."""
    plain, markup, passed_over = "", "", []
    for number, part in enumerate(message.walk()):
        if number > _MOST_PARTS:
            break
        if part.is_multipart():
            continue
        kind = part.get_content_type()
        attached = part.get_content_disposition() == "attachment"
        if attached or kind not in ("text/plain", "text/html"):
            passed_over.append(printable(str(part.get_filename() or kind))[:60])
            continue
        raw = part.get_payload(decode=True)
        if not isinstance(raw, bytes) or not raw.strip():
            continue
        charset = part.get_content_charset()
        if kind == "text/plain" and not plain:
            plain = decode(raw, declared=charset)[0]
        elif kind == "text/html" and not markup:
            markup = decode_page(raw, charset)[0]
    return plain, markup, passed_over


def _text(plain: str, markup: str) -> tuple[str, tuple[str, ...]]:
    """Return the text of a mail, and a note where it was taken out of markup."""
    shown = _text_of(markup) if markup else ""
    if _letters(plain) and _letters(plain) >= _TEXT_SHARE * _letters(shown):
        return plain.replace("\r\n", "\n"), ()
    if not _letters(shown):
        raise NoArticleError(
            "is a mail without text; what is attached is not read, save it as a file of its own"
        )
    return shown, ("text taken out of the mail's HTML",)


def _text_of(markup: str) -> str:
    """Return the words of a mail in HTML: an article's, or all of them where there is none."""
    from trafilatura import html2txt

    tree = parse_page(markup)
    if tree is None:
        return ""
    whole = html2txt(tree)
    drop_furniture(tree)
    article = take_text(tree)
    return article if 2 * len(article) > len(whole) else whole


def _letters(text: str) -> int:
    return sum(character.isalpha() for character in text)
