"""A small ledger whose cells are hard on spreadsheets, for tests of what is written from it."""

from __future__ import annotations

from pathlib import Path

from cairn.ledger import Ledger, Read, append_readings, open_ledger, rebuild
from cairn.pipeline import join_told
from cairn.records import Claim, Count, Document, Event, Group, Harm, Span, Victims
from ledger.made import RUN, attack, claim, clock, document, meeting, named

NASTY = ("=1+1", "+49 rue", "-5", "@here", "\tdeep", "قوات; الجيش", "a\x0bb", "'=quoted")
"""Names that spreadsheets take for formulas, that hold the sign between names, or that XML cannot hold."""


def make_ledger(path: Path) -> Ledger:
    """Return a ledger with two reports, linked: claims in one incident and apart, and ten events."""
    ledger = open_ledger(path, create=True)
    first, second = document("wire-1"), document("wire-2", day=2)
    claims = [
        claim(first),
        named(first),
        claim(first, low=0, start=3, end=9, count=Count(low=0, high=0), harm=Harm.INJURED),
        claim(first, low=24, start=9, end=12, count=Count(low=24, approx=True), harm=Harm.DISPLACED),
        claim(first, low=2, start=12, end=14, count=Count(fraction=0.5, approx=True), harm=Harm.MISSING),
    ]
    later = [
        claim(
            second,
            low=20 + number,
            start=number,
            count=Count(low=20 + number, high=30),
            perpetrator=name,
            speakers=(name, "AFP"),
            victims=Victims(text=name, groups=(Group.CHILD, Group.PATIENT)),
        )
        for number, name in enumerate(NASTY)
    ]
    told = [
        attack(second, trigger=Span(number, number + 3), actor=name, participants=())
        for number, name in enumerate(NASTY)
    ]
    fill(ledger, first, claims, [attack(first), meeting(first)])
    fill(ledger, second, later, told)
    rebuild(ledger, join_told)
    return ledger


def fill(ledger: Ledger, of: Document, claims: list[Claim], events: list[Event]) -> None:
    list(append_readings(ledger, [Read(document=of, claims=claims, run=RUN, events=events)], clock))
