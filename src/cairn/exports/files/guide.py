"""Guide: how to read exported data, written from what is exported."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field


@dataclass(frozen=True, slots=True, kw_only=True)
class Facts:
    """What an export is of.

    Attributes:
        made_at: when it was made, in UTC.
        version: of the program.
        rows: how many each table has, by the table's name.
        known_by: last day whose records count; ``None`` for all.
        asked: what was asked for, by the names of the options; empty for everything.
        public: only what may be shown to everybody.
        policies: name, title and rule of each policy that figures were made by.
    """

    made_at: dt.datetime
    version: str
    rows: Mapping[str, int]
    known_by: dt.date | None = None
    asked: Mapping[str, str] = field(default_factory=dict)
    public: bool = False
    policies: Sequence[tuple[str, str, str]] = ()


def guide(facts: Facts) -> list[str]:
    """Return how to read an export, a paragraph each, the most important first."""
    return list(_paragraphs(facts))


def _paragraphs(facts: Facts) -> Iterator[str]:
    counted = ", ".join(f"{count:,} {name}" for name, count in facts.rows.items())
    known = f" as known at the end of {facts.known_by.isoformat()} (UTC)" if facts.known_by else ""
    yield (
        f"{counted}{known}, written by Cairn {facts.version} at "
        f"{facts.made_at.strftime('%Y-%m-%d %H:%M')} UTC. "
        + (f"Asked for: {_joined(facts.asked)}." if facts.asked else "Nothing was left out by a filter.")
    )
    yield (
        "This is a floor and not a count. Reports miss people: those who died unseen, whom nobody named, "
        "whom no outlet reached. Where there is no row, nobody was heard; it does not say that nobody was "
        "harmed. Do not draw a trend from how many rows there are."
    )
    yield (
        "A figure is a claim: somebody's word, in one report. It says who speaks (sources, first the one who "
        "says it, then those who relay it) and never what is true or who is guilty. Perpetrators are named "
        "as the speakers name them."
    )
    if "events" in facts.rows:
        yield (
            "An event is what one report says that somebody does towards somebody, at one place of its text. "
            "status tells whether it is done (actual), planned, alleged by another party alone, denied, or "
            "only spoken of (hypothetical): never count these as one. Several events may tell of one act. "
            "actor and recipient stand in the report's words; known_as is the party's neutral name."
        )
    yield (
        "Three things look alike and are not: an empty cell (no figure is told), 0 (somebody states that "
        "nobody was harmed), and “some, number unknown” (vague words or a share). The columns that end in "
        "_kind tell them apart. Never fill empty cells with 0."
    )
    yield (
        "Do not add up claims: several tell of the same people. A claim with part_of is inside another one; "
        "a tally is a sum over several incidents. Casualties are killed or injured, undivided, never deaths."
    )
    yield (
        "low and high are bounds, both included; an empty high means that the report sets no upper bound "
        "(“at least 20”), not that low is the number. provisional means that fewer than two independent "
        "origins stand behind a figure; copies of one report are one origin."
    )
    yield (
        "A place is a circle: latitude and longitude are its middle, radius_km how far the harm may have "
        "been from there. Do not show it closer than that. time_start and time_end are the first and last "
        "day on which the harm may have happened; published is another clock, the day of printing."
    )
    if facts.policies:
        yield "A policy is one organisation's declared way to make a range of rival figures; none is right."
    for name, title, rule in facts.policies:
        yield f"Policy {name} ({title}): {rule}"
    yield (
        "Claims are read by a program and may be misread. confidence says how likely the reading is right, "
        "not whether the claim is true; reviewed names who checked it. Look at the words "
        "before you rely on a row."
    )
    yield (
        "Only what was made public stands here: no names of victims, no reviewers, places withheld or "
        "coarsened."
        if facts.public
        else "This holds what is not public. It is for those who keep the ledger; hand on an export made "
        "with --public."
    )


def _joined(asked: Mapping[str, str]) -> str:
    return ", ".join(f"{name} {value}" for name, value in asked.items())
