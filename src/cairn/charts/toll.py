"""Toll: what each voice said of one harm, day by day; it falls as well as it rises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from typing import Any

import altair as alt

from cairn.charts.drawing import Picture
from cairn.charts.look import (
    COLOURS,
    HEIGHT,
    INK,
    PALE,
    PAPER,
    QUIET,
    TEXT_SIZE,
    WIDTH,
    Caption,
    count_axis,
    cut,
    day_axis,
    day_scale,
    frame,
    round_top,
    rows_of,
    spread,
    with_notes,
)
from cairn.exports import wording
from cairn.records import Position, Said

NAME_CHARS = 38
APART = TEXT_SIZE + 4
"""Pixels between two labels."""
LEAD = 14
"""Pixels from the end of a line to its label."""
LABELLED = 16
"""Figures that may all be written beside their dots."""
HOLLOW = "A hollow dot is a figure lower than the one before it: a correction, or part of it taken back."

Series = tuple[Position, tuple[Said, ...]]


def toll_picture(caption: Caption, positions: Sequence[Position]) -> Picture:
    """Draw each voice's figure over the days, as steps; a figure lower than the one before is hollow.

    Args:
        caption: title and notes.
        positions: of one harm; figures of unknown days are told in words alone.
    """
    series = _series(positions)
    told = " ".join(_told(positions))
    if not series:
        return frame([_empty()], caption, told)
    days = [each.said_on for _, said in series for each in said if each.said_on]
    first, last = min(days), max(days)
    if first == last:
        first, last = first - dt.timedelta(days=1), last + dt.timedelta(days=1)
    named = series[: len(COLOURS)]
    rows = list(_rows(series, last))
    top = round_top(max(row["figure"] for row in rows))
    notes = [HOLLOW] if any(row["fell"] for row in rows) else []
    if others := len(series) - len(named):
        notes.append(f"{others} more {'voice is' if others == 1 else 'voices are'} drawn in grey.")
    colours = [*COLOURS, *[PALE] * others][: len(series)]
    drawn = rows_of(rows).encode(
        x=alt.X("day:T", scale=day_scale(first, last), axis=day_axis(first, last, grid=False)),
        y=alt.Y("figure:Q", scale=alt.Scale(domain=[0, top], nice=False), axis=count_axis(top)),
        color=alt.Color("voice:O", legend=None, scale=alt.Scale(domain=[*range(len(series))], range=colours)),
    )
    dots = drawn.transform_filter("datum.dot")
    layers = [
        drawn.mark_line(interpolate="step-after", strokeWidth=2.5),
        dots.mark_point(filled=True, size=60, opacity=1),
        dots.transform_filter("datum.fell").mark_point(fill=PAPER, size=60, strokeWidth=2, opacity=1),
        *_names(named, top),
    ]
    if sum(bool(row["said"]) for row in rows) <= LABELLED:
        beside = dots.mark_text(dy=-12, fontSize=TEXT_SIZE - 1)
        layers.append(beside.encode(text="said:N"))
    panel = alt.layer(*layers).properties(width=WIDTH, height=HEIGHT)
    return frame([panel], with_notes(caption, notes), told)


def _series(positions: Sequence[Position]) -> list[Series]:
    """Return the figures of known days of each voice, the voice with the most to say first."""
    made = [(each, said) for each in positions if (said := each.by_day())]
    return sorted(
        made,
        key=lambda each: (-len(each[1]), -len(each[0].documents), -each[1][-1].bound, each[0].origin),
    )


def _rows(series: Sequence[Series], last: dt.date) -> Iterator[dict[str, Any]]:
    """Yield a row a figure, and one more for each voice, that leads its line to the last day."""
    for voice, (_, said) in enumerate(series):
        before = 0
        for each in said:
            figure = each.bound
            yield {
                "voice": voice,
                "day": f"{each.said_on}",
                "figure": figure,
                "dot": True,
                "fell": figure < before,
                "said": "" if each is said[-1] else wording.figure(each.count),
            }
            before = figure
        yield {
            "voice": voice, "day": f"{last}", "figure": before, "dot": False, "fell": False, "said": "",
        }  # fmt: skip


def _names(named: Sequence[Series], top: int) -> list[alt.Chart]:
    """Return the names beside the ends of the lines, with the figures that stand, and what leads there."""
    ends = [HEIGHT * (1 - said[-1].bound / top) for _, said in named]
    over = max(0.0, max(spread(ends, APART)) - HEIGHT)
    rows = [
        {
            "voice": voice,
            "figure": said[-1].bound,
            "at": top * (1 - place / HEIGHT),
            "stands": wording.figure(said[-1].count),
            "name": cut(position.origin, NAME_CHARS),
        }
        for voice, ((position, said), place) in enumerate(
            zip(named, spread([end - over for end in ends], APART), strict=True)
        )
    ]
    label = rows_of({**row, "label": f"{row['stands']}  {row['name']}"} for row in rows)
    lead = label.mark_rule(strokeWidth=1.5).encode(
        x=alt.value(WIDTH), x2=alt.value(WIDTH + LEAD), y="figure:Q", y2="at:Q", color="voice:O"
    )
    text = label.mark_text(align="left", dx=LEAD + 4, color=INK)
    return [lead, text.encode(x=alt.value(WIDTH), y="at:Q", text="label:N")]


def _empty() -> alt.Chart:
    text = rows_of([{"says": "No figure has a day."}]).mark_text(color=QUIET)
    placed = text.encode(text="says:N", x=alt.value(WIDTH / 2), y=alt.value(40))
    return placed.properties(width=WIDTH, height=80)


def _told(positions: Sequence[Position]) -> Iterator[str]:
    """Yield what each voice said, for those who hear the chart read."""
    for position in positions:
        said = position.by_day() or (position.current,)
        figures = (
            f"{wording.spoken_figure(each.count)} on "
            f"{wording.date(each.said_on) if each.said_on else 'a day not known'}"
            for each in said
        )
        yield f"{position.origin}: {'; '.join(figures)}."
