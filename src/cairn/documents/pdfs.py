"""PDF files: their text layer, page by page, within bounds; pictures of text are told as such."""

from __future__ import annotations

import io
import logging
import time
from typing import Any

from cairn.documents.checks import is_printable, require_usable
from cairn.documents.describe import describe
from cairn.documents.page_dates import guess_day
from cairn.documents.page_text import is_byline, is_dated
from cairn.errors import DocumentError, NoArticleError
from cairn.records import Document

MOST_PAGES = 200
"""Pages read of one file. Reports and press releases have up to some tens; books and court files more."""

MOST_SECONDS = 20.0
"""Processor time given to one file, looked at between pages: a page of text takes some hundredths."""

_LAYER_LETTERS = 40
"""Letters in a whole file below which it has no text layer, but a stamp or a page number on pictures."""

_READABLE_SHARE = 0.5
"""Share of letters, digits and blanks below which a text layer is noise: its fonts say no characters."""

_HEAD_LINES = 15
"""Lines at the start in which a paper says on which day it was published."""


def read_pdf(raw: bytes, *, document_id: str, guess_date: bool = True) -> Document:
    """Return the report in a PDF file.

    Args:
        raw: the whole file.
        document_id: id of the document.
        guess_date: look for its day in its first lines; files carry the day of their making, which is
            another.

    Raises:
        NoArticleError: no text layer.
        DocumentError: locked, damaged, or too long to be read in time; reason as a predicate.
    """
    title, pages, notes = _read_pages(raw)
    text = "\n\n".join(page for page in pages if page)
    letters = sum(character.isalpha() for character in text)
    if letters < _LAYER_LETTERS:
        raise NoArticleError(
            f"is a PDF with no text layer: {len(pages)} page{'s' if len(pages) != 1 else ''} of pictures; "
            "have its text recognised (OCR) and give that as .txt"
        )
    if sum(each.isalnum() or each.isspace() for each in text) < _READABLE_SHARE * len(text):
        raise NoArticleError("is a PDF whose text layer holds no words; have its text recognised (OCR)")
    require_usable(text)
    head = tuple(text.split("\n")[:_HEAD_LINES])
    dated = guess_day(None, above=head, latest=None) if guess_date else None
    byline = next((line for line in head if is_byline(line) and not is_dated(line)), None)
    return describe(
        Document(
            id=document_id,
            text=text,
            title=title,
            byline=byline.strip().removeprefix("By ") if byline else None,
            published=dated.day if dated else None,
            basis=dated.basis if dated else None,
            notes=(*notes, *(dated.notes if dated else ())),
        )
    )


def _read_pages(raw: bytes) -> tuple[str | None, list[str], tuple[str, ...]]:
    """Return the title that a file gives itself, the text of each page, and notes on what was left."""
    from pypdf import PdfReader  # slow to import, and few runs meet a PDF
    from pypdf.errors import FileNotDecryptedError, PyPdfError

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it complains of every second file
    try:
        reader = PdfReader(io.BytesIO(raw))
        if reader.is_encrypted and not reader.decrypt(""):
            raise DocumentError("is a PDF locked with a password; unlock it, or print it to a new file")
        return _title(reader), *_page_texts(reader)
    except DocumentError:
        raise
    except FileNotDecryptedError as error:
        raise DocumentError(
            "is a PDF locked with a password; unlock it, or print it to a new file"
        ) from error
    except PyPdfError as error:
        raise DocumentError(
            f"is a damaged PDF ({_first_line(error)}); get it again, or print it to a new file"
        ) from error
    except Exception as error:
        # Broken files lead the parser into errors of every kind; one of them must not end the run.
        raise DocumentError(
            f"is a PDF that cannot be taken apart ({type(error).__name__}); save its text as .txt"
        ) from error


def _page_texts(reader: Any) -> tuple[list[str], tuple[str, ...]]:
    """Return the text of each page, and what was left because there was too much of it."""
    begun, count = time.process_time(), len(reader.pages)
    texts: list[str] = []
    for number in range(min(count, MOST_PAGES)):
        if time.process_time() - begun > MOST_SECONDS:
            if not texts:
                raise DocumentError(
                    f"is a PDF that takes more than {MOST_SECONDS:.0f} s to read; save its text as .txt"
                )
            break
        text = reader.pages[number].extract_text() or ""
        texts.append("\n".join(line.rstrip() for line in text.split("\n")).strip().replace("\0", ""))
    if len(texts) < count:
        return texts, (f"only the first {len(texts)} of {count} pages were read",)
    return texts, ()


def _title(reader: Any) -> str | None:
    """Return the title in a file's properties, unless it is the name of the program's file."""
    title = " ".join(str(getattr(reader.metadata, "title", None) or "").split())
    if not title or not is_printable(title) or "." in title.split(" ")[-1][-6:-2] or len(title.split()) < 2:
        return None
    return title


def _first_line(error: Exception) -> str:
    return (str(error).split("\n")[0] or type(error).__name__)[:80]
