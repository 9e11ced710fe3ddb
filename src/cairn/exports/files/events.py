"""Events: one row an event that stands, as every exported table of events has it."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Annotated, Any

from cairn.exports.files.columns import Block, Cells, Layout, columns_of
from cairn.exports.files.counts import reach
from cairn.records import TAKING_PART

REMEMBERED = 50_000
"""Lists that are kept once read: many are told again and again."""
PARTY = ("party", "known_as", "kind", "country")
"""What is known of the party that a name stands for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventRow:
    """One event that stands: what one report says that somebody does, plans, asks for or refuses."""

    id: Annotated[str, "id of the event, made from its content"]
    document: Annotated[str, "name of the report: the user's own id, or its address"]
    outlet: Annotated[str | None, "who printed it"]
    published: Annotated[dt.date | None, "day on which it was printed"]
    url: Annotated[str | None, "address of the report"]
    type: Annotated[str, "what is done: one of the sixteen types of PLOVER"]
    mode: Annotated[str | None, "how, where the type has modes"]
    status: Annotated[str, "actual, planned, alleged (by another party alone), denied, or hypothetical"]
    actor: Annotated[str | None, "who does it, in the report's words: of several the first"]
    actor_party: Annotated[str | None, "id of the party that the name stands for, where that is sure"]
    actor_known_as: Annotated[str | None, "its neutral name"]
    actor_kind: Annotated[str | None, "what it is, such as state or armed_group"]
    actor_country: Annotated[str | None, "country that it is of, ISO 3166-1 alpha-2"]
    actors: Annotated[tuple[str, ...], "all who do it, in the report's words"]
    recipient: Annotated[str | None, "towards whom; empty in public tables where that is a victim by name"]
    recipient_party: Annotated[str | None, "as actor_party"]
    recipient_known_as: Annotated[str | None, "as actor_known_as"]
    recipient_kind: Annotated[str | None, "as actor_kind"]
    recipient_country: Annotated[str | None, "as actor_country"]
    recipients: Annotated[tuple[str, ...], "all towards whom; names of victims are left out"]
    place: Annotated[str | None, "where, in the report's spelling"]
    country: Annotated[str | None, "country of the place, ISO 3166-1 alpha-2"]
    geonames_id: Annotated[int | None, "number of the place in GeoNames"]
    latitude: Annotated[float | None, "degrees north, WGS84: the middle of a circle, not a spot"]
    longitude: Annotated[float | None, "degrees east, WGS84"]
    radius_km: Annotated[float | None, "how far from there it may have been, in kilometres"]
    precision: Annotated[str | None, "the same as a class: within 5, 25, 75 or 300 km, or wider"]
    time_start: Annotated[dt.date | None, "first day on which it may be done, in the future too"]
    time_end: Annotated[dt.date | None, "last day"]
    sources: Annotated[tuple[str, ...], "who says it, then who relays it; empty: the report's own voice"]
    incident: Annotated[str | None, "of an attack: id of the incident that claims about its harm are in"]
    words: Annotated[str, "the words that name the act"]
    trigger_start: Annotated[int, "first character of these words in the report's text, from 0"]
    trigger_end: Annotated[int, "character after the last"]
    confidence: Annotated[float | None, "how likely the reading is right (0 to 1), not the event"]
    reviewed: Annotated[str | None, "who looked at it last; empty: nobody did"]
    corrected: Annotated[tuple[str, ...], "slots that people corrected"]
    sensitivity: Annotated[str, "how widely it may be shown: public, restricted or withheld"]
    place_sensitivity: Annotated[str, "how widely its place may be shown"]
    recorded_at: Annotated[dt.datetime, "when it came into the ledger"]


def event_cells(block: Block) -> Cells:
    """Return the cells of some events, in the order of ``EventRow``."""
    told = [_listed(each) for each in block["participants"]]
    made: dict[str, Sequence[Any]] = {
        **block,
        "document": block["document_name"],
        "sources": [tuple(_listed(each)) for each in block["speakers"]],
        "corrected": [tuple(each.split(",")) if each else () for each in block["corrected"]],
        "precision": list(map(reach, block["radius_km"])),
    }
    for slot in TAKING_PART:
        every = [[each for each in some if each["slot"] == slot] for some in told]
        one = [tuple([name] if name else ()) for name in block[slot]]
        named = [tuple(_names(some)) for some in every]
        made[f"{slot}s"] = [several or own for several, own in zip(named, one, strict=True)]
        for name in PARTY:
            made[f"{slot}_{name}"] = [some[0][name] if some else None for some in every]
    return [made[name] for name in EVENTS.names]


def _names(participants: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    """Yield the names of those who take part; those of victims are not among them."""
    for each in participants:
        if each["name"]:
            yield each["name"]


@lru_cache(REMEMBERED)
def _listed(text: str) -> tuple[Any, ...]:
    return tuple(json.loads(text))


EVENTS = Layout(
    name="events",
    holds="an event that stands: what one report says that somebody does, plans, asks for or refuses",
    columns=columns_of(EventRow),
    take=event_cells,
)
