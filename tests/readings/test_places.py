"""Places are found in text, told from people and groups, and told from their namesakes."""

from __future__ import annotations

import csv
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.lexicon.geography import load_geography
from cairn.pipeline import Tools, mark_document
from cairn.readings.places import find_localities
from cairn.readings.sentences import split_sentences
from cairn.records import Document, Locality, Mention, PlaceKind
from places_index import built_gazetteer

CASES = Path(__file__).parents[1] / "cases" / "places.csv"
PARSED = CASES.with_name("places_parsed.csv")
GEOGRAPHY = load_geography("en")


def read(text: str) -> tuple[Mention[Locality], ...]:
    return find_localities(text, split_sentences(text), built_gazetteer().find, GEOGRAPHY)


def rows(path: Path = CASES) -> list[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("row", rows(PARSED), ids=lambda row: f"{row['phrase']}: {row['text'][:40]}")
def test_parsed_case(row: dict[str, str], tools: Tools) -> None:
    reading = mark_document(Document(id="case", text=row["text"]), tools, every=True)
    found = [m.value for m in reading.localities if m.value.place.name == row["name"]]
    assert [(each.place.country, str(each.kind)) for each in found] == [(row["country"], row["kind"])]


@pytest.mark.parametrize("row", rows(), ids=lambda row: f"{row['phrase']}: {row['text'][:40]}")
def test_case(row: dict[str, str]) -> None:
    start = row["text"].index(row["phrase"])
    end = start + len(row["phrase"])
    found = [m for m in read(row["text"]) if m.span.start < end and start < m.span.end]
    if row["kind"] == "none":
        assert [m.value for m in found if not m.value.adjectival] == []
        return
    chosen = next((m.value for m in found if m.value.place.name == row["name"]), None)
    assert chosen is not None, [m.value for m in found]
    assert chosen.adjectival == (row["kind"] == "adjective")
    assert (chosen.place.country or "") == row["country"]
    if row["kind"] != "adjective":
        assert chosen.kind == PlaceKind(row["kind"])


def only(text: str, name: str) -> Locality:
    return next(m.value for m in read(text) if m.value.place.name == name)


def test_container_is_named_as_the_text_spells_it() -> None:
    assert only("Gunmen burned Zurmenga village in Zamfara state, Nigeria.", "Zurmenga").within == "Zamfara"


def test_near_is_not_within() -> None:
    assert only("Gunmen burned the village of Zurmenga near Gusau in Nigeria.", "Zurmenga").within is None


def test_address_names_each_container() -> None:
    text = "He was found in Bloomington, Monroe County, Indiana."
    assert only(text, "Bloomington").within == "Monroe County"
    text = "Two people died in Handwara, Kupwara district, Jammu and Kashmir, India."
    assert only(text, "Jammu and Kashmir").within == "India"
    text = "The man was killed in the Lafenwa area of Ota in Ogun State."
    assert only(text, "Lafenwa").within == "Ota"


def test_quarter_keeps_its_city_when_it_is_named_alone() -> None:
    text = "A shell hit the Sulaymaniyah neighborhood of Aleppo in Syria. The Sulaymaniyah area is poor."
    found = [m.value for m in read(text) if m.value.place.name == "Sulaymaniyah"]
    assert [(value.place.country, value.within) for value in found] == [("SY", "Aleppo")] * 2


def test_district_named_after_its_seat_reaches_beyond_it() -> None:
    town = only("A man was killed at Ota in Ogun State.", "Ota").place
    area = only(
        "A man was killed in Ota Local Government Area of Ogun State.", "Ota Local Government Area"
    ).place
    assert (area.radius_km or 0.0) > (town.radius_km or 0.0) + 10.0


def test_dateline_is_named_in_the_reason() -> None:
    found = only("MAIDUGURI, Nigeria (Reuters) - Gunmen killed ten people on Sunday.", "MAIDUGURI")
    assert "dateline" in found.reason


def test_unknown_village_has_the_point_and_radius_of_its_region() -> None:
    text = "Gunmen burned Zurmenga village in Zamfara state, Nigeria."
    village, region = only(text, "Zurmenga").place, only(text, "Zamfara").place
    assert (village.latitude, village.longitude) == (region.latitude, region.longitude)
    assert village.radius_km is not None
    assert region.radius_km is not None
    assert village.radius_km >= region.radius_km
    assert village.geonames_id is None


FAR = "The toll may rise. Rescuers worked all night. The envoy spoke of peace."


def test_an_unknown_quarter_told_far_from_its_town_lies_in_the_one_town_of_the_report() -> None:
    town = only("Shells fell in Aleppo.", "Aleppo").place
    quarter = only(f"Shells fell in Aleppo. {FAR} A raid hit the Zurmenga district.", "Zurmenga").place
    assert (quarter.country, quarter.latitude) == ("SY", town.latitude)
    assert (quarter.radius_km or 0.0) > (town.radius_km or 0.0) + 20.0
    two = f"Shells fell in Aleppo and in Homs. {FAR} A raid hit the Zurmenga district."
    assert only(two, "Zurmenga").place.latitude not in {town.latitude, only(two, "Homs").place.latitude}


def test_radius_grows_with_the_place() -> None:
    text = "Bombs hit Azaz in Syria, and Aleppo, in Aleppo province in Syria."
    radii = [m.value.place.radius_km or 0.0 for m in read(text)]
    assert radii[0] < radii[2] < radii[3] < radii[4]


def test_report_in_capitals_still_names_its_cities() -> None:
    names = {m.value.place.name for m in read("BOMB KILLS TEN PEOPLE IN BAGHDAD MARKET")}
    assert names == {"BAGHDAD"}


def test_headline_in_title_case_names_no_ordinary_word() -> None:
    names = {m.value.place.name for m in read("Car Bomb Kills Ten People Near School in Mosul")}
    assert names == {"Mosul"}


def test_empty_gazetteer_still_finds_what_the_words_tell() -> None:
    text = "Gunmen burned the village of Zurmenga in Nigeria."
    found = find_localities(text, split_sentences(text), lambda _: (), GEOGRAPHY)
    assert [(m.value.place.name, m.value.place.country) for m in found] == [
        ("Zurmenga", "NG"),
        ("Nigeria", "NG"),
    ]


WORDS = st.sampled_from(
    [
        "Aleppo",
        "al-Bab",
        "Mr",
        "the",
        "village",
        "of",
        "in",
        ",",
        "Syria's",
        "U.S.",
        "Idlibs",
        "London-based",
        "province",
        "Deir",
        "ez-Zor",
        "(",
        "Reuters",
        ")",
        "-",
        "Old",
        "City",
        "US",
        "İ",
        "’s",
        "'",
        "Kano-Kaduna",
        "road",
        "\n",
        "A",
    ]
)


@given(st.one_of(st.text(max_size=300), st.lists(WORDS, max_size=40).map(" ".join)))
@settings(max_examples=300, deadline=None)
def test_any_text_is_read_and_every_name_stands_at_its_span(text: str) -> None:
    found = read(text)
    for mention in found:
        assert mention.span.words(text) == mention.value.place.name
    assert all(one.span.end <= two.span.start for one, two in pairwise(found))


@given(st.lists(WORDS, max_size=40).map(" ".join))
@settings(max_examples=50, deadline=None)
def test_reading_twice_reads_the_same(text: str) -> None:
    assert read(text) == read(text)
