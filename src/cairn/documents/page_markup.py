"""Bytes to a page's tree, in the encoding that the page really has."""

from __future__ import annotations

import re
from typing import Any

from cairn.documents.decoding import decode
from cairn.errors import TooLargeError

_DECLARED = re.compile(rb"""<meta[^>]{0,200}?charset\s*=\s*["']?\s*([A-Za-z0-9_:.-]{1,40})""", re.IGNORECASE)
_DECLARED_WITHIN_BYTES = 1024
"""Where a page has to say its encoding (HTML standard, section 4.2.5.4)."""

_XML_DECLARATION = re.compile(r"\s*<\?xml[^>]*\?>")

_WESTERN = {
    "iso-8859-1",
    "iso8859-1",
    "latin-1",
    "latin1",
    "l1",
    "us-ascii",
    "ascii",
    "windows-1252",
    "cp1252",
}
"""What pages and servers call text that nobody looked at: most is windows-1252 (WHATWG Encoding, 4.2), some
is Cyrillic or Arabic. The text decides."""


MOST_MARKUP_CHARS = 2_000_000
"""Markup of one page at most, without its scripts: ten times what live reports of a whole day have. A tree
takes up to a hundred times as much memory as its markup, and there are some copies of it."""

_UNREAD = re.compile(r"<(script|style|svg)\b(?![^>]{0,200}ld\+json)")


def decode_page(raw: bytes, charset: str | None) -> tuple[str, tuple[str, ...]]:
    """Return the markup in ``raw``, and notes on what was assumed of its encoding.

    Args:
        raw: the whole page.
        charset: as the server says; goes before what the page says itself (HTML standard, 13.2.3.2), unless
            it
            is one that servers add to everything.

    Raises:
        DocumentError: no text; reason as a predicate.
    """
    match = _DECLARED.search(raw[:_DECLARED_WITHIN_BYTES])
    own = match[1].decode("ascii").lower() if match else None
    declared = next((each for each in (charset, own) if each and each.lower() not in _WESTERN), None)
    markup, notes = decode(raw, declared=declared)
    # Bytes are text by now: a declaration left in place would have them decoded once more.
    declaration = _XML_DECLARATION.match(markup)
    return markup[declaration.end() :] if declaration else markup, notes


def parse_page(markup: str) -> Any:
    """Return the tree of a page; ``None`` when there is no element in it.

    Raises:
        TooLargeError: more markup than any report has; reason as a predicate.
    """
    from trafilatura import load_html  # slow to import, and a run over plain text never does

    if len(markup) > MOST_MARKUP_CHARS:
        markup = _without_scripts(markup)
    if len(markup) > MOST_MARKUP_CHARS:
        raise TooLargeError(
            f"has more than {MOST_MARKUP_CHARS:,} characters of markup beside its scripts; "
            "save its text as .txt"
        )
    return load_html(markup)


def _without_scripts(markup: str) -> str:
    """Return markup without scripts, styles and drawings, but with structured data."""
    lower, kept, position = markup.lower(), [], 0
    while found := _UNREAD.search(lower, position):
        kept.append(markup[position : found.start()])
        end = lower.find(f"</{found[1]}", found.end())
        position = len(markup) if end < 0 else end
    kept.append(markup[position:])
    return "".join(kept)
