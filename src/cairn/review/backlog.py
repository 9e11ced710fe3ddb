"""Backlog: claims that came, were settled and waited, day by day, as a chart in SVG."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from cairn.exports import date
from cairn.ledger import Backlog

WIDTH, HEIGHT = 720, 200
LEFT, RIGHT, TOP, BOTTOM = 56, 8, 28, 28
PARTS = ("ground", "words", "came", "settled", "waiting")
LIGHT = dict(zip(PARTS, ("#ffffff", "#5d564c", "#b56f1d", "#2f7d4f", "#1b4f80"), strict=True))
DARK = dict(zip(PARTS, ("#211e1b", "#b3aa9b", "#d99a4e", "#63b184", "#9cc8f0"), strict=True))
"""Words at 4.5 to 1 or more against the ground, the rest at 3 to 1; the legend names each in words too."""
LEGEND = {"waiting": "waiting at the day’s end", "came": "came", "settled": "settled"}
LETTER = 7
"""Pixels that a letter of the legend takes, a little more than most do."""


def backlog_svg(days: Sequence[Backlog], *, dark: bool = False) -> str:
    """Return the chart: a line for what waited at each day's end, bars for what came and what was settled.

    Both stand on one scale that begins at zero, so that a day's work is seen as the part of the whole that
    it is.

    Args:
        days: one after the other; at least one.
        dark: for a page that is dark.
    """
    colours = DARK if dark else LIGHT
    last = days[-1]
    told = f"{last.waiting:,} claims wait; {sum(each.settled for each in days):,} settled in {len(days)} days"
    return "\n".join(
        (
            f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" role="img" '
            'font-family="system-ui, sans-serif" font-size="12">',
            f"<title>{told}</title>",
            f'<rect width="100%" height="100%" fill="{colours["ground"]}"/>',
            *_drawn(days, colours),
            *_legend(colours),
            "</svg>",
            "",
        )
    )


def _drawn(days: Sequence[Backlog], colours: Mapping[str, str]) -> list[str]:
    highest = max(1, *(max(each.waiting, each.came, each.settled) for each in days))
    step = (WIDTH - LEFT - RIGHT) / len(days)
    words, floor, right = f'fill="{colours["words"]}"', HEIGHT - BOTTOM, WIDTH - RIGHT

    def y(number: int) -> float:
        return round(floor - (floor - TOP) * number / highest, 1)

    parts = []
    for number in sorted({0, highest // 2, highest}):
        line = f'x1="{LEFT}" x2="{right}" y1="{y(number)}" y2="{y(number)}" stroke-opacity=".3"'
        parts.append(f'<line {line} stroke="{colours["words"]}"/>')
        at = f'x="{LEFT - 6}" y="{y(number) + 4}" text-anchor="end"'
        parts.append(f"<text {at} {words}>{number:,}</text>")
    points = []
    for place, each in enumerate(days):
        x = LEFT + place * step
        for value, name, aside in ((each.came, "came", 0.15), (each.settled, "settled", 0.5)):
            if value:
                box = f'x="{x + step * aside:.1f}" y="{y(value)}" width="{step * 0.32:.1f}"'
                parts.append(f'<rect {box} height="{floor - y(value):.1f}" fill="{colours[name]}"/>')
        points.append(f"{x:.1f},{y(each.waiting)} {x + step:.1f},{y(each.waiting)}")
    line = f'fill="none" stroke="{colours["waiting"]}" stroke-width="2"'
    parts.append(f'<polyline points="{" ".join(points)}" {line}/>')
    for edge, anchor, day in ((LEFT, "start", days[0].day), (right, "end", days[-1].day)):
        at = f'x="{edge}" y="{HEIGHT - 8}" text-anchor="{anchor}"'
        parts.append(f"<text {at} {words}>{date(day)}</text>")
    return parts


def _legend(colours: Mapping[str, str]) -> list[str]:
    parts, x = [], LEFT
    for name, label in LEGEND.items():
        parts.append(f'<rect x="{x}" y="6" width="10" height="10" fill="{colours[name]}"/>')
        parts.append(f'<text x="{x + 15}" y="15" fill="{colours["words"]}">{label}</text>')
        x += 30 + LETTER * len(label)
    return parts
