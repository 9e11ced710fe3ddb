"""Open the place index and look names up in it."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from functools import lru_cache
from pathlib import Path

from cairn.errors import GazetteerError
from cairn.gazetteer.build import build_index, index_version
from cairn.gazetteer.entry import Entry, EntryKind
from cairn.lexicon.spelling import name_key, plain_key, skeleton
from cairn.records import Place

_FIND = """
SELECT geonames_id, name, kind, country, admin1, latitude, longitude, population, radius_km
FROM names JOIN entries ON entries.id = names.entry WHERE names.key = ?
"""
_REMEMBERED = 50_000
"""Names kept in memory: news repeats itself, and 50,000 answers take some tens of MB."""
_ORDER = {kind: place for place, kind in enumerate(EntryKind)}


class Gazetteer:
    """An opened place index; reads only."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database
        (romanised,) = database.execute("SELECT value FROM meta WHERE key = 'romanised'").fetchone()
        self._romanised = frozenset(romanised.split(","))
        self.find = lru_cache(maxsize=_REMEMBERED)(self._find)

    def _find(self, name: str) -> tuple[Entry, ...]:
        """Return every place of this name, the best known first.

        Spelling does not count ("Sana'a", "SANAA"). When no place bears the name, the countries whose
        names are romanised are asked without Arabic articles ("al-Hasakah"), and when still none
        does, for names whose consonants agree: those are returned with ``exact=False``.

        Args:
            name: As a text writes it, without any word for the kind of place.

        Returns:
            Countries, then regions, counties and settlements, each by falling population. Empty
            when unknown.

        Raises:
            GazetteerError: when the index is damaged.
        """
        key = name_key(name)
        if not key:
            return ()
        found = self._rows(key, exact=True)
        if not found and (plain := plain_key(key)) != key:
            found = tuple(e for e in self._rows(plain, exact=True) if e.country in self._romanised)
        if not found and (bones := skeleton(key)):
            found = self._rows(bones, exact=False)
        return found

    def largest(self, name: str, country: str | None = None) -> Place | None:
        """Return the place of a name that most people live in, of a country where one is given."""
        entries = [each for each in self.find(name) if country in (None, each.country)]
        if not entries:
            return None
        best = max(entries, key=lambda each: (each.exact, each.population))
        return Place(
            name=name, country=best.country, geonames_id=best.geonames_id, latitude=best.latitude,
            longitude=best.longitude, radius_km=best.radius_km,
        )  # fmt: skip

    def _rows(self, key: str, *, exact: bool) -> tuple[Entry, ...]:
        """Return the entries under one key, in the order that ``find`` promises."""
        try:
            rows = self._database.execute(_FIND, (key,)).fetchall()
        except sqlite3.Error as error:
            raise GazetteerError(
                f"the place index is damaged ({error}); delete it to have it rebuilt"
            ) from error
        entries = [
            Entry(
                geonames_id=row[0], name=row[1], kind=EntryKind(row[2]), country=row[3], admin1=row[4],
                latitude=row[5], longitude=row[6], population=row[7], radius_km=row[8], exact=exact,
            )
            for row in rows
        ]  # fmt: skip
        return tuple(sorted(entries, key=lambda e: (_ORDER[e.kind], -e.population, e.geonames_id or 0)))


def open_gazetteer(cache: Path | None = None, progress: Callable[[str], None] | None = None) -> Gazetteer:
    """Open the place index, building it first where there is none.

    Args:
        cache: Folder that holds the index; the user's cache folder when ``None``.
        progress: Called with one line a step while building; building takes seconds.

    Raises:
        GazetteerError: when the index can be neither opened nor built.
    """
    folder = cache or _user_cache()
    path = folder / f"places-{index_version()}.sqlite"
    database = _open(path)
    if database is None:
        build_index(path, progress)
        database = _open(path)
    if database is None:
        raise GazetteerError(f"the place index {path} cannot be read right after it was built")
    return Gazetteer(database)


def _open(path: Path) -> sqlite3.Connection | None:
    """Return a connection to a whole index of our version, or ``None``."""
    if not path.is_file():
        return None
    database = sqlite3.connect(
        f"{path.absolute().as_uri()}?mode=ro&immutable=1", uri=True, check_same_thread=False
    )
    try:
        told = dict(database.execute("SELECT key, value FROM meta"))
        (page_bytes,) = database.execute("PRAGMA page_size").fetchone()
        whole = int(told.get("pages", "0")) * page_bytes == path.stat().st_size
        if told.get("version") == index_version() and whole:
            return database
    except (sqlite3.Error, ValueError):
        pass
    database.close()
    return None


def _user_cache() -> Path:
    from platformdirs import user_cache_path

    return user_cache_path("cairn")
