"""What any document's text tells: its language, and the agencies that it names as its origin."""

from __future__ import annotations

from dataclasses import replace

from cairn.documents.credits import find_credits
from cairn.documents.language import find_language
from cairn.records import Document


def describe(document: Document) -> Document:
    """Return the document with its language and its credits."""
    return replace(
        document,
        language=document.language or find_language(document.text),
        credits=find_credits(document.text, document.byline),
    )
