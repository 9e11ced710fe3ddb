"""Small invented texts that the tests of copies alter by hand."""

from __future__ import annotations

import datetime as dt
import random

from cairn.records import Document
from documents.copies.invent import facts, report

DAY = dt.date(2024, 3, 5)


def paragraphs(seed: int, words: int = 250) -> list[str]:
    """Return the paragraphs of one invented report; another seed is another incident and another author."""
    rng = random.Random(seed)  # noqa: S311
    return report(facts(rng), rng, words)


def document(name: str, lines: list[str] | str, later: int | None = 0, **fields: object) -> Document:
    """Return a document, published some days after ``DAY``, or on a day that nobody knows."""
    text = lines if isinstance(lines, str) else "\n".join(lines)
    published = None if later is None else DAY + dt.timedelta(days=later)
    return Document(id=name, text=text, published=published, **fields)  # type: ignore[arg-type]
