"""Show a score as a table, and its misses with the words around them."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from rich.table import Table

from cairn.evaluation.agree import Json
from cairn.evaluation.score import Score, annotated_layers

CONTEXT_CHARACTERS = 160


def score_table(score: Score, title: str) -> Table:
    """Return the score of a set of reports as one table."""
    table = Table(title=title, title_justify="left")
    table.add_column("measure")
    for column in ("P", "R", "F1 / share"):
        table.add_column(column, justify="right")
    for name, rate in (("claims", score.claim), ("STRICT", score.strict)):
        counted = f"{name} ({rate.gold} annotated, {rate.got} read)"
        table.add_row(counted, f"{rate.precision:.3f}", f"{rate.recall:.3f}", f"{rate.f1:.3f}")
    table.add_section()
    for slot, share in score.slots.items():
        table.add_row(slot, "", "", f"{share:.3f}")
    table.add_row("linking (B³ F1)", "", "", f"{score.linking:.3f}")
    for name, rate in annotated_layers(score):
        table.add_section()
        counted = f"{name} ({rate.gold} annotated, {rate.got} read)"
        table.add_row(counted, f"{rate.precision:.3f}", f"{rate.recall:.3f}", f"{rate.f1:.3f}")
        for slot, share in score.layers.slots.items() if name == "events" else ():
            table.add_row(f"  {slot}", "", "", f"{share:.3f}")
    return table


def miss_lines(score: Score, gold: Mapping[str, Json], limit: int) -> Iterator[str]:
    """Yield up to ``limit`` misses, each as three lines: the words, what was annotated, what was read."""
    for miss in score.misses[:limit]:
        text: str = gold[miss.report_id]["text"]
        start, end = (miss.gold or miss.got or {"anchor": (0, 1)})["anchor"]
        before = text[max(0, start - CONTEXT_CHARACTERS) : start].replace("\n", " ")
        after = text[end : end + CONTEXT_CHARACTERS].replace("\n", " ")
        yield f"{miss.report_id}: {miss.why}\n   …{before}⟦{text[start:end]}⟧{after}…"
        yield f"   annotated {_slots(miss.gold)}"
        yield f"   read      {_slots(miss.got)}"


def _slots(claim: Json | None) -> dict[str, Any] | None:
    if claim is None:
        return None
    return {key: claim[key] for key in ("harm", "count", "sources", "place", "time")}
