"""Tell which parties they are that take part in events, as far as their names say it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace

from cairn.claims.events.offices import find_names, find_offices
from cairn.claims.names import DEFINITE
from cairn.claims.reasons import told_at
from cairn.claims.scene import Stage
from cairn.lexicon import Party, PartyKind, resolve_names
from cairn.records import Event, Evidence, Participant, Reading, Span

FAR = 1500  # characters back to the name of what "the group" stands for; about five sentences
NO_OFFICE = frozenset({PartyKind.STATE, PartyKind.COMMUNITY})
"""Kinds that nobody holds an office of: "Jane Roe, Norland" tells where she is."""
ARTICLE = 6  # characters before a noun in which its article stands


Parties = Mapping[str, Party]
"""A name in the report -> the party that it stands for, where that is sure."""


def with_parties(events: Sequence[Event], stage: Stage) -> tuple[Event, ...]:
    """Return the events with the party of everyone whose name tells it.

    A person is taken for the office that the report gives him: "Norland's foreign minister, Jane Roe". A noun
    such as "the group" is taken back to the last party named before that it fits, and gets its name. Who
    bears the name of several parties is none of them.
    """
    parties = _sure(events, stage)
    described = stage.lexicon.actors.described
    vague = any(each.name.split()[-1].lower() in described for event in events for each in event.participants)
    told = list(_tellings(parties, stage.reading.document.text)) if vague and parties else []
    return tuple(_event(event, parties, told, stage) for event in events)


def _sure(events: Sequence[Event], stage: Stage) -> Parties:
    """Return the parties of a report's names: of those in events, of all others, and of persons by office."""
    reading, actors = stage.reading, stage.lexicon.actors
    text, published = reading.document.text, reading.document.published
    year = published.year if published else None
    names = {each.name for event in events for each in event.participants}
    names |= {speaker for event in events for speaker in event.speakers}
    full = {span.words(text) for _, span in stage.names.full} | set(find_names(stage.views, text))
    found = resolve_names(sorted(names | full), actors, countries=_countries(events, reading), year=year)
    sure = {name: parties[0] for name, parties in found.items() if len(parties) == 1}
    for person, phrases in find_offices(stage.views, text).items():
        bearers = [name for name in sorted(names - sure.keys()) if f" {name}".endswith(f" {person}")]
        # By its own words alone: in a report on Norland "President Jane Roe" may be another land's.
        told = resolve_names(sorted(phrases), actors, year=year).values() if bearers else ()
        served = {each.id: each for parties in told for each in parties if each.kind not in NO_OFFICE}
        sure |= {name: party for party in served.values() for name in bearers if len(served) == 1}
    return sure


def _countries(events: Iterable[Event], reading: Reading) -> set[str]:
    """Return the codes of the countries where a report's events are, else of all that it names."""
    where = {event.place.country for event in events if event.place is not None and event.place.country}
    return where or {code for each in reading.localities if (code := each.value.place.country) is not None}


def _tellings(names: Iterable[str], text: str) -> Iterator[tuple[Span, str]]:
    """Yield where the names stand, in reading order; where two begin together, the longer."""
    longest = sorted(names, key=len, reverse=True)
    for match in re.finditer(rf"(?<!\w)(?:{'|'.join(map(re.escape, longest))})(?!\w)", text):
        yield Span(*match.span()), match[0]


def _event(event: Event, parties: Parties, told: Sequence[tuple[Span, str]], stage: Stage) -> Event:
    """Return an event with parties; who is told by a description gets the name that it stands for."""
    participants, evidence = [], list(event.evidence)
    for each in event.participants:
        meant = _meant(event, each, parties, told, stage) if each.name not in parties else None
        if meant is not None:
            span, name = meant
            each = replace(each, name=name)
            more = f"the last named before that it can be is {told_at(span, stage.reading)}"
            evidence = [_with(entry, span, more) if entry.slot == each.slot else entry for entry in evidence]
        party = parties.get(each.name)
        if party is not None:
            each = replace(
                each,
                party=party.id,
                known_as=party.name,
                kind=party.kind.value,
                country=next(iter(party.countries), None),
            )
        participants.append(each)
    first = {each.slot: each.name for each in reversed(participants)}
    return replace(
        event,
        actor=first.get("actor"),
        recipient=first.get("recipient"),
        participants=tuple(participants),
        evidence=tuple(evidence),
    )


def _with(entry: Evidence, span: Span, more: str) -> Evidence:
    return replace(entry, spans=tuple(sorted({*entry.spans, span})), reason=f"{entry.reason}; {more}")


def _meant(
    event: Event, described: Participant, parties: Parties, told: Sequence[tuple[Span, str]], stage: Stage
) -> tuple[Span, str] | None:
    """Return the name that "the group" or its like stands for, told before it, and where it stands."""
    text, actors = stage.reading.document.text, stage.lexicon.actors
    *before, noun = described.name.lower().split()
    kinds = actors.described.get(noun)
    own = next((span for span in event.spans(described.slot) if span.words(text) == described.name), None)
    if not told or kinds is None or own is None or not actors.leads.issuperset(before):
        return None
    if not DEFINITE.search(text[max(0, own.start - ARTICLE) : own.start]):
        return None
    near = (each for each in reversed(told) if each[0].end <= own.start <= each[0].end + FAR)
    return next((each for each in near if parties[each[1]].kind in kinds), None)
