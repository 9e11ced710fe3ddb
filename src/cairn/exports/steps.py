"""Steps: at a terminal, what each voice said of one harm from day to day, as it rose and as it fell."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from rich.cells import cell_len, set_cell_size
from rich.console import Console, ConsoleOptions, RenderResult
from rich.text import Text

from cairn.exports import wording
from cairn.exports.table import printable, transliterate
from cairn.records import Position

WIDEST = 110
"""Columns of a chart at most: longer lines are hard to follow from end to end."""
NAME_COLUMNS = 24
GAP = 2
LEAST = 16
"""Columns below which no line of time is drawn; what it would show stands in the table of positions."""
VOICES = 12
"""Voices that are drawn; the table of positions has them all."""
HEIGHT = 2
"""Lines of a step's height, of eight levels each."""
LEVELS = " ▁▂▃▄▅▆▇█"
ASCII_LEVELS = str.maketrans(
    dict(zip(LEVELS, "  ...:::#", strict=True)) | {"▼": "v", "×": "x", "─": "-", "┴": "+", "…": "."}
)
FALL, GONE = "▼", "×"
LEGEND = {
    FALL: "lower than this voice said before: a correction, or part of it taken back",
    GONE: "withdrawn or replaced since, by who said it",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Step:
    """A figure of one voice, from the day on which it said so.

    Attributes:
        day: of the words.
        value: the bound that the voice names, in persons.
        label: the figure as it was told, with its marks.
    """

    day: dt.date
    value: int
    label: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StepChart:
    """What Rich prints; it is laid out when Rich learns how wide the console is.

    Attributes:
        voices: names with their steps, oldest first.
        first: day on the left.
        last: day on the right, after ``first``.
        left_out: voices that are not drawn.
    """

    voices: tuple[tuple[str, tuple[Step, ...]], ...]
    first: dt.date
    last: dt.date
    left_out: int = 0

    def __rich_console__(self, console: Console, options: ConsoleOptions) -> RenderResult:
        for line in self._lines(min(options.max_width, WIDEST)):
            if options.ascii_only:
                line = transliterate(Text(line.plain.translate(ASCII_LEVELS)), options.encoding)
            yield line

    def _lines(self, width: int) -> Iterator[Text]:
        names = min(NAME_COLUMNS, width // 3, max(cell_len(name) for name, _ in self.voices))
        room = width - names - GAP
        if room < LEAST:
            return
        top = max(step.value for _, steps in self.voices for step in steps)
        margin = " " * (names + GAP)
        for name, steps in self.voices:
            labels = [(self._column(step.day, room), step.label) for step in steps]
            yield from (Text(margin + line) for line in _place(labels, room))
            values = [self._value(steps, column, room) for column in range(room)]
            for row in reversed(range(HEIGHT)):
                if (bars := _bars(values, row, top)) or not row:
                    yield Text(_cut("" if row else name, names) + " " * GAP + bars)
        days = [(self._column(day, room), wording.date(day)) for day in self._days()]
        ticks = {column for column, _ in days}
        yield Text(margin + "".join("┴" if column in ticks else "─" for column in range(room)), "dim")
        yield from (Text(margin + line, "dim") for line in _place(days, room)[:1])
        told = "".join(step.label for _, steps in self.voices for step in steps)
        yield from (Text(f"{mark} {words}", "dim") for mark, words in LEGEND.items() if mark in told)
        if self.left_out:
            yield Text(f"{self.left_out} more in the table above", "dim")

    def _days(self) -> list[dt.date]:
        """Return the first day, the last, then those between, the order in which they are labelled."""
        days = {step.day for _, steps in self.voices for step in steps} - {self.first, self.last}
        return [self.first, self.last, *sorted(days)]

    def _column(self, day: dt.date, room: int) -> int:
        return (day - self.first).days * room // ((self.last - self.first).days + 1)

    def _value(self, steps: Sequence[Step], column: int, room: int) -> int | None:
        """Return what a voice says at a column, ``None`` before its first word."""
        said = [step.value for step in steps if self._column(step.day, room) <= column]
        return said[-1] if said else None


def step_chart(positions: Sequence[Position], withdrawn: Set[str] = frozenset()) -> StepChart | None:
    """Return a chart of what each voice said, for ``rich.console.Console.print``.

    All voices share one scale of persons and one of days. Of figures of one day that stands which stands now,
    else the largest; figures whose day nobody knows are not drawn.

    Args:
        positions: of one harm.
        withdrawn: ids of claims that were withdrawn or replaced.

    Returns:
        ``None`` where all is told on one day, so that there is nothing to follow.
    """
    voices = [(printable(each.origin), steps) for each in positions if (steps := _steps(each, withdrawn))]
    voices.sort(key=lambda voice: (-len(voice[1]), voice[1][0].day, -voice[1][-1].value, voice[0]))
    days = {step.day for _, steps in voices for step in steps}
    if len(days) < 2:
        return None
    left_out = max(0, len(voices) - VOICES)
    return StepChart(voices=tuple(voices[:VOICES]), first=min(days), last=max(days), left_out=left_out)


def _steps(position: Position, withdrawn: Set[str]) -> tuple[Step, ...]:
    steps: list[Step] = []
    for said in position.by_day():
        marks = FALL * bool(steps and said.bound < steps[-1].value) + GONE * (said.claim in withdrawn)
        label = marks + wording.figure(said.count)
        steps += [Step(day=day, value=said.bound, label=label) for day in [said.said_on] if day is not None]
    return tuple(steps)


def _cut(name: str, columns: int) -> str:
    """Return a name as wide as some columns; a longer one ends in an ellipsis."""
    return (
        set_cell_size(name, columns - 1) + "…" if cell_len(name) > columns else set_cell_size(name, columns)
    )


def _bars(values: Sequence[int | None], row: int, top: int) -> str:
    """Return one line of the steps, the lowest of them when ``row`` is 0; a stated 0 shows as the least."""
    full = len(LEVELS) - 1
    bars = ""
    for value in values:
        level = 0 if value is None else max(1, math.ceil(HEIGHT * full * value / max(top, 1)))
        bars += LEVELS[min(full, max(0, level - row * full))]
    return bars.rstrip()


def _place(labels: Sequence[tuple[int, str]], room: int) -> list[str]:
    """Return labels at their columns, in as few lines as keep them apart, none beyond the right edge.

    Those that come first are placed on the first line.
    """
    lines: list[str] = []
    for column, label in labels:
        size = cell_len(label)
        start = max(0, min(column, room - size))
        around = slice(max(0, start - 1), start + size + 1)
        number = next((at for at, line in enumerate(lines) if not line[around].strip()), len(lines))
        if number == len(lines):
            lines.append(" " * room)
        lines[number] = lines[number][:start] + label + lines[number][start + size :]
    return [line.rstrip() for line in lines]
