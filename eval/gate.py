"""Hold the floors of ``gate.json``: fail when a figure on the annotated reports falls below its floor.

usage: python eval/gate.py [--pin [--allow-regression REASON]] [--gold FOLDER]

``--pin`` raises every floor to the figure of now and never lowers one, and writes the floors into the
table of ``README.md`` beside it; a floor that must go down needs ``--allow-regression`` with a reason,
which is kept in ``gate.json``. The annotated reports are not in this repository: where they are not at
hand the gate says so and passes. A gold file that has changed since its floors were pinned cannot be held
to them: the gate fails and asks to pin again.

Figures: ``claim``, ``strict``, ``events`` and ``framing`` are F1. A slot's figure is the F1 of claims, or
of events, matched with that slot right, its share among the matched times their F1; the share alone would
fall whenever more of the hard ones are found.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from pathlib import Path
from typing import Any

from cairn.evaluation import Score, annotated_layers, load_gold
from cairn.pipeline import Tools, evaluate, open_tools

ROOT = Path(__file__).resolve().parents[1]
GATE = ROOT / "eval" / "gate.json"
GOLD = ROOT.parent / "shared" / "gold"
MARGIN = 0.003
"""What a figure may lie below its floor: one claim in some 300 read otherwise, noise of a harmless change."""
DIGITS = 4
MARKS = ("<!-- floors -->", "<!-- end of floors -->")
"""Between these stands the table in ``README.md``."""

Figures = Mapping[str, float]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One gold file and the floors that were pinned on it."""

    name: str
    file: str
    sha256: str
    floors: Figures


@dataclass(frozen=True, slots=True, kw_only=True)
class Gate:
    """What ``gate.json`` holds.

    Attributes:
        margin: what a figure may lie below its floor.
        parts: gold files with their floors, in the order they are shown.
        regressions: floors that were lowered, with the reason.
    """

    margin: float
    parts: tuple[Part, ...]
    regressions: tuple[Mapping[str, Any], ...] = ()


def load_gate(path: Path) -> Gate:
    """Read ``gate.json``."""
    content = json.loads(path.read_text(encoding="utf-8"))
    parts = tuple(Part(name=name, **fields) for name, fields in content["parts"].items())
    return Gate(margin=content["margin"], parts=parts, regressions=tuple(content["regressions"]))


def write_gate(gate: Gate, path: Path) -> None:
    """Write ``gate.json``, floors in the order of the scorer."""
    parts = {
        part.name: {"file": part.file, "sha256": part.sha256, "floors": dict(part.floors)}
        for part in gate.parts
    }
    content = {"margin": gate.margin, "parts": parts, "regressions": list(gate.regressions)}
    path.write_text(json.dumps(content, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def fingerprint(path: Path) -> str:
    """Return the SHA-256 of a file."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def figures(score: Score) -> dict[str, float]:
    """Return what is held of a score: name -> F1, rounded."""
    held = {"claim": score.claim.f1, "strict": score.strict.f1}
    held |= {slot: share * score.claim.f1 for slot, share in score.slots.items()}
    for name, rate in annotated_layers(score):
        held[name] = rate.f1
        if name == "events":
            held |= {f"event {slot}": share * rate.f1 for slot, share in score.layers.slots.items()}
    return {name: round(value, DIGITS) for name, value in held.items()}


def fallen(floors: Figures, now: Figures, margin: float) -> tuple[str, ...]:
    """Return the names of the figures that lie below their floors by more than ``margin``.

    A figure that is measured no more has fallen.
    """
    return tuple(
        name for name, floor in floors.items() if now.get(name, 0.0) < round(floor - margin, 2 * DIGITS)
    )


def raised(floors: Figures, now: Figures) -> dict[str, float]:
    """Return floors at the higher of floor and figure; a new figure gets a floor."""
    return {name: max(value, floors.get(name, 0.0)) for name, value in now.items()} | {
        name: floor for name, floor in floors.items() if name not in now
    }


def pinned(gate: Gate, measured: Mapping[str, tuple[str, Figures]], reason: str | None) -> Gate:
    """Return the gate with its floors pinned again.

    Args:
        gate: as it was.
        measured: name of a part -> fingerprint of its gold file and the figures of now; parts that were not
            measured keep what they had.
        reason: why floors may go down to the figures of now; ``None`` when none may.
    """
    parts, regressions = [], list(gate.regressions)
    for part in gate.parts:
        if part.name not in measured:
            parts.append(part)
            continue
        sha256, now = measured[part.name]
        lower = fallen(part.floors, now, 0.0) if reason else ()
        if lower:
            was = {name: part.floors[name] for name in lower}
            told = {"part": part.name, "was": was, "now": {n: now.get(n) for n in lower}, "reason": reason}
            regressions.append(told)
        kept = {name: floor for name, floor in part.floors.items() if name not in lower}
        parts.append(replace(part, sha256=sha256, floors=raised(kept, now)))
    return replace(gate, parts=tuple(parts), regressions=tuple(regressions))


def table(part: Part, now: Figures, margin: float) -> Iterator[str]:
    """Yield the lines of one part's table."""
    low = fallen(part.floors, now, margin)
    yield f"{part.name:14} {'floor':>7} {'now':>7}"
    for name in dict.fromkeys((*now, *part.floors)):
        floor, value = part.floors.get(name), now.get(name)
        shown = [f"{each:7.4f}" if each is not None else f"{'-':>7}" for each in (floor, value)]
        yield f"  {name:12} {' '.join(shown)}{'  BELOW ITS FLOOR' if name in low else ''}"


def readme_table(gate: Gate) -> str:
    """Return the floors as a table for ``README.md``: a row for each figure, a column for each part."""
    names = dict.fromkeys(name for part in gate.parts for name in part.floors)
    lines = ["| figure | " + " | ".join(part.name for part in gate.parts) + " |"]
    lines.append("| --- |" + " --- |" * len(gate.parts))
    for name in names:
        cells = [f"{part.floors[name]:.3f}" if name in part.floors else "" for part in gate.parts]
        lines.append(f"| {name} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def write_readme(gate: Gate, path: Path) -> None:
    """Put the floors between the marks of ``README.md``; leave a file without marks alone."""
    before, opening, rest = path.read_text(encoding="utf-8").partition(MARKS[0])
    _, closing, after = rest.partition(MARKS[1])
    if opening and closing:
        path.write_text(f"{before}{opening}\n{readme_table(gate)}\n{closing}{after}", encoding="utf-8")


def measure(path: Path) -> dict[str, float]:
    """Read the reports of a gold file and score what was read."""
    return figures(evaluate(load_gold(path), _tools()))


@cache
def _tools() -> Tools:
    """Load what reading needs once for all parts."""
    return open_tools()


def main(argv: Sequence[str] | None = None, *, gate_path: Path = GATE) -> int:
    """Measure, show, and hold or pin; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--pin", action="store_true", help="raise floors to the figures of now")
    parser.add_argument("--allow-regression", metavar="REASON", help="with --pin: lower what has fallen")
    parser.add_argument("--gold", type=Path, default=GOLD, help="folder of the annotated reports")
    options = parser.parse_args(argv)
    if options.allow_regression is not None and not (options.pin and options.allow_regression.strip()):
        parser.error("--allow-regression goes with --pin and needs a reason")
    gate = load_gate(gate_path)
    measured: dict[str, tuple[str, Figures]] = {}
    problems: list[str] = []
    for part in gate.parts:
        path = options.gold / part.file
        if not path.is_file():
            print(f"skipped {part.name}: no annotated reports at {path}")
            continue
        now = measure(path)
        measured[part.name] = (fingerprint(path), now)
        print("\n".join(table(part, now, gate.margin)))
        if measured[part.name][0] != part.sha256:
            problems.append(
                f"{part.name}: {part.file} has changed since its floors were pinned; "
                "look what changed, then pin again: python eval/gate.py --pin"
            )
        elif low := fallen(part.floors, now, gate.margin):
            problems.append(f"{part.name}: below the floor: {', '.join(low)}")
    if options.pin and measured:
        after = pinned(gate, measured, options.allow_regression)
        write_gate(after, gate_path)
        if (readme := gate_path.with_name("README.md")).is_file():
            write_readme(after, readme)
        kept = [
            f"{p.name} {n}"
            for p in after.parts
            if p.name in measured
            for n in fallen(p.floors, measured[p.name][1], 0.0)
        ]
        print("pinned" + (f"; kept above the figures of now: {', '.join(kept)}" if kept else ""))
        return 0
    for problem in problems:
        print(f"gate: {problem}")
    return 1 if problems else 0


if __name__ == "__main__":
    sys.exit(main())
