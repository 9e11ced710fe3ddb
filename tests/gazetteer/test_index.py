"""The index finds places under their spellings, and is built again when it is not whole."""

from __future__ import annotations

import math
from collections.abc import Iterator
from pathlib import Path

import pytest

from cairn.errors import GazetteerError
from cairn.gazetteer import Entry, EntryKind, build, open_gazetteer
from places_index import built_gazetteer

ROWS = [
    ((1, "Testland", EntryKind.COUNTRY, "TL", "", 1.0, 2.0, 10, 100.0), ("Testland",), False),
    (
        (2, "Qasr Zor", EntryKind.SETTLEMENT, "TL", "01", 1.5, 2.5, 900, 2.0),
        ("Qasr Zor", "Kasr ez-Zor"),
        True,
    ),
]


@pytest.fixture
def small(monkeypatch: pytest.MonkeyPatch) -> None:
    def places() -> Iterator[object]:
        yield from ROWS

    monkeypatch.setattr(build, "_places", places)


def best(name: str, country: str) -> Entry:
    return next(entry for entry in built_gazetteer().find(name) if entry.country == country)


@pytest.mark.parametrize(
    ("name", "country", "kind"),
    [
        ("Syria", "SY", EntryKind.COUNTRY),
        ("Aleppo", "SY", EntryKind.REGION),
        ("ALEPPO", "SY", EntryKind.REGION),
        ("Halab", "SY", EntryKind.SETTLEMENT),
        ("Sana'a", "YE", EntryKind.REGION),
        ("Deir ez-Zour", "SY", EntryKind.REGION),
        ("al-Hasakah", "SY", EntryKind.REGION),
        ("Hasakeh", "SY", EntryKind.REGION),
        ("St. Petersburg", "RU", EntryKind.REGION),
        ("Maiduguri", "NG", EntryKind.SETTLEMENT),
        ("Helmand", "AF", EntryKind.REGION),
        ("Rakhine", "MM", EntryKind.REGION),
        ("Texas", "US", EntryKind.REGION),
        ("Jackson County", "US", EntryKind.COUNTY),
        ("Davao del Norte", "PH", EntryKind.COUNTY),
    ],
)
def test_place_is_found(name: str, country: str, kind: EntryKind) -> None:
    assert best(name, country).kind is kind


def test_namesakes_come_larger_kind_first_then_by_population() -> None:
    found = built_gazetteer().find("Georgia")
    assert [entry.kind for entry in found[:2]] == [EntryKind.COUNTRY, EntryKind.REGION]
    towns = [
        entry.population for entry in built_gazetteer().find("London") if entry.kind is EntryKind.SETTLEMENT
    ]
    assert towns == sorted(towns, reverse=True)


def test_unknown_name_finds_nothing() -> None:
    assert built_gazetteer().find("Zzyzzvbrmq") == ()


@pytest.mark.parametrize("name", ["", " ", "—", "كابول", "\x00"])
def test_name_without_latin_letters_finds_nothing(name: str) -> None:
    assert built_gazetteer().find(name) == ()


def test_consonants_are_asked_only_when_no_spelling_fits() -> None:
    assert all(entry.exact for entry in built_gazetteer().find("Deir ez-Zor"))
    found = built_gazetteer().find("Maaret al-Numan")
    assert found
    assert not any(entry.exact for entry in found)


@pytest.mark.parametrize("name", ["Hasakeh", "Lattakia", "Hassaka"])
def test_division_has_the_spellings_of_the_seat_it_is_named_after(name: str) -> None:
    kinds = {entry.kind for entry in built_gazetteer().find(name) if entry.country == "SY"}
    assert kinds >= {EntryKind.REGION, EntryKind.SETTLEMENT}


def test_articles_are_let_go_only_where_they_are_articles() -> None:
    assert built_gazetteer().find("Tiba")[0].country == "JP"
    assert "JP" not in {entry.country for entry in built_gazetteer().find("al-Tiba")}


@pytest.mark.parametrize(
    ("name", "latitude", "longitude"),
    [
        ("Syria", 35, 38.5),
        ("Nigeria", 9.5, 8),
        ("Fiji", -17.8, 178),
        ("Kenya", 0, 37.8),
        ("Colombia", 5, -74),
    ],
)
def test_country_lies_where_it_is(name: str, latitude: float, longitude: float) -> None:
    land = built_gazetteer().find(name)[0]
    assert land.latitude == pytest.approx(latitude, abs=1.5)
    assert land.longitude == pytest.approx(longitude, abs=1.5)


def test_country_reaches_its_far_cities() -> None:
    for country, city in [("Nigeria", "Maiduguri"), ("Ukraine", "Luhansk"), ("Chile", "Iquique")]:
        land = built_gazetteer().find(country)[0]
        town = next(e for e in built_gazetteer().find(city) if e.country == land.country)
        apart = math.hypot(
            town.latitude - land.latitude,
            (town.longitude - land.longitude) * math.cos(math.radians(land.latitude)),
        )
        assert 111 * apart < land.radius_km


def test_radius_grows_from_village_to_country() -> None:
    village, city, country = best("Saraqib", "SY"), best("Halab", "SY"), best("Syria", "SY")
    assert village.radius_km < city.radius_km < country.radius_km


def test_coordinates_lie_on_the_globe() -> None:
    for name in ("Fiji", "New Zealand", "Russia", "United States", "Kiribati"):
        entry = built_gazetteer().find(name)[0]
        assert -90 <= entry.latitude <= 90
        assert -180 <= entry.longitude <= 180


@pytest.mark.usefixtures("small")
def test_index_is_built_once_and_told_of(tmp_path: Path) -> None:
    told: list[str] = []
    open_gazetteer(tmp_path, told.append)
    assert told
    told.clear()
    assert open_gazetteer(tmp_path, told.append).find("Testland")[0].geonames_id == 1
    assert told == []


@pytest.mark.usefixtures("small")
def test_nothing_but_the_index_is_left_in_the_folder(tmp_path: Path) -> None:
    open_gazetteer(tmp_path)
    assert [path.suffix for path in tmp_path.iterdir()] == [".sqlite"]


@pytest.mark.usefixtures("small")
@pytest.mark.parametrize("damage", [b"", b"no database at all", None])
def test_damaged_index_is_built_again(tmp_path: Path, damage: bytes | None) -> None:
    open_gazetteer(tmp_path)
    (index,) = tmp_path.iterdir()
    index.write_bytes(index.read_bytes()[:-4096] if damage is None else damage)
    assert open_gazetteer(tmp_path).find("Kasr ez-Zor")[0].name == "Qasr Zor"


@pytest.mark.usefixtures("small")
def test_index_of_another_schema_is_left_alone_and_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_gazetteer(tmp_path)
    monkeypatch.setattr(build, "SCHEMA", build.SCHEMA + 1)
    open_gazetteer(tmp_path)
    assert len(list(tmp_path.iterdir())) == 2


@pytest.mark.usefixtures("small")
def test_failed_build_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def fail() -> Iterator[object]:
        raise KeyError("population")
        yield

    monkeypatch.setattr(build, "_places", fail)
    with pytest.raises(GazetteerError, match="population"):
        open_gazetteer(tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("in the way")
    with pytest.raises(GazetteerError, match="file"):
        open_gazetteer(blocked / "cache")


def test_opening_does_not_build(tmp_path: Path, small: None, monkeypatch: pytest.MonkeyPatch) -> None:
    open_gazetteer(tmp_path)

    def refuse() -> Iterator[object]:
        raise AssertionError("built twice")

    monkeypatch.setattr(build, "_places", refuse)
    assert open_gazetteer(tmp_path).find("Testland")
