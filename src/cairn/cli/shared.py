"""What every command shares: the line for errors, the day and the file a user names."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Callable, Generator, Iterable, Sequence
from contextlib import ExitStack
from enum import StrEnum
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer
from rich.console import Console

from cairn.errors import InputError
from cairn.hands import Hands, own_hands
from cairn.records import Claim, Decision, Document

if TYPE_CHECKING:
    from cairn.ledger import Joined, Nearby
    from cairn.pipeline import Reader, Tools

USER_ERROR = 2
"""Exit code when the input cannot be used; anything else that goes wrong is our bug and a traceback."""
REASONS_SHOWN = 20
"""Reasons and notes of one kind that are printed; the rest are counted."""

ARCHIVE = Path("cairn-archive")
"""Where the archive lies unless the user names another folder: beside the ledger, in the current folder."""

ArchiveOption = Annotated[Path, typer.Option("--archive", help="Folder of the archive.")]

errors = Console(stderr=True, highlight=False, soft_wrap=True)


def day(named: str | None, option: str) -> dt.date | None:
    """Return the day that the user named with an option."""
    if named is None:
        return None
    try:
        return dt.date.fromisoformat(named)
    except ValueError as error:
        raise InputError(f"{option} {named!r} is no date; write it as 2016-04-28") from error


def now() -> dt.datetime:
    """Return the moment, in UTC: the program's only clock, handed on to whoever needs it."""
    return dt.datetime.now(dt.UTC)


def loaded_tools() -> Tools:
    """Load what reading needs; the first use builds an index of places, and says so."""
    from cairn.pipeline import open_tools  # takes half a second, and most commands read nothing

    return open_tools(progress=building)


PublishedOption = Annotated[
    str | None, typer.Option(help="Day of publication (YYYY-MM-DD) of texts that do not carry one.")
]
OutletOption = Annotated[str | None, typer.Option(help="Who printed the texts that do not say.")]
WorkersOption = Annotated[
    int | None,
    typer.Option(min=1, max=256, help="Processes that read beside this one; without it this one reads."),
]


class Engine(StrEnum):
    """What does the work."""

    LOCAL = "local"
    SPARK = "spark"


EngineOption = Annotated[Engine, typer.Option("--engine", help="What does the work: this machine, or Spark.")]
MasterOption = Annotated[
    str | None,
    typer.Option("--master", help="Spark's master, such as spark://host:7077 or local-cluster[2,1,1024]."),
]


def check_engine(engine: Engine, master: str | None) -> None:
    """Refuse one of the two options that name Spark without the other."""
    if (engine is Engine.SPARK) != (master is not None):
        raise InputError("--engine spark and --master MASTER go together; give both or none")


def choose_hands(stack: ExitStack, engine: Engine, master: str | None, own: Hands = own_hands) -> Hands:
    """Return what does tasks that do not depend on each other: ``own``, or Spark while ``stack`` is open."""
    check_engine(engine, master)
    if master is None:
        return own
    from cairn.engine import open_spark_hands

    return stack.enter_context(open_spark_hands(master))


def choose_reader(stack: ExitStack, workers: int | None, tools: Callable[[], Tools]) -> Reader:
    """Return what reads documents: this process, or so many others while ``stack`` is open."""
    if workers is None:
        from cairn.pipeline import read_documents

        return partial(read_documents, tools=tools())
    from cairn.engine import open_reader

    return stack.enter_context(open_reader(workers, progress=building))


def building(line: str) -> None:
    """Say what is being built, as the first use does."""
    errors.print(line, style="dim", markup=False)


def join_told(
    told: Sequence[tuple[Document, Sequence[Claim]]],
    decisions: Sequence[Decision],
    nearby: Nearby | None = None,
    hands: Hands = own_hands,
) -> Joined:
    """Join a ledger's claims into incidents, see ``cairn.pipeline.join_told``."""
    from cairn import pipeline  # takes half a second, and most commands join nothing

    return pipeline.join_told(told, decisions, nearby, hands)


def open_output(stack: ExitStack, output: Path | None) -> TextIO:
    """Return the stream that results go to: the terminal, or the file that the user named."""
    if output is None:
        return sys.stdout
    try:
        return stack.enter_context(output.open("w", encoding="utf-8", newline="\n"))
    except OSError as error:
        raise InputError(f"cannot write {output}: {error.strerror or error}") from error


def end(rows: Iterable[object]) -> None:
    """End a query whose reader has gone ("cairn claims … | head") while its ledger is still open."""
    if isinstance(rows, Generator):
        rows.close()


def tell(lines: Sequence[str], what: str, style: str) -> None:
    """Print lines beside the results, the first of them in full."""
    for line in lines[:REASONS_SHOWN]:
        errors.print(line, style=style, markup=False)
    if len(lines) > REASONS_SHOWN:
        errors.print(f"… and {len(lines) - REASONS_SHOWN} more {what}", style=style, markup=False)


def plural(number: int, noun: str) -> str:
    """Return a number with its noun."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"
