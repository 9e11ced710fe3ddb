"""Laws that hold for the claims of any text, and the texts that they are tried on."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Mapping
from functools import cache
from pathlib import Path

import jsonschema
from hypothesis import strategies as st

from cairn.claims import Extraction
from cairn.claims.ground import require_grounded
from cairn.exports import report_json
from cairn.records import Document

SCHEMA = Path(__file__).parents[2] / "docs" / "report.schema.json"
SLOTS = ("means", "place", "perpetrator", "target")


@cache
def validator() -> jsonschema.Draft202012Validator:
    return jsonschema.Draft202012Validator(
        json.loads(SCHEMA.read_text(encoding="utf-8")),
        format_checker=jsonschema.Draft202012Validator.FORMAT_CHECKER,
    )


def require_lawful(document: Document, extraction: Extraction) -> None:
    """Check what holds for the claims of every text there can be."""
    text = document.text
    ids = [claim.id for claim in extraction.claims]
    assert len(ids) == len(set(ids))
    for claim in extraction.claims:
        require_grounded(claim, text)
        assert claim.document_id == document.id
        assert claim.anchor.end <= len(text)
        assert claim.anchor.words(text).strip() == claim.anchor.words(text)
        for entry in claim.evidence:
            assert all(span.end <= len(text) for span in entry.spans)
            assert list(entry.spans) == sorted(entry.spans)
        for slot in SLOTS:
            assert (getattr(claim, slot) is not None) == bool(claim.spans(slot)), slot
        # A time may show words and have no days: "on Monday" in a report that nobody has dated.
        assert claim.time is None or claim.spans("time")
        assert bool(claim.speakers) == bool(claim.spans("speakers"))
        assert any(span.overlaps(claim.anchor) for span in claim.spans("count"))
        assert claim.part_of is None or claim.part_of in set(ids) - {claim.id}
    require_no_circles({claim.id: claim.part_of for claim in extraction.claims})
    validator().validate(json.loads(json.dumps(report_json(document, extraction.claims))))


def require_no_circles(whole_of: Mapping[str, str | None]) -> None:
    """Check that no figure includes itself by way of others."""
    for start in whole_of:
        seen = {start}
        step = whole_of[start]
        while step is not None:
            assert step not in seen, f"{start} is part of itself"
            seen.add(step)
            step = whole_of.get(step)


NEWS_WORDS = """
At least 14 27 two dozen scores of hundreds no people civilians children women soldiers a man were was have
been killed killing wounded injured arrested abducted missing fled died dead by in at near on Monday
yesterday since 2011 May 27 April air strikes rockets shelling car bomb Aleppo Kano Syria Reuters told said
according to the army rebels police spokesman Observatory Syrian for Human Rights that who which including
among them and or but , . . . “ ” " ' ( ) : ; – - toll rose from hospital school market Dr Nomsa Veldt he she
they it its his her others more than up % half population if would could feared denied hostages bodies deaths
casualties families $ 5 million km year 12-year-old
"""
NEWS = st.sampled_from([*NEWS_WORDS.split(), "\n", "\n\n"])
ODD = st.sampled_from(
    [
        "\u202e",
        "\u200b",
        "\ufeff",
        "\u0000",
        "\u0007",
        "\x1b[31m",
        "🕊️",
        "👩‍👩‍👧",
        "مقتل",
        "٣٤",
        "𝟏𝟒",
        "½",
        "İ",
        "ß",
        "é",
        "\u2028",
        "\t",
    ]
)
NEWS_TEXTS = st.lists(NEWS, min_size=1, max_size=60).map(" ".join)
ODD_TEXTS = st.lists(NEWS | ODD | st.text(min_size=1, max_size=6), min_size=1, max_size=40).map(" ".join)
ANY_TEXTS = st.text(min_size=1, max_size=300) | ODD_TEXTS
DAYS = st.none() | st.dates(min_value=dt.date(1605, 1, 1), max_value=dt.date(2199, 12, 31))
