"""How the cost of reading and of linking grows: ``python benchmarks/growth.py --picture docs/scale.svg``.

Processor seconds of one thread; both axes of the picture are logarithmic, so that linear growth is a slant of
45 degrees.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import replace
from itertools import cycle, islice
from math import log10
from pathlib import Path

from cairn.pipeline import Tools, document_of, link_reports, open_tools, read_documents
from cairn.records import Document
from linking import invent
from pipeline import OWN

REPORTS, LENGTH, CLAIMS = 4, 250, 1_000
"""The smallest sizes; the others are four times the one before."""
STEPS = 4
WIDTH, HEIGHT, EDGE = 900, 330, 48
PANEL = WIDTH / 3
Points = list[tuple[int, float]]


def main() -> None:
    """Measure, print one JSON object, and draw it where that is asked for."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--picture", type=Path, help="an SVG to write")
    arguments.add_argument("--steps", type=int, default=STEPS, help="sizes of each kind, up to four")
    chosen = arguments.parse_args()
    times = [4**step for step in range(chosen.steps)]
    tools = open_tools(threads=1)
    lines = [line for file in sorted(OWN.glob("*.jsonl")) for line in file.read_text("utf-8").splitlines()]
    own = [document_of(json.loads(line)) for line in lines]
    texts = "\n".join(each.text for each in own).split("\n")

    def one(words: int) -> list[Document]:
        return [Document(id="long", text=cut(texts, words), published=own[0].published)]

    def some(count: int) -> list[Document]:
        return [replace(each, id=f"r{number}") for number, each in enumerate(islice(cycle(own), count))]

    found = {
        "reports read": [(REPORTS * more, reading(some(REPORTS * more), tools)) for more in times],
        "words of one report read": [(LENGTH * more, reading(one(LENGTH * more), tools)) for more in times],
        "claims linked": [(CLAIMS * more, linking(CLAIMS * more)) for more in times],
    }
    if chosen.picture:
        chosen.picture.write_text(draw(found), encoding="utf-8")
    json.dump(found, sys.stdout, indent=1)
    print()


def cut(paragraphs: Sequence[str], words: int) -> str:
    """Return paragraphs with about so many words."""
    kept: list[str] = []
    while sum(len(each.split()) for each in kept) < words:
        kept.append(paragraphs[len(kept) % len(paragraphs)])
    return "\n".join(kept)


def reading(documents: Sequence[Document], tools: Tools) -> float:
    """Return processor seconds to read some documents."""
    return timed(lambda: list(read_documents(documents, tools)))


def linking(claims: int) -> float:
    """Return processor seconds to link so many invented claims."""
    told = invent(claims)
    return timed(lambda: link_reports(told))


def timed(run: Callable[[], object]) -> float:
    """Return the processor seconds of a call."""
    begun = time.process_time()
    run()
    return round(time.process_time() - begun, 3)


def draw(found: dict[str, Points]) -> str:
    """Return the picture: one panel a step, with the number of things across and seconds upwards."""
    panels = "".join(panel(name, points, number) for number, (name, points) in enumerate(found.items()))
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {WIDTH} {HEIGHT}" font-family="sans-serif" '
        f'font-size="11" fill="#333"><title>Processor seconds by size</title>{panels}</svg>\n'
    )


def panel(name: str, points: Points, number: int) -> str:
    """Return one panel of the picture."""
    left = number * PANEL + EDGE
    across = [log10(size) for size, _ in points]
    up = [log10(max(seconds, 0.001)) for _, seconds in points]
    # The same length a decade on both axes, so that linear growth is a slant of 45 degrees.
    wide, high = across[-1] - across[0], max(up) - min(up)
    decade = min((PANEL - EDGE - 24) / wide, (HEIGHT - EDGE - 24) / high)
    places = [
        (left + (x - across[0]) * decade, HEIGHT - EDGE - (y - min(up)) * decade)
        for x, y in zip(across, up, strict=True)
    ]
    line = " ".join(f"{x:.1f},{y:.1f}" for x, y in places)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3"/><text x="{x - 8:.1f}" y="{y - 3:.1f}" text-anchor="end">'
        f"{seconds:.3g} s</text>"
        f'<text x="{x:.1f}" y="{HEIGHT - EDGE + 20}" text-anchor="middle">{size:,}</text>'
        for (x, y), (size, seconds) in zip(places, points, strict=True)
    )
    return (
        f'<text x="{left:.0f}" y="{HEIGHT - 8}" font-weight="bold">{name}</text>'
        f'<polyline points="{line}" fill="none" stroke="#1f6f8b" stroke-width="1.5"/>{dots}'
    )


if __name__ == "__main__":
    main()
