"""Score events and loaded wording, which stand beside the claims, as the contract's referee does."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from cairn.evaluation.agree import Json, same_name, same_place, same_time
from cairn.evaluation.pairing import Rate, likeness, overlap, pair

CLOSE = 40
"""Characters between the nearer ends of two triggers that may be one event's; the referee's number."""
EVENT_SLOTS = ("actor", "recipient", "place", "time", "source", "status")


@dataclass(frozen=True, slots=True, kw_only=True)
class Layers:
    """How right events and framing were read; a rate without annotated entries tells nothing.

    Attributes:
        slots: share of matched events whose slot agrees.
    """

    event: Rate
    framing: Rate
    slots: Mapping[str, float]


def score_layers(gold: Mapping[str, Json], got: Mapping[str, Json]) -> Layers:
    """Score reports by id; of each only the layers that its annotation has."""
    tallies = {"events": Counter[str](), "framing": Counter[str]()}
    right: Counter[str] = Counter()
    for report_id, report in gold.items():
        for layer, match in (("events", match_events), ("framing", match_framing)):
            annotated = report.get(layer)
            if annotated is None:
                continue
            read: Sequence[Json] = got.get(report_id, {}).get(layer) or ()
            pairs = match(annotated, read)
            tallies[layer].update(hit=len(pairs), gold=len(annotated), got=len(read))
            if layer == "events":
                for i, j in pairs:
                    right.update(judge_event(annotated[i], read[j]))
    event, framing = (
        Rate(hit=tally["hit"], gold=tally["gold"], got=tally["got"]) for tally in tallies.values()
    )
    shares = {slot: right[slot] / event.hit if event.hit else 0.0 for slot in EVENT_SLOTS}
    return Layers(event=event, framing=framing, slots=shares)


def match_events(gold: Sequence[Json], got: Sequence[Json]) -> list[tuple[int, int]]:
    """Pair events of one type whose triggers are close."""

    def closeness(one: Json, other: Json) -> float | None:
        ends = zip(one["trigger"], other["trigger"], strict=True)
        apart = min(abs(int(a) - int(b)) for a, b in ends)
        return -apart if one["type"] == other["type"] and apart <= CLOSE else None

    return pair(gold, got, closeness)


def match_framing(gold: Sequence[Json], got: Sequence[Json]) -> list[tuple[int, int]]:
    """Pair spans of one kind that overlap."""

    def closeness(one: Json, other: Json) -> float | None:
        spans = one["span"], other["span"]
        return likeness(*spans) if one["kind"] == other["kind"] and overlap(*spans) else None

    return pair(gold, got, closeness)


def judge_event(gold: Json, got: Json) -> list[str]:
    """Return the slots of two matched events that agree."""
    first = [next(iter(each.get("sources") or ()), None) for each in (gold, got)]
    agrees = {
        "actor": same_name(gold["actor"], got.get("actor")),
        "recipient": same_name(gold["recipient"], got.get("recipient")),
        "place": same_place(gold["place"], got.get("place")),
        "time": same_time(gold["time"], got.get("time")),
        "source": same_name(*first),
        "status": gold["status"] == got.get("status", "actual"),
    }
    return [slot for slot, agreed in agrees.items() if agreed]
