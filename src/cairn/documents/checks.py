"""What a text must be before anyone reads it for claims."""

from __future__ import annotations

import re

from cairn.errors import DocumentError, NoArticleError, TooLargeError, WrongKindError
from cairn.records import FailureKind

MAX_DOCUMENT_BYTES = 10_000_000
"""Largest file, page or JSON line taken as one report, in bytes.

A million words or more: no news report comes near it, a dump of a whole archive pasted into one file does.
Ten million bytes of text are also what one report may cost in memory while it is read."""

_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
"""Control characters, line separators and lone surrogates: they break lines, terminals or UTF-8 output."""

_SURROGATE = re.compile("[\ud800-\udfff]")

_MAX_SHOWN_CHARS = 60
"""Longest piece of a user's value that a message repeats: a message stays one line."""


def require_usable(text: str) -> None:
    """Raise when ``text`` holds nothing to read, or cannot be written out again.

    Raises:
        DocumentError: reason as a predicate ("is empty: ..."), to be put behind the name of the document.
    """
    if not any(character.isalnum() for character in text):
        raise NoArticleError("is empty: no letter or digit was found; give it the text of a report")
    if "\0" in text:
        raise DocumentError("holds NUL characters, as binary data does; give it as plain text")
    if _SURROGATE.search(text):
        raise DocumentError(
            "holds half of a split character (a lone surrogate, such as \\ud83d), which no file can store; "
            "export the text again"
        )


def failure_kind(error: DocumentError) -> FailureKind:
    """Return what sort of failure an unreadable document is."""
    kinds = {
        NoArticleError: FailureKind.NO_ARTICLE,
        TooLargeError: FailureKind.TOO_LARGE,
        WrongKindError: FailureKind.KIND,
    }
    return next((kind for of, kind in kinds.items() if isinstance(error, of)), FailureKind.BROKEN)


def is_printable(value: str) -> bool:
    """Say whether ``value`` can stand in one line of a table, a terminal or a file in UTF-8."""
    return not _UNPRINTABLE.search(value)


def printable(value: str) -> str:
    """Return ``value`` with U+FFFD in place of every character that could break a line or a terminal."""
    return _UNPRINTABLE.sub("\ufffd", value)


def shortened(value: object) -> str:
    """Return how a message shows the user's ``value``: text quoted, printable, at most a few words."""
    # A long value is cut before it is quoted: repr of a huge or deeply nested one may not come back.
    if isinstance(value, str):
        shown = repr(value[: _MAX_SHOWN_CHARS + 1])
    elif isinstance(value, bool | int | float):
        shown = str(value)
    else:
        shown = "null" if value is None else "a list" if isinstance(value, list) else "an object"
    return shown if len(shown) <= _MAX_SHOWN_CHARS else f"{shown[:_MAX_SHOWN_CHARS]}…"
