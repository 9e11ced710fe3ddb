"""Fitting: between which numbers what is told of an incident fits together, and what cannot all be true."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict

from rich.table import Table
from rich.text import Text

from cairn.exports import wording
from cairn.exports.table import HARM_STYLES, folding_table, printable
from cairn.records import Bounds, Claim, Document, Fit, Quantity, Span, sentence_around

TOGETHER = "all together"
LONGEST_SENTENCE = 300
"""Characters of a sentence that are quoted; of a longer one those around the figure."""

Told = Mapping[str, tuple[Claim, Document]]
"""Claims by their ids, each with its report."""


def fitting(fit: Fit, told: Told) -> list[Text | Table]:
    """Return the lines and tables of a dossier on what fits together.

    Args:
        fit: of the incident.
        told: its claims and those around it.
    """
    parts: list[Text | Table] = []
    if fit.bounds:
        parts += [Text("\nwhat fits together", "bold"), _bounds(fit, told)]
    for number, found in enumerate(fit.contradictions, start=1):
        if number == 1:
            parts.append(Text("cannot all be true", "bold"))
        parts += [Text(printable(f"{number}. {found.reason}"), "yellow"), _claims(found.claims, told)]
    return parts


def fit_json(fit: Fit, told: Told) -> dict[str, object]:
    """Return what fits together as an object of plain values, each claim of a contradiction in its words."""
    return {
        "bounds": [
            {
                **_quantity_json(each.quantity),
                "origin": each.origin,
                "fits": each.fits,
                "low": each.low,
                "high": each.high,
                "rival": each.rival,
            }
            for each in fit.bounds
        ],
        "contradictions": [
            {
                "origins": list(each.origins),
                "reason": each.reason,
                "claims": [_claim_json(*told[id_]) for id_ in each.claims],
            }
            for each in fit.contradictions
        ],
        "rivals": [
            {**_quantity_json(each.quantity), "claims": [_claim_json(*told[id_]) for id_ in each.claims]}
            for each in fit.rivals
        ],
        "left_out": [{"claim": each.claim, "reason": each.reason} for each in fit.left_out],
    }


def _bounds(fit: Fit, told: Told) -> Table:
    """Return a table of bounds; origins whose word comes to the same share a row."""
    table = folding_table("of", "if right everywhere", "fewest", "most", "")
    rivals = {each.quantity: each.claims for each in fit.rivals}
    alone = len({each.origin for each in fit.bounds} - {None}) < 2
    rows: dict[tuple[Quantity, bool, int | None, int | None, bool], list[Bounds]] = {}
    for each in fit.bounds:
        if each.origin is not None or not alone:
            key = (each.quantity, each.origin is None, each.low, each.high, each.fits)
            rows.setdefault(key, []).append(each)
    shown: set[Quantity] = set()
    for (quantity, together, low, high, fits), bounds in rows.items():
        note = "" if fits else "no number fits"
        if together and quantity in rivals:
            said = (wording.figure(told[id_][0].count) for id_ in rivals[quantity])
            note = f"{note + ', and ' if note else ''}rival figures: {' and '.join(said)}"
        table.add_row(
            Text("" if quantity in shown else _name(quantity, told), HARM_STYLES[quantity.harm]),
            Text(TOGETHER if together else printable("; ".join(each.origin or "" for each in bounds))),
            *(Text("" if value is None else f"{value:,}") for value in (low, high)),
            Text(note, "yellow"),
        )
        shown.add(quantity)
    return table


def _name(quantity: Quantity, told: Told) -> str:
    groups = ", ".join(wording.GROUPS[group] for group in quantity.groups)
    name = f"{wording.HARMS[quantity.harm]}, {groups}" if groups else wording.HARMS[quantity.harm]
    if quantity.tally is None:
        return name
    claim, _ = told[quantity.tally]
    place = f" in {wording.where(claim.place)}" if claim.place else ""
    return printable(f"{name}{place}{f', {wording.when(claim.time)}' if claim.time else ''} (tally)")


def _claims(ids: Sequence[str], told: Told) -> Table:
    table = folding_table("figure", "according to", "in the words of")
    for id_ in ids:
        claim, document = told[id_]
        start, words = _sentence(claim, document)
        before, after = claim.anchor.start - start, claim.anchor.end - start
        quote = Text(printable(words[:before]) + " " * words[:before][-1:].isspace())
        quote += Text(printable(words[before:after]), "bold")
        quote += Text(" " * words[after : after + 1].isspace() + printable(words[after:]))
        day = f", {wording.date(document.published)}" if document.published else ""
        quote += Text(f"\n{printable(document.outlet or document.id)}{day} · {claim.id}", "dim")
        figure = f"{wording.figure(claim.count)} {wording.HARMS[claim.harm]}"
        voices = printable(" → ".join(wording.voices(claim)))
        table.add_row(Text(figure, HARM_STYLES[claim.harm]), Text(voices), quote)
    return table


def _sentence(claim: Claim, document: Document) -> tuple[int, str]:
    """Return where the quoted words begin, and the words."""
    span = sentence_around(document.text, claim.anchor)
    if span.end - span.start > LONGEST_SENTENCE:
        half = LONGEST_SENTENCE // 2
        start = max(span.start, claim.anchor.start - half)
        span = Span(start, max(claim.anchor.end, min(span.end, start + LONGEST_SENTENCE)))
    return span.start, span.words(document.text)


def _quantity_json(quantity: Quantity) -> dict[str, object]:
    return {
        "harm": quantity.harm.value,
        "groups": [group.value for group in quantity.groups],
        "tally": quantity.tally,
    }


def _claim_json(claim: Claim, document: Document) -> dict[str, object]:
    return {
        "id": claim.id,
        "document": document.id,
        "outlet": document.outlet,
        "published": document.published and document.published.isoformat(),
        "sources": list(claim.speakers),
        "harm": claim.harm.value,
        "count": asdict(claim.count),
        "sentence": _sentence(claim, document)[1],
    }
