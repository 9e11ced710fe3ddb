"""Score predicted claims against annotated ones, as the contract's referee does."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from cairn.evaluation.agree import Json, same_chain, same_count, same_name, same_place, same_time
from cairn.evaluation.layers import Layers, score_layers
from cairn.evaluation.pairing import Rate, likeness, overlap, pair

STRICT = ("count", "source", "place", "time")
"""Slots that must all be right, besides harm and anchor, for a claim to count as strictly right."""
OTHER_SLOTS = ("chain", "perpetrator", "means", "groups", "status", "scope", "part_of")


@dataclass(frozen=True, slots=True, kw_only=True)
class Miss:
    """One annotated or predicted claim that is not right, with the reason."""

    report_id: str
    why: str
    gold: Json | None
    got: Json | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Score:
    """How right a set of reports was read.

    Attributes:
        claim: harm and anchor agree.
        strict: count, first source, place and time agree as well.
        slots: share of matched claims whose slot agrees.
        linking: B-cubed F1 of incident ids over matched claims.
        layers: events and framing.
    """

    reports: int
    claim: Rate
    strict: Rate
    slots: Mapping[str, float]
    linking: float
    layers: Layers
    misses: tuple[Miss, ...]


def match_claims(gold: Sequence[Json], got: Sequence[Json]) -> list[tuple[int, int]]:
    """Pair annotated with predicted claims of equal harm and overlapping anchors, closest first."""

    def closeness(one: Json, other: Json) -> float | None:
        if one["harm"] != other["harm"] or not overlap(one["anchor"], other["anchor"]):
            return None
        return likeness(one["anchor"], other["anchor"]) + same_count(one["count"], other["count"])

    return pair(gold, got, closeness)


def _first(chain: Sequence[str]) -> str | None:
    return chain[0] if chain else None


def judge_slots(gold: Json, got: Json, name_of: Mapping[str, str]) -> dict[str, bool]:
    """Say of each slot of two matched claims whether it agrees.

    Args:
        gold: annotated claim.
        got: predicted claim.
        name_of: predicted claim ids -> annotated ones, of the matched claims of the report.
    """
    whole = got.get("part_of")
    return {
        "count": same_count(gold["count"], got["count"]),
        "source": same_name(_first(gold["sources"]), _first(got["sources"])),
        "chain": same_chain(gold["sources"], got["sources"]),
        "place": same_place(gold["place"], got["place"]),
        "time": same_time(gold["time"], got["time"]),
        "perpetrator": same_name(gold["perpetrator"], got["perpetrator"]),
        "means": gold["means"] == got["means"],
        "groups": set(gold["victims"]["groups"]) == set(got["victims"]["groups"]),
        "status": gold["status"] == got["status"],
        "scope": gold["scope"] == got["scope"],
        "part_of": gold["part_of"] == (name_of.get(whole, "?") if whole else None),
    }


def score_reports(gold: Mapping[str, Json], got: Mapping[str, Json]) -> Score:
    """Score predicted reports against annotated ones, both by id; a missing prediction counts as empty."""
    right: Counter[str] = Counter()
    matched = strict = all_gold = all_got = 0
    links: list[tuple[str, str]] = []
    misses: list[Miss] = []
    for report_id, report in gold.items():
        claims: Sequence[Json] = report["claims"]
        found: Sequence[Json] = got.get(report_id, {}).get("claims") or ()
        pairs = match_claims(claims, found)
        name_of = {found[j]["id"]: claims[i]["id"] for i, j in pairs}
        all_gold, all_got, matched = all_gold + len(claims), all_got + len(found), matched + len(pairs)
        scope = report.get("set") or report_id
        for i, j in pairs:
            verdict = judge_slots(claims[i], found[j], name_of)
            right.update(slot for slot, agrees in verdict.items() if agrees)
            wrong = [slot for slot in STRICT if not verdict[slot]]
            strict += not wrong
            if wrong:
                misses.append(
                    Miss(report_id=report_id, why="slots " + ",".join(wrong), gold=claims[i], got=found[j])
                )
            if claims[i].get("incident"):
                predicted = found[j].get("incident") or f"{report_id}#{found[j]['id']}"
                links.append((f"{scope}/{claims[i]['incident']}", predicted))
        misses += _unmatched(report_id, claims, found, pairs)
    return Score(
        reports=len(gold),
        claim=Rate(hit=matched, gold=all_gold, got=all_got),
        strict=Rate(hit=strict, gold=all_gold, got=all_got),
        slots={slot: right[slot] / matched if matched else 0.0 for slot in (*STRICT, *OTHER_SLOTS)},
        linking=b_cubed(links),
        layers=score_layers(gold, got),
        misses=tuple(misses),
    )


def _unmatched(
    report_id: str, claims: Sequence[Json], found: Sequence[Json], pairs: Iterable[tuple[int, int]]
) -> list[Miss]:
    paired = list(pairs)
    seen, made = {i for i, _ in paired}, {j for _, j in paired}
    missed = [
        Miss(report_id=report_id, why="missed", gold=claim, got=None)
        for i, claim in enumerate(claims)
        if i not in seen
    ]
    spurious = [
        Miss(report_id=report_id, why="spurious", gold=None, got=claim)
        for j, claim in enumerate(found)
        if j not in made
    ]
    return missed + spurious


def b_cubed(links: Sequence[tuple[str, str]]) -> float:
    """Return the B-cubed F1 over (annotated incident, predicted incident) of each matched claim."""
    if not links:
        return 0.0
    by_gold: dict[str, set[int]] = defaultdict(set)
    by_got: dict[str, set[int]] = defaultdict(set)
    for number, (gold, got) in enumerate(links):
        by_gold[gold].add(number)
        by_got[got].add(number)

    def share(size: Callable[[str, str], int]) -> float:
        return sum(len(by_gold[g] & by_got[p]) / size(g, p) for g, p in links) / len(links)

    precision = share(lambda g, p: len(by_got[p]))
    recall = share(lambda g, p: len(by_gold[g]))
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def as_dict(score: Score) -> dict[str, Any]:
    """Return the score as plain JSON values, rates rounded to four digits."""
    return {
        "claim": round(score.claim.f1, 4),
        "strict": round(score.strict.f1, 4),
        "linking": round(score.linking, 4),
        **{slot: round(share, 4) for slot, share in score.slots.items()},
        **{f"event {slot}": round(share, 4) for slot, share in score.layers.slots.items()},
        **{name: round(rate.f1, 4) for name, rate in annotated_layers(score)},
    }


def annotated_layers(score: Score) -> list[tuple[str, Rate]]:
    """Return events and framing by name, where there are annotated ones."""
    both = (("events", score.layers.event), ("framing", score.layers.framing))
    return [(name, rate) for name, rate in both if rate.gold]
