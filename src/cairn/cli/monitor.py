"""``cairn monitor``: what is told around a ceasefire, before and after."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack
from enum import StrEnum
from typing import Annotated

import typer
from rich.console import Console

from cairn.cli.ledger import LEDGER, LedgerOption
from cairn.cli.lists import AsOfOption, OutputOption, opened_state
from cairn.cli.shared import errors, open_output, plural
from cairn.errors import InputError
from cairn.estimates import BEGINNINGS, follow_ceasefire, point_of
from cairn.exports import beginnings_table, ceasefire_json, ceasefire_view, write_objects
from cairn.ledger import (
    Asked,
    AskedEvents,
    StandingEvent,
    State,
    list_incidents,
    read_events,
    reports_by_day,
)
from cairn.lexicon import load_lexicon
from cairn.records import Event, EventType, Point, Toll

DAYS = 14
"""Days on either side: two weeks hold every weekday twice, and reporting follows the week."""
PARTIES = 12
"""Parties whose acts elsewhere are looked at, those told most often first."""


class Format(StrEnum):
    """How it is printed."""

    TEXT = "text"
    JSON = "json"


def monitor_command(
    ceasefire: Annotated[
        str | None,
        typer.Option(
            "--ceasefire",
            metavar="ID",
            help="Id of the event that the ceasefire is counted from; without one, those that may be.",
        ),
    ] = None,
    days: Annotated[int, typer.Option(min=1, max=366, help="Days to look at on either side.")] = DAYS,
    form: Annotated[Format, typer.Option("--format", help="How to print it.")] = Format.TEXT,
    as_of_day: AsOfOption = None,
    output: OutputOption = None,
    ledger: LedgerOption = LEDGER,
) -> None:
    """Follow a ceasefire: what is agreed, declared, refused, and which attacks are reported around it."""
    with opened_state(ledger, as_of_day) as state, ExitStack() as stack:
        stream = open_output(stack, output)
        if ceasefire is None:
            points = sorted(_beginnings(state), key=lambda each: (each.day, each.event.id))
            Console(file=stream, highlight=False).print(beginnings_table(points))
            line = f"{plural(len(points), 'event')} to count a ceasefire from; name one with --ceasefire"
            errors.print(line, style="bold", markup=False)
            return
        begin = next(iter(read_events(state, AskedEvents(id=ceasefire))), None)
        if begin is None:
            raise InputError(f"{ledger} holds no event {ceasefire}; cairn monitor lists those to choose from")
        truces = load_lexicon().events.truces
        around = ((each.event, each.document) for each in _around(state, begin.event))
        followed = follow_ceasefire(
            (begin.event, begin.document), around, reports_by_day(state, Asked()), truces, days
        )
        if followed is None:
            raise InputError(f"event {ceasefire} has no day, and neither has its report; choose another")
        tolls = _tolls(state, begin.event, followed.since, followed.until)
        if form is Format.JSON:
            write_objects([ceasefire_json(followed, tolls)], stream)
        else:
            Console(file=stream, highlight=False).print(ceasefire_view(followed, tolls))


def _beginnings(state: State) -> Iterator[Point]:
    """Yield the events that a ceasefire may be counted from."""
    truces = load_lexicon().events.truces
    for kind in (EventType.AGREE, EventType.SUPPORT, EventType.CONCEDE, EventType.RETREAT):
        for found in read_events(state, AskedEvents(type=kind.value)):
            point = point_of(found.event, found.document, truces)
            if point is not None and point.step in BEGINNINGS:
                yield point


def _countries(begin: Event) -> list[str]:
    """Return the codes of where a ceasefire is to hold: its place's, else of those whom it is told of."""
    if begin.place is not None and begin.place.country is not None:
        return [begin.place.country]
    return sorted({each.country for each in begin.participants if each.country is not None})


def _around(state: State, begin: Event) -> Iterator[StandingEvent]:
    """Yield the events around a ceasefire, each once: of its countries, and of those who fight there.

    What is agreed, refused and talked about is often told without a place, or from another country; attacks
    in other countries are left out.
    """
    countries = _countries(begin)
    own = [each for code in countries for each in read_events(state, AskedEvents(place=code))]
    fighting = (each.event for each in own if each.event.type is EventType.ASSAULT)
    told = [one for event in (begin, *fighting) for one in event.participants]
    names = Counter(one.known_as for one in told if one.known_as is not None)
    parties = [name for name, _ in names.most_common(PARTIES)]
    wide = (
        each
        for name in parties
        for asked in (AskedEvents(actor=name), AskedEvents(recipient=name))
        for each in read_events(state, asked)
        if each.event.type is not EventType.ASSAULT or each.event.place is None
    )
    yield from {each.number: each for each in (*own, *wide)}.values()


def _tolls(state: State, begin: Event, since: dt.date, until: dt.date) -> dict[dt.date, Toll]:
    """Return what is told to have been suffered by day, where a ceasefire is to hold."""
    tolls: dict[dt.date, Toll] = {}
    asked = (Asked(place=country, since=since, until=until) for country in _countries(begin))
    for row in (row for each in asked for row in list_incidents(state, each)):
        day = row["time_start"]
        if day is None or not since <= day <= until:
            continue
        before = tolls.get(day, Toll(incidents=0, low=None, high=0))
        low, high = row["killed_low"], row["killed_high"]
        tolls[day] = Toll(
            incidents=before.incidents + 1,
            low=before.low if low is None else (before.low or 0) + low,
            high=_sum(before.high, high) if low is not None else before.high,
        )
    return tolls


def _sum(one: int | None, other: int | None) -> int | None:
    return None if one is None or other is None else one + other
