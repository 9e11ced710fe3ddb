"""``cairn add`` and what looks after a ledger: rebuild, verify, backup, restore, dump, load, erase."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import dataclass, field
from pathlib import Path
from typing import Annotated

import typer
from rich.progress import (
    BarColumn,
    MofNCompleteColumn,
    Progress,
    SpinnerColumn,
    TextColumn,
    TimeElapsedColumn,
)

from cairn.cli.importing import ColumnsOption, DateFormatOption, choose_columns
from cairn.cli.shared import USER_ERROR, day, errors, loaded_tools, now, open_output, plural, tell
from cairn.documents import count_inputs, load_documents, open_archive
from cairn.errors import InputError
from cairn.ledger import (
    Ledger,
    Rebuilt,
    back_up,
    dump,
    erase,
    load,
    open_ledger,
    rebuild,
    refresh,
    restore,
    verify,
)
from cairn.pipeline import add_documents
from cairn.records import Document, Skipped

LEDGER = "cairn.db"
"""The ledger unless the user names another: in the current folder."""

LedgerOption = Annotated[
    str, typer.Option("--ledger", help="File of the ledger, or postgresql://user@host:port/database.")
]


@dataclass(slots=True)
class Tally:
    """What adding came to."""

    documents: int = 0
    known: int = 0
    claims: int = 0
    new: int = 0
    skipped: list[Skipped] = field(default_factory=list)


def opened(name: str, *, create: bool = False) -> Ledger:
    """Open the ledger, saying what had to be made or migrated."""
    return open_ledger(
        name, create=create, progress=lambda line: errors.print(line, style="dim", markup=False)
    )


def add_command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(help="Reports, as for cairn read: files, folders, or - for standard input."),
    ] = None,
    ledger: LedgerOption = LEDGER,
    archive: Annotated[
        Path | None, typer.Option("--archive", help="Add every version in an archive of captures.")
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="Day of publication (YYYY-MM-DD) of texts that do not carry one.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Who printed the texts that do not say.")] = None,
    columns: ColumnsOption = None,
    date_format: DateFormatOption = None,
) -> None:
    """Read reports into the ledger: each is kept with its claims before the next is read."""
    chosen = list(paths or ())
    if not chosen and archive is None:
        raise InputError("nothing to add; name a file, a folder, - for standard input, or --archive")
    published_on, table = day(published, "--published"), choose_columns(columns, date_format)
    stdin = sys.stdin.buffer if "-" in chosen else None
    tally = Tally()
    with ExitStack() as stack:
        into = stack.enter_context(opened(ledger, create=True))
        documents: Iterator[Document | Skipped]
        if chosen:
            documents = load_documents(
                chosen, published=published_on, outlet=outlet, stdin=stdin, columns=table
            )
            _add(into, documents, count_inputs(chosen), tally)
        if archive is not None:
            kept = stack.enter_context(open_archive(archive, read_only=True))
            documents = (
                kept.document(each) for latest in kept.latest() for each in kept.versions(latest.url)
            )
            _add(into, documents, None, tally)
        with errors.status("joining claims into incidents"):
            rebuilt = refresh(into)
    _close(tally, rebuilt, ledger)


def _add(ledger: Ledger, documents: Iterator[Document | Skipped], total: int | None, tally: Tally) -> None:
    """Add documents, showing how far it is and what was found."""
    bar = Progress(
        SpinnerColumn(),
        TextColumn("adding"),
        BarColumn(),
        MofNCompleteColumn(),
        TimeElapsedColumn(),
        TextColumn("{task.fields[claims]:,} claims"),
        console=errors,
        disable=not errors.is_terminal,
        transient=True,
    )
    with bar:
        task = bar.add_task("adding", total=total, claims=0)
        for result in add_documents(ledger, documents, loaded_tools(), now):
            if isinstance(result, Skipped):
                tally.skipped.append(result)
                continue
            tally.documents += 1
            tally.known += result.known
            tally.claims += result.claims
            tally.new += result.new
            tally.skipped.extend(result.skipped)
            bar.update(task, advance=1, claims=tally.claims)


def _close(tally: Tally, rebuilt: Rebuilt, name: str) -> None:
    tell([f"skipped: {each.reason}" for each in tally.skipped], "skipped", "yellow")
    added = tally.documents - tally.known
    line = f"{plural(added, 'document')} added with {plural(tally.claims, 'claim')}"
    if tally.known:
        line += f", {tally.known} known already"
    errors.print(f"{line}, {len(tally.skipped)} skipped", style="bold", markup=False)
    errors.print(f"{name} now holds {_holds(rebuilt)}", markup=False)
    if not tally.documents:
        raise typer.Exit(USER_ERROR)


def _holds(rebuilt: Rebuilt) -> str:
    held = f"{plural(rebuilt.claims, 'claim')} that stand in {plural(rebuilt.incidents, 'incident')}"
    if rebuilt.conflicts:
        held += f"; {plural(rebuilt.conflicts, 'pair')} of decisions contradict each other (cairn decisions)"
    return held


def rebuild_command(ledger: LedgerOption = LEDGER) -> None:
    """Throw away what is derived, and make it again from evidence and decisions."""
    with opened(ledger) as into, errors.status("rebuilding") as status:
        rebuilt = rebuild(into, progress=status.update)
    errors.print(f"{ledger} holds {_holds(rebuilt)}", style="bold", markup=False)


def verify_command(
    ledger: LedgerOption = LEDGER,
    expect: Annotated[
        str | None, typer.Option(help="A head that verify printed before: shows that nothing was cut off.")
    ] = None,
) -> None:
    """Check that every row stands as it was recorded; print where one does not."""
    with opened(ledger) as into, errors.status("verifying") as status:
        found = verify(into, expect, progress=lambda number: status.update(f"verifying, batch {number:,}"))
    for fault in found.faults:
        errors.print(fault, style="bold red", markup=False)
    counted = ", ".join(f"{number:,} {name}" for name, number in found.entries.items())
    line = f"{found.batches:,} {'batch' if found.batches == 1 else 'batches'}"
    errors.print(f"{line}: {counted or 'nothing recorded yet'}", markup=False)
    if found.erased:
        errors.print(f"{plural(found.erased, 'document')} erased on demand, as recorded", markup=False)
    typer.echo(found.head)
    if found.faults:
        errors.print(f"{len(found.faults)} faults: this is not what was recorded", style="bold red")
        raise typer.Exit(1)
    errors.print("all stands as it was recorded; note the head above elsewhere", style="bold")


def backup_command(
    out: Annotated[Path, typer.Argument(help="New file.")], ledger: LedgerOption = LEDGER
) -> None:
    """Copy a ledger in SQLite as it stands at one moment, while others may write to it."""
    with opened(ledger) as into:
        back_up(into, out)
    errors.print(f"{ledger} as it stands now is kept at {out}", style="bold", markup=False)


def restore_command(
    backup: Annotated[Path, typer.Argument(help="A file that cairn backup wrote.")],
    ledger: Annotated[Path, typer.Option("--ledger", help="Where the ledger is to be; a new file.")] = Path(
        LEDGER
    ),
) -> None:
    """Put a backup where a ledger is to be, and check it; nothing is overwritten."""
    restore(backup, ledger)
    verify_command(str(ledger))


def dump_command(
    ledger: LedgerOption = LEDGER,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write instead of the terminal.")
    ] = None,
) -> None:
    """Write all evidence as JSON Lines, the same from SQLite and from PostgreSQL."""
    with ExitStack() as stack:
        into = stack.enter_context(opened(ledger))
        stream = open_output(stack, output)
        for line in dump(into):
            stream.write(line + "\n")


def load_command(
    path: Annotated[Path, typer.Argument(help="A file that cairn dump wrote.")],
    ledger: LedgerOption = LEDGER,
) -> None:
    """Put a dump into a new ledger, checking that it is what was sealed."""
    try:
        lines = path.open(encoding="utf-8")
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    with lines, opened(ledger, create=True) as into:
        count = load(into, lines)
        rebuilt = rebuild(into)
    errors.print(f"{count} batches loaded; {ledger} holds {_holds(rebuilt)}", style="bold", markup=False)


def erase_command(
    document: Annotated[str, typer.Argument(help="Name of the document, as cairn documents lists it.")],
    who: Annotated[str, typer.Option(help="Who answers for it.")],
    why: Annotated[str, typer.Option(help="The demand: its date and reference, not what is removed.")],
    name: Annotated[
        str | None, typer.Option(help="Words to remove, such as a name; the whole text otherwise.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    ledger: LedgerOption = LEDGER,
) -> None:
    """Remove words for good, on legal demand; a tombstone tells that, when and by whom."""
    what = "these words" if name else "all words"
    if not yes:
        typer.confirm(f"Remove {what} from {document}? It cannot be undone", abort=True)
    with opened(ledger) as into:
        erased = erase(into, document=document, who=who, why=why, at=now(), name=name)
        refresh(into)
    done = f"{plural(erased.places, 'place')} blocked in {document}"
    errors.print(
        f"{done}; backups, dumps and exports made before still hold them", style="bold", markup=False
    )
