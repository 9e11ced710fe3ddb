"""How often the place reader finds, and rightly places, the places of the gold reports and of LGL.

Run as ``python eval/places.py SHARED``; SHARED holds ``gold/*.jsonl`` and ``corpora/geoparsing/lgl.xml.gz``.
LGL (Lieberman et al., 2010): given the toponyms, the share placed within 161 km (100 miles) and the median
error. The same GeoNames entry is no error, wherever its middle is put; a toponym that is not placed at all
counts as half the world away.
"""

from __future__ import annotations

import gzip
import json
import statistics
import sys
import time
import xml.etree.ElementTree as ET
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from cairn.gazetteer import open_gazetteer
from cairn.lexicon.geography import load_geography
from cairn.readings.places import all_candidates, find_localities
from cairn.readings.places_candidates import Candidate
from cairn.readings.places_choose import choose
from cairn.readings.places_known import Known, country_known, distance_km, known_places
from cairn.readings.sentences import split_sentences
from cairn.records import PlaceKind

NEAR_KM = 161.0
FARTHEST_KM = 20_015.0
"""Half the way around the Earth: the error of a toponym that was not placed."""
GAZETTEER = open_gazetteer()
GEOGRAPHY = load_geography("en")


def is_found(gold: dict[str, str], names: list[tuple[str, str | None]]) -> bool:
    """Say whether one of the gold name's forms is among the found names, by containment, in its country."""
    for form in gold["name"].lower().split("|"):
        for name, country in names:
            agrees = country == gold["country"] or None in (country, gold["country"])
            if agrees and (form in name.lower() or name.lower() in form):
                return True
    return False


def recall(path: Path) -> str:
    """Return the share of gold claims whose place is among the report's mentions."""
    found = total = 0
    reports = [json.loads(line) for line in path.open(encoding="utf-8")]
    began = time.perf_counter()
    for report in reports:
        text = report["text"]
        mentions = find_localities(text, split_sentences(text), GAZETTEER.find, GEOGRAPHY)
        names = [(m.value.place.name, m.value.place.country) for m in mentions if not m.value.adjectival]
        places = [claim["place"] for claim in report["claims"] if claim["place"]]
        total += len(places)
        found += sum(is_found(place, names) for place in places)
    speed = len(reports) / (time.perf_counter() - began)
    return f"{path.name}: {found}/{total} = {found / total:.3f}, {speed:.0f} reports/s"


def toponyms(article: Any) -> Iterator[tuple[int, int, Known]]:
    """Yield start, end and true point of each toponym that LGL places."""
    for toponym in article.iter("toponym"):
        if toponym.findtext("gaztag/lat"):
            point = Known(
                kind=PlaceKind.SITE,
                country=None,
                latitude=float(toponym.findtext("gaztag/lat")),
                longitude=float(toponym.findtext("gaztag/lon")),
                radius_km=None,
                geonames_id=int(toponym.find("gaztag").get("geonameid") or 0) or None,
            )
            yield int(toponym.findtext("start")), int(toponym.findtext("end")), point


def asked(candidates: list[Candidate], text: str, start: int, end: int) -> int:
    """Return the number of the candidate for a given toponym, adding or correcting it."""
    name = text[start:end]
    state = GEOGRAPHY.us_states.get(name.replace(".", "").replace(" ", ""))
    known = known_places(state or name, GEOGRAPHY, GAZETTEER.find)
    if state:
        known = tuple(k for k in known if k.country == "US" and k.kind is PlaceKind.REGION)
    for number, candidate in enumerate(candidates):
        if candidate.start < end and start < candidate.end:
            if (candidate.start, candidate.end) != (start, end) and not candidate.code and known:
                candidates[number] = replace(candidate, known=known, name=name.lower())
            return number
    candidates.append(
        Candidate(
            start=start, end=end, base_end=end, first=0, last=0, sentence=0, name=name.lower(), known=known
        )
    )
    return len(candidates) - 1


def place_lgl(path: Path) -> str:
    """Return the share of LGL's toponyms placed within ``NEAR_KM`` of the truth, and the median error."""
    errors: list[float] = []
    for article in ET.fromstring(gzip.decompress(path.read_bytes())):  # noqa: S314
        text = article.findtext("text") or ""
        candidates = list(all_candidates(text, split_sentences(text), GAZETTEER.find, GEOGRAPHY))
        wanted = [(asked(candidates, text, start, end), point) for start, end, point in toponyms(article)]
        choices, _ = choose(candidates)
        for number, point in wanted:
            code = candidates[number].code
            got = country_known(code, GEOGRAPHY, GAZETTEER.find) if code else choices[number].known
            apart = distance_km(got, point) if got else None
            same = got is not None and got.geonames_id is not None and got.geonames_id == point.geonames_id
            errors.append(0.0 if same else FARTHEST_KM if apart is None else apart)
    near = sum(error <= NEAR_KM for error in errors)
    return (
        f"LGL: {near}/{len(errors)} = {near / len(errors):.3f} within {NEAR_KM:.0f} km, "
        f"median error {statistics.median(errors):.1f} km"
    )


if __name__ == "__main__":
    shared = Path(sys.argv[1])
    for part in ("train", "dev"):
        print(recall(shared / "gold" / f"{part}.jsonl"))
    print(place_lgl(shared / "corpora" / "geoparsing" / "lgl.xml.gz"))
