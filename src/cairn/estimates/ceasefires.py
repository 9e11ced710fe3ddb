"""Follow a ceasefire: what is told of it and of attacks around it, before and after, by accused and speaker.

Nothing here says that a ceasefire was broken, or by whom: attacks are counted as they are reported, beside
how many reports there were to tell of them.
"""

from __future__ import annotations

import datetime as dt
import re
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence

from cairn.records import (
    Document,
    Event,
    EventStatus,
    EventType,
    Followed,
    Participant,
    Point,
    Reported,
    Step,
)

LONGEST_TIME = (
    7  # days that an act may have taken and still stand on a line of days; longer ones tell a period
)
SENTENCE = re.compile(r"[.!?…][\"”’']?\s|\n\s*\n")
NOBODY = "nobody named"


OF_TRUCE = {
    EventType.AGREE: Step.AGREED,
    EventType.SUPPORT: Step.AGREED,
    EventType.CONCEDE: Step.DECLARED,
    EventType.RETREAT: Step.HOLDS,
    EventType.REQUEST: Step.ASKED,
    EventType.REJECT: Step.REFUSED,
    EventType.ACCUSE: Step.ACCUSED,
}
"""What an act is whose sentence names a truce; attacks and talks stand on the line without one."""
BEGINNINGS = frozenset({Step.AGREED, Step.DECLARED, Step.HOLDS})
"""Steps that a ceasefire may be counted from."""


def follow_ceasefire(
    begin: tuple[Event, Document],
    around: Iterable[tuple[Event, Document]],
    read: Mapping[dt.date, int],
    truces: Sequence[str],
    days: int,
) -> Followed | None:
    """Return what is told around a ceasefire; ``None`` when its day is not known.

    Args:
        begin: the event that it is counted from, with its report: an agreement, a declaration, its beginning.
        around: events of its country and its parties, each with its report.
        read: day -> documents read that were published on it.
        truces: words for what stops fighting.
        days: how many to look at on either side.
    """
    first = point_of(*begin, truces, always=True)
    if first is None:
        return None
    edges = first.day - dt.timedelta(days=days), first.day + dt.timedelta(days=days)
    told = {event.id: point_of(event, document, truces) for event, document in around}
    told[first.event.id] = first
    line = [each for each in told.values() if each is not None and edges[0] <= each.day < edges[1]]
    return Followed(
        begin=first,
        days=days,
        line=tuple(sorted(line, key=lambda each: (each.day, each.document.id, each.event.trigger.start))),
        reported=tuple(_reported(line, first)),
        read={day: number for day, number in sorted(read.items()) if edges[0] <= day < edges[1]},
    )


def point_of(
    event: Event, document: Document, truces: Sequence[str], *, always: bool = False
) -> Point | None:
    """Return where an event stands on the line of a ceasefire; ``None`` when it has no day or no part in it.

    Args:
        event: as read.
        document: its report.
        truces: words for what stops fighting.
        always: it has a part in it, whatever its sentence names.
    """
    dated = event.time is not None and event.time.days <= LONGEST_TIME
    day = event.time.start if event.time is not None and dated else document.published
    if day is None:
        return None
    named = event.mode == "ceasefire" or _names(event, document.text, truces)
    if event.type is EventType.ASSAULT:
        if event.status not in {EventStatus.ACTUAL, EventStatus.ALLEGED}:
            return None
        step: Step | None = Step.ATTACK
    elif event.type is EventType.CONSULT:
        step = Step.TALKS
    else:
        step = OF_TRUCE.get(event.type) if named or always else None
    if step is None:
        return None
    breach = step is Step.ATTACK and named
    return Point(day=day, dated=dated, step=step, breach=breach, event=event, document=document)


def _names(event: Event, text: str, truces: Sequence[str]) -> bool:
    """Say whether the sentence of an event names a truce."""
    ends = [match.end() for match in SENTENCE.finditer(text)]
    start = max((end for end in ends if end <= event.trigger.start), default=0)
    end = min((end for end in ends if end >= event.trigger.end), default=len(text))
    sentence = " ".join(text[start:end].lower().split())
    return any(truce in sentence for truce in truces)


def _reported(line: Iterable[Point], begin: Point) -> list[Reported]:
    """Return who is reported to have attacked, by whom, before and after."""
    bound = {_key(each) for each in begin.event.participants}
    before: dict[tuple[str, bool, str], set[str]] = defaultdict(set)
    after: dict[tuple[str, bool, str], set[str]] = defaultdict(set)
    breaches: dict[tuple[str, bool, str], set[str]] = defaultdict(set)
    for each in line:
        if each.step is not Step.ATTACK:
            continue
        speaker = next(iter(each.event.speakers), None) or each.document.outlet or "(the report)"
        accused = {_key(one): _key(one) in bound for one in each.event.taking_part("actor")}
        for name, is_bound in (accused or {NOBODY: False}).items():
            key = (name, is_bound, speaker)
            (after if each.day >= begin.day else before)[key].add(each.document.id)
            if each.breach and each.day >= begin.day:
                breaches[key].add(each.document.id)
    rows = [
        Reported(
            accused=key[0],
            bound=key[1],
            speaker=key[2],
            before=len(before[key]),
            after=len(after[key]),
            breaches=len(breaches[key]),
        )
        for key in sorted(before.keys() | after.keys())
    ]
    return sorted(rows, key=lambda row: -(row.before + row.after))


def _key(participant: Participant) -> str:
    return participant.known_as or participant.name
