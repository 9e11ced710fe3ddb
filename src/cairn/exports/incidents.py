"""Incidents: one row an attack, with every figure that is told of it beside who tells it."""

from __future__ import annotations

from collections.abc import Sequence

from rich.table import Table
from rich.text import Text

from cairn.exports import wording
from cairn.exports.dossiers import place_and_day
from cairn.exports.table import HARM_STYLES, clean, folding_table, printable, stacked
from cairn.records import Claim, Document, Incident, Status


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
    table = folding_table("when and where", "by what", "figures, by who says them", "reports")
    for incident in sorted(incidents, key=lambda each: (-len(each.documents), -len(each.claims))):
        own = [claims[id_] for id_ in incident.claims]
        place, day = place_and_day(own)
        lines = [clean(place, "bold"), clean(day), Text(incident.id, "dim")]
        if why:
            lines.extend(clean(f"one because: {link.reason}", "italic") for link in incident.links)
        table.add_row(
            stacked(*lines),
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
