"""Reports with claims for tests, without reading anything."""

from __future__ import annotations

import datetime as dt

from cairn.incidents import Told
from cairn.records import (
    Claim,
    Count,
    Document,
    Group,
    Harm,
    Means,
    Period,
    Place,
    Scope,
    Span,
    Victims,
    content_id,
)

ORVALE = Place(name="Orvale", country="SY", latitude=36.0, longitude=37.0, radius_km=3.0)
SARN = Place(name="Sarn", country="SY", latitude=36.02, longitude=37.02, radius_km=3.0)
FAR = Place(name="Tessaly", country="SY", latitude=33.0, longitude=36.0, radius_km=3.0)
ABROAD = Place(name="Orvale", country="LB", latitude=34.0, longitude=36.0, radius_km=3.0)
COUNTRY = Place(name="Syria", country="SY", latitude=35.0, longitude=38.0, radius_km=350.0)


def on(day: int) -> Period:
    return Period(start=dt.date(2026, 2, day), end=dt.date(2026, 2, day))


def claim(document: str, number: int = 0, *, killed: int = 12, **slots: object) -> Claim:
    values: dict[str, object] = {
        "harm": Harm.KILLED,
        "count": Count(low=killed, high=killed),
        "victims": Victims(text="people", groups=(Group.UNSPECIFIED,)),
        "place": ORVALE,
        "time": on(3),
        "means": Means.AIRSTRIKE,
        "incident": content_id("inc", [document]),
    } | slots
    return Claim(
        id=f"clm-{document}-{number}",
        document_id=document,
        anchor=Span(0, 10),
        **values,  # type: ignore[arg-type]
    )


def told(
    name: str,
    *claims: Claim,
    day: int = 4,
    text: str = "Twelve people died when jets struck the market hall.",
) -> Told:
    document = Document(id=name, text=text, published=dt.date(2026, 2, day))
    return Told(document=document, claims=claims or (claim(name),))


def tally(document: str, number: int = 9) -> Claim:
    return claim(document, number, scope=Scope.TALLY, incident=None)
