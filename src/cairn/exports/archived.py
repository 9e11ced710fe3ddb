"""Archived: the documents of an archive, and what could not be captured, as tables and as JSON Lines."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TextIO

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text

from cairn.exports import wording
from cairn.exports.table import printable, transliterate
from cairn.records import CreditKind, DateBasis, Document, Failure, Version

WIDE_COLUMNS = 110
"""From here language and credits have columns of their own; below it they stand under the title."""

BASES = {
    DateBasis.GIVEN: "given",
    DateBasis.JSON_LD: "JSON-LD",
    DateBasis.META: "metadata",
    DateBasis.URL: "address",
    DateBasis.TEXT: "guessed from the text",
}
CREDITS = {CreditKind.DATELINE: "dateline", CreditKind.CREDIT: "credit", CreditKind.BYLINE: "byline"}


@dataclass(frozen=True, slots=True, kw_only=True)
class DocumentsTable:
    """What Rich prints; it chooses its layout when it learns how wide the console is."""

    entries: tuple[tuple[Version, Document], ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        wide = options.max_width >= WIDE_COLUMNS
        table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, expand=True)
        table.add_column("captured (UTC)", no_wrap=True, style="dim")
        table.add_column("report", ratio=1, overflow="fold")
        table.add_column("published", max_width=14, overflow="fold")
        if wide:
            table.add_column("language", no_wrap=True)
            table.add_column("from", max_width=18, overflow="fold")
        table.add_column("version", justify="right", no_wrap=True)
        for version, document in self.entries:
            cells = [Text(moment(version.captured_at)), _report(version, document, wide=wide)]
            cells.append(published(document))
            if wide:
                cells += [_language(document), _credits(document)]
            cells.append(Text(str(version.number), style="bold" if version.number > 1 else ""))
            table.add_row(*(fit(cell, options) for cell in cells))
        yield table


@dataclass(frozen=True, slots=True, kw_only=True)
class FailuresTable:
    """What Rich prints: one row a failure."""

    failures: tuple[Failure, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, expand=True)
        table.add_column("tried (UTC)", no_wrap=True, style="dim")
        table.add_column("what", no_wrap=True)
        table.add_column("address and reason", ratio=1, overflow="fold")
        for failure in self.failures:
            what = f"{failure.kind.value} {failure.status}" if failure.status else failure.kind.value
            cells = (
                Text(moment(failure.at)),
                Text(what, style="yellow"),
                Text.assemble(printable(failure.name), "\n", (printable(failure.reason), "dim")),
            )
            table.add_row(*(fit(cell, options) for cell in cells))
        yield table


def documents_table(entries: Sequence[tuple[Version, Document]]) -> DocumentsTable:
    """Return a table of documents, each with its latest version, for ``rich.console.Console.print``."""
    return DocumentsTable(entries=tuple(entries))


def failures_table(failures: Sequence[Failure]) -> FailuresTable:
    """Return a table of failures for ``rich.console.Console.print``."""
    return FailuresTable(failures=tuple(failures))


def document_json(version: Version, document: Document) -> dict[str, object]:
    """Return a version and what is told of its document; the text is named by its SHA-256, not given."""
    return {
        "url": version.url,
        "version": version.number,
        "captured_at": version.captured_at.isoformat(),
        "seen_at": version.seen_at.isoformat(),
        "capture": version.capture,
        "text_sha256": version.text,
        "id": document.id,
        "outlet": document.outlet,
        "title": document.title,
        "byline": document.byline,
        "published": document.published and document.published.isoformat(),
        "basis": document.basis and document.basis.value,
        "language": document.language,
        "credits": [{"agency": each.agency, "kind": each.kind.value} for each in document.credits],
        "notes": list(document.notes),
    }


def failure_json(failure: Failure) -> dict[str, object]:
    """Return a failure as an object."""
    return {
        "name": failure.name,
        "at": failure.at.isoformat(),
        "kind": failure.kind.value,
        "status": failure.status,
        "reason": failure.reason,
    }


def write_objects(objects: Iterable[dict[str, object]], stream: TextIO) -> None:
    """Write objects as JSON Lines, as they come; half characters are written as escapes."""
    for each in objects:
        line = json.dumps(each, ensure_ascii=False)
        stream.write(line.encode("utf-8", "backslashreplace").decode() + "\n")


def moment(at: dt.datetime) -> str:
    """Return a moment to the minute: ``3 May 2024 09:05``."""
    return f"{wording.date(at.date())} {at:%H:%M}"


def fit(text: Text, options: ConsoleOptions) -> Text:
    """Return a text in what the terminal can show."""
    return transliterate(text, options.encoding) if options.ascii_only else text


def _report(version: Version, document: Document, *, wide: bool) -> Text:
    """Return title, outlet and address under each other."""
    title = Text(printable(document.title or ""), style="bold")
    facts = [Text(printable(document.outlet or ""), style="cyan")]
    if not wide:
        facts += [_language(document), _credits(document)]
    second = Text(" · ").join(fact for fact in facts if fact)
    address = Text(printable(version.url), style="dim")
    return Text("\n").join(line for line in (title, second, address) if line)


def published(document: Document) -> Text:
    """Return the day of publication and where it was read; a guess stands out."""
    if document.published is None:
        return Text("not said", style="italic")
    basis = BASES[document.basis] if document.basis else ""
    doubtful = document.basis is DateBasis.TEXT
    lines = [Text(wording.date(document.published)), Text(basis, style="yellow" if doubtful else "dim")]
    return Text("\n").join(line for line in lines if line)


def _language(document: Document) -> Text:
    return Text(printable(document.language or ""))


def _credits(document: Document) -> Text:
    """Return the agencies that the text names as where it comes from, each with how it does."""
    told = dict.fromkeys(f"{printable(each.agency)} ({CREDITS[each.kind]})" for each in document.credits)
    return Text(", ".join(told))
