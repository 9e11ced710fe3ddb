"""``cairn parse``: how the reading model parses sentences, for whoever writes rules."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cairn.cli.shared import loaded_tools, open_output
from cairn.errors import InputError
from cairn.exports import sentence_trees, write_trees
from cairn.pipeline import mark_document
from cairn.records import Document


class TreeFormat(StrEnum):
    """How sentences are printed."""

    TABLE = "table"
    HTML = "html"


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
        stream = open_output(stack, output)
        reading = mark_document(Document(id="text", text=text), loaded_tools(), every=True)
        if form is TreeFormat.HTML:
            write_trees(reading, stream)
        else:
            Console(file=stream).print(sentence_trees(reading))
