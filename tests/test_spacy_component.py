"""The component of spaCy gives what ``cairn.read`` gives."""

from __future__ import annotations

import pytest

import cairn
from cairn.pipeline import Tools

spacy = pytest.importorskip("spacy")

TEXT = "Two men were shot dead in Kano on Friday, police said. A third man was wounded."


@pytest.fixture(autouse=True)
def shared_tools(monkeypatch: pytest.MonkeyPatch, tools: Tools) -> None:
    monkeypatch.setattr("cairn._tools", lambda: tools)


def test_a_blank_pipeline_reads_claims() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("cairn_claims", config={"published": "2026-03-01", "outlet": "Harbour Post"})
    doc = nlp(TEXT)
    assert doc._.claims == cairn.read(TEXT, "2026-03-01", outlet="Harbour Post")
    assert next(doc.text[claim.anchor.start : claim.anchor.end] for claim in doc._.claims) == "Two men"


def test_a_document_may_bear_its_own_day() -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("cairn_claims")
    doc = nlp.make_doc(TEXT)
    assert nlp.get_pipe("cairn_claims")(doc)._.claims[0].time is None
    doc._.published = "2026-03-01"
    (first, *_) = nlp.get_pipe("cairn_claims")(doc)._.claims
    assert first.time is not None
    assert first.time.start.isoformat() == "2026-02-27"
