"""Show in README.md what ``make bench`` measured: ``python benchmarks/quoted.py``.

``every.py`` does so by itself after a run of everything; this shows again what ``docs/benchmarks.json``
holds, for whoever changed which figures are shown. A test fails when the README shows anything else.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
KEPT = ROOT / "docs" / "benchmarks.json"
README = ROOT / "README.md"
MARKS = ("<!-- measured: make bench -->", "<!-- end of measured -->")

Steps = tuple[str, ...]
"""Names that lead to a figure in what a benchmark printed, that of the benchmark first."""

CORE = "s of a core"
ALONE = ("engine", "of_20000_reports_when_alone")
WORDS = "words a second of processor"
FIGURES: tuple[tuple[str, Steps, str], ...] = (
    ("reading", ("pipeline", WORDS), "words a second of a core"),
    ("the bare encoder on the same word pieces", ("pipeline", f"{WORDS}, encoder alone"), "likewise"),
    ("reading as a share of it", ("pipeline", "share of the encoder"), "asked: 0.70"),
    ("two processors beside one", (*ALONE, "two_processors_times_one"), "times as fast; asked: 1.8"),
    (
        "reports of 500 words on two processors",
        (*ALONE, "reports_a_second_on_two_processors"),
        "a second; asked: 60",
    ),
    (
        "two executors of Spark beside two processors without it",
        (*ALONE, "spark_share_of_local"),
        "of their speed; asked: 0.80",
    ),
    ("memory of a long run", ("memory", "mib_at_most"), "MiB at most; asked: 1,000"),
    ("claims appended to a ledger", ("ledger", "claims appended a second"), "a second"),
    ("linking 5,000 claims", ("linkers", "cairn", "seconds of processor"), CORE),
    ("bounds of an incident of 100 claims", ("bounds", "seconds of the processor"), CORE),
    ("5,000 claims as Parquet", ("exports", "parquet", "seconds of the processor"), CORE),
    ("the inbox", ("review", "milliseconds a page", "inbox", "processor", "median"), "ms of a core"),
)
"""What is shown: what it is, where it stands, and its unit, with the aim where there is one."""

PER = f", {WORDS}"


def table(found: Mapping[str, Any]) -> str:
    """Return the table: what was measured on which machine, then Cairn's parts beside others.

    Args:
        found: what ``every.py`` stored.
    """
    return "\n".join((*_figures(found), "", *_peers(found)))


def _figures(found: Mapping[str, Any]) -> Iterator[str]:
    machine, versions = found["machine"], found["versions"]
    busy = max(each["load"] for each in found["benchmarks"].values())
    yield (
        f"Measured {found['measured'][:10]} on {machine['cores']} cores of {machine['processor']}, Python "
        f"{found['python']}, onnxruntime {versions.get('onnxruntime', '?')}, at a load of {busy:.1f} at "
        "most. On a busy machine trust ratios. [docs/scale.md](docs/scale.md) has what larger runs told."
    )
    yield ""
    yield "| measured | figure | |"
    yield "| --- | --- | --- |"
    for what, path, unit in FIGURES:
        value = _at(found, path)
        if value is not None:
            yield f"| {what} | {value:,} | {unit} |"


def _peers(found: Mapping[str, Any]) -> Iterator[str]:
    yield "| words a second of a core | Cairn | others, on the same texts |"
    yield "| --- | --- | --- |"
    for task, rates in (_at(found, ("peers",)) or {}).items():
        if task.endswith(PER):
            others = "; ".join(
                f"{name} {rate:,}"
                for name, rate in rates.items()
                if name != "cairn" and not isinstance(rate, str)
            )
            yield f"| {task.removesuffix(PER)} | {rates['cairn']:,} | {others or 'none installed'} |"
    linked = {name: each for name, each in (_at(found, ("linkers",)) or {}).items() if isinstance(each, dict)}
    told = {name: _linked(each) for name, each in linked.items()}
    if told:
        others = "; ".join(f"{name} {each}" for name, each in told.items() if name != "cairn")
        others = others or "none installed"
        yield f"| linking: precision and recall of pairs, seconds | {told['cairn']} | {others} |"


def _linked(each: Mapping[str, float]) -> str:
    return f"{each['precision']:.3f}, {each['recall']:.3f}, {each['seconds of processor']}"


def _at(found: Mapping[str, Any], path: Steps) -> Any:
    """Return a figure, ``None`` where it was not measured."""
    value: Any = found["benchmarks"].get(path[0], {}).get("result")
    for name in path[1:]:
        value = value.get(name) if isinstance(value, dict) else None
    return value


def show(found: Mapping[str, Any]) -> None:
    """Keep what was measured, and put its table between the marks of README.md."""
    KEPT.write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")
    page = README.read_text(encoding="utf-8")
    before, opening, rest = page.partition(MARKS[0])
    _, closing, after = rest.partition(MARKS[1])
    README.write_text(f"{before}{opening}\n{table(found)}\n{closing}{after}", encoding="utf-8")


if __name__ == "__main__":
    show(json.loads(KEPT.read_text(encoding="utf-8")))
