"""Lines: tables as JSON Lines and as GeoJSON."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, TextIO

import orjson

from cairn.errors import InputError
from cairn.exports.files.cells import converted, joined
from cairn.exports.files.columns import Kind, Sheet

OPTIONS = orjson.OPT_UTC_Z | orjson.OPT_NAIVE_UTC
PLACE = ("longitude", "latitude")


def write_jsonl(sheet: Sheet, stream: TextIO) -> int:
    """Write a table as JSON Lines: an object a row, days as ISO 8601, lists as lists; return the count."""
    names, count = sheet.layout.names, 0
    for row in sheet.rows():
        stream.write(orjson.dumps(dict(zip(names, row, strict=True)), option=OPTIONS).decode() + "\n")
        count += 1
    return count


def write_geojson(sheet: Sheet, stream: TextIO) -> int:
    """Write a table as a collection of features (RFC 7946); return how many there were.

    The point is the middle of a circle: how wide it is stands in the properties. A row whose place is not
    known is a feature without geometry, so that no row is lost.

    Raises:
        InputError: the table holds no places.
    """
    if not set(PLACE) <= set(sheet.layout.names):
        raise InputError(f"{sheet.layout.name} have no places of their own; write incidents as geojson")
    count = 0
    stream.write('{"type":"FeatureCollection","features":[')
    for feature in _features(sheet):
        stream.write((",\n" if count else "\n") + orjson.dumps(feature, option=OPTIONS).decode())
        count += 1
    stream.write("\n]}\n")
    return count


def _features(sheet: Sheet) -> Iterator[dict[str, Any]]:
    layout = sheet.layout
    for cells in sheet.cells():
        for row in zip(*converted(cells, layout.columns, {Kind.TEXTS: joined}), strict=True):
            properties = dict(zip(layout.names, row, strict=True))
            point = [properties.pop(name, None) for name in PLACE]
            yield {
                "type": "Feature",
                "geometry": None if None in point else {"type": "Point", "coordinates": point},
                "properties": properties,
            }
