"""Dossier: one incident on a page: where, when, who says what, policies, contradictions, and every quote."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from typing import Protocol

from rich.console import Group
from rich.table import Table
from rich.text import Text

from cairn.exports import wording
from cairn.exports.fitting import fit_json, fitting
from cairn.exports.steps import StepChart, step_chart
from cairn.exports.table import HARM_STYLES, folding_table, printable, stacked
from cairn.records import Claim, Document, Estimate, Fit, Harm, LeftOut, Place, Position, Said, Status
from cairn.records import Group as VictimGroup

Heard = Sequence[tuple[Claim, Document]]

QUOTE_CHARS = 60
"""Characters on either side of a figure that are quoted with it."""


class Stand(Protocol):
    """Who says what now of one harm, as ``cairn.estimates`` has it."""

    @property
    def harm(self) -> Harm:
        """Return what was suffered."""

    @property
    def groups(self) -> tuple[VictimGroup, ...]:
        """Return what is told of the victims that are counted; empty where all of them are."""

    @property
    def positions(self) -> tuple[Position, ...]:
        """Return what each origin says."""

    @property
    def left_out(self) -> tuple[LeftOut, ...]:
        """Return the claims that no policy takes."""


def dossier(
    incident: str,
    heard: Sequence[tuple[Claim, Document]],
    stands: Sequence[tuple[Stand, Mapping[str, Estimate]]],
    fit: Fit,
    around: Heard = (),
) -> Group:
    """Return a dossier for ``rich.console.Console.print``.

    Args:
        incident: its id.
        heard: its claims, each with its report, in the order of the reports.
        stands: for each harm who says what, and what each policy makes of it; then, for groups of victims,
            who says what.
        fit: how that fits together.
        around: claims of tallies and other incidents that ``fit`` speaks of.
    """
    parts: list[Text | Table | StepChart] = [_title(incident, heard)]
    replaced = {claim.id for claim, _ in heard if claim.status is Status.SUPERSEDED}
    for stand, estimates in stands:
        parts.append(Text(f"\n{_counted(stand)}: who says what", HARM_STYLES[stand.harm]))
        parts.append(_positions(stand.positions))
        if stand.groups:
            continue
        if chart := step_chart(stand.positions, replaced):
            parts.extend((chart, Text()))
        if any(each.low is not None or each.high is not None for each in estimates.values()):
            parts.append(Text(f"{wording.HARMS[stand.harm]}: under each policy", HARM_STYLES[stand.harm]))
            parts.append(_estimates(estimates))
        parts.extend(_left_out(stand.left_out, heard))
    parts.extend(fitting(fit, {claim.id: (claim, document) for claim, document in (*around, *heard)}))
    parts.append(Text("\nevery figure, in its words", "bold"))
    parts.append(_quotes(heard))
    return Group(*parts)


def dossier_json(
    incident: str,
    heard: Heard,
    stands: Sequence[tuple[Stand, Mapping[str, Estimate]]],
    fit: Fit,
    around: Heard = (),
) -> dict[str, object]:
    """Return what ``dossier`` shows as plain values: days as ISO 8601, ``None`` for what is not told."""
    return {
        "incident": incident,
        "claims": [claim.id for claim, _ in heard],
        "harms": [
            {
                "harm": stand.harm.value,
                "groups": [group.value for group in stand.groups],
                "positions": [_position_json(each) for each in stand.positions],
                "estimates": [_estimate_json(each) for each in estimates.values()],
                "left_out": [{"claim": each.claim, "reason": each.reason} for each in stand.left_out],
            }
            for stand, estimates in stands
        ],
        "fit": fit_json(fit, {claim.id: (claim, document) for claim, document in (*around, *heard)}),
    }


def place_and_day(claims: Sequence[Claim]) -> tuple[str, str]:
    """Return the most exact place and the shortest time that some claims tell, in words."""
    places = [claim.place for claim in claims if claim.place is not None]
    times = [claim.time for claim in claims if claim.time is not None]
    where = min(places, key=_reach, default=None)
    when = min(times, key=lambda each: (each.days, each.start), default=None)
    place = printable(wording.where(where)) if where else "place not told"
    return place, wording.when(when) if when else "day not told"


def _counted(stand: Stand) -> str:
    """Return whom a stand counts, in words."""
    groups = ", ".join(wording.GROUPS[group] for group in stand.groups)
    return wording.HARMS[stand.harm] + (f" ({groups})" if groups else "")


def _title(incident: str, heard: Sequence[tuple[Claim, Document]]) -> Text:
    claims = [claim for claim, _ in heard]
    place, day = place_and_day(claims)
    means = sorted({wording.MEANS[claim.means] for claim in claims if claim.means})
    doers = sorted({claim.perpetrator for claim in claims if claim.perpetrator})
    lines = [
        Text(place, "bold"),
        Text(day),
        Text(f"told as {', '.join(means)}" if means else ""),
        Text(printable(f"said to have done it: {'; '.join(doers)}") if doers else ""),
        Text(f"{len(claims)} claims in {len({each.id for _, each in heard})} reports · {incident}", "dim"),
    ]
    return stacked(*lines)


def _reach(place: Place) -> tuple[float, str]:
    return (place.radius_km if place.radius_km is not None else 1_000.0, place.name)


def _number(value: int | None) -> Text:
    return Text("" if value is None else f"{value:,}")


def _positions(positions: Sequence[Position]) -> Table:
    table = folding_table("origin", "says", "since", "said before", "reports", "by way of")
    for each in positions:
        table.add_row(
            Text(printable(each.origin)) + Text(f"\n{each.doubt}" if each.doubt else "", "italic yellow"),
            Text(wording.figure(each.current.count), "bold"),
            Text(_day(each.current)),
            Text(_earlier(each.earlier), "dim"),
            Text(str(len(each.documents))),
            Text(printable(", ".join(each.relays))),
        )
    return table


def _earlier(said: Sequence[Said]) -> str:
    """Return each figure of each day once."""
    return "\n".join(dict.fromkeys(f"{wording.figure(each.count)} · {_day(each)}" for each in said))


def _day(said: Said) -> str:
    return wording.date(said.said_on) if said.said_on else "day not known"


def _estimates(estimates: Mapping[str, Estimate]) -> Table:
    table = folding_table("policy", "low", "best", "high", "origins", "how")
    for name, each in estimates.items():
        if each.low is None and each.high is None:
            continue
        notes = [each.reason, *(["provisional"] if each.provisional else [])]
        table.add_row(
            Text(name, "bold"),
            *(_number(value) for value in (each.low, each.best, each.high)),
            Text(f"{each.origins} in {each.documents}"), Text(printable("; ".join(notes))),
        )  # fmt: skip
    return table


def _position_json(position: Position) -> dict[str, object]:
    return {
        "origin": position.origin,
        "current": _said_json(position.current),
        "earlier": [_said_json(each) for each in position.earlier],
        "documents": list(position.documents),
        "relays": list(position.relays),
        "doubt": position.doubt,
    }


def _said_json(said: Said) -> dict[str, object]:
    return {
        "claim": said.claim,
        "document": said.document,
        "said_on": said.said_on and said.said_on.isoformat(),
        "count": asdict(said.count),
        "words": said.words,
    }


def _estimate_json(made: Estimate) -> dict[str, object]:
    return {name: value for name, value in asdict(made).items() if name not in ("harm", "left_out")}


def _left_out(left_out: Sequence[LeftOut], heard: Sequence[tuple[Claim, Document]]) -> list[Text]:
    of = {claim.id: (claim, document) for claim, document in heard}
    lines = []
    for each in left_out:
        claim, document = of[each.claim]
        words = printable(claim.anchor.words(document.text))
        outlet = printable(document.outlet or document.id)
        lines.append(Text(f"left out: “{words}” ({outlet}): {each.reason}", "dim"))
    return lines


def _quotes(heard: Sequence[tuple[Claim, Document]]) -> Table:
    table = folding_table("figure", "according to", "in the words of")
    for claim, document in heard:
        withdrawn = claim.status in (Status.SUPERSEDED, Status.DENIED)
        figure = f"{wording.figure(claim.count)} {wording.HARMS[claim.harm]}"
        start, end = claim.anchor.start, claim.anchor.end
        text = document.text
        before, after = text[max(0, start - QUOTE_CHARS) : start], text[end : end + QUOTE_CHARS]
        quote = Text("…" if start > QUOTE_CHARS else "")
        quote += Text(printable(before) + " " * before[-1:].isspace())
        quote += Text(printable(text[start:end]), "bold")
        rest = printable(after) + ("…" if end + QUOTE_CHARS < len(text) else "")
        quote += Text(" " * after[:1].isspace() + rest)
        day = f", {wording.date(document.published)}" if document.published else ""
        quote += Text(f"\n{printable(document.outlet or document.id)}{day} · {claim.id}", "dim")
        table.add_row(
            Text(figure, f"{HARM_STYLES[claim.harm]}{' strike' if withdrawn else ''}"),
            Text(printable(" → ".join(wording.voices(claim)))),
            quote,
        )
    return table
