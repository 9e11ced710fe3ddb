"""Compare what headlines alone come to with what coders made of the whole reports: UCDP's events in Iraq.

usage: python eval/ucdp_iraq.py [--half even|odd] [--misses N]

Each event that cites several headlines is one incident: every headline is read as a report, its claims are
weighed together, and the ``ucdp`` policy's low, best and high stand beside the coded ones. Only events with
even ids were looked into; those with odd ids check that nothing was fitted.

A coded event is one battle or bombing; a headline often gives the sum of a day, or no number at all. So each
share has a ceiling beside it, which no policy can pass: events in which the figures of killed that were read
in the headlines, sums and replaced ones with them, enclose the coded range (overlap), or in which one of them
lies within a tenth of the coded best (best). The shares of the ceiling are held by exit code.
"""

from __future__ import annotations

import argparse
import csv
import datetime as dt
import gzip
import re
import sys
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from cairn.claims import extract_claims
from cairn.estimates import POLICIES, estimate
from cairn.pipeline import Tools, mark_document, open_tools, weigh
from cairn.records import Claim, Document, Harm, Reading, Scope

CORPUS = Path(__file__).resolve().parents[2] / "shared" / "corpora" / "ucdp_iraq" / "conflict_data_irq.csv.gz"
CITED = re.compile(r"(.*?),(\d{4}-\d\d-\d\d),(.*)", re.DOTALL)
"""Outlet, day and headline, as the table's ``source_article`` joins them."""
WITHIN = 0.1
"""How far from the coded best counts as right, as a share of it."""
ASKED = {"overlap": 0.8, "best": 0.6}
FLOORS = {"overlap": 0.81, "best": 0.82}
"""Shares of the ceiling that are held, a hundredth below what was reached over both halves."""
MOST = 5
"""Headlines from which events are counted together."""


Read = tuple[Reading, Sequence[Claim]]
Reader = Callable[[str, str, str], Read]
"""Reads a headline of an outlet and a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """What UCDP coded, and the headlines it cites: outlet, day, words."""

    id: int
    low: int
    best: int
    high: int
    headlines: tuple[tuple[str, str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What the headlines of an event come to.

    Attributes:
        found: low, best and high of the policy; ``None`` where it gives none.
        overlap: the two ranges meet.
        best: the two best figures agree.
        ceilings: whether any policy could have met the two.
        miss: why the ranges do not meet, ``""`` where they do.
    """

    event: Event
    found: tuple[int, int | None, int] | None
    overlap: bool
    best: bool
    ceilings: Mapping[str, bool]
    miss: str


def load_events(path: Path) -> Iterator[Event]:
    """Yield the events that cite several headlines; a headline cited twice counts once."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            if not row["id"].isdigit():  # the second line holds tags
                continue
            cited = next(csv.reader([row["source_article"]], delimiter=";"), [])
            found = [match for each in cited if (match := CITED.fullmatch(each))]
            headlines = tuple(dict.fromkeys((match[1], match[2], match[3]) for match in found))
            low, best, high = (int(row[name]) for name in ("low", "best", "high"))
            if len(headlines) > 1:  # a few rows have the bounds the wrong way round
                yield Event(
                    id=int(row["id"]),
                    low=min(low, best, high),
                    best=best,
                    high=max(low, best, high),
                    headlines=headlines,
                )


def judge(event: Event, read: Reader) -> Outcome:
    """Read an event's headlines, weigh their claims and compare."""
    told = [read(*headline) for headline in event.headlines]
    heard = [(claim, reading.document) for reading, claims in told for claim in claims]
    stands = [stand for stand in weigh(heard, []) if stand.harm is Harm.KILLED]
    made = estimate(POLICIES["ucdp"], stands[0]) if stands else None
    found = None
    if made is not None and made.high is not None:
        found = (made.low or 0, made.best, made.high)
    killed = [claim for claim, _ in heard if claim.harm is Harm.KILLED]
    figures = [
        figure for claim in killed for figure in (claim.count.low, claim.count.high) if figure is not None
    ]
    overlap = found is not None and found[0] <= event.high and found[2] >= event.low
    return Outcome(
        event=event,
        found=found,
        overlap=overlap,
        best=found is not None and _agrees(found[1], event),
        ceilings={
            "overlap": bool(figures) and min(figures) <= event.high and max(figures) >= event.low,
            "best": any(_agrees(figure, event) for figure in figures),
        },
        miss=""
        if overlap
        else _explain(event, found, [reading for reading, _ in told], [c for c, _ in heard]),
    )


def _agrees(figure: int | None, event: Event) -> bool:
    return figure is not None and abs(figure - event.best) <= WITHIN * event.best


def _explain(
    event: Event,
    found: tuple[int, int | None, int] | None,
    readings: Sequence[Reading],
    claims: Sequence[Claim],
) -> str:
    """Return the kind of a miss."""
    killed = [claim for claim in claims if claim.harm is Harm.KILLED]
    if found is not None:
        if found[2] == 1:
            return "one person is told of, many died"
        return "less than is coded" if found[2] < event.low else "more than is coded"
    if killed and all(claim.scope is Scope.TALLY for claim in killed):
        return "only sums over several incidents"
    if killed:
        return "figures of killed that no policy takes"
    deadly = [reading for reading in readings if any(cue.value.harm is Harm.KILLED for cue in reading.cues)]
    if any(reading.persons for reading in deadly):
        return "people and a word of death, and no claim read"
    if deadly:
        return "a word of death and no number"
    return "only another harm" if claims else "neither number nor death"


def reader(tools: Tools) -> Reader:
    """Return what reads headlines, each once."""

    @cache
    def read(outlet: str, day: str, words: str) -> Read:
        published = dt.date.fromisoformat(day)
        document = Document(id=f"{outlet} {day} {words}", text=words, published=published, outlet=outlet)
        reading = mark_document(document, tools)
        return reading, extract_claims(reading, tools.lexicon).claims

    return read


def shares(outcomes: Sequence[Outcome]) -> dict[str, float]:
    """Return of the events whose headlines give a figure the shares met, and of those that could be."""
    made = [each for each in outcomes if each.found is not None]
    met = {"overlap": sum(each.overlap for each in made), "best": sum(each.best for each in made)}
    could = {name: sum(each.ceilings[name] for each in made) for name in met}
    number = max(1, len(made))
    return {
        **{name: hits / number for name, hits in met.items()},
        **{f"{name} ceiling": hits / number for name, hits in could.items()},
        **{f"{name} of ceiling": met[name] / max(1, could[name]) for name in met},
    }


def table(outcomes: Sequence[Outcome]) -> Iterator[str]:
    """Yield the lines of the table, by number of headlines."""
    yield "headlines  events  with figure  overlap (ceiling)  best (ceiling)"
    groups = [
        (f"{number}", [e for e in outcomes if len(e.event.headlines) == number]) for number in range(2, MOST)
    ]
    groups.append((f"{MOST} or more", [e for e in outcomes if len(e.event.headlines) >= MOST]))
    for name, group in (*groups, ("all", list(outcomes))):
        share, made = shares(group), sum(each.found is not None for each in group)
        yield (
            f"{name:10} {len(group):6} {made:12}  {share['overlap']:7.3f} ({share['overlap ceiling']:.3f})"
            f"    {share['best']:6.3f} ({share['best ceiling']:.3f})"
        )
    for name, asked in ASKED.items():
        share = shares(outcomes)
        yield f"{name}: {share[name]:.3f}, asked {asked}; {share[f'{name} of ceiling']:.3f} of what is there"
    for kind, number in Counter(each.miss for each in outcomes if each.miss).most_common():
        yield f"  {number:4}  {kind}"


def main(argv: Sequence[str] | None = None) -> int:
    """Read, weigh, compare and hold; return the exit code."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--half", choices=["even", "odd"], help="events with such ids alone")
    parser.add_argument("--misses", type=int, default=0, metavar="N", help="show so many of each kind")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="table of events, as UCDP gives it")
    options = parser.parse_args(argv)
    if not options.corpus.is_file():
        print(f"skipped: no events at {options.corpus}")
        return 0
    halves = {"even": [0], "odd": [1], None: [0, 1]}[options.half]
    read = reader(open_tools())
    outcomes = [judge(event, read) for event in load_events(options.corpus) if event.id % 2 in halves]
    print("\n".join(table(outcomes)))
    shown = Counter[str]()
    for each in outcomes:
        shown[each.miss] += 1
        if each.miss and shown[each.miss] <= options.misses:
            event = each.event
            print(
                f"{each.miss}: {event.id} coded {event.low}, {event.best}, {event.high}; found {each.found}"
            )
            for outlet, day, words in event.headlines:
                print(f"    {day} {outlet}: {words}")
    low = [name for name, floor in FLOORS.items() if shares(outcomes)[f"{name} of ceiling"] < floor]
    for name in low:
        print(f"ucdp_iraq: {name} is below its floor of {FLOORS[name]} of the ceiling")
    return 1 if low else 0


if __name__ == "__main__":
    sys.exit(main())
