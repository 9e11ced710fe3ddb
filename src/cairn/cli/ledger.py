"""What looks after a ledger: rebuild, verify, backup, restore, dump, load, erase."""

from __future__ import annotations

from contextlib import ExitStack
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Annotated

import typer

from cairn.cli.shared import (
    Engine,
    EngineOption,
    MasterOption,
    choose_hands,
    errors,
    join_told,
    now,
    open_output,
    plural,
    tell,
)
from cairn.errors import InputError
from cairn.ledger import (
    Join,
    Ledger,
    Rebuilt,
    back_up,
    check_dump,
    dump,
    erase,
    load,
    open_ledger,
    rebuild,
    refresh,
    restore,
    verify,
)
from cairn.records import Skipped

LEDGER = "cairn.db"
"""The ledger unless the user names another: in the current folder."""

LedgerOption = Annotated[
    str, typer.Option("--ledger", help="File of the ledger, or postgresql://user@host:port/database.")
]


def opened(name: str, *, create: bool = False) -> Ledger:
    """Open the ledger, saying what had to be made or migrated."""
    return open_ledger(
        name, create=create, progress=lambda line: errors.print(line, style="dim", markup=False)
    )


def holds(rebuilt: Rebuilt) -> str:
    """Say what a ledger holds after a rebuild."""
    held = f"{plural(rebuilt.claims, 'claim')} that stand in {plural(rebuilt.incidents, 'incident')}"
    held += f", {plural(rebuilt.events, 'event')}"
    if rebuilt.conflicts:
        held += f"; {plural(rebuilt.conflicts, 'pair')} of decisions contradict each other (cairn decisions)"
    return held


def rebuild_command(
    ledger: LedgerOption = LEDGER, engine: EngineOption = Engine.LOCAL, master: MasterOption = None
) -> None:
    """Throw away what is derived, and make it again from evidence and decisions."""
    with ExitStack() as stack:
        join = partial(join_told, hands=choose_hands(stack, engine, master))
        into = stack.enter_context(opened(ledger))
        status = stack.enter_context(errors.status("rebuilding"))
        rebuilt = rebuild(into, join, progress=status.update)
    errors.print(f"{ledger} holds {holds(rebuilt)}", style="bold", markup=False)


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
    counted = ", ".join(
        f"{number:,} {name.removesuffix('s') if number == 1 else name}"
        for name, number in found.entries.items()
    )
    line = f"{found.batches:,} {'batch' if found.batches == 1 else 'batches'}"
    errors.print(f"{line}: {counted or 'nothing recorded yet'}", markup=False)
    if found.redacted:
        rows = f"{found.redacted:,} {'row' if found.redacted == 1 else 'rows'}"
        errors.print(f"{rows} redacted on demand, as recorded", markup=False)
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
    path: Annotated[Path, typer.Argument(help="A file that cairn dump wrote, or a folder of cairn extract.")],
    ledger: LedgerOption = LEDGER,
    engine: EngineOption = Engine.LOCAL,
    master: MasterOption = None,
) -> None:
    """Put a dump into a new ledger, checking that it is what was sealed; or what was extracted into any."""
    with ExitStack() as stack:
        join = partial(join_told, hands=choose_hands(stack, engine, master))
        if path.is_dir():
            _load_extracted(path, ledger, join)
        else:
            _load_dump(path, ledger, join)


def _load_dump(path: Path, ledger: str, join: Join) -> None:
    """Put a dump into a new ledger."""
    try:
        lines = path.open(encoding="utf-8", errors="replace")  # what is replaced breaks its seal
    except OSError as error:
        raise InputError(f"cannot read {path}: {error.strerror or error}") from error
    with lines:
        head = next(lines, "")
        try:
            check_dump(head)  # before a ledger is made for it
        except InputError as error:
            raise InputError(f"{path}: {error}") from error
        with opened(ledger, create=True) as into:
            count = load(into, chain((head,), lines))
            rebuilt = rebuild(into, join)
    errors.print(f"{count} batches loaded; {ledger} holds {holds(rebuilt)}", style="bold", markup=False)


def _load_extracted(folder: Path, name: str, join: Join) -> None:
    """Put what a long run has read into a ledger."""
    from cairn.engine import load_extracted  # loads the model's library, which a dump does not need

    added = known = claims = 0
    skipped: list[str] = []
    with opened(name, create=True) as into:
        with errors.status("loading") as status:
            for each in load_extracted(into, folder, now):
                if isinstance(each, Skipped):
                    skipped.append(f"skipped: {each.reason}")
                    continue
                skipped += [f"skipped: {why.reason}" for why in each.skipped]
                known += each.known
                added += not each.known and each.document is not None
                claims += 0 if each.known else each.claims
                if added % 1_000 == 0:
                    status.update(f"loading, {added:,} documents")
        with errors.status("joining claims into incidents"):
            rebuilt = refresh(into, join)
    tell(skipped, "skipped", "yellow")
    line = f"{plural(added, 'document')} loaded with {plural(claims, 'claim')}"
    if known:
        line += f", {known} known already"
    errors.print(f"{line}, {len(skipped)} skipped", style="bold", markup=False)
    errors.print(f"{name} now holds {holds(rebuilt)}", markup=False)


def erase_command(
    who: Annotated[str, typer.Option(help="Who answers for it.")],
    why: Annotated[str, typer.Option(help="The demand: its date and reference, not what is removed.")],
    document: Annotated[
        str | None, typer.Argument(help="Name of the document, as cairn documents lists it.")
    ] = None,
    name: Annotated[
        str | None, typer.Option(help="Words to remove, such as a name; from all documents if none is named.")
    ] = None,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    ledger: LedgerOption = LEDGER,
) -> None:
    """Remove words for good, on legal demand; a tombstone tells that, when and by whom."""
    what = "these words" if name else "all words"
    if not yes and (name or document):
        typer.confirm(f"Remove {what} from {document or 'all of ' + ledger}? It cannot be undone", abort=True)
    with opened(ledger) as into, errors.status("erasing"):
        erased = erase(into, document=document, who=who, why=why, at=now(), name=name, join=join_told)
    rows = f"{erased.entries:,} {'row' if erased.entries == 1 else 'rows'}"
    errors.print(
        f"words removed from {plural(len(erased.documents), 'document')}, {rows} in all; "
        "backups, dumps, exports and archives made before still hold them",
        style="bold",
        markup=False,
    )
    if erased.held:
        errors.print(
            "another program has the ledger open, so old pages may keep the words: close it, then run VACUUM",
            style="bold yellow",
            markup=False,
        )
