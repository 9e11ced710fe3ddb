"""Commands: parse what was typed, call the pipeline, print."""

from __future__ import annotations

import datetime as dt
import sys
from collections.abc import Iterator, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from enum import StrEnum
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Annotated, BinaryIO, TextIO

import typer
from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, SpinnerColumn, TextColumn

from cairn.documents import count_inputs, load_documents
from cairn.errors import InputError
from cairn.exports import claims_table, sentence_trees, write_lines, write_page, write_trees
from cairn.pipeline import Tools, mark_document, open_tools, read_documents
from cairn.records import Claim, Document, Skipped

USER_ERROR = 2
"""Exit code when the input cannot be used; anything else that goes wrong is our bug and a traceback."""
SCREENFUL = 8
"""Documents from which a progress bar is worth its line: about a second of reading."""
REASONS_SHOWN = 20
"""Skipped documents whose reason is printed, and notes on how documents were read; the rest are counted."""

app = typer.Typer(
    add_completion=False, no_args_is_help=True, rich_markup_mode=None, pretty_exceptions_enable=False
)
errors = Console(stderr=True, highlight=False, soft_wrap=True)


class Format(StrEnum):
    """How claims are printed."""

    TABLE = "table"
    JSON = "json"
    HTML = "html"


class TreeFormat(StrEnum):
    """How sentences are printed."""

    TABLE = "table"
    HTML = "html"


@app.callback()
def about() -> None:
    """Cairn turns news reports into a ledger of who was harmed, according to whom."""


@app.command("version")
def show_version() -> None:
    """Print the version."""
    typer.echo(version("cairn-ledger"))


@app.command("read")
def read_command(
    paths: Annotated[
        list[str] | None,
        typer.Argument(
            help="Reports: .txt .md .html .jsonl .jsonl.gz, folders of those, or - for standard input."
        ),
    ] = None,
    published: Annotated[
        str | None, typer.Option(help="Day of publication (YYYY-MM-DD) of texts that do not carry one.")
    ] = None,
    outlet: Annotated[str | None, typer.Option(help="Who printed the texts that do not say.")] = None,
    form: Annotated[Format, typer.Option("--format", help="How to print the claims.")] = Format.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write instead of the terminal.")
    ] = None,
    sample: Annotated[bool, typer.Option("--sample", help="Read the bundled sample reports.")] = False,
) -> None:
    """Read reports and print every claim of harm with who said it and the words it stands on."""
    chosen = list(paths or ())
    if sample:
        chosen.append(str(files("cairn") / "sample" / "aleppo.jsonl"))
    if not chosen:
        raise InputError("nothing to read; name a file, a folder, - for standard input, or --sample")
    day = _day(published)
    stdin = sys.stdin.buffer if "-" in chosen else None
    with ExitStack() as stack:
        stream = _open_output(stack, output)
        aside = Aside(skipped=[], notes=[])
        quiet = output is None and form is Format.TABLE
        read = _read(chosen, day, outlet, stdin, _open_tools(), aside, quiet=quiet)
        count = _print(read, form, stream)
    _close(count, aside)


@app.command("eval")
def eval_command(
    gold: Annotated[Path, typer.Argument(help="Annotated reports, JSON Lines.")],
    misses: Annotated[int, typer.Option(help="Wrong claims to show with their words.")] = 0,
) -> None:
    """Score what Cairn reads against annotated reports."""
    from cairn.evaluation import load_gold, miss_lines, score_table
    from cairn.pipeline import evaluate

    reports = load_gold(gold)
    score = evaluate(reports, _open_tools())
    console = Console()
    console.print(score_table(score, f"{gold.name}: {score.reports} reports"))
    for line in miss_lines(score, reports, misses):
        console.print(line, markup=False, highlight=False, soft_wrap=True)


@app.command("parse")
def parse_command(
    text: Annotated[str, typer.Argument(help="Sentences to parse, or - for standard input.")],
    form: Annotated[
        TreeFormat, typer.Option("--format", help="How to print the sentences; html draws arcs.")
    ] = TreeFormat.TABLE,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File to write instead of the terminal.")
    ] = None,
) -> None:
    """Show how the reading model parses sentences: word classes, dependencies, names, roles."""
    if text == "-":
        text = sys.stdin.buffer.read().decode("utf-8", "replace")
    if not text.strip():
        raise InputError("nothing to parse; give a sentence in quotation marks, or - for standard input")
    with ExitStack() as stack:
        stream = _open_output(stack, output)
        reading = mark_document(Document(id="text", text=text), _open_tools())
        if form is TreeFormat.HTML:
            write_trees(reading, stream)
        else:
            Console(file=stream).print(sentence_trees(reading))


@dataclass(frozen=True, slots=True)
class Aside:
    """What is told when the claims are printed: what was skipped, and what was assumed in reading."""

    skipped: list[Skipped]
    notes: list[str]


def _day(published: str | None) -> dt.date | None:
    """Return the day the user named."""
    if published is None:
        return None
    try:
        return dt.date.fromisoformat(published)
    except ValueError as error:
        raise InputError(f"--published {published!r} is no date; write it as 2016-04-28") from error


def _open_tools() -> Tools:
    """Load what reading needs; the first use builds an index of places, and says so."""
    return open_tools(progress=lambda line: errors.print(line, style="dim", markup=False))


def _open_output(stack: ExitStack, output: Path | None) -> TextIO:
    if output is None:
        return sys.stdout
    try:
        return stack.enter_context(output.open("w", encoding="utf-8", newline="\n"))
    except OSError as error:
        raise InputError(f"cannot write {output}: {error.strerror or error}") from error


def _read(
    paths: Sequence[str],
    published: dt.date | None,
    outlet: str | None,
    stdin: BinaryIO | None,
    tools: Tools,
    aside: Aside,
    *,
    quiet: bool,
) -> Iterator[tuple[Document, Sequence[Claim]]]:
    """Yield documents with their claims; put aside what is told at the end; show how far the work is."""
    total = count_inputs(paths)
    wanted = errors.is_terminal and not quiet and (total is None or total > SCREENFUL)
    bar = Progress(
        SpinnerColumn(),
        TextColumn("reading"),
        BarColumn(),
        MofNCompleteColumn(),
        console=errors,
        disable=not wanted,
        transient=True,
    )
    with bar:
        task = bar.add_task("reading", total=total)
        documents = load_documents(paths, published=published, outlet=outlet, stdin=stdin)
        for result in read_documents(documents, tools):
            bar.advance(task)
            if isinstance(result, Skipped):
                aside.skipped.append(result)
                continue
            document, extraction = result
            aside.skipped.extend(extraction.dropped)
            aside.notes.extend(f"{document.id}: {note}" for note in document.notes)
            yield document, extraction.claims


def _print(read: Iterator[tuple[Document, Sequence[Claim]]], form: Format, stream: TextIO) -> tuple[int, int]:
    """Print every document's claims; return how many documents and claims there were."""
    documents = claims = 0

    def counted() -> Iterator[tuple[Document, Sequence[Claim]]]:
        nonlocal documents, claims
        for document, found in read:
            documents += 1
            claims += len(found)
            yield document, found

    if form is Format.JSON:
        write_lines(counted(), stream)
    elif form is Format.HTML:
        write_page(counted(), stream)
    else:
        console = Console(file=stream)
        for document, found in counted():
            console.print(claims_table(document, found))
    return documents, claims


def _close(count: tuple[int, int], aside: Aside) -> None:
    """Print the closing line, after what was assumed in reading and the reasons for what was left out."""
    documents, claims = count
    _tell(aside.notes, "noted", "dim")
    _tell([f"skipped: {item.reason}" for item in aside.skipped], "skipped", "yellow")
    line = f"{_plural(documents, 'document')}, {_plural(claims, 'claim')}, {len(aside.skipped)} skipped"
    errors.print(line, style="bold", markup=False)
    if not documents:
        raise typer.Exit(USER_ERROR)


def _tell(lines: Sequence[str], what: str, style: str) -> None:
    for line in lines[:REASONS_SHOWN]:
        errors.print(line, style=style, markup=False)
    if len(lines) > REASONS_SHOWN:
        errors.print(f"… and {len(lines) - REASONS_SHOWN} more {what}", style=style, markup=False)


def _plural(number: int, noun: str) -> str:
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def main() -> None:
    """Run the command line; input that cannot be used is one line and exit code 2."""
    try:
        app()
    except InputError as error:
        errors.print(f"cairn: {' '.join(str(error).split())}", style="bold red", markup=False)
        raise SystemExit(USER_ERROR) from None
    except BrokenPipeError:
        # The reader of our output has gone ("cairn read … | head"): not an error of ours.
        sys.stderr.close()
        raise SystemExit(0) from None
