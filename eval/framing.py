"""How well loaded wording is found, by kind and by collection.

Run as ``python eval/framing.py SHARED``; SHARED holds ``gold/train.jsonl`` and ``gold/dev.jsonl``. A found
span matches an annotated one when their kinds are equal and they overlap; pairs are made one to one, closest
first. Exit code 1 when the F1 of a part is below ``FLOOR``.

The lexicon was written with both parts at hand. So a last column tells what is left when a word
counts as unknown unless it is annotated in another report too: a lower bound for news of other wars.
"""

from __future__ import annotations

import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from cairn.evaluation import load_gold, match_framing
from cairn.pipeline import open_tools, read_annotated
from cairn.records import FramingKind

FLOOR = 0.70
STEM = 5  # letters: "massacred" and "massacres" are one word
MARKS = ('"', "'", "“", "‘")  # scare quotes are told by their form, not by their words

Entry = Mapping[str, Any]


def stems(text: str, span: Sequence[int]) -> set[str]:
    """Return the beginnings of the words of a span."""
    return {word[:STEM] for word in re.findall(r"[a-z]+", text[span[0] : span[1]].lower()) if len(word) > 2}


def f1(tally: Counter[str], hits: str) -> float:
    """Return the F1 of so many hits."""
    lost = tally["hit"] - tally[hits]
    total = tally["gold"] + tally["found"] - lost
    return 2 * tally[hits] / total if total else 0.0


def measure(gold: Mapping[str, Entry], found: Mapping[str, Entry], known: Mapping[Any, set[str]]) -> float:
    """Print the figures of one part and return its F1.

    Args:
        gold: annotated reports by id.
        found: the same reports as read.
        known: kind and beginning of a word -> ids of the reports where it is annotated.
    """
    tallies: dict[str, Counter[str]] = defaultdict(Counter)
    for name, report in gold.items():
        annotated, read = report.get("framing") or [], found[name]["framing"]
        pairs = match_framing(annotated, read)
        elsewhere = [
            i
            for i, j in pairs
            if report["text"][read[j]["span"][0]] in MARKS
            or any(known[read[j]["kind"], stem] - {name} for stem in stems(report["text"], read[j]["span"]))
        ]
        for key in ("all", f"in {name.split('-')[0]}", *FramingKind):

            def count(entries: Iterable[Entry], key: str = key) -> int:
                return sum(key not in set(FramingKind) or each["kind"] == key for each in entries)

            tallies[key].update(
                gold=count(annotated),
                found=count(read),
                hit=count(annotated[i] for i, _ in pairs),
                elsewhere=count(annotated[i] for i in elsewhere),
            )
    for key, tally in tallies.items():
        print(
            f"  {key:12} P {tally['hit'] / max(1, tally['found']):.3f}  "
            f"R {tally['hit'] / max(1, tally['gold']):.3f}  F1 {f1(tally, 'hit'):.3f}  "
            f"({tally['gold']} annotated, {tally['found']} found)  "
            f"words annotated elsewhere alone: F1 {f1(tally, 'elsewhere'):.3f}"
        )
    return f1(tallies["all"], "hit")


if __name__ == "__main__":
    parts = {part: load_gold(Path(sys.argv[1]) / "gold" / f"{part}.jsonl") for part in ("train", "dev")}
    seen: dict[Any, set[str]] = defaultdict(set)
    for reports in parts.values():
        for name, report in reports.items():
            for entry in report.get("framing") or []:
                for stem in stems(report["text"], entry["span"]):
                    seen[entry["kind"], stem].add(name)
    tools = open_tools()
    reached = []
    for part, reports in parts.items():
        print(f"{part}: {len(reports)} reports")
        reached.append(measure(reports, read_annotated(reports, tools), seen))
    sys.exit(min(reached) < FLOOR)
