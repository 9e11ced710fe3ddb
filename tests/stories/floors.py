"""Score the stories, and raise the floors in ``floors.json`` to what they score.

usage: python tests/stories/floors.py [--misses N]

Two sets are held apart: ``invented`` (the folders with a ``report.json``) and ``sample`` (the bundled reports
on Aleppo). Floors only go up here; to lower one, edit the file and say why in the commit.
"""

from __future__ import annotations

import argparse
import json
import math
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from cairn.evaluation import Score, miss_lines
from cairn.pipeline import evaluate, open_tools

STORIES = Path(__file__).parent
SAMPLE = STORIES.parents[1] / "src" / "cairn" / "sample" / "aleppo.jsonl"
FLOORS = STORIES / "floors.json"
SLACK = 0.01
"""What a floor is pinned below the figure: about one claim of the larger set."""

Reports = dict[str, dict[str, Any]]


def load_invented() -> Reports:
    """Return every invented report with the claims that it should give."""
    return {path.parent.name: _joined(path, path.with_name("expected.json")) for path in _folders()}


def _folders() -> list[Path]:
    return sorted(STORIES.glob("*/report.json"))


def _joined(report: Path, expected: Path) -> dict[str, Any]:
    told = json.loads(expected.read_text(encoding="utf-8"))
    return json.loads(report.read_text(encoding="utf-8")) | {"claims": told["claims"]}


def load_sample() -> Reports:
    """Return the bundled reports with the claims that they should give."""
    with SAMPLE.open(encoding="utf-8") as lines:
        reports = {report["id"]: report for report in map(json.loads, lines)}
    with (STORIES / "aleppo" / "expected.jsonl").open(encoding="utf-8") as lines:
        return {
            told["id"]: reports[told["id"]] | {"claims": told["claims"]} for told in map(json.loads, lines)
        }


SETS = {"invented": load_invented, "sample": load_sample}


def figures(score: Score) -> dict[str, float]:
    """Return what is held of a set."""
    return {"claim": score.claim.f1, "strict": score.strict.f1}


def load_floors() -> dict[str, dict[str, float]]:
    """Return the pinned floors: set -> figure -> F1."""
    floors: dict[str, dict[str, float]] = json.loads(FLOORS.read_text(encoding="utf-8"))
    return floors


def raised(floors: Mapping[str, float], now: Mapping[str, float]) -> dict[str, float]:
    """Return floors at the figures of now, rounded down a little, where these are higher."""
    return {
        name: max(floors.get(name, 0.0), math.floor((value - SLACK) * 100) / 100)
        for name, value in now.items()
    }


def main() -> int:
    """Show both sets and raise their floors."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--misses", type=int, default=0)
    misses = parser.parse_args().misses
    tools = open_tools()
    floors = load_floors()
    for name, load in SETS.items():
        reports = load()
        score = evaluate(reports, tools)
        floors[name] = raised(floors.get(name, {}), figures(score))
        told = ", ".join(f"{figure} {value:.3f}" for figure, value in figures(score).items())
        sys.stdout.write(f"{name}: {score.claim.gold} claims, {told}; floors {floors[name]}\n")
        sys.stdout.writelines(line + "\n" for line in miss_lines(score, reports, misses))
    FLOORS.write_text(json.dumps(floors, indent=1) + "\n", encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
