"""How sure a reading is: of every claim and slot, between nothing and certainty, and apart from the id."""

from __future__ import annotations

import dataclasses
import datetime as dt

import pytest

from cairn.claims import extract_claims
from cairn.claims.choose import Option, choose
from cairn.claims.confidence import SLOTS
from cairn.lexicon import Lexicon, load_lexicon
from cairn.pipeline import Tools, mark_document
from cairn.records import Claim, Document, Reading

TEXT = (
    "Four dockers were killed on Monday when a mortar shell hit a market in Nairobi, the Harbour Watch said. "
    "Nine others were wounded.\n\nIn a separate attack gunmen shot a nurse dead, according to police. "
    "More than 2,000 people have been displaced across the country since 2015."
)


@pytest.fixture(scope="module")
def reading(tools: Tools) -> Reading:
    document = Document(id="d", text=TEXT, published=dt.date(2021, 7, 14))
    return mark_document(document, tools)


@pytest.fixture(scope="module")
def claims(reading: Reading, lexicon: Lexicon) -> tuple[Claim, ...]:
    return extract_claims(reading, lexicon).claims


def test_every_claim_and_slot_has_a_confidence_told_or_not(claims: tuple[Claim, ...]) -> None:
    assert len(claims) >= 4
    for claim in claims:
        assert tuple(name for name, _ in claim.confidence) == SLOTS
        assert all(0.0 < sure <= 1.0 for _, sure in claim.confidence)
    assert any(claim.perpetrator is None for claim in claims)


def test_the_id_and_the_slots_do_not_depend_on_it(
    claims: tuple[Claim, ...], reading: Reading, lexicon: Lexicon
) -> None:
    turned = {slot: {name: -weight for name, weight in table.items()}
              for slot, table in lexicon.confidence.items()}  # fmt: skip
    other = extract_claims(reading, dataclasses.replace(lexicon, confidence=turned)).claims
    assert [claim.confidence for claim in other] != [claim.confidence for claim in claims]
    assert [dataclasses.replace(claim, confidence=()) for claim in other] == [
        dataclasses.replace(claim, confidence=()) for claim in claims
    ]


def test_a_slot_without_weights_gets_none(reading: Reading, lexicon: Lexicon) -> None:
    place = {"place": lexicon.confidence["place"]}
    found = extract_claims(reading, dataclasses.replace(lexicon, confidence=place)).claims
    assert {tuple(name for name, _ in claim.confidence) for claim in found} == {("place",)}
    assert found[0].sureness() is None


def test_a_voice_told_beside_the_figure_is_surer_than_one_carried_over(claims: tuple[Claim, ...]) -> None:
    said, carried = claims[0], claims[1]
    assert said.speakers == ("Harbour Watch",)
    assert (said.sureness("speakers") or 0) > (carried.sureness("speakers") or 1)


def test_weights_stand_for_every_slot_and_trust_the_choice() -> None:
    weights = load_lexicon().confidence
    assert tuple(weights) == SLOTS
    for slot in ("perpetrator", "means", "place", "time", "speakers", "scope"):
        assert weights[slot]["sure"] > 0, slot


def test_options_of_one_answer_are_sure_together() -> None:
    weights = {"near": 1.0}
    two = [Option("Lome", ("near",), "lome"), Option("Lomé", ("near",), "lome"), Option("Accra", ("near",))]
    apart = [Option("Lome", ("near",)), Option("Lomé", ("near",)), Option("Accra", ("near",))]
    assert choose(two, weights).probability == pytest.approx(2 / 3)
    assert choose(apart, weights).probability == pytest.approx(1 / 3)
    assert choose(two, weights).value == choose(apart, weights).value == "Lome"
