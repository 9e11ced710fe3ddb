"""The gate: floors only go up, and a figure below its floor fails."""

from __future__ import annotations

import importlib.util
import json
import sys
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.evaluation import score_reports
from evaluation.made import annotated, report

SCRIPT = Path(__file__).parents[2] / "eval" / "gate.py"
GATE = SCRIPT.with_name("gate.json")


def load_script() -> ModuleType:
    spec = importlib.util.spec_from_file_location("gate", SCRIPT)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["gate"] = module
    spec.loader.exec_module(module)
    return module


gate = load_script()
FIGURES = st.dictionaries(st.sampled_from("abcd"), st.floats(0, 1).map(lambda value: round(value, 4)))


@given(floors=FIGURES, now=FIGURES)
def test_pinning_never_lowers_a_floor(floors: dict[str, float], now: dict[str, float]) -> None:
    after = gate.raised(floors, now)
    assert after.keys() == floors.keys() | now.keys()
    assert all(after[name] >= floor for name, floor in floors.items())
    assert all(after[name] in (floors.get(name), now.get(name)) for name in after)


@given(floors=FIGURES, now=FIGURES)
def test_nothing_has_fallen_where_floors_were_just_pinned_on_higher_figures(
    floors: dict[str, float], now: dict[str, float]
) -> None:
    higher = {name: max(now.get(name, 0.0), floor) for name, floor in floors.items()}
    assert gate.fallen(gate.raised(floors, higher), higher, 0.0) == ()


@pytest.mark.parametrize(
    ("now", "low"),
    [(0.8, ()), (0.79, ()), (0.797, ()), (0.7871, ()), (0.787, ()), (0.7869, ("claim",)), (0.5, ("claim",))],
)
def test_a_figure_may_lie_below_its_floor_by_the_margin(now: float, low: tuple[str, ...]) -> None:
    assert gate.fallen({"claim": 0.79}, {"claim": now}, 0.003) == low


def test_a_figure_that_is_measured_no_more_has_fallen() -> None:
    assert gate.fallen({"claim": 0.5}, {}, 0.003) == ("claim",)


def test_a_slot_is_held_by_claims_with_the_slot_right() -> None:
    gold = report(annotated(1), annotated(2), annotated(3))
    got = report(annotated(1), annotated(2, means=None))
    held = gate.figures(score_reports({"r1": gold}, {"r1": got}))
    assert held["claim"] == held["time"] == 0.8
    assert held["means"] == 0.4
    assert held["strict"] == 0.8


def test_the_pinned_gate_is_whole() -> None:
    loaded = gate.load_gate(GATE)
    assert [part.name for part in loaded.parts] == ["seed", "dev"]
    assert loaded.margin == gate.MARGIN
    for part in loaded.parts:
        assert part.floors["claim"] >= 0.75
        assert part.floors["strict"] >= 0.30
        assert len(part.sha256) == 64
    assert all(told["reason"].strip() for told in loaded.regressions)


def test_the_gate_is_written_as_it_was_read(tmp_path: Path) -> None:
    gate.write_gate(gate.load_gate(GATE), tmp_path / "gate.json")
    assert (tmp_path / "gate.json").read_text(encoding="utf-8") == GATE.read_text(encoding="utf-8")


def test_the_readme_shows_the_floors() -> None:
    readme = SCRIPT.with_name("README.md").read_text(encoding="utf-8")
    assert gate.readme_table(gate.load_gate(GATE)) in readme


# --- the command --------------------------------------------------------------------------------------


@pytest.fixture
def bench(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> dict[str, Any]:
    """A gate with one gold file, and figures that the test sets."""
    gold = tmp_path / "gold"
    gold.mkdir()
    (gold / "tarn.jsonl").write_text("{}\n", encoding="utf-8")
    bench: dict[str, Any] = {"gold": gold, "path": tmp_path / "gate.json", "now": {"claim": 0.8, "time": 0.6}}
    part = gate.Part(
        name="tarn",
        file="tarn.jsonl",
        sha256=gate.fingerprint(gold / "tarn.jsonl"),
        floors={"claim": 0.79, "time": 0.65},
    )
    gate.write_gate(gate.Gate(margin=0.003, parts=(part,)), bench["path"])
    monkeypatch.setattr(gate, "measure", lambda _: bench["now"])
    return bench


def run(bench: dict[str, Any], *options: str) -> int:
    code: int = gate.main(["--gold", str(bench["gold"]), *options], gate_path=bench["path"])
    return code


def floors(bench: dict[str, Any]) -> dict[str, float]:
    loaded: dict[str, float] = json.loads(bench["path"].read_text(encoding="utf-8"))["parts"]["tarn"][
        "floors"
    ]
    return loaded


def test_a_fall_fails_and_is_shown(bench: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert run(bench) == 1
    shown = capsys.readouterr().out
    assert "BELOW ITS FLOOR" in shown
    assert "gate: tarn: below the floor: time" in shown
    assert floors(bench) == {"claim": 0.79, "time": 0.65}


def test_no_fall_passes(bench: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    bench["now"] = {"claim": 0.8, "time": 0.66}
    assert run(bench) == 0
    assert "BELOW" not in capsys.readouterr().out


def test_pin_raises_what_rose_and_keeps_what_fell(
    bench: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(bench, "--pin") == 0
    assert floors(bench) == {"claim": 0.8, "time": 0.65}
    assert "kept above the figures of now: tarn time" in capsys.readouterr().out
    assert run(bench) == 1


def test_pin_writes_the_table_between_its_marks(bench: dict[str, Any]) -> None:
    readme = bench["path"].with_name("README.md")
    readme.write_text("Before.\n" + "\nold\n".join(gate.MARKS) + "\nAfter.\n", encoding="utf-8")
    run(bench, "--pin")
    written = readme.read_text(encoding="utf-8")
    assert written.startswith("Before.\n")
    assert written.endswith("\nAfter.\n")
    assert "| claim | 0.800 |" in written
    assert "old" not in written


def test_a_floor_goes_down_only_with_a_reason_that_is_kept(bench: dict[str, Any]) -> None:
    assert run(bench, "--pin", "--allow-regression", "an annotation was mended") == 0
    assert floors(bench) == {"claim": 0.8, "time": 0.6}
    [told] = json.loads(bench["path"].read_text(encoding="utf-8"))["regressions"]
    assert told == {
        "part": "tarn",
        "was": {"time": 0.65},
        "now": {"time": 0.6},
        "reason": "an annotation was mended",
    }
    assert run(bench) == 0


@pytest.mark.parametrize("options", [["--allow-regression", "why"], ["--pin", "--allow-regression", " "]])
def test_a_regression_without_pin_or_reason_is_refused(bench: dict[str, Any], options: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        run(bench, *options)
    assert stopped.value.code == 2


def test_changed_gold_fails_and_asks_to_pin(
    bench: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    bench["now"] = {"claim": 0.9, "time": 0.9}
    (bench["gold"] / "tarn.jsonl").write_text("{} \n", encoding="utf-8")
    assert run(bench) == 1
    assert "has changed since its floors were pinned" in capsys.readouterr().out
    assert run(bench, "--pin") == 0
    assert run(bench) == 0


def test_absent_gold_is_skipped_with_a_line(
    bench: dict[str, Any], capsys: pytest.CaptureFixture[str]
) -> None:
    (bench["gold"] / "tarn.jsonl").unlink()
    assert run(bench) == 0
    assert run(bench, "--pin") == 0
    assert "skipped tarn: no annotated reports at" in capsys.readouterr().out
    assert floors(bench) == {"claim": 0.79, "time": 0.65}
