"""Claims: one row a claim that stands, as every exported table of claims has it."""

from __future__ import annotations

import datetime as dt
import json
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

import orjson

from cairn.exports.files.columns import Block, Cells, Layout, columns_of
from cairn.exports.files.counts import count_kind, reach
from cairn.records import Count

REMEMBERED = 50_000
"""Lists and counts that are kept once made: most are told again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ClaimRow:
    """One claim that stands: one voice's word, in one report, about one count of people harmed."""

    id: Annotated[str, "id of the claim, made from its content"]
    document: Annotated[str, "name of the report: the user's own id, or its address"]
    outlet: Annotated[str | None, "who printed it"]
    published: Annotated[dt.date | None, "day on which it was printed"]
    url: Annotated[str | None, "address of the report"]
    harm: Annotated[str, "what was suffered; casualties is killed or injured, undivided, and never deaths"]
    count_kind: Annotated[
        str,
        "how the figure is told: exactly, about, at least, at most, between, none (stated), or some, number "
        "unknown: then low is no more than the least that the word allows",
    ]
    low: Annotated[int | None, "fewest persons, included; empty where no lower bound is told, which is not 0"]
    high: Annotated[int | None, "most persons, included; empty where no upper bound is told"]
    approx: Annotated[bool, "the words are vague (about, dozens)"]
    fraction: Annotated[float | None, "share (0 to 1) of people that the report does not count in heads"]
    victims: Annotated[str | None, "who was harmed, in the report's words; empty where that is a name"]
    groups: Annotated[tuple[str, ...], "what is told of the victims, such as child or medical"]
    perpetrator: Annotated[str | None, "who did it, as the speaker names them: a claim, not a finding"]
    means: Annotated[str | None, "by what"]
    target: Annotated[str | None, "what was hit, in the report's words"]
    target_kind: Annotated[str | None, "kind of what was hit, such as health"]
    place: Annotated[str | None, "where, in the report's spelling"]
    country: Annotated[str | None, "country, ISO 3166-1 alpha-2"]
    geonames_id: Annotated[int | None, "number of the place in GeoNames"]
    latitude: Annotated[float | None, "degrees north, WGS84: the middle of a circle, not a spot"]
    longitude: Annotated[float | None, "degrees east, WGS84"]
    radius_km: Annotated[float | None, "how far from there it may have been, in kilometres"]
    precision: Annotated[str | None, "the same as a class: within 5, 25, 75 or 300 km, or wider"]
    time_start: Annotated[dt.date | None, "first day on which the harm may have happened"]
    time_end: Annotated[dt.date | None, "last day"]
    sources: Annotated[tuple[str, ...], "who says it, then who relays it; empty: the report's own voice"]
    status: Annotated[str, "asserted, feared, denied, or superseded by a later figure"]
    scope: Annotated[str, "incident, or tally: a sum over several, a period or an area"]
    part_of: Annotated[str | None, "id of the claim whose people include these: never add the two"]
    incident: Annotated[str | None, "id of the incident; empty for tallies"]
    origins: Annotated[int | None, "independent voices on this harm in this incident, by the policy range"]
    provisional: Annotated[bool | None, "fewer than two of them"]
    words: Annotated[str | None, "the figure in the report's words"]
    anchor_start: Annotated[int, "first character of these words in the report's text, from 0"]
    anchor_end: Annotated[int, "character after the last"]
    confidence: Annotated[float | None, "how likely the reading is right (0 to 1), not the claim"]
    reviewed: Annotated[str | None, "who looked at it last; empty: nobody did"]
    corrected: Annotated[tuple[str, ...], "slots that people corrected"]
    sensitivity: Annotated[str, "how widely it may be shown: public, restricted or withheld"]
    place_sensitivity: Annotated[str, "how widely its place may be shown"]
    recorded_at: Annotated[dt.datetime, "when it came into the ledger"]
    seal: Annotated[str, "tells whether the claim changed since this row was written; leave it as it is"]


SEALED = (
    "harm", "low", "high", "approx", "fraction", "victims", "groups", "perpetrator", "means", "target",
    "target_kind", "place", "country", "geonames_id", "latitude", "longitude", "radius_km", "time_start",
    "time_end", "sources", "status", "scope", "part_of", "reviewed",
)  # fmt: skip
"""Columns from which ``seal`` is made: all that a person can change, and who changed it."""


def claim_cells(block: Block) -> Cells:
    """Return the cells of some claims, in the order of ``ClaimRow``."""
    made: dict[str, Sequence[Any]] = {
        **block,
        "document": block["document_name"],
        "count_kind": [_count_kind(*each) for each in zip(*(block[name] for name in _COUNT), strict=True)],
        "groups": list(map(_listed, block["groups"])),
        "sources": list(map(_listed, block["speakers"])),
        "corrected": [tuple(each.split(",")) if each else () for each in block["corrected"]],
        "precision": list(map(reach, block["radius_km"])),
    }
    made["seal"] = list(map(seal, zip(*(made[name] for name in SEALED), strict=True)))
    return [made[name] for name in CLAIMS.names]


_COUNT = ("low", "high", "approx", "fraction")


@lru_cache(REMEMBERED)
def _count_kind(low: int | None, high: int | None, approx: bool, fraction: float | None) -> str:
    return count_kind(Count(low=low, high=high, approx=approx, fraction=fraction))


@lru_cache(REMEMBERED)
def _listed(text: str) -> tuple[str, ...]:
    return tuple(json.loads(text))


def seal(values: tuple[Any, ...]) -> str:
    """Return eight hexadecimal digits made from the cells of ``SEALED``: enough against slips."""
    return f"{zlib.crc32(orjson.dumps(values)):08x}"


CLAIMS = Layout(
    name="claims",
    holds="a claim that stands: one voice's word, in one report, about one count of people harmed",
    columns=columns_of(ClaimRow),
    take=claim_cells,
)
