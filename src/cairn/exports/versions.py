"""Versions: how one address changed, as a table, as marked text in the terminal and as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rich import box
from rich.console import Console, ConsoleOptions, RenderResult
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from cairn.exports.archived import document_json, fit, moment
from cairn.exports.table import printable
from cairn.records import Change, ChangeKind, Difference, Document, FigureChange, Piece, Version

FIGURES_SHOWN = 6
"""Changed figures that a summary names; the rest are counted."""

CONTEXT = 1
"""Unchanged sentences that are shown before and after one that changed."""

SIGNS = {ChangeKind.SAME: " ", ChangeKind.ADDED: "+", ChangeKind.REMOVED: "-",
         ChangeKind.REWORDED: "~", ChangeKind.MOVED: ">"}  # fmt: skip
STYLES = {ChangeKind.SAME: "", ChangeKind.ADDED: "green", ChangeKind.REMOVED: "red"}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """One version, and what parts it from the one before; ``None`` for the first."""

    version: Version
    document: Document
    difference: Difference | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsTable:
    """What Rich prints: one row a version, oldest first, with what it changed."""

    steps: tuple[Step, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        table = Table(box=box.SIMPLE_HEAD, header_style="bold", pad_edge=False, expand=True)
        table.add_column("version", justify="right", no_wrap=True)
        table.add_column("first seen (UTC)", no_wrap=True)
        table.add_column("last seen", no_wrap=True)
        table.add_column("headline", ratio=5, overflow="fold")
        table.add_column("what changed", ratio=5, overflow="fold")
        for step in self.steps:
            version = step.version
            again = version.seen_at != version.captured_at
            cells = (
                Text(str(version.number)),
                Text(moment(version.captured_at)),
                Text(moment(version.seen_at) if again else "", style="dim"),
                Text(printable(step.document.title or step.document.id)),
                _summary(step.difference),
            )
            table.add_row(*(fit(cell, options) for cell in cells))
        yield table


@dataclass(frozen=True, slots=True, kw_only=True)
class VersionsText:
    """What Rich prints: each step from one version to the next, its figures first, then its sentences."""

    steps: tuple[Step, ...]

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for before, step in zip(self.steps, self.steps[1:], strict=False):
            if step.difference is None:
                continue
            first, second = before.version, step.version
            yield fit(
                Text.assemble(
                    (f"version {first.number} → {second.number}", "bold"),
                    f" · {moment(first.captured_at)} → {moment(second.captured_at)} UTC",
                ),
                options,
            )
            for line in figure_lines(step.difference):
                yield fit(Text("  ") + line, options)
            yield Text()
            for sign, line in _sentences(step.difference):
                style = "dim" if sign == "…" else "bold"
                row = Table.grid(padding=(0, 1))
                row.add_column(width=1)
                row.add_column(overflow="fold")
                row.add_row(fit(Text(sign, style=style), options), fit(line, options))
                yield Padding(row, (0, 0, 0, 2))
            yield Text()


def versions_table(steps: Sequence[Step]) -> VersionsTable:
    """Return a table of the versions of one address for ``rich.console.Console.print``."""
    return VersionsTable(steps=tuple(steps))


def versions_text(steps: Sequence[Step]) -> VersionsText:
    """Return what changed from version to version for ``rich.console.Console.print``.

    Marks say what colours repeat: ``[12 → 19]`` for words that stand for others, ``[+ …]`` and ``[- …]``
    for words that came or went; before a sentence ``~`` reworded, ``+`` came, ``-`` went, ``>`` moved.
    """
    return VersionsText(steps=tuple(steps))


def version_json(step: Step) -> dict[str, object]:
    """Return a version as an object, with what it changed."""
    told = document_json(step.version, step.document)
    if step.difference is None:
        return told | {"changes": None}
    difference = step.difference
    changes = [difference.headline] if difference.headline else []
    return told | {
        "changes": {
            "figures": [
                {"old": each.old, "new": each.new, "words": each.words} for each in difference.figures
            ],
            "headline": bool(changes) and changes[0].kind is not ChangeKind.SAME,
            "sentences": [
                {
                    "kind": change.kind.value,
                    "pieces": [
                        {"kind": piece.kind.value, "words": piece.words, "figure": piece.figure}
                        for piece in change.pieces
                    ],
                }
                for change in difference.changes
                if change.kind is not ChangeKind.SAME
            ],
        }
    }


def summary(difference: Difference) -> list[str]:
    """Return what changed in a few words each: figures, then how many sentences came, went and changed."""
    told = list(dict.fromkeys(_figure(each) for each in difference.figures))
    if len(told) > FIGURES_SHOWN:
        told = [*told[:FIGURES_SHOWN], f"{len(told) - FIGURES_SHOWN} more figures"]
    if difference.headline and difference.headline.kind is not ChangeKind.SAME:
        told.append("headline")
    kinds = (ChangeKind.REWORDED, ChangeKind.ADDED, ChangeKind.REMOVED, ChangeKind.MOVED)
    counts = [f"{number} {kind.value}" for kind in kinds if (number := difference.count(kind))]
    return [*told, f"sentences: {', '.join(counts)}"] if counts else told


def _figure(change: FigureChange) -> str:
    if change.old and change.new:
        return f"{printable(change.old)} → {printable(change.new)}"
    return f"new: {printable(change.new or '')}" if change.new else f"gone: {printable(change.old or '')}"


def figure_lines(difference: Difference) -> list[Text]:
    """Return a line for each figure that changed, with the words around it."""
    return [_figure_line(each) for each in difference.figures]


def _figure_line(change: FigureChange) -> Text:
    old = Text(printable(change.old or ""), style="bold red")
    new = Text(printable(change.new or ""), style="bold green")
    words = f'  "{printable(change.words)}"'
    if change.old and change.new:
        return Text.assemble("figure ", old, " → ", new, words)
    return Text.assemble("new figure " if change.new else "figure gone ", new or old, words)


def _summary(difference: Difference | None) -> Text:
    if difference is None:
        return Text("first version", style="dim")
    told = [
        Text(line, style="bold" if "→" in line or line.startswith(("new:", "gone:")) else "")
        for line in summary(difference)
    ]
    return Text(" · ").join(told) if told else Text("white space only", style="dim")


def _sentences(difference: Difference) -> list[tuple[str, Text]]:
    """Return the headline and the sentences that changed, each with its sign, and what lies between."""
    lines: list[tuple[str, Text]] = []
    if difference.headline is not None:
        lines.append(
            (SIGNS[difference.headline.kind], Text.assemble("headline: ", _words(difference.headline)))
        )
    changes = difference.changes
    changed = [at for at, change in enumerate(changes) if change.kind is not ChangeKind.SAME]
    shown = {near for at in changed for near in range(at - CONTEXT, at + CONTEXT + 1)}
    left_out = 0
    for at, change in enumerate(changes):
        if at not in shown:
            left_out += 1
            continue
        lines += _gap(left_out)
        left_out = 0
        lines.append((SIGNS[change.kind], _words(change)))
    return lines + _gap(left_out)


def _gap(number: int) -> list[tuple[str, Text]]:
    if not number:
        return []
    return [("…", Text(f"{number} sentence{'' if number == 1 else 's'} unchanged", style="dim italic"))]


def _words(change: Change) -> Text:
    """Return a sentence with its marks."""
    if change.kind is not ChangeKind.REWORDED:
        style = STYLES.get(change.kind, "cyan")
        return Text(" ".join(printable(piece.words) for piece in change.pieces), style=style)
    line = Text()
    for run in runs(change.pieces):
        gone = [piece for piece in run if piece.kind is ChangeKind.REMOVED]
        come = [piece for piece in run if piece.kind is ChangeKind.ADDED]
        if not gone and not come:
            line.append(printable(run[0].words))
        elif gone and come:
            line.append_text(Text.assemble("[", _marked(gone), " → ", _marked(come), "]"))
        else:
            line.append_text(Text.assemble("[+ " if come else "[- ", _marked(gone or come), "]"))
        line.append(" " if run[-1].spaced else "")
    return line


def runs(pieces: Sequence[Piece]) -> list[list[Piece]]:
    """Return pieces with those that stand in each other's place together."""
    found: list[list[Piece]] = []
    for piece in pieces:
        if found and piece.kind is not ChangeKind.SAME and found[-1][0].kind is not ChangeKind.SAME:
            found[-1].append(piece)
        else:
            found.append([piece])
    return found


def _marked(pieces: Sequence[Piece]) -> Text:
    text = Text()
    for at, piece in enumerate(pieces):
        style = f"{'bold underline ' if piece.figure else ''}{STYLES[piece.kind]}"
        text.append(printable(piece.words), style=style)
        text.append(" " if piece.spaced and at < len(pieces) - 1 else "")
    return text
