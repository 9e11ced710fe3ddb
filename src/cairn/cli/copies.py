"""``cairn copies``: which texts repeat which."""

from __future__ import annotations

import os
import sys
from collections.abc import Mapping, Sequence
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cairn.cli.shared import (
    USER_ERROR,
    Engine,
    EngineOption,
    MasterOption,
    OutletOption,
    PublishedOption,
    check_engine,
    choose_hands,
    day,
    errors,
    open_output,
    plural,
    tell,
)
from cairn.documents import CopyIndex, add_documents, find_copies, load_documents
from cairn.errors import InputError
from cairn.exports import write_objects
from cairn.hands import Hands, many_hands, own_hands
from cairn.records import Copy, Document, Skipped

MANY = 5_000
"""Documents from which other processes help: they take a second to start."""
MAX_WORKERS = 4
"""Processes that help at most; beyond four, reading the documents takes longer than comparing them."""
WIDE_COLUMNS = 120
"""From here how much is repeated has columns of its own; below it the reason tells."""
EXCERPT_CHARS = 300
"""Longest passage that ``--passages`` prints in full, in code points."""


class Format(StrEnum):
    """How copies are printed."""

    TABLE = "table"
    JSON = "json"


def copies_command(
    paths: Annotated[
        list[str],
        typer.Argument(
            help="Reports: .txt .md .html .jsonl .jsonl.gz, folders of those, or - for standard input."
        ),
    ],
    published: PublishedOption = None,
    outlet: OutletOption = None,
    passages: Annotated[
        bool, typer.Option("--passages", help="Show the words that are repeated under each copy.")
    ] = False,
    form: Annotated[Format, typer.Option("--format", help="How to print the copies.")] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write instead of the terminal.")
    ] = None,
    engine: EngineOption = Engine.LOCAL,
    master: MasterOption = None,
) -> None:
    """Tell which texts repeat which: how much of them, in which passages, and why it is thought so."""
    if passages and form is Format.JSON:
        raise InputError("--passages is for the table; JSON has the place of every passage anyway")
    check_engine(engine, master)
    published_on = day(published, "--published")
    stdin = sys.stdin.buffer if "-" in paths else None
    documents: dict[str, Document] = {}
    skipped: list[Skipped] = []
    with ExitStack() as stack:
        stream = open_output(stack, output)
        with errors.status("reading"):
            for found in load_documents(paths, published=published_on, outlet=outlet, stdin=stdin):
                if isinstance(found, Skipped):
                    skipped.append(found)
                else:
                    documents[found.id] = found
        with errors.status(f"comparing {plural(len(documents), 'document')}"):
            hands = choose_hands(stack, engine, master, own=_own_hands(len(documents)))
            index = add_documents(CopyIndex(), documents.values(), hands=hands)
            copies = list(find_copies(index, hands=hands))
        if form is Format.JSON:
            write_objects(map(_object, copies), stream)
        elif copies:
            console = Console(file=stream, highlight=False)
            wide = console.width >= WIDE_COLUMNS
            console.print(_table(copies, documents, wide=wide, passages=passages))
    tell([f"skipped: {each.reason}" for each in skipped], "skipped", "yellow")
    repeating = len({copy.document_id for copy in copies})
    line = f"{repeating} of {plural(len(documents), 'document')} repeat{'s' * (repeating == 1)} another"
    errors.print(f"{line}, {len(skipped)} skipped", style="bold", markup=False)
    if not documents:
        raise typer.Exit(USER_ERROR)


def _own_hands(documents: int) -> Hands:
    """Return the hands of this machine, those of other processes when there is much to do."""
    return many_hands(min(os.cpu_count() or 1, MAX_WORKERS)) if documents >= MANY else own_hands


def _object(copy: Copy) -> dict[str, object]:
    """Return one line of JSON Lines; passages as start and end here, start and end there, in code points."""
    return {
        "id": copy.id,
        "document_id": copy.document_id,
        "of": copy.of,
        "kind": copy.kind,
        "share": copy.share,
        "share_of": copy.share_of,
        "passages": [
            {"here": [each.here.start, each.here.end], "there": [each.there.start, each.there.end]}
            for each in copy.passages
        ],
        "reason": copy.reason,
    }


def _table(copies: Sequence[Copy], documents: Mapping[str, Document], *, wide: bool, passages: bool) -> Table:
    """Return a table of groups: the text that came first, and under it those that repeat it or each other."""
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    for name in ("text", "kind", *(("repeats", "of it", "of that") if wide else ()), "why"):
        table.add_column(name, justify="right" if name.startswith("of") else "left", overflow="fold")
    for group in _group(copies, list(documents)):
        repeating = {copy.document_id for copy in group}
        for first in dict.fromkeys(copy.of for copy in group if copy.of not in repeating):
            table.add_row(_name(documents[first], wide=wide), Text("first", style="dim"))
        for copy in group:
            document = documents[copy.document_id]
            shares = (Text(copy.of), f"{copy.share:.0%}", f"{copy.share_of:.0%}") if wide else ()
            table.add_row(
                Padding(_name(document, wide=wide), (0, 0, 0, 2)),
                copy.kind.value,
                *shares,
                _why(copy, document, passages=passages),
            )
        table.add_section()
    return table


def _group(copies: Sequence[Copy], order: Sequence[str]) -> list[list[Copy]]:
    """Put copies together that a chain of copies links; groups and copies in the order of their documents."""
    leader = {each: each for each in order}

    def find(each: str) -> str:
        while leader[each] != each:
            leader[each] = each = leader[leader[each]]
        return each

    for copy in copies:
        leader[find(copy.document_id)] = find(copy.of)
    groups: dict[str, list[Copy]] = {}
    for copy in copies:
        groups.setdefault(find(copy.of), []).append(copy)
    return list(groups.values())


def _name(document: Document, *, wide: bool) -> Text:
    """Return a document's id, with who printed it and when beside or below it."""
    facts = [document.outlet, document.published and document.published.isoformat()]
    told = " · ".join(fact for fact in facts if fact)
    name = Text(document.id, style="bold")
    return name.append((" · " if wide else "\n") + told, style="not bold dim") if told else name


def _why(copy: Copy, document: Document, *, passages: bool) -> Text:
    """Return the reason, and the words that are repeated when they are asked for."""
    why = Text(copy.reason)
    if passages:
        for each in copy.passages:
            words = " ".join(each.here.words(document.text).split())
            shown = words if len(words) <= EXCERPT_CHARS else f"{words[:EXCERPT_CHARS]}…"
            why.append(f"\n| {shown}", style="dim")
    return why
