"""Measure how far the confidence of claims and slots can be believed, and draw it.

usage: python eval/reliability.py [--gold FILE] [--svg FILE]

For the claim and each slot, predictions are parted into ten bins of equally many, by confidence. The expected
calibration error (ECE) is the mean distance between the confidence told and the share that was right, over
the bins. Even exact confidence shows some distance in few examples; ``chance`` is what it would show.
The interval draws whole reports again (``DRAWS`` times), since the claims of one report err together.
Brier is the mean squared distance of single predictions; ``base`` is the Brier score of telling the same
share for all. Nothing is fitted here. ``--svg`` writes the reliability plot of ``docs/reliability.svg``.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from html import escape
from itertools import pairwise
from pathlib import Path
from typing import Any

from cairn.evaluation import load_gold
from cairn.evaluation.score import judge_slots, match_claims
from cairn.pipeline import open_tools, read_annotated

ROOT = Path(__file__).resolve().parents[1]
DEV = ROOT.parent / "shared" / "gold" / "dev.jsonl"
BINS = 10
DRAWS = 400
"""Draws for the interval and for chance; the third digit moves between runs of other seeds."""
SEED = 4
AIM = 0.05
"""The most that the ECE should be."""
NAMES = {"sources": "source", "victims": "groups"}
"""Slots that the scorer calls by another name than the published JSON."""
COLUMNS, PANEL, GAP, LEFT, TOP = 4, 150, 46, 34, 56  # of the plot, in pixels
INK, SOFT, LINE, TONE = "#22211e", "#6b675f", "#d8d4ca", "#a4452c"


@dataclass(frozen=True, slots=True)
class Told:
    """One prediction: of which report, how sure, and whether it was right."""

    report: str
    sure: float
    right: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Reliability:
    """How far one kind of confidence can be believed.

    Attributes:
        bins: mean confidence, share right and number of each bin, least sure first.
        ece: expected calibration error.
        low: 5th percentile of the ECE over draws of reports.
        high: 95th percentile.
        chance: mean ECE that exact confidence would show in as many examples.
        brier: mean squared distance.
        base: Brier score of the same share for all.
    """

    number: int
    right: float
    mean: float
    bins: tuple[tuple[float, float, int], ...]
    ece: float
    low: float
    high: float
    chance: float
    brier: float
    base: float


def told_by_slot(gold: Mapping[str, Any], got: Mapping[str, Any]) -> dict[str, list[Told]]:
    """Return what was told of the claim and of each slot, and whether it was right, as the scorer matches.

    Args:
        gold: annotated reports by id.
        got: the same reports as read, in the published JSON.
    """
    found: dict[str, list[Told]] = {}
    for name, report in gold.items():
        read = got[name]["claims"]
        pairs = match_claims(report["claims"], read)
        matched = {j for _, j in pairs}
        name_of = {read[j]["id"]: report["claims"][i]["id"] for i, j in pairs}
        for j, claim in enumerate(read):
            if "claim" in claim["confidence"]:
                found.setdefault("claim", []).append(Told(name, claim["confidence"]["claim"], j in matched))
        for i, j in pairs:
            verdict = judge_slots(report["claims"][i], read[j], name_of)
            for slot, sure in read[j]["confidence"].items():
                if slot != "claim":
                    found.setdefault(slot, []).append(Told(name, sure, verdict[NAMES.get(slot, slot)]))
    return found


def bins_of(told: Sequence[Told]) -> tuple[tuple[float, float, int], ...]:
    """Return mean confidence, share right and size of ``BINS`` bins of equally many; of fewer, one each."""
    ranked = sorted(told, key=lambda each: each.sure)
    edges = [len(ranked) * number // BINS for number in range(BINS + 1)]
    parts = [ranked[low:high] for low, high in pairwise(edges) if high > low]
    return tuple(
        (sum(t.sure for t in part) / len(part), sum(t.right for t in part) / len(part), len(part))
        for part in parts
    )


def ece_of(told: Sequence[Told]) -> float:
    """Return the expected calibration error: 0 when confidence is the share right in every bin."""
    return sum(abs(sure - right) * number for sure, right, number in bins_of(told)) / max(1, len(told))


def reliability(told: Sequence[Told], draws: int = DRAWS, seed: int = SEED) -> Reliability:
    """Return how far confidence can be believed.

    Args:
        told: at least one prediction.
        draws: of reports, and of chance.
        seed: of the draws.
    """
    chance = random.Random(seed)  # noqa: S311  # no secret hangs on it
    by_report: dict[str, list[Told]] = {}
    for each in told:
        by_report.setdefault(each.report, []).append(each)
    reports = list(by_report.values())
    drawn = sorted(
        ece_of([each for report in chance.choices(reports, k=len(reports)) for each in report])
        for _ in range(draws)
    )
    exact = [
        ece_of([Told(each.report, each.sure, chance.random() < each.sure) for each in told])
        for _ in range(draws)
    ]
    right = sum(each.right for each in told) / len(told)
    return Reliability(
        number=len(told),
        right=right,
        mean=sum(each.sure for each in told) / len(told),
        bins=bins_of(told),
        ece=ece_of(told),
        low=drawn[int(0.05 * (draws - 1))],
        high=drawn[int(0.95 * (draws - 1))],
        chance=sum(exact) / draws,
        brier=sum((each.sure - each.right) ** 2 for each in told) / len(told),
        base=right * (1.0 - right),
    )


def table(found: Mapping[str, Reliability]) -> Iterator[str]:
    """Yield the lines of the table, a claim or slot each."""
    yield "              number  right   told    ECE     90% interval  chance  Brier   base"
    for slot, each in found.items():
        over = "  over the aim" if each.ece > AIM else ""
        yield (
            f"{slot:12} {each.number:7} {each.right:6.3f} {each.mean:6.3f} {each.ece:6.3f}  "
            f"{each.low:6.3f}–{each.high:.3f} {each.chance:7.3f} {each.brier:6.3f} {each.base:6.3f}{over}"
        )


def plot(found: Mapping[str, Reliability], title: str) -> str:
    """Return the reliability plot as SVG: a panel each, confidence to the right, share right upwards.

    A point on the slant is confidence that can be taken at its word; above it the reading is better than it
    says. The area of a point is the number of its predictions.
    """
    rows = -(-len(found) // COLUMNS)
    width, height = LEFT + COLUMNS * (PANEL + GAP), TOP + rows * (PANEL + GAP + 16)
    lines = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} {height}" width="{width}" '
        f'height="{height}" role="img" aria-label="{escape(title)}" '
        f'font-family="Helvetica, Arial, sans-serif" font-size="11" fill="{INK}">',
        f'<rect width="{width}" height="{height}" fill="#faf9f5"/>',
        f'<text x="{LEFT}" y="24" font-size="15" font-weight="bold">{escape(title)}</text>',
    ]
    for number, (slot, each) in enumerate(found.items()):
        left = LEFT + number % COLUMNS * (PANEL + GAP)
        top = TOP + number // COLUMNS * (PANEL + GAP + 16)
        lines += _panel(slot, each, left, top)
    return "\n".join((*lines, "</svg>", ""))


def _panel(slot: str, each: Reliability, left: int, top: int) -> Iterator[str]:
    def at(sure: float, right: float) -> tuple[str, str]:
        return f"{left + PANEL * sure:.1f}", f"{top + 16 + PANEL * (1.0 - right):.1f}"

    yield f'<text x="{left}" y="{top + 8}" font-weight="bold">{escape(slot)}</text>'
    yield (
        f'<text x="{left + PANEL}" y="{top + 8}" text-anchor="end" fill="{SOFT}">'
        f"ECE {each.ece:.3f}, {each.number:,}</text>"
    )
    yield f'<rect x="{left}" y="{top + 16}" width="{PANEL}" height="{PANEL}" fill="#fff" stroke="{LINE}"/>'
    (x1, y1), (x2, y2) = at(0, 0), at(1, 1)
    yield f'<line x1="{x1}" y1="{y1}" x2="{x2}" y2="{y2}" stroke="{LINE}" stroke-width="1.5"/>'
    for mark in (0, 0.5, 1):
        x, y = at(mark, 0)
        yield f'<text x="{x}" y="{float(y) + 13:.1f}" text-anchor="middle" fill="{SOFT}">{mark:g}</text>'
        x, y = at(0, mark)
        yield f'<text x="{left - 4}" y="{float(y) + 4:.1f}" text-anchor="end" fill="{SOFT}">{mark:g}</text>'
    yield f'<polyline points="{_points(each.bins, at)}" fill="none" stroke="{TONE}" stroke-width="1"/>'
    for sure, right, number in each.bins:
        x, y = at(sure, right)
        size = 1.5 + 9.0 * (number / each.number) ** 0.5
        yield f'<circle cx="{x}" cy="{y}" r="{size:.1f}" fill="{TONE}" fill-opacity="0.75"/>'


def _points(bins: Iterable[tuple[float, float, int]], at: Callable[[float, float], tuple[str, str]]) -> str:
    return " ".join(",".join(at(sure, right)) for sure, right, _ in bins)


def main(argv: Sequence[str] | None = None) -> int:
    """Read, measure, show and draw; return the exit code: 0, since it measures and holds nothing."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--gold", type=Path, default=DEV, help="annotated reports that nothing was fitted to")
    parser.add_argument("--svg", type=Path, help="write the plot here")
    options = parser.parse_args(argv)
    if not options.gold.is_file():
        print(f"skipped: no annotated reports at {options.gold}")
        return 0
    gold = load_gold(options.gold)
    told = told_by_slot(gold, read_annotated(gold, open_tools()))
    found = {slot: reliability(each) for slot, each in told.items()}
    print("\n".join(table(found)))
    if options.svg is not None:
        title = f"Confidence told (across) and share right (up), {options.gold.name}"
        options.svg.write_text(plot(found, title), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
