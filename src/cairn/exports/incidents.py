"""Incidents: one row an attack, with every figure that is told of it beside who tells it."""

from __future__ import annotations

from collections.abc import Sequence

from rich import box
from rich.table import Table
from rich.text import Text

from cairn.exports import wording
from cairn.exports.table import HARM_STYLES, printable
from cairn.records import Claim, Document, Incident, Period, Place, Status


def incidents_table(
    reports: Sequence[tuple[Document, Sequence[Claim]]], incidents: Sequence[Incident], *, why: bool = False
) -> Table:
    """Return a table of incidents, those that most reports tell first.

    Args:
        reports: all, with their claims.
        incidents: of those claims.
        why: say under each what holds its accounts together.
    """
    claims = {claim.id: claim for _, found in reports for claim in found}
    documents = {document.id: document for document, _ in reports}
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, show_lines=False)
    for name in ("when and where", "by what", "figures, by who says them", "reports"):
        table.add_column(name, overflow="fold")
    for incident in sorted(incidents, key=lambda each: (-len(each.documents), -len(each.claims))):
        own = [claims[id_] for id_ in incident.claims]
        lines = [_clean(_where(own), "bold"), _clean(_when(own)), Text(incident.id, "dim")]
        if why:
            lines.extend(_clean(f"one because: {link.reason}", "italic") for link in incident.links)
        table.add_row(
            Text("\n").join(line for line in lines if line),
            Text(", ".join(sorted({wording.MEANS[claim.means] for claim in own if claim.means}))),
            _figures(own),
            _reports([documents[id_] for id_ in incident.documents]),
        )
    return table


def _figures(claims: Sequence[Claim]) -> Text:
    """Return each figure once for each chain of voices that gives it, in the order of the reports."""
    seen: set[tuple[str, ...]] = set()
    lines = []
    for claim in claims:
        if claim.part_of is not None:
            continue
        figure = f"{wording.figure(claim.count)} {wording.HARMS[claim.harm]}"
        key = (figure, *wording.voices(claim))
        if key in seen:
            continue
        seen.add(key)
        withdrawn = claim.status in (Status.SUPERSEDED, Status.DENIED)
        line = Text(figure, f"{HARM_STYLES[claim.harm]}{' strike' if withdrawn else ''}")
        lines.append(line + Text(f" {printable(' → '.join(wording.voices(claim)))}"))
    return Text("\n").join(lines)


def _reports(documents: Sequence[Document]) -> Text:
    names = dict.fromkeys(printable(each.outlet or each.id) for each in documents)
    return Text(f"{len(documents)}: {', '.join(names)}")


def _where(claims: Sequence[Claim]) -> str:
    """Return the most exact place that is told."""
    places = [claim.place for claim in claims if claim.place is not None]
    return wording.where(min(places, key=_reach)) if places else "place not told"


def _reach(place: Place) -> tuple[float, str]:
    return (place.radius_km if place.radius_km is not None else 1_000.0, place.name)


def _when(claims: Sequence[Claim]) -> str:
    """Return the shortest time that is told."""
    times = [claim.time for claim in claims if claim.time is not None]
    return wording.when(min(times, key=_length)) if times else "day not told"


def _length(time: Period) -> tuple[int, str]:
    return (time.days, time.start.isoformat())


def _clean(words: str, style: str = "") -> Text:
    return Text(printable(words), style=style)
