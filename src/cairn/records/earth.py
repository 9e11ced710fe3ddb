"""How far apart two places are."""

from __future__ import annotations

import math

from cairn.records.place import Place

EARTH_KM = 6371.0  # mean radius, IUGG


def distance_km(one: Place, other: Place) -> float | None:
    """Return the distance of two places over the ground; ``None`` where one has no coordinates."""
    points = (one.latitude, one.longitude, other.latitude, other.longitude)
    if None in points:
        return None
    lat1, lon1, lat2, lon2 = (math.radians(degrees or 0.0) for degrees in points)
    half = (
        math.sin((lat2 - lat1) / 2) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin((lon2 - lon1) / 2) ** 2
    )
    return 2 * EARTH_KM * math.asin(math.sqrt(half))
