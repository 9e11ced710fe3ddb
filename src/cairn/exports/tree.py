"""Tree: what the reading model says of each sentence, for the terminal and as a page with arcs."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TextIO

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.table import Table
from rich.text import Text
from rich.tree import Tree

from cairn.exports.arcs import Drawing, draw
from cairn.exports.table import printable
from cairn.exports.templates import content_hash, templates
from cairn.records import Reading, Sentence

STYLES = ("page.css", "tree.css")
CLASS_STYLES = {"VERB": "bold red", "NOUN": "green", "PROPN": "bold green", "NUM": "bold yellow"}
"""Word classes that counts of harm are read from stand out; the rest are plain."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One token: its number from 1, and what is said of it; what is not known is empty."""

    number: int
    word: str
    pos: str
    head: str
    dep: str
    name: str
    roles: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceTrees:
    """What Rich prints: a table and a tree for every sentence."""

    sentences: tuple[Sentence, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for sentence in self.sentences:
            yield _table(sentence)
            yield _tree(sentence)
            yield Text()


def sentence_trees(reading: Reading) -> SentenceTrees:
    """Return the sentences of a reading for ``rich.console.Console.print``.

    Each is a table with one row a token, then the same tokens indented under what they hang on.
    """
    return SentenceTrees(sentences=reading.sentences)


def write_trees(reading: Reading, stream: TextIO) -> None:
    """Write the sentences of a reading as one HTML page that needs nothing else, dependencies as arcs.

    Args:
        reading: a marked document.
        stream: open for text; UTF-8 is expected, as the page says of itself.
    """
    shown: list[tuple[Drawing, tuple[Row, ...]]] = [
        (draw(sentence.tokens), sentence_rows(sentence)) for sentence in reading.sentences
    ]
    template = templates().get_template("tree.html")
    for piece in template.generate(shown=shown, styles=STYLES, style_hash=content_hash(*STYLES)):
        stream.write(piece)


def sentence_rows(sentence: Sentence) -> tuple[Row, ...]:
    """Return one row a token, in reading order."""
    tokens = sentence.tokens
    roles: dict[int, list[str]] = {}
    for predicate, argument, role in sentence.roles:
        if predicate != argument:
            roles.setdefault(argument, []).append(f"{role} of {tokens[predicate].text}")
    return tuple(
        Row(
            number=at + 1,
            word=token.text,
            pos=token.pos,
            head=_head(sentence, token.head),
            dep=token.dep,
            name="" if token.name == "O" else token.name,
            roles=tuple(roles.get(at, ())),
        )
        for at, token in enumerate(tokens)
    )


def _head(sentence: Sentence, at: int | None) -> str:
    return "" if at is None or at < 0 else f"{at + 1} {sentence.tokens[at].text}"


def _table(sentence: Sentence) -> Table:
    table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False)
    table.add_column("", justify="right", style="dim")
    for name in ("word", "class", "hangs on", "as", "name", "role"):
        table.add_column(name, overflow="fold")
    for row in sentence_rows(sentence):
        cells = (row.word, row.pos, row.head, row.dep, row.name, ", ".join(row.roles))
        word, *rest = (Text(printable(cell)) for cell in cells)
        rest[0].stylize(CLASS_STYLES.get(row.pos, ""))
        table.add_row(str(row.number), word, *rest)
    return table


def _tree(sentence: Sentence) -> Tree:
    """Hang every token under its head; those without one, or in a circle of heads, stand at the top."""
    tokens = sentence.tokens
    below: dict[int, list[int]] = {}
    for at, token in enumerate(tokens):
        below.setdefault(-1 if token.head is None else token.head, []).append(at)
    whole = Tree("", hide_root=True)
    placed: set[int] = set()

    def hang(top: int) -> None:
        # A loop, not recursion: a broken text can give a chain of a thousand words.
        waiting = [(top, whole)]
        while waiting:
            at, above = waiting.pop()
            if at in placed:
                continue
            placed.add(at)
            branch = above.add(_label(sentence, at))
            waiting += [(under, branch) for under in reversed(below.get(at, []))]

    for top in (*below.get(-1, []), *range(len(tokens))):
        if top not in placed:
            hang(top)
    return whole


def _label(sentence: Sentence, at: int) -> Text:
    token = sentence.tokens[at]
    return Text.assemble(
        (printable(token.text), "bold"),
        (f" {token.pos}", CLASS_STYLES.get(token.pos, "dim")),
        (f" {token.dep}" if token.dep else "", "dim italic"),
        (f" {token.name}" if token.name != "O" else "", "cyan"),
    )
