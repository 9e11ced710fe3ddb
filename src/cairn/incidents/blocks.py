"""Blocks: which pairs of accounts are worth comparing."""

from __future__ import annotations

import datetime as dt

from cairn.records import Period, Place

REACH_DAYS = 3
"""Days by which two accounts of one attack may miss each other, through datelines and nights."""
UNTOLD_DAYS = 10
"""Days before publication in which an attack lies whose day is not told."""
LONG_DAYS = 40
"""Days from which a time is too long to be looked up."""
CELL_DEGREES = 3.0
"""Side of the squares by which exact places are looked up. Two that do not touch are 167 km apart at 60
degrees north, which is decisive: 50 km of reach, the slack and a province's 100 km are less."""
CELL_KM = 50.0
"""Reach up to which a place is looked up by its square."""

Cell = tuple[int, int]


def find_days(time: Period | None, published: dt.date | None) -> Period | None:
    """Return the days under which an account is looked up.

    ``None`` for one of neither time nor publication, and for one of a long time; these are compared with no
    other.
    """
    if time is not None and time.days <= LONG_DAYS:
        return Period(start=time.start, end=time.end + dt.timedelta(days=REACH_DAYS))
    if time is None and published is not None:
        return Period(start=published - dt.timedelta(days=UNTOLD_DAYS), end=published)
    return None


def find_cell(place: Place | None) -> Cell | None:
    """Return the square in which a place lies; ``None`` for one without coordinates or of a wide reach."""
    if place is None or place.latitude is None or (place.radius_km or 0.0) > CELL_KM:
        return None
    return int(place.latitude // CELL_DEGREES), int((place.longitude or 0.0) // CELL_DEGREES)
