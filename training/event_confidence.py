"""Fit how far the reading of events can be trusted: ``src/cairn/lexicon/en/event_confidence.json``.

Usage: python training/event_confidence.py SHARED [--measure]

Each event that is read in an annotated report is one example of ``event``: was it matched, as the scorer
matches? Each matched one is one example of every slot: does it agree? Only ``gold/seed.jsonl`` and
``gold/dev.jsonl`` carry events, so ``--measure`` tells what weights that were fitted without a report say of
it: nothing else is measured on what it was fitted to. Of the PLOVER gold records, those with even numbers,
which nobody looked at while the rules were written, teach event, actor and recipient beside them: the event
nearest to the marked words is right when it has the coded type, a side when it shares a word with the coded
one. They are news of other decades, coded by others, so a trait of their own takes up their level.
"""

from __future__ import annotations

import argparse
import datetime as dt
import itertools
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cairn.claims.events.confidence import SLOTS, SlotTraits, confidence_of
from cairn.claims.events.read import weigh_events
from cairn.claims.extract import stage_report
from cairn.evaluation import load_gold, match_events
from cairn.evaluation.layers import judge_event
from cairn.exports import report_json
from cairn.pipeline import Tools, document_of, mark_document, open_tools
from cairn.records import Document, Event
from confidence import BESIDE, OWN, Example, fit

BINS = 10
OUT = Path(__file__).parent.parent / "src/cairn/lexicon/en/event_confidence.json"
SCORED = {"speakers": "source"}
"""Slots that the scorer calls by another name."""
RETIRED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
"""Types of the records' version of the ontology, and what they are now."""


def of_report(gold: Mapping[str, Any], tools: Tools) -> Iterator[Example]:
    """Yield the examples of an annotated report."""
    document = document_of(gold)
    found = weighed(document, tools)
    events: Any = report_json(document, (), events=[event for event, _ in found])["events"]
    pairs = {read: told for told, read in match_events(gold["events"], events)}
    for number, (_, traits) in enumerate(found):
        yield Example(document.id, "event", traits["event"], number in pairs)
        if number in pairs:
            right = judge_event(gold["events"][pairs[number]], events[number])
            for slot in SLOTS[1:]:
                yield Example(document.id, slot, traits[slot], SCORED.get(slot, slot) in right)


def of_record(record: Mapping[str, Any], tools: Tools) -> Iterator[Example]:
    """Yield the examples of a PLOVER record."""
    kind = RETIRED.get(record["event"], record["event"])
    document = Document(id=record["id"], text=record["text"], published=dt.date.fromisoformat(record["date"]))
    words = record["eventText"].split()
    places = [at for word in words if (at := record["text"].find(word)) >= 0]
    found = weighed(document, tools)
    if not found or not places:
        return
    event, traits = min(found, key=lambda each: min(abs(each[0].trigger.start - at) for at in places))
    right = event.type.value == kind
    yield _beside(document.id, "event", traits, right)
    for slot, field in (("actor", "source"), ("recipient", "target")):
        sides = record.get(field, ())
        told = _words(" ".join(side["actorText"] for side in ([sides] if isinstance(sides, dict) else sides)))
        read = _words(getattr(event, slot) or "")
        if right:
            yield _beside(document.id, slot, traits, bool(told & read) or told == read)


def weighed(document: Document, tools: Tools) -> list[tuple[Event, SlotTraits]]:
    """Return the events of a report with their traits."""
    return weigh_events(*stage_report(mark_document(document, tools), tools.lexicon))


def _beside(name: str, slot: str, traits: SlotTraits, right: bool) -> Example:
    return Example(name, slot, {**traits[slot], OWN: 1.0}, right, BESIDE)


def _words(name: str) -> set[str]:
    return set(re.findall(r"[a-z]{3,}", name.lower())) - {"the", "and"}


def fit_slots(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Return the weights of the event and of every slot."""
    return {slot: fit([each for each in examples if each.slot == slot]) for slot in SLOTS}


def measure(examples: Sequence[Example], beside: Sequence[Example]) -> Iterator[str]:
    """Yield a line a slot on what is told of each report by weights that were fitted without it."""
    told: dict[str, list[tuple[float, bool]]] = {slot: [] for slot in SLOTS}
    for name in sorted({each.report for each in examples}):
        weights = fit_slots([*(each for each in examples if each.report != name), *beside])
        for each in examples:
            if each.report == name:
                sure = dict(confidence_of(dict.fromkeys(SLOTS, each.traits), weights))[each.slot]
                told[each.slot].append((sure, each.right))
    yield "           number  right   told    ECE   Brier    base"
    for slot, pairs in told.items():
        right = sum(each for _, each in pairs) / len(pairs)
        brier = sum((sure - each) ** 2 for sure, each in pairs) / len(pairs)
        mean = sum(sure for sure, _ in pairs) / len(pairs)
        yield (
            f"{slot:10} {len(pairs):6} {right:6.3f} {mean:6.3f} {ece(pairs):6.3f} {brier:7.3f} "
            f"{right * (1 - right):7.3f}"
        )


def ece(pairs: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error over ``BINS`` bins of equally many."""
    ranked = sorted(pairs)
    edges = [len(ranked) * number // BINS for number in range(BINS + 1)]
    bins = [ranked[low:high] for low, high in itertools.pairwise(edges)]
    return sum(abs(sum(sure - right for sure, right in each)) for each in bins) / len(ranked)


def main() -> None:
    """Fit and write the weights, or measure them held out."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0] if __doc__ else None)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--measure", action="store_true", help="tell how far they can be trusted; write none")
    arguments = parser.parse_args()
    tools = open_tools()
    gold = [
        report
        for part in ("seed", "dev")
        for report in load_gold(arguments.shared / "gold" / f"{part}.jsonl").values()
        if report.get("events") is not None
    ]
    examples = [example for report in gold for example in of_report(report, tools)]
    path = arguments.shared / "corpora" / "plover" / "PLOVER_GSR_CAMEO.txt"
    records = [each for each in json.loads(path.read_text(encoding="utf-8")) if "text" in each]
    even = [each for each in records if int(each["id"].rpartition("-")[2]) % 2 == 0]
    beside = [example for record in even for example in of_record(record, tools)]
    if arguments.measure:
        print("\n".join(measure(examples, beside)))
        return
    OUT.write_text(json.dumps(fit_slots([*examples, *beside]), indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
