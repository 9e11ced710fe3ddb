"""``cairn import``: reports out of files into the archive."""

from __future__ import annotations

import datetime as dt
import os
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich import box
from rich.console import Console
from rich.progress import BarColumn, DownloadColumn, Progress, SpinnerColumn, TextColumn, TimeRemainingColumn
from rich.table import Table
from rich.text import Text

from cairn.cli.shared import ARCHIVE, REASONS_SHOWN, USER_ERROR, ArchiveOption, day, errors, now, tell
from cairn.documents import (
    IMPORT_GROUP,
    LISTED,
    Addresses,
    Columns,
    Imported,
    count_bytes,
    import_files,
    name_language,
    open_archive,
    parse_columns,
)
from cairn.errors import InputError
from cairn.records import Document, Outcome

LARGE_BYTES = 4 * 1024 * 1024
"""Size of all inputs from which a second process is worth the second that it takes to start."""
MOST_WORKERS = 8
"""Processes by default at most: beyond that, writing the archive is what takes the time."""
NAMED = 8
"""Languages and agencies that are named in the report."""
FAILED, TO_FETCH = "failed", "to fetch"

_DOUBTS = (
    "publication date in doubt", "publication date guessed", "published is", "only the first", "attachments",
    "the page may show",
)  # fmt: skip
"""Starts of the notes that tell of what may be wrong or missing, and not only of where a value was read."""

ColumnsOption = Annotated[
    str | None, typer.Option(help="What the columns of tables hold, such as text=body,published=date.")
]
DateFormatOption = Annotated[
    str | None, typer.Option(help="How tables write days where it is not plain, such as %d/%m/%Y.")
]


def choose_columns(columns: str | None, date_format: str | None) -> Columns:
    """Return what the user says of tables.

    Raises:
        InputError: it cannot be understood.
    """
    return Columns(names=parse_columns(columns) if columns else {}, date_form=_date_form(date_format))


def import_command(
    paths: Annotated[
        list[str],
        typer.Argument(
            metavar="PATH",
            help="Files or folders: .txt .md .html .pdf .jsonl .csv .tsv .parquet .eml .mbox .warc .wet, or "
            "lists of addresses to fetch.",
        ),
    ],
    archive: ArchiveOption = ARCHIVE,
    columns: ColumnsOption = None,
    date_format: DateFormatOption = None,
    published: Annotated[
        str | None, typer.Option(help="Day of publication (YYYY-MM-DD) of reports that do not carry one.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Who printed the reports that do not say.")] = None,
    workers: Annotated[
        int | None, typer.Option(min=1, max=64, help="Processes that read pages; one for each processor.")
    ] = None,
) -> None:
    """Record reports from files in the archive: every one as it came, with its text, day and language."""
    chosen = choose_columns(columns, date_format)
    published_on = day(published, "--published")
    size = count_bytes(paths)
    crew = workers or (1 if size < LARGE_BYTES else min(MOST_WORKERS, os.cpu_count() or 1))
    found = _Found()
    with open_archive(archive, group=IMPORT_GROUP, progress=_told) as opened:
        tell(opened.notices, "notices", "yellow")
        imported = import_files(
            paths,
            opened,
            archive,
            now=now,
            workers=crew,
            columns=chosen,
            published=published_on,
            outlet=outlet,
        )
        try:
            _import(found, imported, size)
        except KeyboardInterrupt:
            imported.close()
            opened.commit()
            errors.print(
                "interrupted; what was imported is kept, and the same command goes on", style="yellow"
            )
            _report(found, archive)
            raise typer.Exit(130) from None
    _report(found, archive)


@dataclass(slots=True)
class _Lines:
    """Lines to print at the end: the first of them, and how many there were."""

    shown: list[str] = field(default_factory=list)
    count: int = 0

    def add(self, line: str) -> None:
        """Add a line; an import may have a hundred thousand."""
        self.count += 1
        if self.count <= REASONS_SHOWN:
            self.shown.append(line)

    def tell(self, what: str, style: str) -> None:
        """Print them."""
        tell(self.shown, what, style)
        if self.count > REASONS_SHOWN:
            errors.print(f"… and {self.count - REASONS_SHOWN:,} more {what}", style=style, markup=False)


@dataclass(slots=True)
class _Found:
    """What an import came to: outcomes by the path that led to them, and what the documents are like."""

    outcomes: dict[str, Counter[str]] = field(default_factory=dict)
    languages: Counter[str] = field(default_factory=Counter)
    days: Counter[str] = field(default_factory=Counter)
    agencies: Counter[str] = field(default_factory=Counter)
    doubts: _Lines = field(default_factory=_Lines)
    failures: _Lines = field(default_factory=_Lines)
    new_addresses: int = 0


def _import(found: _Found, imported: Iterator[Imported | Addresses], size: int) -> None:
    """Import with a bar that shows how far it is."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("importing"),
        BarColumn(),
        DownloadColumn(),
        TextColumn("{task.fields[reports]:,} reports"),
        TimeRemainingColumn(),
        console=errors,
        disable=not errors.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task("importing", total=size or None, reports=0)
        for reports, each in enumerate(imported, start=1):
            _count(found, each)
            bar.update(task, completed=each.done, reports=reports)


def _count(found: _Found, each: Imported | Addresses) -> None:
    """Add what came of one report to what was found."""
    counts = found.outcomes.setdefault(each.given, Counter())
    if isinstance(each, Addresses):
        counts[TO_FETCH] += each.added + each.known
        found.new_addresses += each.added
        return
    if each.failure:
        counts[FAILED] += 1
        found.failures.add(f"failed: {each.name} {each.failure.reason}")
    elif each.outcome:
        counts[each.outcome.value] += 1
    if each.document:
        _describe(found, each.document)


def _describe(found: _Found, document: Document) -> None:
    found.languages[name_language(document.language) if document.language else "in doubt"] += 1
    found.days[document.basis.value if document.basis else "none"] += 1
    found.agencies.update({credit.agency for credit in document.credits})
    for note in document.notes:
        if note.startswith(_DOUBTS):
            found.doubts.add(f"{document.id}: {note}")


def _report(found: _Found, archive: Path) -> None:
    """Print what an import came to."""
    found.doubts.tell("noted", "dim")
    found.failures.tell("failed", "yellow")
    total: Counter[str] = sum(found.outcomes.values(), Counter())
    kinds = [*(outcome.value for outcome in Outcome), FAILED]
    columns = [*kinds, TO_FETCH] if total[TO_FETCH] else kinds
    if total:
        table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
        table.add_column("from", overflow="fold")
        for kind in columns:
            table.add_column(kind, justify="right")
        for path, counts in found.outcomes.items():
            table.add_row(Text(path), *(f"{counts[kind]:,}" if counts[kind] else "·" for kind in columns))
        Console(highlight=False).print(table)
    for what, counts in (("languages", found.languages), ("days", found.days), ("credits", found.agencies)):
        if counts:
            errors.print(f"{what}: {_named(counts)}", style="dim", markup=False)
    if total[TO_FETCH]:
        listed = archive / LISTED
        new = f"{found.new_addresses:,} of them new"
        errors.print(
            f"{total[TO_FETCH]:,} addresses to fetch, {new}: cairn fetch --from {listed}", markup=False
        )
    line = ", ".join(f"{total[kind]:,} {kind}" for kind in kinds)
    errors.print(f"{line}; kept in {archive}", style="bold", markup=False)
    if not sum(total[outcome.value] for outcome in Outcome) and not total[TO_FETCH]:
        raise typer.Exit(USER_ERROR)


def _named(counts: Counter[str]) -> str:
    shown = sorted(counts.items(), key=lambda pair: (-pair[1], pair[0]))[:NAMED]
    left = sum(counts.values()) - sum(number for _, number in shown)
    told = ", ".join(f"{name} {number:,}" for name, number in shown)
    return f"{told}, others {left:,}" if left else told


def _date_form(given: str | None) -> str | None:
    if given is None:
        return None
    try:
        written = dt.date(2003, 12, 31).strftime(given)
        if dt.datetime.strptime(written, given).date() == dt.date(2003, 12, 31):  # noqa: DTZ007 (a day has no zone)
            return given
    except ValueError:
        pass
    raise InputError(f"--date-format {given!r} names no day; write it with %d, %m and %Y, such as %d/%m/%Y")


def _told(line: str) -> None:
    errors.print(line, style="dim", markup=False)
