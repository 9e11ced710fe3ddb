"""``cairn documents``, ``cairn versions``, ``cairn archive export``: what the archive holds."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from enum import StrEnum
from itertools import islice
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cairn.cli.ledger import LEDGER
from cairn.cli.lists import AsOfOption, PlaceOption, TextOption, print_documents
from cairn.cli.lists import Format as Listing
from cairn.cli.shared import ARCHIVE, ArchiveOption, day, errors, now, open_output, plural, tell
from cairn.documents import Archive, diff_versions, export_archive, open_archive
from cairn.errors import InputError
from cairn.exports import (
    Step,
    document_json,
    documents_table,
    failure_json,
    failures_table,
    version_json,
    versions_table,
    versions_text,
    write_objects,
    write_versions,
)
from cairn.ledger import Asked
from cairn.lexicon import load_lexicon

SCREENFUL = 50
"""Rows of a table that are printed unless the user asks for more; JSON is never cut."""

OutputOption = Annotated[
    Path | None, typer.Option("--output", "-o", help="File to write instead of the terminal.")
]

archive_app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Hand the archive on to other tools."
)


class VersionsFormat(StrEnum):
    """How versions are printed."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


def documents_command(
    archive: Annotated[
        Path | None, typer.Option("--archive", help=f"List an archive's, such as {ARCHIVE}.")
    ] = None,
    failed: Annotated[
        bool, typer.Option("--failed", help="List what could not be captured, and has not been since.")
    ] = False,
    address: Annotated[
        str | None, typer.Option(help="Only addresses that begin with this, such as https://news.example/.")
    ] = None,
    ledger: Annotated[
        str | None, typer.Option("--ledger", help=f"List a ledger's, such as {LEDGER}.")
    ] = None,
    since: Annotated[str | None, typer.Option(help="In a ledger: published on this day or later.")] = None,
    until: Annotated[str | None, typer.Option(help="In a ledger: published on this day or earlier.")] = None,
    text: TextOption = None,
    place: PlaceOption = None,
    as_of_day: AsOfOption = None,
    limit: Annotated[
        int | None, typer.Option(min=1, help=f"Newest rows to print; {SCREENFUL} in a table, all otherwise.")
    ] = None,
    form: Annotated[Listing, typer.Option("--format", help="How to print them.")] = Listing.TABLE,
    output: OutputOption = None,
) -> None:
    """List the documents of the ledger; or those of an archive, or what could not be captured.

    Without --ledger or --archive: the ledger in the current folder where there is one, else the archive.
    """
    of_archive = archive is not None or failed or address is not None
    if ledger is not None or (not of_archive and Path(LEDGER).exists()):
        if of_archive:
            raise InputError("--failed and --address are about an archive; leave --ledger out")
        asked = Asked(since=day(since, "--since"), until=day(until, "--until"), words=text, place=place)
        print_documents(ledger or LEDGER, asked, as_of_day, limit, form, output)
        return
    if any(each is not None for each in (since, until, text, place, as_of_day)) or form is Listing.CSV:
        raise InputError("only a ledger's documents can be asked for so; name it with --ledger")
    _print_archived(archive or ARCHIVE, address, limit, output, failed=failed, json=form is Listing.JSON)


def _print_archived(
    folder: Path, address: str | None, limit: int | None, output: Path | None, *, failed: bool, json: bool
) -> None:
    """Print the documents of an archive, each in its latest version; or what could not be captured."""
    if limit is None and not json:
        limit = SCREENFUL
    with ExitStack() as stack:
        opened = stack.enter_context(_open(folder))
        stream = open_output(stack, output)
        total = opened.count_standing(address) if failed else opened.count_latest(address)
        if json:
            write_objects(_objects(opened, address, limit, failed=failed), stream)
        elif total:
            _print_table(opened, address, limit or total, Console(file=stream), failed=failed)
    shown = min(total, limit or total)
    what = plural(total, "address" if failed else "document")
    if failed:
        what = f"{total} address{'' if total == 1 else 'es'} not captured"
    if not total:
        what = "nothing failed" if failed else "no document"
        if address:
            what += f" at addresses that begin with {address}"
    elif shown < total:
        what = f"the newest {shown} of {what}; --limit {total} shows all"
    errors.print(what, style="bold", markup=False)


def versions_command(
    address: Annotated[str, typer.Argument(help="Address, as cairn documents lists it.")],
    archive: ArchiveOption = ARCHIVE,
    diff: Annotated[bool, typer.Option("--diff", help="Show what changed, sentence by sentence.")] = False,
    form: Annotated[
        VersionsFormat, typer.Option("--format", help="How to print them; html is a page with all changes.")
    ] = VersionsFormat.TABLE,
    output: OutputOption = None,
) -> None:
    """Show every version of one address, when it was seen, and which figures changed."""
    with ExitStack() as stack:
        opened = stack.enter_context(_open(archive))
        steps = list(_steps(opened, address))
        if not steps:
            raise InputError(_unknown(opened, address))
        stream = open_output(stack, output)
        if form is VersionsFormat.JSON:
            write_objects(map(version_json, steps), stream)
        elif form is VersionsFormat.HTML:
            write_versions(address, steps, stream)
        elif diff and len(steps) > 1:
            Console(file=stream, highlight=False).print(versions_text(steps))
        else:
            Console(file=stream, highlight=False).print(versions_table(steps))
    errors.print(plural(len(steps), "version"), style="bold", markup=False)


@archive_app.command("export")
def export_command(
    out: Annotated[Path, typer.Argument(help="New file: .warc.gz, or .wacz for replay in a browser.")],
    archive: ArchiveOption = ARCHIVE,
    address: Annotated[str | None, typer.Option(help="Only the captures of this address.")] = None,
) -> None:
    """Write captures, as they came, to a file that other tools open."""
    with _open(archive) as opened:
        exported = export_archive(opened, out, url=address, created=now())
    tell([f"left out: {line}" for line in exported.skipped], "left out", "yellow")
    errors.print(f"{plural(exported.captures, 'capture')} written to {out}", style="bold", markup=False)


def _open(folder: Path) -> Archive:
    """Open the archive for reading, and say what is not in order with it."""
    opened = open_archive(
        folder, read_only=True, progress=lambda line: errors.print(line, style="dim", markup=False)
    )
    tell(opened.notices, "notices", "yellow")
    return opened


def _objects(
    opened: Archive, address: str | None, limit: int | None, *, failed: bool
) -> Iterator[dict[str, object]]:
    if failed:
        failures = opened.failures(standing=True, prefix=address)
        yield from map(failure_json, islice(failures, limit))
        return
    for version in opened.latest(limit, prefix=address):
        yield document_json(version, opened.document(version))


def _print_table(opened: Archive, address: str | None, limit: int, console: Console, *, failed: bool) -> None:
    """Print the newest rows, the newest of all last, where the eye is in a terminal."""
    if failed:
        rows = list(islice(opened.failures(standing=True, prefix=address), limit))
        console.print(failures_table(rows[::-1]))
        return
    versions = list(opened.latest(limit, prefix=address))
    console.print(documents_table([(each, opened.document(each)) for each in reversed(versions)]))


def _steps(opened: Archive, address: str) -> Iterator[Step]:
    """Yield the versions of an address, each with what parts it from the one before."""
    before = None
    for version in opened.versions(address):
        document = opened.document(version)
        difference = diff_versions(before, document, load_lexicon()) if before else None
        yield Step(version=version, document=document, difference=difference)
        before = document


def _unknown(opened: Archive, address: str) -> str:
    """Return why there is no version of an address, with those that look like it."""
    if next(opened.captures(address), None) is not None:
        return f"{address} was captured and gave no article; cairn documents --failed may say why"
    bare = address.split("?")[0].split("#")[0].rstrip("/")
    near = [each.url for each in islice(opened.latest(prefix=bare), 3)] if bare else []
    hint = f"; there is {' and '.join(near)}" if near else "; cairn documents lists the addresses that were"
    return f"{address} was never captured{hint}"
