"""Ground: incidents on a map, each as wide as its place is known."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import altair as alt

from cairn.charts.drawing import Picture
from cairn.charts.look import (
    BLUE,
    INK,
    LETTER,
    PAPER,
    QUIET,
    TEXT_SIZE,
    VERMILLION,
    Caption,
    cut,
    frame,
    rows_of,
    with_notes,
)
from cairn.exports import wording
from cairn.records import EARTH_KM, Count

MAP_WIDTH, MAP_HEIGHT = 760, 520
CORNERS = 72
"""Of the polygon that a circle is drawn as."""
NARROWEST = 1.5
"""Degrees of latitude that a map shows at least: without land around it a place says nothing."""
WIDEST = 75.0
"""Degrees north and south at which Mercator's map is cut: it grows without bound towards the poles."""
ROOM = 1.15
"""How much wider the map is than what it shows."""
SMALLEST_DOT, LARGEST_DOT = 30, 900
"""Square pixels of the dot of one person and of the most persons."""
LABELS, LABEL_CHARS = 12, 26
SCALES = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000)
"""Kilometres that the bar of scale may stand for; it is a quarter of the map at most."""
WIDEST_SCALED = 1.0
"""Radians of longitude beyond which one bar of scale would be wrong for most of Mercator's map."""
KEY_BOX = (MAP_WIDTH - 190.0, MAP_HEIGHT - 78.0, MAP_WIDTH - 10.0, MAP_HEIGHT - 10.0)
"""Left, top, right and bottom of the key to the dots, in pixels."""
BLEED = 4
"""Pixels beyond the map's edges to which coast and borders go on, so that their ends are not seen."""
ACROSS, DOWN = alt.X("x:Q", scale=None, axis=None), alt.Y("y:Q", scale=None, axis=None)
"""Pixels from the left and from the top."""
NATURAL_EARTH = "Coast and borders: Natural Earth, 1:50 million, as drawn there; Cairn takes no side on them."
SEA, LAND, BORDER = "#EAF1F6", "#FAFAF7", "#B5B5AE"


@dataclass(frozen=True, slots=True, kw_only=True)
class Spot:
    """A place with the incidents there.

    Attributes:
        place: its name, as reports have it.
        latitude: degrees north, WGS84.
        longitude: degrees east, WGS84.
        radius_km: how far from the point the harm may have been.
        incidents: how many.
        low: fewest persons in all of them.
        high: most; ``None`` where there is no upper bound.
    """

    place: str
    latitude: float
    longitude: float
    radius_km: float
    incidents: int
    low: int
    high: int | None


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """A part of Mercator's map.

    Attributes:
        west: longitude of the left edge, in degrees.
        top: of the map above the equator, in radians of the projection.
        scale: pixels a radian.
    """

    west: float
    top: float
    scale: float

    def pixel(self, longitude: float, latitude: float) -> tuple[float, float]:
        """Return where a point lies, from the left and from the top."""
        across = math.radians((longitude - self.west) % 360) * self.scale
        return across, (self.top - _up(latitude)) * self.scale

    def km(self, latitude: float) -> float:
        """Return the pixels of a kilometre at a latitude."""
        return self.scale / (EARTH_KM * math.cos(math.radians(latitude)))


def map_picture(caption: Caption, spots: Sequence[Spot], what: str) -> Picture:
    """Draw where incidents were: a circle says how far from its middle each may have been.

    Args:
        caption: title and notes.
        spots: those with the most persons are named.
        what: of the figures, such as "killed".
    """
    view = _view(spots)
    projection = alt.Projection(
        type="mercator",
        scale=view.scale,
        translate=[*_translation(view)],
        clipExtent=[[-BLEED, -BLEED], [MAP_WIDTH + BLEED, MAP_HEIGHT + BLEED]],
    )
    panel = alt.layer(
        *_basemap(),
        *_circles(spots),
        *_labels(spots, view),
        _dots(spots),
        *_key(spots, what),
        *_scale_bar(view),
        _edge(),
    ).properties(width=MAP_WIDTH, height=MAP_HEIGHT, projection=projection, view=alt.ViewConfig(fill=SEA))
    notes = (
        "A circle is how far from its middle the harm may have been, not how far it reached; a dot grows "
        "with the lowest figure.",
        NATURAL_EARTH,
    )
    return frame([panel], with_notes(caption, notes), " ".join(_told(spots, what)))


@cache
def read_basemap() -> dict[str, Any]:
    """Return land and borders of the world as GeoJSON: features whose ``kind`` says what they are."""
    text = (files("cairn.charts") / "world.geojson").read_text(encoding="utf-8")
    read: dict[str, Any] = json.loads(text)
    return read


def circle(longitude: float, latitude: float, km: float) -> dict[str, Any]:
    """Return a circle on the ground as a polygon of GeoJSON, clockwise, as d3 wants it."""
    wide, up = km / EARTH_KM, math.radians(latitude)
    points = []
    for corner in range(CORNERS + 1):
        way = 2 * math.pi * corner / CORNERS
        to_up = math.asin(math.sin(up) * math.cos(wide) + math.cos(up) * math.sin(wide) * math.cos(way))
        aside = math.atan2(
            math.sin(way) * math.sin(wide) * math.cos(up), math.cos(wide) - math.sin(up) * math.sin(to_up)
        )
        points.append([round(longitude + math.degrees(aside), 4), round(math.degrees(to_up), 4)])
    return {"type": "Feature", "geometry": {"type": "Polygon", "coordinates": [points]}}


def _up(latitude: float) -> float:
    """Return how far above the equator Mercator's map has a latitude, in radians."""
    kept = max(-WIDEST, min(WIDEST, latitude))
    return math.log(math.tan(math.pi / 4 + math.radians(kept) / 2))


def _view(spots: Sequence[Spot]) -> View:
    """Return the part of the world that holds all circles, with room around them."""
    reaches = [(each, math.degrees(each.radius_km / EARTH_KM)) for each in spots]
    north = max((each.latitude + reach for each, reach in reaches), default=WIDEST)
    south = min((each.latitude - reach for each, reach in reaches), default=-WIDEST)
    short = max(0.0, NARROWEST - (north - south)) / 2
    top, bottom = _up(north + short), _up(south - short)
    east_west = [
        (each.longitude, reach / max(0.1, math.cos(math.radians(each.latitude)))) for each, reach in reaches
    ]
    east = max((at + reach for at, reach in east_west), default=180.0)
    west = min((at - reach for at, reach in east_west), default=-180.0)
    scale = min(
        MAP_WIDTH / (ROOM * math.radians(max(east - west, 0.1))), MAP_HEIGHT / (ROOM * (top - bottom))
    )
    scale = max(scale, MAP_WIDTH / (2 * math.pi))
    middle = (east + west) / 2
    return View(
        west=middle - math.degrees(MAP_WIDTH / scale / 2),
        top=(top + bottom) / 2 + MAP_HEIGHT / scale / 2,
        scale=scale,
    )


def _translation(view: View) -> tuple[float, float]:
    """Return where the middle of the world, at 0° north and east, lies in pixels: what d3 wants to know."""
    return -math.radians(view.west) * view.scale, view.top * view.scale


def _basemap() -> Iterator[alt.Chart]:
    land, borders = read_basemap()["features"]
    yield _shape([land]).mark_geoshape(fill=LAND, stroke=BORDER, strokeWidth=0.6, clip=True)
    yield _shape([borders]).mark_geoshape(filled=False, stroke=BORDER, strokeWidth=0.9, clip=True)


def _edge() -> alt.Chart:
    """Return the frame of the map, over what is drawn up to its edges."""
    frame_of = rows_of([{"edge": 0}]).mark_rect(filled=False, stroke=BORDER)
    right, bottom = alt.value(MAP_WIDTH), alt.value(MAP_HEIGHT)
    return frame_of.encode(x=alt.value(0), x2=right, y=alt.value(0), y2=bottom)


def _shape(features: Sequence[dict[str, Any]]) -> alt.Chart:
    # Altair copies lists, down to each corner of a coast, at every step of a chart, and tuples never.
    return alt.Chart(alt.InlineData(values=tuple(features)))


def _circles(spots: Sequence[Spot]) -> Iterator[alt.Chart]:
    shapes = [
        circle(each.longitude, each.latitude, each.radius_km)
        for each in sorted(spots, key=lambda each: -each.radius_km)
        if each.radius_km > 0
    ]
    yield _shape(shapes).mark_geoshape(
        fill=BLUE, fillOpacity=0.12, stroke=BLUE, strokeOpacity=0.7, strokeWidth=1, clip=True
    )


def _size(persons: int, most: int) -> float:
    """Return the area of a dot: it grows as the persons do."""
    return SMALLEST_DOT + (LARGEST_DOT - SMALLEST_DOT) * persons / max(most, 1)


def _radius(area: float) -> float:
    return math.sqrt(area / math.pi)


def _dots(spots: Sequence[Spot]) -> alt.Chart:
    most = max((each.low for each in spots), default=1)
    rows = [
        {"longitude": each.longitude, "latitude": each.latitude, "size": _size(each.low, most)}
        for each in sorted(spots, key=lambda each: -each.low)
    ]
    return (
        rows_of(rows)
        .mark_circle(color=VERMILLION, opacity=0.85, stroke=PAPER, strokeWidth=1, clip=True)
        .encode(longitude="longitude:Q", latitude="latitude:Q", size=alt.Size("size:Q", scale=None))
    )


def _labels(spots: Sequence[Spot], view: View) -> Iterator[alt.Chart]:
    """Yield the names of the places with the most persons, where they do not lie over each other."""
    rows, taken = list[dict[str, Any]](), [KEY_BOX]
    most = max((each.low for each in spots), default=1)
    for each in sorted(spots, key=lambda each: (-each.low, -each.incidents, each.place)):
        x, y = view.pixel(each.longitude, each.latitude)
        label = f"{cut(each.place, LABEL_CHARS)}  {wording.figure(Count(low=each.low, high=each.high))}"
        away = _radius(_size(each.low, most)) + 5
        wide = len(label) * TEXT_SIZE * LETTER + away
        left = x + wide > MAP_WIDTH
        box = (x - wide if left else x, y - 9, x if left else x + wide, y + 9)
        inside = box[0] >= 0 and box[2] <= MAP_WIDTH and 9 <= y <= MAP_HEIGHT - 9
        if not inside or len(rows) >= LABELS or any(_meet(box, other) for other in taken):
            continue
        taken.append(box)
        rows.append({"x": x - away if left else x + away, "y": y, "label": label, "left": left})
    for left in (False, True):
        some = rows_of(row for row in rows if row["left"] is left)
        align: Any = "right" if left else "left"
        halo = some.mark_text(align=align, baseline="middle", stroke=PAPER, strokeWidth=3, strokeJoin="round")
        for drawn in (halo, some.mark_text(align=align, baseline="middle", color=INK)):
            yield drawn.encode(x=ACROSS, y=DOWN, text="label:N")


def _key(spots: Sequence[Spot], what: str) -> Iterator[alt.Chart]:
    """Yield what says how many persons dots stand for."""
    most = max((each.low for each in spots), default=1) or 1
    lead = 10 ** (len(str(most)) - 1)
    largest = most // lead * lead
    shown = sorted({each for each in (largest, largest // 2, largest // 10) if each})
    left, top, right, bottom = KEY_BOX
    x, y = left + 10.0, bottom - 10 - _radius(LARGEST_DOT)
    rows = list[dict[str, Any]]()
    for persons in shown:
        radius = _radius(_size(persons, most))
        rows.append({"x": x + radius, "y": y, "size": _size(persons, most), "label": f"{persons:,}"})
        rows[-1]["beside"] = x + 2 * radius + 4
        x += 2 * radius + 4 + len(f"{persons:,}") * TEXT_SIZE * LETTER + 14
    frame_of = rows_of([{"left": left}]).mark_rect(color=PAPER, stroke=BORDER, opacity=0.95)
    yield frame_of.encode(x=alt.value(left), x2=alt.value(right), y=alt.value(top), y2=alt.value(bottom))
    heading = rows_of([{"label": f"at least so many {what}"}]).mark_text(
        align="left", baseline="top", color=QUIET
    )
    yield heading.encode(x=alt.value(left + 10), y=alt.value(top + 8), text="label:N")
    drawn = rows_of(rows)
    yield drawn.mark_circle(color=VERMILLION, opacity=0.85).encode(
        x=ACROSS, y=DOWN, size=alt.Size("size:Q", scale=None)
    )
    beside = alt.X("beside:Q", scale=None, axis=None)
    yield drawn.mark_text(align="left", baseline="middle").encode(x=beside, y=DOWN, text="label:N")


def _meet(one: Sequence[float], other: Sequence[float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]


def _scale_bar(view: View) -> Iterator[alt.Chart]:
    """Yield a bar that says how many kilometres it is long, as they are at its own latitude."""
    if MAP_WIDTH / view.scale > WIDEST_SCALED:
        return
    x, y = 16.0, MAP_HEIGHT - 16.0
    latitude = math.degrees(2 * math.atan(math.exp(view.top - y / view.scale)) - math.pi / 2)
    km = max((each for each in SCALES if each * view.km(latitude) <= MAP_WIDTH / 4), default=SCALES[0])
    end = x + km * view.km(latitude)
    bar = rows_of([{"label": f"{km:,} km"}])
    yield bar.mark_rule(color=INK, strokeWidth=2).encode(
        x=alt.value(x), x2=alt.value(end), y=alt.value(y), y2=alt.value(y)
    )
    yield bar.mark_text(align="left", baseline="bottom", dy=-4, color=INK).encode(
        x=alt.value(x), y=alt.value(y), text="label:N"
    )


def _told(spots: Sequence[Spot], what: str) -> Iterator[str]:
    """Yield each place in words, for those who hear the map read."""
    for each in sorted(spots, key=lambda each: (-each.low, each.place)):
        incidents = f"{each.incidents} {'incident' if each.incidents == 1 else 'incidents'}"
        figure = wording.spoken_figure(Count(low=each.low, high=each.high))
        yield f"{each.place}, within {each.radius_km:,.0f} km: {figure} {what}, in {incidents}."
