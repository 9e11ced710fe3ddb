"""How well political events are read: against annotated reports, and against the PLOVER gold records.

usage: python eval/events.py SHARED [--misses N]

SHARED holds ``gold/*.jsonl`` and ``corpora/plover/PLOVER_GSR_CAMEO.txt``; what is absent
is skipped. For the reports: event precision, recall and F1, the slots of the matched events, and recall and
precision by type. For the 322 records, single sentences each with one coded event: the share whose event,
of those that Cairn reads the one nearest to the marked words, has the coded type. Nothing was fitted to the
records. They were coded by version 0.5 of the ontology, of 2016, whose types DEMAND, DISAPPROVE, INVESTIGATE
and FIGHT are now REQUEST, ACCUSE, ACCUSE and ASSAULT.
"""

from __future__ import annotations

import argparse
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cairn.evaluation import load_gold, match_events, score_reports
from cairn.pipeline import Tools, open_tools, read_annotated, read_document
from cairn.records import Document, Event, EventStatus, EventType

YIELDING = frozenset(
    {
        *(EventType.AGREE, EventType.CONSULT, EventType.SUPPORT, EventType.CONCEDE, EventType.COOPERATE),
        *(EventType.AID, EventType.RETREAT, EventType.REQUEST),
    }
)
RETIRED = {"DEMAND": "REQUEST", "DISAPPROVE": "ACCUSE", "INVESTIGATE": "ACCUSE", "FIGHT": "ASSAULT"}
EVENT = re.compile(r"\(EVT:\s*([^()]*)\)")


def main() -> None:
    """Print the figures."""
    args = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    args.add_argument("shared", type=Path)
    args.add_argument("--misses", type=int, default=0, help="records of a wrong type to show")
    given = args.parse_args()
    tools = open_tools()
    for part in ("seed", "dev"):
        path = given.shared / "gold" / f"{part}.jsonl"
        if path.exists():
            _reports(path, tools)
    records = given.shared / "corpora" / "plover" / "PLOVER_GSR_CAMEO.txt"
    if records.exists():
        _records(json.loads(records.read_text(encoding="utf-8")), tools, given.misses)


def _reports(path: Path, tools: Tools) -> None:
    """Print how the events of annotated reports are read."""
    gold = {name: one for name, one in load_gold(path).items() if one.get("events") is not None}
    got = read_annotated(gold, tools)
    layers = score_reports(gold, got).layers
    rate = layers.event
    print(f"{path.stem}: P {rate.precision:.3f}  R {rate.recall:.3f}  F1 {rate.f1:.3f}  ({rate.gold} events)")
    print("  of the matched:", "  ".join(f"{slot} {share:.3f}" for slot, share in layers.slots.items()))
    told: Counter[str] = Counter()
    read: Counter[str] = Counter()
    both: Counter[str] = Counter()
    for name, report in gold.items():
        pairs = match_events(report["events"], got[name]["events"])
        told.update(each["type"] for each in report["events"])
        read.update(each["type"] for each in got[name]["events"])
        both.update(report["events"][index]["type"] for index, _ in pairs)
    for kind in sorted(told | read):
        print(f"  {kind:10} annotated {told[kind]:3}  read {read[kind]:3}  matched {both[kind]:3}")


def _records(records: Sequence[Mapping[str, Any]], tools: Tools, misses: int) -> None:
    """Print the share of the records whose type is read."""
    every: Counter[str] = Counter()
    right: Counter[str] = Counter()
    for record in records:
        kind = RETIRED.get(record["event"], record["event"])
        if kind == "DOCUMENT":
            continue
        document = Document(
            id=record["id"], text=record["text"], published=dt.date.fromisoformat(record["date"])
        )
        found = nearest(read_document(document, tools).events, marked(record))
        read = root_of(found) if found is not None else None
        every[kind] += 1
        right[kind] += read == kind
        if misses and read != kind:
            misses -= 1
            print(f"  {record['id']}: {kind}, read {read}: {record['text']}")
    print(
        f"plover: {right.total()} of {every.total()} = {right.total() / every.total():.3f} of the types right"
    )
    for kind, number in sorted(every.items()):
        print(f"  {kind:10} {right[kind]:3} of {number:3}")


def root_of(event: Event) -> str:
    """Return the type that PLOVER gives an event: it has no status, and folds what is to come into a type.

    Planned cooperation is AGREE (manual 2.0, "AGREE"; CAMEO table of 2021, 030 to 0356), planned conflict
    that its actor announces is a threat.
    """
    if event.status is EventStatus.PLANNED:
        return "AGREE" if event.type in YIELDING else "THREATEN"
    return event.type.value


def marked(record: Mapping[str, Any]) -> list[tuple[int, int]]:
    """Return where the marked words of a record's event stand in its text."""
    info = record.get("textInfo")
    told = EVENT.findall(info["markup"]) if isinstance(info, dict) else []
    words = told or record["eventText"].split()
    found = [record["text"].find(each) for each in words]
    return [(at, at + len(each)) for at, each in zip(found, words, strict=True) if at >= 0]


def nearest(events: Sequence[Event], spans: Sequence[tuple[int, int]]) -> Event | None:
    """Return the event that stands nearest to the marked words; the first of equals."""

    def distances(event: Event) -> Iterator[int]:
        for start, end in spans:
            inside = event.trigger.start < end and start < event.trigger.end
            yield 0 if inside else min(abs(event.trigger.start - end), abs(start - event.trigger.end))

    return min(events, key=lambda event: min(distances(event), default=0), default=None)


if __name__ == "__main__":
    main()
