"""The article's text out of a page's tree, and the lines above it, in which old pages name writer and day."""

from __future__ import annotations

import calendar
import re
from functools import cache
from typing import Any

_PARAGRAPH_CHARS = 80
"""A line this long is a paragraph and no headline, byline or date."""

_ABOVE_LINES = 12
"""Lines before the article that may tell of it: headline, section, writer, day, and a caption or two."""

_BYLINE = re.compile(r"(?:by|(?:written|posted|reported)\s+by)\b[:\s]+(?=\S)", re.IGNORECASE)
_OF_BYLINES = frozenset((
    "agencies", "al", "and", "at", "bin", "correspondent", "correspondents", "de", "for", "from", "in", "of",
    "our", "reporter", "reporters", "special", "staff", "the", "van", "von", "with", "writer",
    "writers",
))  # fmt: skip
"""Words of bylines in small letters; with others a line is a sentence: "By noon Tarn was quiet"."""

_YEAR = re.compile(r"\b(?:19|20)\d\d\b")
_COLOPHON = re.compile(r"(?:©|\(c\)|&copy;|copyright\b|all rights reserved|printed from\b)", re.IGNORECASE)
_OF_DATES = frozenset((
    "am", "at", "created", "date", "dated", "edt", "edited", "est", "first", "gmt", "issued", "last",
    "modified", "nd", "on", "pm", "posted", "published", "rd", "sept", "st", "th", "time", "updated", "utc",
    *(
        name.lower()
        for names in (calendar.month_name, calendar.month_abbr, calendar.day_name, calendar.day_abbr)
        for name in names
    ),
))  # fmt: skip
_DATE_WORDS = 10
"""Words in a line that gives a date and no more: "Last updated on Tuesday 5th March 2019 at 10:00 pm GMT"."""


def take_text(tree: Any) -> str:
    """Return the article's text, a paragraph a line; "" when there is none. The tree is left as it was."""
    from trafilatura import bare_extraction  # slow to import, and a run over plain text never does

    article = bare_extraction(tree, options=_options())
    return getattr(article, "text", None) or ""


@cache
def _options() -> Any:
    """Return trafilatura's options: its own search, without the second opinions that take twice as long.

    On the layouts of ``tests/documents/layouts`` these change nothing, once the furniture is out.
    """
    from trafilatura.settings import Extractor

    return Extractor(output_format="python", fast=True, comments=False)


def lines_above(tree: Any, text: str) -> tuple[str, ...]:
    """Return what stands above the article's first paragraph in the page, the nearest line last."""
    first = next((line for line in text.split("\n") if len(line) >= _PARAGRAPH_CHARS), text.split("\n")[0])
    above: list[str] = []
    body = tree.find(".//body")
    for piece in (tree if body is None else body).itertext():
        line = " ".join(piece.split())
        if len(line) > 20 and first.startswith(line[:_PARAGRAPH_CHARS]):
            return tuple(above[-_ABOVE_LINES:])
        if line and len(line) < _PARAGRAPH_CHARS:
            above.append(line)
    return ()


def is_byline(line: str) -> bool:
    """Say whether a line names the writer: "By Ilse Varga in Tarn"."""
    match = _BYLINE.match(line)
    if match is None or len(line) >= _PARAGRAPH_CHARS or line.endswith((".", "!", "?")):
        return False
    words = re.findall(r"[^\s,/&|]+", line[match.end() :])
    return all(word[0].isupper() or word in _OF_BYLINES for word in words)


def is_dated(line: str) -> bool:
    """Say whether a line may give a date and no more, in whatever language."""
    words = re.findall(r"[^\W\d_]+", line)
    return len(line) < _PARAGRAPH_CHARS and len(words) <= _DATE_WORDS and _YEAR.search(line) is not None


def _is_date(line: str) -> bool:
    """Say whether a line gives a date and nothing else, in English."""
    return is_dated(line) and all(word.lower() in _OF_DATES for word in re.findall(r"[^\W\d_]+", line))


def trim(text: str, *, title: str | None, byline: str | None) -> str:
    """Return the text without the lines around it that are told apart: headline, writer, day, colophon."""
    lines = text.split("\n")
    start, end = 0, len(lines)
    while start < end and _is_label(lines[start], title, byline):
        start += 1
    while end > start and _COLOPHON.match(lines[end - 1]):
        end -= 1
    return "\n".join(lines[start:end]) or text


def _is_label(line: str, title: str | None, byline: str | None) -> bool:
    bare = _bare(line)
    return not bare or bare in (_bare(title or ""), _bare(byline or "")) or is_byline(line) or _is_date(line)


def _bare(line: str) -> str:
    """Return the letters and digits of a line: headlines are not written twice with the same signs."""
    return "".join(character for character in line.casefold() if character.isalnum())
