"""Make the map that charts and pages draw under incidents: ``python docs/basemap.py countries-50m.json``.

The file is of the npm package ``world-atlas`` (version 2.0.2), which carries Natural Earth's countries at
1:50 million as TopoJSON: coast and borders are arcs, each told once. Arcs are thinned, islets left out, and
what is left is written as GeoJSON of two features: ``land``, and ``borders`` between countries.
"""

from __future__ import annotations

import json
import math
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

WORLD = Path(__file__).resolve().parents[1] / "src" / "cairn" / "charts" / "world.geojson"
TOLERANCE = 0.01
"""Degrees, some kilometre: how far a thinned line may stray."""
SMALLEST = 0.02
"""Square degrees, some 15 km by 15 km: smaller islets are left out."""
DECIMALS = 2
DRAWN_FROM = -60.0
"""Degrees north: Antarctica is left out."""

Point = tuple[float, float]
Line = Sequence[Point]


def main() -> None:
    """Write the map."""
    topology = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
    arcs = [thinned(arc) for arc in plain_arcs(topology)]
    used = Counter(arc for shape in topology["objects"]["countries"]["geometries"] for arc in arcs_of(shape))
    polygons = [
        polygon
        for shape in topology["objects"]["land"]["geometries"]
        for given in ([shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"])
        if (polygon := kept([ring(arcs, each) for each in given]))
    ]
    borders = [arcs[number] for number, times in sorted(used.items()) if times > 1]
    features = [
        feature("land", "MultiPolygon", polygons),
        feature("borders", "MultiLineString", borders),
    ]
    lines = ",\n".join(json.dumps(each, separators=(",", ":")) for each in features)
    WORLD.write_text(f'{{"type":"FeatureCollection","features":[\n{lines}\n]}}\n', encoding="utf-8")


def feature(kind: str, type_: str, coordinates: Sequence[Any]) -> dict[str, Any]:
    """Return a feature of GeoJSON."""
    geometry = {"type": type_, "coordinates": coordinates}
    return {"type": "Feature", "properties": {"kind": kind}, "geometry": geometry}


def plain_arcs(topology: dict[str, Any]) -> Iterator[Line]:
    """Yield the arcs in degrees: TopoJSON tells steps from point to point, on a grid."""
    (wide, high), (west, south) = topology["transform"]["scale"], topology["transform"]["translate"]
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for step_x, step_y in arc:
            x, y = x + step_x, y + step_y
            line.append((round(x * wide + west, DECIMALS), round(y * high + south, DECIMALS)))
        yield line


def arcs_of(shape: dict[str, Any]) -> set[int]:
    """Return the numbers of the arcs that a shape is made of, each once, whichever way it is gone along."""
    given = [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"]
    return {number if number >= 0 else ~number for polygon in given for ring in polygon for number in ring}


def ring(arcs: Sequence[Line], numbers: Sequence[int]) -> list[Point]:
    """Return the ring that some arcs make; of a negative number the arc is gone along backwards."""
    points: list[Point] = []
    for number in numbers:
        line = arcs[number] if number >= 0 else arcs[~number][::-1]
        points += line[1:] if points else line
    return points


def kept(polygon: Sequence[list[Point]]) -> list[list[Point]]:
    """Return a polygon without rings that are too small to be seen; empty where nothing is left."""
    outer, *holes = polygon
    if area(outer) < SMALLEST or max(y for _, y in outer) < DRAWN_FROM:
        return []
    return [outer, *(hole for hole in holes if area(hole) >= SMALLEST)]


def area(points: Line) -> float:
    """Return the area of a ring in square degrees."""
    return abs(sum(x * next_y - next_x * y for (x, y), (next_x, next_y) in pairwise(points))) / 2


def thinned(line: Line) -> list[Point]:
    """Return a line with fewer points, nowhere farther off than the tolerance (Douglas and Peucker)."""
    keep = {0, len(line) - 1}
    waiting = [(0, len(line) - 1)]
    while waiting:
        first, last = waiting.pop()
        far, at = max(
            ((distance(line[each], line[first], line[last]), each) for each in range(first + 1, last)),
            default=(0.0, 0),
        )
        if far > TOLERANCE:
            keep.add(at)
            waiting += [(first, at), (at, last)]
    return [line[each] for each in sorted(keep)]


def distance(point: Point, start: Point, end: Point) -> float:
    """Return how far a point lies from a line, in degrees."""
    (x, y), (from_x, from_y), (to_x, to_y) = point, start, end
    wide, high = to_x - from_x, to_y - from_y
    length = wide * wide + high * high
    along = ((x - from_x) * wide + (y - from_y) * high) / length if length else 0.0
    along = min(max(along, 0.0), 1.0)
    return math.hypot(x - from_x - along * wide, y - from_y - along * high)


if __name__ == "__main__":
    main()
