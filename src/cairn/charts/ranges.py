"""Ranges: figures as dots and ranges, a line each: by voice, and by policy."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import altair as alt

from cairn.charts.drawing import Picture
from cairn.charts.look import (
    BLUE,
    INK,
    PAPER,
    QUIET,
    TEXT_SIZE,
    Caption,
    count_axis,
    cut,
    frame,
    round_top,
    rows_of,
)
from cairn.exports import wording
from cairn.records import Count, Estimate, Group, Harm, Position

PANEL_WIDTH = 380
LINE_HEIGHT = 34
NAME_CHARS = 38
NAMES, FIGURES = alt.value(-14), alt.value(PANEL_WIDTH + 14)
"""Where names end and where figures begin, in pixels from the left of the panel."""
ARROW = 0.05
"""How far an open end reaches, in parts of the panel."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One figure with its bounds.

    Attributes:
        name: whose it is.
        detail: a few words below the name.
        low: fewest persons; ``None`` where no lower bound is told.
        dot: the figure that is named or preferred; ``None`` where there is none.
        high: most persons; ``None`` where no upper bound is told.
        says: the figure in words and signs.
        earlier: figures that were said before.
        vague: the figure is told roughly.
    """

    name: str
    detail: str
    low: int | None
    dot: int | None
    high: int | None
    says: str
    earlier: tuple[int, ...] = ()
    vague: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Panel:
    """Lines under one heading.

    Attributes:
        harm: of the figures; panels of one harm have one scale.
        title: whom the figures count.
    """

    harm: Harm
    title: str
    lines: tuple[Line, ...]


def positions_picture(
    caption: Caption, told: Sequence[tuple[Harm, tuple[Group, ...], Sequence[Position]]]
) -> Picture:
    """Draw what each voice says now, a panel for each harm and group of victims, the highest figure first.

    Args:
        caption: title and notes.
        told: harm, groups of victims (empty for all), and who says what of them.
    """
    panels = []
    for harm, groups, positions in told:
        lines = sorted(map(_of_voice, positions), key=lambda line: -max(_numbers(line), default=-1))
        named = ", ".join(wording.GROUPS[group] for group in groups)
        title = wording.HARMS[harm] + (f": {named}" if named else "")
        panels.append(Panel(harm=harm, title=title, lines=tuple(lines)))
    return _ranges(caption, panels)


def policies_picture(
    caption: Caption, made: Sequence[tuple[Harm, Sequence[tuple[str, Estimate]]]]
) -> Picture:
    """Draw what each policy makes of the same claims, a panel for each harm.

    Args:
        caption: title and notes.
        made: for each harm the policies' titles and estimates, those without a figure too.
    """
    panels = [
        Panel(
            harm=harm,
            title=wording.HARMS[harm],
            lines=tuple(_of_policy(title, each) for title, each in estimates),
        )
        for harm, estimates in made
    ]
    return _ranges(caption, panels)


def _of_voice(position: Position) -> Line:
    now, reports = position.current, len(position.documents)
    day = wording.date(now.said_on) if now.said_on else "day not known"
    return Line(
        name=position.origin,
        detail=f"{day} · {reports} {'report' if reports == 1 else 'reports'}",
        low=now.count.low,
        dot=_dot(now.count),
        high=now.count.high,
        says=wording.figure(now.count),
        earlier=tuple(
            each.count.low if each.count.low is not None else each.count.high or 0
            for each in position.earlier
        ),
        vague=now.count.approx,
    )


def _dot(count: Count) -> int | None:
    """Return the number that a voice names; of two ends neither is it."""
    if count.low is not None and count.high is not None and count.low != count.high:
        return None
    return count.high if count.low is None else count.low


def _of_policy(title: str, made: Estimate) -> Line:
    if made.low is None and made.high is None:
        return Line(name=title, detail="", low=None, dot=None, high=None, says="no figure")
    count = Count(low=made.low, high=made.high)
    best = f"{made.best:,}" if made.best is not None else ""
    bounds = wording.figure(count)
    voices = f"{made.origins} {'origin' if made.origins == 1 else 'origins'}"
    return Line(
        name=title,
        detail=voices + (f" · {made.grade}" if made.grade else ""),
        low=made.low,
        dot=made.best,
        high=made.high,
        says=f"{best} ({bounds})" if best and best != bounds else bounds,
    )


def _ranges(caption: Caption, panels: Sequence[Panel]) -> Picture:
    every = [panel for panel in panels if panel.lines]
    tops = {
        harm: round_top(
            max((number for each in every if each.harm is harm for number in _most(each)), default=1)
        )
        for harm in {each.harm for each in every}
    }
    following = [*(each.harm for each in every[1:]), None]
    drawn = [
        _panel(each, tops[each.harm], last=each.harm is not after)
        for each, after in zip(every, following, strict=True)
    ]
    return frame(drawn, caption, " ".join(_told(every)))


def _panel(panel: Panel, top: int, *, last: bool) -> Any:
    """Return the lines of one panel, below each other; the last of its harm has the axis."""
    rows = [_row(number, line, top) for number, line in enumerate(panel.lines)]
    # The domain is wider than the figures, so that an arrow from the highest still has room.
    scale = alt.Scale(domain=[0, top * (1 + ARROW)], nice=False)
    bare = {} if last else {"labels": False, "ticks": False, "domain": False}
    x = alt.X("low:Q", scale=scale, axis=count_axis(top, **bare))
    y = alt.Y("line:Q", axis=None, scale=alt.Scale(domain=[len(rows) - 0.4, -0.6], nice=False))
    drawn = rows_of(rows).encode(y=y)
    span = drawn.transform_filter("datum.span").mark_rule(strokeWidth=6, color=BLUE, opacity=0.35)
    point = drawn.transform_filter("datum.dot != null")
    before = rows_of(
        {"line": number, "low": figure}
        for number, line in enumerate(panel.lines)
        for figure in sorted(set(line.earlier) - {line.dot})
    ).mark_tick(color=QUIET, thickness=1.5, size=13)
    names = drawn.mark_text(align="right", color=INK).encode(text="name:N", x=NAMES)
    details = drawn.mark_text(align="right", dy=8, color=QUIET, fontSize=TEXT_SIZE - 2)
    layers = [
        drawn.mark_rule(color="#EFEFEF"),
        span.encode(x=x, x2="high:Q"),
        _arrow(drawn.transform_filter("datum.more"), "right").encode(x="high:Q"),
        _arrow(drawn.transform_filter("datum.less"), "left").encode(x="low:Q"),
        before.encode(x=x, y=y),
        point.mark_point(filled=True, color=BLUE, size=110, opacity=1).encode(x="dot:Q"),
        point.transform_filter("datum.vague")
        .mark_point(filled=True, fill=PAPER, size=40, opacity=1)
        .encode(x="dot:Q"),
        names.transform_filter("datum.detail == ''"),
        names.transform_filter("datum.detail != ''").mark_text(align="right", dy=-7, color=INK),
        details.encode(text="detail:N", x=NAMES),
        drawn.mark_text(align="left", fontWeight="bold").encode(text="says:N", x=FIGURES),
    ]
    heading = alt.TitleParams(
        f"{panel.title[:1].upper()}{panel.title[1:]}",
        anchor="start",
        frame="group",
        fontSize=TEXT_SIZE + 1,
        offset=4,
    )
    return alt.layer(*layers).properties(width=PANEL_WIDTH, height=LINE_HEIGHT * len(rows), title=heading)


def _arrow(rows: alt.Chart, to: str) -> alt.Chart:
    """Return what says that a figure has no bound on one side."""
    return rows.mark_point(shape=f"triangle-{to}", filled=True, color=BLUE, size=70, opacity=0.6)


def _row(number: int, line: Line, top: int) -> dict[str, Any]:
    """Return a line as it is drawn: open ends reach a little way, with an arrow."""
    known = _numbers(line)
    low = line.low if line.low is not None else max(0.0, min(known, default=0) - ARROW * top)
    high = line.high if line.high is not None else max(known, default=0) + ARROW * top
    return {
        "line": number,
        "name": cut(line.name, NAME_CHARS),
        "detail": line.detail,
        "low": low,
        "high": high,
        "dot": line.dot,
        "says": line.says,
        "vague": line.vague,
        "span": bool(known) and low < high,
        "more": bool(known) and line.high is None,
        "less": bool(known) and line.low is None,
    }


def _numbers(line: Line) -> list[int]:
    return [each for each in (line.low, line.dot, line.high) if each is not None]


def _most(panel: Panel) -> list[int]:
    """Return all numbers that a panel draws."""
    return [number for line in panel.lines for number in (*_numbers(line), *line.earlier)]


def _told(panels: Sequence[Panel]) -> Iterator[str]:
    """Yield each line in words, for those who hear the chart read."""
    for panel in panels:
        said = (
            f"{line.name} {line.says}" + (f" ({line.detail})" if line.detail else "") for line in panel.lines
        )
        yield f"{panel.title[:1].upper()}{panel.title[1:]}: {'; '.join(said)}."
