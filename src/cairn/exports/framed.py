"""Framed: which outlet calls whom what, in whose words and how often, with quotes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from rich.table import Table
from rich.text import Text

from cairn.exports import wording
from cairn.exports.table import clean, folding_table, stacked
from cairn.records import Document, Framing, FramingKind, Span

QUOTES = 3
"""Quotes that are kept of one usage, the first of different reports before others."""
QUOTE_CHARS = 160
"""Longest quote, in code points; what is left out is marked."""
NO_OUTLET = "(no outlet named)"
MARKS = str.maketrans('„“”«»‘’"', "''''''''")
KIND_STYLES = {
    FramingKind.LABEL: "magenta",
    FramingKind.DISTANCING: "cyan",
    FramingKind.INTENSIFIER: "yellow",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Usage:
    """How one outlet uses one loaded wording, in its own voice or in the words of one speaker.

    Attributes:
        outlet: as the reports name it, or ``None``.
        speaker: ``None`` in the outlet's own voice.
        wording: in lower case.
        named: the party that is called so, where a name stands beside the words.
        neutral: wording that all sides could accept; empty where it is best left out.
        times: places in the reports.
        reports: how many reports hold it, and how many of the outlet were read.
        quotes: from the reports, with their ids.
    """

    outlet: str | None
    speaker: str | None
    kind: FramingKind
    wording: str
    named: str | None
    neutral: str | None
    times: int
    reports: tuple[int, int]
    quotes: tuple[tuple[str, str], ...]


def compare_outlets(read: Iterable[tuple[Document, Sequence[Framing]]]) -> tuple[Usage, ...]:
    """Count loaded wording by outlet, speaker, kind, wording and party.

    Args:
        read: reports, each with the loaded wording found in it.

    Returns:
        Outlets in the order of their names, the commonest wording of each first.
    """
    found: dict[tuple[str | None, ...], list[tuple[Document, Framing]]] = {}
    reports: dict[str | None, set[str]] = {}
    for document, framing in read:
        reports.setdefault(document.outlet, set()).add(document.id)
        for each in framing:
            words = " ".join(each.span.words(document.text).lower().translate(MARKS).split())
            key = (document.outlet, each.speaker, each.kind, words, each.named)
            found.setdefault(key, []).append((document, each))
    usages = [
        Usage(
            outlet=places[0][0].outlet,
            speaker=places[0][1].speaker,
            kind=places[0][1].kind,
            wording=str(key[3]),
            named=places[0][1].named,
            neutral=places[0][1].neutral,
            times=len(places),
            reports=(len({document.id for document, _ in places}), len(reports[key[0]])),
            quotes=_quotes(places),
        )
        for key, places in found.items()
    ]
    return tuple(sorted(usages, key=_order))


def framing_table(usages: Sequence[Usage]) -> Table:
    """Return a table for people; an outlet is named once."""
    table = folding_table("outlet", "wording", "of whom", "in whose words", "times", "neutral", "quote")
    outlet: str | None = ""
    for usage in usages:
        table.add_row(
            clean(usage.outlet or NO_OUTLET, "bold") if usage.outlet != outlet else Text(),
            stacked(clean(usage.wording, KIND_STYLES[usage.kind]), Text(usage.kind, "dim")),
            clean(usage.named),
            clean(usage.speaker or wording.OWN_VOICE),
            stacked(Text(f"{usage.times:,}"), Text(f"{usage.reports[0]:,} of {usage.reports[1]:,}", "dim")),
            clean(usage.neutral) if usage.neutral else Text("left out" if usage.neutral == "" else "", "dim"),
            clean(usage.quotes[0][1] if usage.quotes else "", "italic dim"),
        )
        outlet = usage.outlet
    return table


def usage_json(usage: Usage) -> dict[str, object]:
    """Return one usage as an object: what is not said is ``null``; each quote is led by its report's id."""
    return {
        "outlet": usage.outlet,
        "named": usage.named,
        "wording": usage.wording,
        "kind": usage.kind.value,
        "sources": [usage.speaker] if usage.speaker else [],
        "neutral": usage.neutral,
        "times": usage.times,
        "reports": usage.reports[0],
        "reports_read": usage.reports[1],
        "quotes": [f"{report}: {quote}" for report, quote in usage.quotes],
    }


def _order(usage: Usage) -> tuple[object, ...]:
    return (
        (usage.outlet or "").lower(),
        usage.outlet is None,
        -usage.times,
        usage.wording,
        usage.named or "",
        usage.speaker or "",
    )


def _quotes(places: Sequence[tuple[Document, Framing]]) -> tuple[tuple[str, str], ...]:
    """Return the first places of different reports, then others of the same."""
    first = {document.id: (document, each) for document, each in reversed(places)}
    chosen = list(reversed(first.values()))[:QUOTES]
    return tuple((document.id, _quote(document.text, each)) for document, each in chosen)


def _quote(text: str, framing: Framing) -> str:
    """Return the sentence around the words, cut at both ends where it is long."""
    whole = framing.quote or framing.span
    spare = max(0, QUOTE_CHARS - (framing.span.end - framing.span.start)) // 2
    cut = Span(max(whole.start, framing.span.start - spare), min(whole.end, framing.span.end + spare))
    before = "…" if cut.start > whole.start else ""
    after = "…" if cut.end < whole.end else ""
    return f"{before}{' '.join(cut.words(text).split())}{after}"
