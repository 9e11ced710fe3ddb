"""Mapping: where incidents lie, as circles that are as wide as their places are known, and a list beside."""

from __future__ import annotations

from collections.abc import Sequence

from fastapi import APIRouter
from starlette.requests import Request
from starlette.responses import JSONResponse, Response

from cairn.ledger import Row, as_of, list_spots
from cairn.review.deciding import From
from cairn.review.gathering import show_incidents
from cairn.review.pages import With

routes = APIRouter()

LISTED = 100
"""Incidents of the list; the map, moved closer, finds the rest."""
MOST_SPOTS = 5_000
"""Places that are drawn: those of the most incidents."""


@routes.get("/map")
def map_page(request: Request, setup: With, asking: From) -> Response:
    """Show a map, and the incidents in the part of it that the address names."""
    return show_incidents(request, "map", setup, asking, LISTED)


@routes.get("/map.json")
def map_spots(setup: With, asking: From) -> Response:
    """Answer with the places of incidents, as GeoJSON."""
    with as_of(setup.ledger, None) as state:
        rows = list_spots(state, asking.asked, MOST_SPOTS)
    return JSONResponse(spots_json(rows), media_type="application/geo+json")


def spots_json(rows: Sequence[Row]) -> dict[str, object]:
    """Return spots as GeoJSON; the middle of each says nothing without its ``radius_km``."""
    return {
        "type": "FeatureCollection",
        "features": [
            {
                "type": "Feature",
                "geometry": {"type": "Point", "coordinates": [row["longitude"], row["latitude"]]},
                "properties": {name: row[name] for name in ("place", "radius_km", "incidents")},
            }
            for row in rows
        ],
    }
