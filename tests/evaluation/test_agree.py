"""Names, places, times and counts agree by the referee's rules."""

from __future__ import annotations

import pytest

from cairn.evaluation import same_name, same_place, same_time
from cairn.evaluation.agree import same_chain, same_count


@pytest.mark.parametrize(
    ("gold", "got", "agrees"),
    [
        (None, None, True),
        ("", None, True),
        ("Veldt", None, False),
        (None, "Veldt", False),
        ("Nomsa Veldt", "Nomsa Veldt", True),
        ("Nomsa Veldt", "Veldt", True),
        ("Veldt", "Colonel Nomsa Veldt", True),
        ("Nomsa Veldt", "Petru Ilan", False),
        ("Nomsa Veldt", "Nomsa Ilan", False),
        ("Tarn Relief Network", "TRN", True),
        ("Tarn Relief Network", "TRB", False),
        ("Tarn Relief Network|TRN group", "TRN group", True),
        ("Tarn Relief Network", "the network of Tarn", True),
        ("army", "government army", True),
        ("police", "Tarn police of the north coast", False),
        ("the city of Tarn", "Tarn", True),
        ("Tarn’s council", "Tarn's council", True),
        ("Café Ndé", "Cafe Nde", True),
        ("north", "northern", False),
    ],
)
def test_names(gold: str | None, got: str | None, agrees: bool) -> None:
    assert same_name(gold, got) is agrees


@pytest.mark.parametrize(
    ("gold", "got", "agrees"),
    [
        (None, None, True),
        ({"name": "Tarn", "country": "ZZ"}, None, False),
        ({"name": "Tarn", "country": "ZZ"}, {"name": "Tarn", "country": "ZZ"}, True),
        ({"name": "Tarn", "country": "ZZ"}, {"name": "Tarn", "country": "XX"}, False),
        ({"name": "Tarn", "country": "ZZ"}, {"name": "Tarn", "country": None}, True),
        ({"name": "Tarn|Old Tarn", "country": "ZZ"}, {"name": "Old Tarn", "country": "ZZ"}, True),
    ],
)
def test_places(gold: dict[str, str] | None, got: dict[str, str] | None, agrees: bool) -> None:
    assert same_place(gold, got) is agrees


@pytest.mark.parametrize(
    ("gold", "got", "agrees"),
    [
        (None, None, True),
        (("2021-07-01", "2021-07-01"), None, False),
        (("2021-07-01", "2021-07-01"), ("2021-07-02", "2021-07-02"), True),
        (("2021-07-01", "2021-07-01"), ("2021-07-03", "2021-07-03"), False),
        (("2021-07-01", "2021-07-01"), ("2021-07-01", "2021-07-05"), False),
        (("2021-01-01", "2021-07-01"), ("2021-01-15", "2021-07-01"), True),
        (("2011-01-01", "2021-01-01"), ("2011-02-01", "2021-01-01"), True),
        (("2011-01-01", "2021-01-01"), ("2011-02-02", "2021-01-01"), False),
    ],
)
def test_times(gold: tuple[str, str] | None, got: tuple[str, str] | None, agrees: bool) -> None:
    def period(ends: tuple[str, str] | None) -> dict[str, str] | None:
        return ends and dict(zip(("start", "end"), ends, strict=True))

    assert same_time(period(gold), period(got)) is agrees


def test_counts_agree_by_bounds_and_fraction_only() -> None:
    gold = {"low": 4, "high": None, "approx": False, "fraction": None}
    assert same_count(gold, {**gold, "approx": True})
    assert not same_count(gold, {**gold, "high": 4})
    assert not same_count(gold, {**gold, "fraction": 0.5})


def test_chains_agree_link_by_link() -> None:
    assert same_chain(["Nomsa Veldt", "Harbour Wire"], ["Veldt", "Harbour Wire"])
    assert not same_chain(["Nomsa Veldt", "Harbour Wire"], ["Harbour Wire", "Veldt"])
    assert not same_chain(["Nomsa Veldt", "Harbour Wire"], ["Nomsa Veldt"])
    assert same_chain([], [])
