"""Documents and claims for tests, without reading anything."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from cairn.ledger import Ledger, Read, append_readings
from cairn.records import (
    Claim,
    Count,
    Credit,
    CreditKind,
    DateBasis,
    Document,
    Event,
    EventStatus,
    EventType,
    Evidence,
    Group,
    Harm,
    Means,
    Participant,
    Period,
    Place,
    Run,
    Span,
    Target,
    TargetKind,
    Victims,
    content_id,
)

NOW = dt.datetime(2026, 3, 1, 12, tzinfo=dt.UTC)
RUN = Run(version="1", model="m", lexicon="l", settings="")
TEXT = "At least 14 patients were killed in Orvale on Monday, the ministry said. Dara Veldt was among them."


def clock() -> dt.datetime:
    return NOW


def document(name: str = "wire-1", text: str = TEXT, day: int = 1) -> Document:
    return Document(
        id=name,
        text=text,
        published=dt.date(2026, 2, day),
        outlet="Harbour Wire",
        title="Strike on Orvale",
        byline="A. Writer",
        basis=DateBasis.META,
        language="en",
        credits=(Credit(agency="AFP", kind=CreditKind.DATELINE, span=Span(0, 8)),),
        set="orvale",
        notes=("read as windows-1252", "date guessed"),
    )


def claim(of: Document, *, low: int = 14, start: int = 0, end: int = 20, **slots: object) -> Claim:
    anchor = Span(start, end)
    values: dict[str, object] = {
        "harm": Harm.KILLED,
        "count": Count(low=low),
        "victims": Victims(text="patients", groups=(Group.PATIENT,)),
        "perpetrator": "army",
        "means": Means.AIRSTRIKE,
        "target": Target(text="hospital", kind=TargetKind.HEALTH),
        "place": Place(
            name="Orvale", country="SY", geonames_id=7, latitude=36.1234567, longitude=37.1, radius_km=2.5
        ),
        "time": Period(start=dt.date(2026, 2, 1), end=dt.date(2026, 2, 2)),
        "speakers": ("ministry", "AFP"),
        "incident": "inc-1",
        "confidence": (("claim", 0.94), ("place", 0.71), ("perpetrator", 0.5)),
        "evidence": (
            Evidence(slot="harm", spans=(Span(26, 32),), reason="the verb"),
            Evidence(slot="speakers", spans=(Span(54, 66), Span(67, 71)), reason="subject of 'said'"),
        ),
    } | slots
    return Claim(
        id=content_id("clm", [of.id, of.text, start, low]),
        document_id=of.id,
        anchor=anchor,
        **values,  # type: ignore[arg-type]
    )


def named(of: Document) -> Claim:
    """Return a claim about one person by name."""
    start = of.text.index("Dara Veldt")
    return claim(
        of,
        low=1,
        start=start,
        end=start + 10,
        count=Count(low=1, high=1),
        victims=Victims(text="Dara Veldt", groups=(Group.UNSPECIFIED,)),
    )


def attack(of: Document, **slots: object) -> Event:
    """Return the attack that did the harm of ``claim``."""
    values: dict[str, object] = {
        "trigger": Span(26, 32),
        "type": EventType.ASSAULT,
        "mode": "aerial",
        "actor": "army",
        "recipient": "patients",
        "participants": (
            Participant(
                slot="actor",
                name="army",
                party="sy-army",
                known_as="Syrian Arab Army",
                kind="army",
                country="SY",
            ),
            Participant(slot="recipient", name="patients"),
        ),
        "place": claim(of).place,
        "time": claim(of).time,
        "speakers": ("ministry", "AFP"),
        "confidence": (("event", 0.9), ("actor", 0.6)),
        "evidence": (
            Evidence(slot="trigger", spans=(Span(26, 32),), reason="the verb"),
            Evidence(slot="actor", spans=(Span(54, 66),)),
        ),
    } | slots
    return Event(
        id=content_id("evt", [of.id, of.text, values["trigger"].start, str(values["type"])]),  # type: ignore[attr-defined]
        document_id=of.id,
        **values,  # type: ignore[arg-type]
    )


def meeting(of: Document) -> Event:
    """Return talks with a victim by name."""
    return attack(
        of,
        trigger=Span(67, 71),
        type=EventType.CONSULT,
        mode="visit",
        actor="ministry",
        recipient="Dara Veldt",
        participants=(
            Participant(slot="actor", name="ministry"),
            Participant(slot="recipient", name="Dara Veldt"),
            Participant(slot="recipient", name="patients"),
        ),
        status=EventStatus.PLANNED,
        confidence=(),
    )


def read(name: str = "wire-1", run: Run = RUN, day: int = 1, **slots: object) -> Read:
    of = document(name, day=day)
    return Read(
        document=of, claims=[claim(of, **slots), named(of)], run=run, events=[attack(of), meeting(of)]
    )


def fill(ledger: Ledger, *reads: Read) -> None:
    list(append_readings(ledger, reads or [read()], clock))


def names(count: int) -> Sequence[str]:
    return [f"wire-{number}" for number in range(1, count + 1)]
