"""``cairn decide``: a person's ruling, signed and kept for good."""

from __future__ import annotations

import functools
import os
from pathlib import Path
from typing import Annotated

import typer

from cairn.cli.correcting import decide_from
from cairn.cli.ledger import LEDGER, LedgerOption, opened
from cairn.cli.shared import errors, join_told, now, plural
from cairn.errors import InputError, RecordError
from cairn.ledger import append_decisions, check_decision, refresh
from cairn.records import PAIRED, Ruling, decide

MEANT = {ruling.value.replace(" ", "-"): ruling for ruling in Ruling}
"""What is typed for each ruling."""


def decide_command(
    ruling: Annotated[str | None, typer.Argument(help=" · ".join(MEANT))] = None,
    subjects: Annotated[
        list[str] | None,
        typer.Argument(help="Ids of claims, or of a document; two for same- and different-."),
    ] = None,
    changed: Annotated[
        Path | None,
        typer.Option(
            "--from", help="Instead: claims that cairn export wrote (csv, xlsx, jsonl), as changed."
        ),
    ] = None,
    partial: Annotated[
        bool, typer.Option("--partial", help="With --from: record what can be taken, though rows cannot.")
    ] = False,
    yes: Annotated[bool, typer.Option("--yes", help="With --from: do not ask.")] = False,
    who: Annotated[str | None, typer.Option(help="Who decides; else the variable CAIRN_WHO.")] = None,
    why: Annotated[str, typer.Option(help="Why, for whoever reads it later.")] = "",
    slot: Annotated[str | None, typer.Option(help="Slot to correct, or to restrict: victims, place.")] = None,
    value: Annotated[
        str | None,
        typer.Option(help="What a correction puts there, as JSON; or how widely to show it."),
    ] = None,
    supersedes: Annotated[
        str | None, typer.Option(help="Id of the decision that this one takes the place of.")
    ] = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """Record a decision; it is never changed, only superseded by a later one."""
    if (changed is None) != (bool(ruling) and bool(subjects)):
        raise InputError("name a ruling and what it is about, or a table that was changed with --from")
    if ruling and ruling not in MEANT:
        raise InputError(f"{ruling!r} is no ruling; there are {', '.join(MEANT)}")
    signed = who or os.environ.get("CAIRN_WHO")
    if not signed:
        raise InputError("a decision is signed: name yourself with --who, or set CAIRN_WHO")
    if changed is not None:
        decide_from(changed, ledger=ledger, who=signed, why=why, partial=partial, yes=yes)
        return
    kind, subjects = MEANT[ruling or ""], subjects or []
    groups = [tuple(subjects)] if kind in PAIRED else [(each,) for each in subjects]
    if kind in PAIRED and len(set(subjects)) != 2:
        raise InputError(f"{ruling} is about two claims, not {len(set(subjects))}")
    moment = now()
    ruled = functools.partial(
        decide, kind, who=signed, at=moment, slot=slot, value=value, why=why, supersedes=supersedes
    )
    with opened(ledger) as into:
        try:
            made = [ruled(*group) for group in groups]
        except RecordError as error:
            raise InputError(f"{error}; --slot and --supersedes name them") from error
        for decision in made:
            check_decision(into, decision)
        count = append_decisions(into, made, moment)
        rebuilt = refresh(into, join_told)
    errors.print(f"{plural(count, 'decision')} recorded", style="bold", markup=False)
    if rebuilt.conflicts:
        errors.print("some decisions contradict each other; cairn decisions tells which", style="yellow")
