"""Given: claims that a file of reports carries already, in the published form."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from cairn.records import (
    Claim,
    Count,
    Group,
    Harm,
    Means,
    Period,
    Place,
    Scope,
    Span,
    Status,
    Target,
    TargetKind,
    Victims,
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
    count, time, victims, target = given["count"], given["time"], given["victims"], given.get("target")
    part_of, incident = given["part_of"], given.get("incident")
    return Claim(
        id=f"{document}/{given['id']}",
        document_id=document,
        anchor=Span(*given["anchor"]),
        harm=Harm(given["harm"]),
        count=Count(
            low=count.get("low"),
            high=count.get("high"),
            approx=bool(count.get("approx")),
            fraction=count.get("fraction"),
        ),
        victims=Victims(text=victims["text"] or "", groups=tuple(Group(each) for each in victims["groups"])),
        perpetrator=_first(given["perpetrator"]),
        means=None if given["means"] is None else Means(given["means"]),
        target=None if not target else Target(text=target["text"], kind=TargetKind(target["kind"])),
        place=_place(given["place"], find),
        time=None
        if time is None
        else Period(start=dt.date.fromisoformat(time["start"]), end=dt.date.fromisoformat(time["end"])),
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
