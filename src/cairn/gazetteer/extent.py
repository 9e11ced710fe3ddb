"""Measure how far a country reaches from where its settlements lie."""

from __future__ import annotations

import math
from collections.abc import Collection

Point = tuple[float, float]
"""Latitude and longitude, degrees, WGS84."""

CELLS_PER_DEGREE = 2
"""Cells are about 55 km high; each counts once, so that a crowded corner does not pull the middle to it.
Of 4, 2, 1 and a half, 2 comes closest to the middles that atlases give: 50 km for half of the countries."""

REACHED = 0.95
"""Share of the cells that the radius takes in; the rest are mostly islands far out at sea."""

EARTH_KM = 6371.0


def cell_of(latitude: float, longitude: float) -> tuple[int, int]:
    """Return the number of the square of the globe in which a point lies."""
    return math.floor(latitude * CELLS_PER_DEGREE), math.floor(longitude * CELLS_PER_DEGREE)


def middle_of(points: Collection[Point]) -> tuple[float, float, float]:
    """Return the latitude and longitude of the middle of some points, and the radius in km around it.

    The mean of the directions from the Earth's centre, so that the date line parts no country.

    Args:
        points: one of each cell; at least one.
    """
    sides = [_direction(*point) for point in points]
    # Cells shrink towards the poles: the cosine of the latitude is their size.
    sums = [sum(side[axis] * side[3] for side in sides) for axis in range(3)]
    length = math.hypot(*sums)
    x, y, z = (total / length for total in sums)
    apart = sorted(math.acos(max(-1.0, min(1.0, x * a + y * b + z * c))) for a, b, c, _ in sides)
    reach = EARTH_KM * apart[math.ceil(REACHED * len(apart)) - 1]
    return math.degrees(math.asin(z)), math.degrees(math.atan2(y, x)), reach


def _direction(latitude: float, longitude: float) -> tuple[float, float, float, float]:
    """Return the unit vector to a point, and the cosine of its latitude."""
    latitude, longitude = math.radians(latitude), math.radians(longitude)
    flat = math.cos(latitude)
    return flat * math.cos(longitude), flat * math.sin(longitude), math.sin(latitude), flat
