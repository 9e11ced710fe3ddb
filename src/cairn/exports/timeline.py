"""Timeline: each origin's figure over the days, as a step chart in SVG; it falls as well as it rises."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from html import escape

from cairn.exports import wording
from cairn.records import Harm, Position, Said

WIDTH, HEIGHT = 860, 420
LEFT, RIGHT, TOP, BOTTOM = 60, 250, 46, 44
COLOURS = ("#3b6fb6", "#c2571a", "#3a8f5a", "#8e5ba6", "#a3352f", "#5c6b73", "#b08a00", "#00838a")
"""Told apart in grey as well by the names at the lines' ends; not by colour alone."""
LINES = 4
"""Lines of the grid, besides the axis."""


def toll_svg(title: str, harm: Harm, positions: Sequence[Position]) -> str:
    """Return a chart of what each origin said, day by day.

    Args:
        title: where and when it was.
        harm: of the figures.
        positions: their current and earlier figures; those of unknown days are left out.

    Returns:
        SVG, which opens by itself. Where bounds are open the figure that is named is drawn, with its sign.
    """
    series = [(position.origin, _points(position)) for position in positions]
    series = [(origin, points) for origin, points in series if points]
    days = [each.said_on for _, points in series for each in points if each.said_on]
    parts = [
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
        f'font-family="system-ui, sans-serif" font-size="12">',
        f"<title>{escape(title)}: {escape(wording.HARMS[harm])}, according to whom, day by day</title>",
        f"<desc>{escape(_described(series))}</desc>",
        '<rect width="100%" height="100%" fill="#fff"/>',
        f'<text x="{LEFT}" y="24" font-size="15" font-weight="600">{escape(title)}: '
        f"{escape(wording.HARMS[harm])}, according to whom</text>",
    ]
    if days:
        first, last = min(days), max(days)
        highest = max(_value(each) for _, points in series for each in points) or 1
        scale = _Scale(first, max((last - first).days, 1), highest)
        parts += _grid(scale)
        ends = _spread([scale.y(_value(points[-1])) for _, points in series])
        for number, (origin, points) in enumerate(series):
            parts += _line(scale, origin, points, COLOURS[number % len(COLOURS)], ends[number])
    else:
        parts.append(f'<text x="{LEFT}" y="{HEIGHT // 2}">No figure has a day.</text>')
    return "\n".join([*parts, "</svg>", ""])


class _Scale:
    """Where a day and a figure lie."""

    def __init__(self, first: dt.date, days: int, highest: int) -> None:
        self.first, self.days, self.highest = first, days, highest

    def x(self, day: dt.date) -> float:
        """Return how far from the left."""
        return round(LEFT + (WIDTH - LEFT - RIGHT) * (day - self.first).days / self.days, 1)

    def y(self, figure: int) -> float:
        """Return how far from the top."""
        return round(HEIGHT - BOTTOM - (HEIGHT - TOP - BOTTOM) * figure / self.highest, 1)


def _points(position: Position) -> list[Said]:
    """Return the figures of known days, oldest first; of one day the one that stands, else the largest."""
    by_day: dict[dt.date, Said] = {}
    for each in sorted((*position.earlier, position.current), key=lambda said: _value(said)):
        if each.said_on is not None:
            by_day[each.said_on] = each
    if position.current.said_on is not None:
        by_day[position.current.said_on] = position.current
    return [by_day[day] for day in sorted(by_day)]


def _value(said: Said) -> int:
    count = said.count
    return count.low if count.low is not None else count.high or 0


def _grid(scale: _Scale) -> list[str]:
    parts = []
    for line in range(LINES + 1):
        figure = round(scale.highest * line / LINES)
        y = scale.y(figure)
        parts.append(f'<line x1="{LEFT}" x2="{WIDTH - RIGHT}" y1="{y}" y2="{y}" stroke="#ddd"/>')
        parts.append(f'<text x="{LEFT - 8}" y="{y + 4}" text-anchor="end" fill="#555">{figure:,}</text>')
    for day in (scale.first, scale.first + dt.timedelta(days=scale.days)):
        anchor = "start" if day == scale.first else "end"
        parts.append(
            f'<text x="{scale.x(day)}" y="{HEIGHT - 16}" text-anchor="{anchor}" fill="#555">'
            f"{escape(wording.date(day))}</text>"
        )
    return parts


def _line(scale: _Scale, origin: str, points: Sequence[Said], colour: str, end: float) -> list[str]:
    """Return the steps of one origin, a dot a figure, and its name at the end."""
    path = ""
    for each in points:
        x, y = scale.x(each.said_on or scale.first), scale.y(_value(each))
        path += f"H{x}V{y}" if path else f"M{x} {y}"
    path += f"H{WIDTH - RIGHT}"
    parts = [f'<path d="{path}" fill="none" stroke="{colour}" stroke-width="2"/>']
    before = 0
    for each in points:
        x, y = scale.x(each.said_on or scale.first), scale.y(_value(each))
        fell = " (lower than before)" if _value(each) < before else ""
        told = f"{origin}: {wording.figure(each.count)}, {_day(each)}{fell}"
        inside = "#fff" if fell else colour
        dot = f'<circle cx="{x}" cy="{y}" r="4" fill="{inside}" stroke="{colour}" stroke-width="2">'
        parts.append(f"{dot}<title>{escape(told)}</title></circle>")
        before = _value(each)
    name = origin if len(origin) <= 30 else origin[:29] + "…"
    parts.append(
        f'<text x="{WIDTH - RIGHT + 8}" y="{end + 4}" fill="{colour}">{escape(name)} '
        f"{escape(wording.figure(points[-1].count))}</text>"
    )
    return parts


def _spread(places: Sequence[float], apart: float = 15.0) -> list[float]:
    """Return places for labels near those asked for, none closer than ``apart`` to the next."""
    spread = list(places)
    last = float("-inf")
    for place in sorted(range(len(places)), key=lambda each: (places[each], each)):
        last = spread[place] = max(places[place], last + apart)
    return spread


def _described(series: Sequence[tuple[str, Sequence[Said]]]) -> str:
    """Return the chart in words, for those who hear it read."""
    return " ".join(
        f"{origin}: {'; '.join(f'{wording.figure(each.count)} on {_day(each)}' for each in points)}."
        for origin, points in series
    )


def _day(said: Said) -> str:
    return wording.date(said.said_on) if said.said_on else "a day not known"
