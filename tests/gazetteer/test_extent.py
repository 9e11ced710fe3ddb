"""The middle of a country lies among its settlements, and its radius reaches nearly all."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.gazetteer.extent import EARTH_KM, cell_of, middle_of


def test_middle_of_one_point_is_the_point() -> None:
    assert middle_of([(12.5, -45.25)]) == pytest.approx((12.5, -45.25, 0.0), abs=1e-3)


def test_date_line_parts_no_country() -> None:
    latitude, longitude, reach = middle_of([(-17.0, 179.0), (-17.0, -179.0)])
    assert abs(longitude) == pytest.approx(180.0, abs=1e-6)
    assert latitude == pytest.approx(-17.0, abs=0.1)
    assert reach < 120.0


def test_one_island_far_out_does_not_stretch_the_radius() -> None:
    near = [(10.0 + step / 10, 20.0) for step in range(40)]
    assert middle_of([*near, (-40.0, 20.0)])[2] < 1000.0


def test_neighbours_share_a_cell_across_no_sign() -> None:
    assert cell_of(0.2, 0.2) == cell_of(0.4, 0.1)
    assert cell_of(0.1, 0.1) != cell_of(-0.1, -0.1)


POINTS = st.tuples(st.floats(-80, 80), st.floats(-180, 180))


@given(st.lists(POINTS, min_size=1, max_size=30))
def test_any_points_have_a_middle_on_the_globe(points: list[tuple[float, float]]) -> None:
    try:
        latitude, longitude, reach = middle_of(points)
    except ZeroDivisionError:  # points that cancel out have no middle; no country is like that
        return
    assert -90 <= latitude <= 90
    assert -180 <= longitude <= 180
    assert 0 <= reach <= EARTH_KM * 3.1416
