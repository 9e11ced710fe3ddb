"""No value without its words."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cairn.claims.ground import require_grounded
from cairn.errors import GroundingError
from cairn.records import (
    Claim,
    Evidence,
    Group,
    Harm,
    Means,
    Place,
    Span,
    Target,
    TargetKind,
    Victims,
    exactly,
)

TEXT = "Rebels shelled a clinic in Tarn, killing two nurses, the mayor said."


def at(words: str) -> Span:
    start = TEXT.index(words)
    return Span(start, start + len(words))


def claim() -> Claim:
    shown = {
        "count": "two nurses",
        "harm": "killing",
        "victims": "nurses",
        "perpetrator": "Rebels",
        "means": "shelled",
        "target": "clinic",
        "place": "Tarn",
        "speakers": "mayor",
    }
    return Claim(
        id="clm-1",
        document_id="doc",
        anchor=at("two nurses"),
        harm=Harm.KILLED,
        count=exactly(2),
        victims=Victims(text="nurses", groups=(Group.MEDICAL,)),
        perpetrator="Rebels",
        means=Means.SHELLING,
        target=Target(text="clinic", kind=TargetKind.HEALTH),
        place=Place(name="Tarn"),
        speakers=("mayor",),
        evidence=tuple(Evidence(slot=slot, spans=(at(words),)) for slot, words in shown.items()),
    )


def test_a_claim_that_shows_its_words_stands() -> None:
    require_grounded(claim(), TEXT)


@pytest.mark.parametrize(
    "slot", ["count", "harm", "victims", "perpetrator", "means", "target", "place", "speakers"]
)
def test_a_filled_slot_without_words_falls(slot: str) -> None:
    bare = replace(claim(), evidence=tuple(e for e in claim().evidence if e.slot != slot))
    with pytest.raises(GroundingError, match=rf"clm-1: {slot}"):
        require_grounded(bare, TEXT)


@pytest.mark.parametrize(
    "changed",
    [
        {"perpetrator": "rebels"},
        {"perpetrator": "The rebels"},
        {"place": Place(name="Tarn city")},
        {"victims": Victims(text="nurse", groups=(Group.MEDICAL,))},
        {"target": Target(text="hospital", kind=TargetKind.HEALTH)},
        {"speakers": ("Mayor",)},
        {"speakers": ("mayor", "Reuters")},
    ],
)
def test_a_name_that_is_not_verbatim_at_its_span_falls(changed: dict[str, object]) -> None:
    with pytest.raises(GroundingError, match="clm-1"):
        require_grounded(replace(claim(), **changed), TEXT)  # type: ignore[arg-type]


def test_evidence_outside_the_text_falls() -> None:
    with pytest.raises(GroundingError, match="outside the text"):
        require_grounded(claim(), TEXT[:-8])
