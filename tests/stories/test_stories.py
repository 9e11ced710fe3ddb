"""Stories and the bundled sample are read at least as well as they once were."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.evaluation import Score, miss_lines
from cairn.pipeline import Tools, evaluate
from properties.laws import validator
from stories.floors import SETS, figures, load_floors, raised

SHOWN = 60
LONGEST_LAG = 0.12


@pytest.fixture(scope="module")
def scores(tools: Tools) -> dict[str, Score]:
    return {name: evaluate(load(), tools) for name, load in SETS.items()}


@pytest.mark.parametrize("name", SETS)
def test_the_set_is_read_as_well_as_it_was(name: str, scores: dict[str, Score]) -> None:
    now, floors = figures(scores[name]), load_floors()[name]
    low = {figure: (now[figure], floor) for figure, floor in floors.items() if now[figure] < floor}
    if low:
        misses = "\n".join(miss_lines(scores[name], SETS[name](), SHOWN))
        pytest.fail(f"{name} fell below its floors: {low}\n{misses}")


@pytest.mark.parametrize("name", SETS)
def test_floors_are_not_far_below_what_is_reached(name: str, scores: dict[str, Score]) -> None:
    """A floor that lags behind holds nothing: raise it with ``python tests/stories/floors.py``."""
    floors = load_floors()[name]
    lag = {figure: value - floors[figure] for figure, value in figures(scores[name]).items()}
    assert max(lag.values()) < LONGEST_LAG, lag


@pytest.mark.parametrize("name", SETS)
def test_every_expected_claim_stands_in_its_text(name: str) -> None:
    for key, report in SETS[name]().items():
        ids = [claim["id"] for claim in report["claims"]]
        assert len(ids) == len(set(ids)), key
        for claim in report["claims"]:
            start, end = claim["anchor"]
            words = report["text"][start:end]
            assert words == words.strip(), key
            assert words, key
            assert claim["part_of"] is None or claim["part_of"] in set(ids) - {claim["id"]}, key
            for link in claim["sources"]:
                assert any(_stands(form, report["text"]) for form in link.split("|")), (key, link)
            if claim["place"]:
                forms = claim["place"]["name"].split("|")
                assert any(form.lower() in report["text"].lower() for form in forms), (key, forms)


def _stands(form: str, text: str) -> bool:
    """Say whether every word of a name stands in the text."""
    return all(word in text.lower() for word in form.lower().split())


@pytest.mark.parametrize("name", SETS)
def test_every_set_is_as_the_schema_says(name: str) -> None:
    for report in SETS[name]().values():
        validator().validate({"id": "story"} | report)


def test_every_story_folder_is_read() -> None:
    folders = {
        path.name for path in Path(__file__).parent.iterdir() if path.is_dir() and path.name != "__pycache__"
    }
    assert folders == {*SETS["invented"](), "aleppo"}


def test_the_sample_is_expected_whole() -> None:
    sample = Path(__file__).parents[2] / "src" / "cairn" / "sample" / "aleppo.jsonl"
    with sample.open(encoding="utf-8") as lines:
        assert [json.loads(line)["id"] for line in lines] == list(SETS["sample"]())


@given(st.floats(0, 1), st.floats(0, 1))
def test_floors_only_go_up_and_stay_below_the_figure(floor: float, now: float) -> None:
    after = raised({"claim": floor}, {"claim": now})["claim"]
    assert after >= floor
    assert after == floor or after < now
