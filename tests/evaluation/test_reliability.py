"""How far confidence can be believed: bins, distance, chance, and the plot."""

from __future__ import annotations

import random
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from eval_script import load_script
from evaluation.made import annotated, report

reliability = load_script("reliability")
Told = reliability.Told

TOLD = st.lists(
    st.builds(Told, report=st.sampled_from(["a", "b", "c"]), sure=st.floats(0, 1), right=st.booleans()),
    min_size=1,
    max_size=80,
)


def drawn(number: int, shift: float = 0.0) -> list[object]:
    """Return predictions that are right exactly as often as told, but for ``shift``."""
    chance = random.Random(7)  # noqa: S311
    sure = [chance.random() for _ in range(number)]
    return [Told(f"r{i % 40}", s, chance.random() < s * (1 - shift)) for i, s in enumerate(sure)]


@given(TOLD)
def test_bins_hold_everything_once_and_differ_by_one_at_most(told: list[object]) -> None:
    sizes = [number for _, _, number in reliability.bins_of(told)]
    assert sum(sizes) == len(told)
    assert max(sizes) - min(sizes) <= 1
    assert 0.0 <= reliability.ece_of(told) <= 1.0


def test_sure_and_always_right_has_no_error_and_sure_and_wrong_the_most() -> None:
    assert reliability.ece_of([Told("a", 1.0, True)] * 30) == 0.0
    assert reliability.ece_of([Told("a", 1.0, False)] * 30) == 1.0


def test_half_right_at_half_sure_has_no_error() -> None:
    told = [Told("a", 0.5, number % 2 == 0) for number in range(200)]
    assert reliability.ece_of(told) == pytest.approx(0.0)


def test_exact_confidence_lies_at_chance_and_a_boast_above_it() -> None:
    exact, boast = (reliability.reliability(drawn(2000, shift), 60) for shift in (0.0, 0.5))
    assert exact.ece < 0.03
    assert exact.ece == pytest.approx(exact.chance, abs=0.02)
    assert boast.ece > 0.2
    assert boast.low > boast.chance
    assert exact.low <= exact.ece <= exact.high + 0.01


def test_the_draws_are_the_same_each_time() -> None:
    told = drawn(300)
    assert reliability.reliability(told, 30) == reliability.reliability(told, 30)


def test_claims_and_slots_are_matched_as_the_scorer_does() -> None:
    sure = {"claim": 0.9, "place": 0.8, "sources": 0.7, "victims": 0.6}
    gold = {"r1": report(annotated(1), annotated(2))}
    right = annotated(1, id="x1", confidence=sure)
    elsewhere = annotated(2, id="x2", confidence=sure, place={"name": "Velmar", "country": "ZZ"})
    unmatched = annotated(9, id="x3", confidence=sure)
    found = reliability.told_by_slot(gold, {"r1": report(right, elsewhere, unmatched)})
    assert [told.right for told in found["claim"]] == [True, True, False]
    assert sorted(told.right for told in found["place"]) == [False, True]
    assert [told.right for told in found["sources"]] == [True, True]
    assert [told.sure for told in found["victims"]] == [0.6, 0.6]


def test_the_plot_is_svg_with_a_panel_each_and_escapes_what_it_is_given() -> None:
    found = {slot: reliability.reliability(drawn(100), 5) for slot in ("claim", '<place> & "time"')}
    root = ET.fromstring(reliability.plot(found, "told <b> & right"))  # noqa: S314
    name = "{http://www.w3.org/2000/svg}"
    words = [element.text or "" for element in root.iter(f"{name}text")]
    assert "told <b> & right" in words
    assert '<place> & "time"' in words
    assert len(list(root.iter(f"{name}circle"))) == 20
    assert len(list(root.iter(f"{name}polyline"))) == 2


def test_without_annotated_reports_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert reliability.main(["--gold", str(tmp_path / "none.jsonl")]) == 0
    assert capsys.readouterr().out.startswith("skipped")
