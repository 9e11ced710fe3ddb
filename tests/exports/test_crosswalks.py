"""Incidents in the columns of other organisations, and what is told of what does not fit."""

from __future__ import annotations

import datetime as dt
import json
from typing import Any

import pytest

from cairn.exports import CROSSWALKS, Weighed
from cairn.exports.crosswalks.acled import acled_row
from cairn.exports.crosswalks.airwars import airwars_row
from cairn.exports.crosswalks.gtd import gtd_row
from cairn.exports.crosswalks.ucdp import ucdp_row

ROW = {
    "harm": "killed", "low": 14, "high": 14, "approx": False, "fraction": None, "groups": ["civilian"],
    "perpetrator": "northern army", "means": "airstrike", "target_kind": "health", "place": "Orvale",
    "country": "SY", "geonames_id": 7, "latitude": 36.1234567, "longitude": 37.1, "radius_km": 2.5,
    "time_start": dt.date(2026, 2, 1), "time_end": dt.date(2026, 2, 1), "speaker": "ministry",
    "outlet": "Harbour Wire", "status": "asserted", "part_of": None, "reviewed": None, "document": 1,
}  # fmt: skip
MADE = {
    "version": "1", "low": 14, "best": 14, "high": 14, "grade": "fair", "provisional": False, "origins": 2,
    "documents": 2, "reason": "because",
}  # fmt: skip


def weighed(policy: str, *rows: dict[str, Any], killed: dict[str, Any] | None = None) -> Weighed:
    """Return an incident of some claims, each with what differs from ``ROW``."""
    claims = [ROW | each | {"groups": json.dumps((ROW | each)["groups"])} for each in (rows or ({},))]
    made = {(policy, "killed"): MADE | killed} if killed is not None else {}
    return Weighed(id="inc-1", claims=claims, estimates=made, policy=policy)


@pytest.mark.parametrize("name", CROSSWALKS)
def test_every_organisation_has_its_columns_and_says_what_does_not_fit(name: str) -> None:
    layout = CROSSWALKS[name]
    (row,) = zip(*layout.take({"weighed": [weighed(name, killed={})]}), strict=True)
    cells = dict(zip(layout.names, row, strict=True))
    assert cells["does_not_fit"]
    assert "inc-1" in row


def test_the_columns_bear_the_names_that_the_organisations_give() -> None:
    assert {"source_office", "source_original", "where_prec", "deaths_civilians"} <= {
        *CROSSWALKS["ucdp"].names
    }
    assert {"source", "event_id_cnty", "geo_precision"} <= {*CROSSWALKS["acled"].names}


@pytest.mark.parametrize(
    ("groups", "split"),
    [
        (["civilian"], (14, 0)),
        (["child", "woman"], (14, 0)),
        (["unspecified"], (0, 14)),
        (["civilian", "insurgent"], (0, 14)),
    ],
)
def test_ucdp_deaths_add_up_to_best(groups: list[str], split: tuple[int, int]) -> None:
    row = ucdp_row(weighed("ucdp", {"groups": groups}, killed={}))
    assert (row.deaths_civilians, row.deaths_unknown) == split
    assert sum(split) == row.best


@pytest.mark.parametrize(
    ("radius", "code"), [(2.5, 1), (12.9, 2), (60.0, 3), (200.0, 4), (900.0, 6), (None, None)]
)
def test_ucdp_place_precision(radius: float | None, code: int | None) -> None:
    assert ucdp_row(weighed("ucdp", {"radius_km": radius}, killed={})).where_prec == code


@pytest.mark.parametrize(("last", "code"), [(1, 1), (5, 2), (7, 3), (28, 4)])
def test_ucdp_date_precision(last: int, code: int) -> None:
    assert ucdp_row(weighed("ucdp", {"time_end": dt.date(2026, 2, last)})).date_prec == code


def test_acled_codes_silence_as_none_and_says_so() -> None:
    silent = acled_row(weighed("acled", {"harm": "injured"}))
    assert (silent.fatalities, silent.fatalities_told) == (0, False)
    assert "0 stands for not told" in silent.does_not_fit
    told = acled_row(weighed("acled", killed={"best": 3}))
    assert (told.fatalities, told.fatalities_told) == (3, True)


@pytest.mark.parametrize(
    ("means", "groups", "types"),
    [
        ("drone", ["unspecified"], ("Explosions/Remote violence", "Air/drone strike")),
        ("small_arms", ["civilian"], ("Violence against civilians", "Attack")),
        ("small_arms", ["combatant"], (None, None)),
        ("clashes", ["combatant"], ("Battles", "Armed clash")),
        (None, ["civilian"], (None, None)),
    ],
)
def test_acled_types_come_from_means_where_these_tell(
    means: str | None, groups: list[str], types: tuple[str | None, str | None]
) -> None:
    row = acled_row(weighed("acled", {"means": means, "groups": groups}, killed={}))
    assert (row.event_type, row.sub_event_type) == types
    assert ("no event type" in row.does_not_fit) == (types[0] is None)


def test_gtd_dates_are_zero_where_they_are_not_known() -> None:
    several = gtd_row(weighed("gtd", {"time_end": dt.date(2026, 2, 3)}))
    assert (several.iyear, several.imonth, several.iday) == (2026, 2, 0)
    none = gtd_row(weighed("gtd", {"time_start": None, "time_end": None}))
    assert (none.iyear, none.imonth, none.iday) == (0, 0, 0)


def test_gtd_leaves_killed_blank_and_counts_attackers_apart() -> None:
    row = gtd_row(
        weighed("gtd", {}, {"groups": ["perpetrator"], "low": 1, "high": 1, "means": "suicide_bomb"})
    )
    assert (row.nkill, row.nkillter, row.suicide, row.gname, row.guncertain1) == (
        None, 1, 1, "northern army", 1,
    )  # fmt: skip
    assert "nkill is blank" in row.does_not_fit
    assert gtd_row(weighed("gtd", {"perpetrator": None})).gname == "Unknown"


def test_airwars_ranges_go_by_group() -> None:
    row = airwars_row(
        weighed(
            "airwars",
            {"low": 20, "high": 30, "groups": ["unspecified"]},
            {"low": 3, "high": 3, "groups": ["child"], "part_of": "clm-1"},
            {"low": 5, "high": None, "groups": ["child"], "part_of": "clm-1"},
            {"low": 2, "high": 2, "groups": ["insurgent"]},
            killed={"low": 20, "high": 30},
        )
    )
    assert (row.killed_min, row.killed_max) == (20, 30)
    assert (row.killed_children_min, row.killed_children_max) == (3, 5)
    assert (row.killed_belligerents_min, row.killed_women_min) == (2, None)


def test_a_place_is_that_of_one_claim_and_never_a_mix() -> None:
    mixed = weighed(
        "ucdp",
        {"place": "Orvale", "latitude": 1.0, "longitude": 9.0, "radius_km": 9.0},
        {"place": "Sarn", "latitude": 5.0, "longitude": 2.0, "radius_km": 2.0},
    )
    row = ucdp_row(mixed)
    assert (row.where_coordinates, row.latitude, row.longitude) == ("Sarn", 5.0, 2.0)
