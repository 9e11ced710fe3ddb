"""Given: claims that a file of reports carries already, in the published form."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cairn.records import (
    Claim,
    Harm,
    Means,
    Place,
    Scope,
    Span,
    Status,
    read_count,
    read_period,
    read_target,
    read_victims,
)

Find = Callable[[str, str | None], Place | None]
"""Returns what is known of a place by its name and its country's code; ``None`` when nothing is."""


def claims_given(report: Mapping[str, Any], find: Find) -> tuple[Claim, ...]:
    """Return the claims of one report of ``docs/report.schema.json``, each under the report's id and its own.

    Args:
        report: checked against the schema. A name may give alternatives with ``|``; the first is taken.
        find: for places that come without coordinates.
    """
    return tuple(_claim(report["id"], each, find) for each in report["claims"])


def _claim(document: str, given: Mapping[str, Any], find: Find) -> Claim:
    time, target = given["time"], given.get("target")
    part_of, incident = given["part_of"], given.get("incident")
    return Claim(
        id=f"{document}/{given['id']}",
        document_id=document,
        anchor=Span(*given["anchor"]),
        harm=Harm(given["harm"]),
        count=read_count(given["count"]),
        victims=read_victims(given["victims"]),
        perpetrator=_first(given["perpetrator"]),
        means=None if given["means"] is None else Means(given["means"]),
        target=read_target(target) if target else None,
        place=_place(given["place"], find),
        time=None if time is None else read_period(time),
        speakers=_voices(given["sources"]),
        status=Status(given["status"]),
        scope=Scope(given["scope"]),
        part_of=None if part_of is None else f"{document}/{part_of}",
        incident=None if incident is None else f"{document}/{incident}",
    )


def _place(given: Mapping[str, Any] | None, find: Find) -> Place | None:
    if given is None:
        return None
    name, country = _first(given["name"]) or "", given.get("country")
    if given.get("latitude") is not None:
        known = ("geonames_id", "latitude", "longitude", "radius_km")
        return Place(name=name, country=country, **{each: given.get(each) for each in known})
    return find(name, country) or Place(name=name, country=country)


def _voices(given: Sequence[str]) -> tuple[str, ...]:
    return tuple(voice for each in given if (voice := _first(each)))


def _first(name: str | None) -> str | None:
    return name.split("|")[0] if name else None
