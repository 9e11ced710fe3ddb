"""Scores count what they say, and are those of the contract's referee."""

from __future__ import annotations

import importlib.util
import json
from collections.abc import Mapping
from types import ModuleType

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.evaluation import Score, load_gold, score_reports
from cairn.evaluation.score import OTHER_SLOTS, STRICT, b_cubed
from cairn.pipeline import Tools, evaluate, read_annotated
from evaluation.made import Json, annotated, disturbed, report
from tables import SHARED

REFEREE = SHARED / "tools" / "score.py"
DEV = SHARED / "gold" / "dev.jsonl"
needs_referee = pytest.mark.skipif(not REFEREE.exists(), reason="the contract's referee is not here")
needs_gold = pytest.mark.skipif(not DEV.exists(), reason="the annotated reports are not here")


def score(gold: Json, got: Json | None) -> Score:
    return score_reports({"r1": gold}, {"r1": got} if got else {})


def test_the_annotation_itself_is_all_right() -> None:
    gold = report(annotated(1), annotated(2, harm="injured", part_of="c1"))
    result = score(gold, gold)
    assert (result.claim.f1, result.strict.f1, result.linking) == (1.0, 1.0, 1.0)
    assert set(result.slots.values()) == {1.0}
    assert result.misses == ()


def test_no_prediction_counts_as_empty() -> None:
    result = score(report(annotated(1)), None)
    assert (result.claim.precision, result.claim.recall, result.claim.f1) == (0.0, 0.0, 0.0)
    assert [miss.why for miss in result.misses] == ["missed"]


def test_nothing_to_find_and_nothing_found_is_no_error() -> None:
    result = score(report(), report())
    assert result.claim.f1 == 0.0
    assert result.misses == ()


def test_a_claim_too_many_lowers_precision_only() -> None:
    result = score(report(annotated(1)), report(annotated(1), annotated(2)))
    assert (result.claim.precision, result.claim.recall) == (0.5, 1.0)
    assert [miss.why for miss in result.misses] == ["spurious"]


def test_another_harm_is_another_claim() -> None:
    result = score(report(annotated(1)), report(annotated(1, harm="injured")))
    assert result.claim.hit == 0
    assert [miss.why for miss in result.misses] == ["missed", "spurious"]


def test_anchors_need_only_overlap() -> None:
    assert score(report(annotated(1)), report(annotated(1, anchor=[17, 30]))).claim.hit == 1
    assert score(report(annotated(1)), report(annotated(1, anchor=[18, 30]))).claim.hit == 0


def test_of_two_claims_on_one_anchor_the_one_with_the_right_count_is_matched() -> None:
    wrong = annotated(1, id="w", count={"low": 9, "high": 9, "approx": False, "fraction": None})
    result = score(report(annotated(1)), report(wrong, annotated(1, id="r")))
    assert result.slots["count"] == 1.0


@pytest.mark.parametrize(
    ("slot", "changed"),
    [
        ("count", {"count": {"low": 5, "high": 5, "approx": False, "fraction": None}}),
        ("source", {"sources": ["police"]}),
        ("place", {"place": None}),
        ("time", {"time": {"start": "2021-07-04", "end": "2021-07-04"}}),
    ],
)
def test_a_strict_match_needs_every_one_of_four_slots(slot: str, changed: Json) -> None:
    result = score(report(annotated(1)), report(annotated(1, **changed)))
    assert (result.claim.hit, result.strict.hit, result.slots[slot]) == (1, 0, 0.0)
    assert result.misses[0].why == f"slots {slot}"


@pytest.mark.parametrize(
    ("slot", "changed"),
    [
        ("chain", {"sources": ["Nomsa Veldt", "Harbour Wire"]}),
        ("perpetrator", {"perpetrator": "army"}),
        ("means", {"means": None}),
        ("groups", {"victims": {"text": "farmers", "groups": ["worker", "man"]}}),
        ("status", {"status": "feared"}),
        ("scope", {"scope": "tally"}),
        ("part_of", {"part_of": "c9"}),
    ],
)
def test_another_slot_is_scored_but_not_strict(slot: str, changed: Json) -> None:
    result = score(report(annotated(1)), report(annotated(1, **changed)))
    assert result.strict.hit == 1
    assert [name for name, share in result.slots.items() if share < 1] == [slot]


def test_a_part_points_to_the_matched_whole_whatever_its_id() -> None:
    gold = report(annotated(1), annotated(2, part_of="c1"))
    got = report(annotated(1, id="x"), annotated(2, id="y", part_of="x"))
    assert score(gold, got).slots["part_of"] == 1.0


def test_incidents_are_compared_across_a_set() -> None:
    gold = {key: report(annotated(1), report_id=key, set="s") for key in ("a", "b")}
    apart = {key: report(annotated(1, incident=key), report_id=key) for key in ("a", "b")}
    assert score_reports(gold, gold).linking == 1.0
    assert score_reports(gold, apart).linking < 1.0


@given(st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from("xyz")), max_size=12))
def test_b_cubed_is_one_only_for_the_same_grouping(links: list[tuple[str, str]]) -> None:
    value = b_cubed(links)
    assert 0.0 <= value <= 1.0
    one_to_one = len(set(links)) == len({g for g, _ in links}) == len({p for _, p in links})
    assert (value > 0.999999) == (bool(links) and one_to_one)


# --- against the referee ------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def referee() -> ModuleType:
    spec = importlib.util.spec_from_file_location("referee", REFEREE)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def require_same(referee: ModuleType, gold: Mapping[str, Json], got: Mapping[str, Json]) -> None:
    """Check every figure of ours against the referee's, to its four digits."""
    ours = score_reports(gold, got)
    theirs, misses = referee.score(gold, got)
    rates = (
        *(("claim", ours.claim), ("strict", ours.strict)),
        *(("event", ours.layers.event), ("framing", ours.layers.framing)),
    )
    for name, rate in rates:
        told = theirs.get(name, {"gold": 0, "got": 0, "p": 0.0, "r": 0.0, "f1": 0.0})
        assert (rate.gold, rate.got) == (told["gold"], told["got"])
        assert round(rate.precision, 4) == told["p"]
        assert round(rate.recall, 4) == told["r"]
        assert abs(rate.f1 - told["f1"]) < 1e-4
    if ours.claim.hit:
        assert {slot: round(share, 4) for slot, share in ours.slots.items()} == theirs["slots"]
    if ours.layers.event.hit:
        assert {slot: round(share, 4) for slot, share in ours.layers.slots.items()} == theirs["event_slots"]
    assert abs(ours.linking - theirs["linking_b3"]["f1"]) < 1e-4
    assert [(miss.report_id, miss.why, miss.gold, miss.got) for miss in ours.misses] == misses


@needs_referee
def test_slots_are_the_referees(referee: ModuleType) -> None:
    assert (*STRICT, *OTHER_SLOTS) == referee.SLOTS
    assert referee.STRICT == STRICT


@needs_referee
@given(seed=st.integers(0, 10**6))
@settings(max_examples=60, deadline=None)
def test_invented_claims_score_as_the_referee_says(seed: int, referee: ModuleType) -> None:
    gold = {
        f"r{number}": report(
            *(annotated(place, part_of="c1" if place == 3 else None) for place in range(1, 6)),
            report_id=f"r{number}",
            set="s" if number < 2 else None,
        )
        for number in range(4)
    }
    require_same(referee, gold, disturbed(gold, seed))


@needs_referee
@needs_gold
@pytest.mark.parametrize("seed", range(5))
def test_disturbed_annotations_score_as_the_referee_says(seed: int, referee: ModuleType) -> None:
    gold = load_gold(DEV)
    require_same(referee, gold, disturbed(gold, seed))


@needs_referee
@needs_gold
def test_what_cairn_reads_scores_as_the_referee_says(referee: ModuleType, tools: Tools) -> None:
    gold = load_gold(DEV)
    got = read_annotated(gold, tools)
    require_same(referee, gold, json.loads(json.dumps(got)))
    few = dict(list(gold.items())[:5])
    assert evaluate(few, tools) == score_reports(few, got)
