"""Pictures: what a ledger holds, as charts: one incident by its voices, many by day and on a map."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from typing import Any

from cairn.charts import (
    Caption,
    Picture,
    Spot,
    Toll,
    days_picture,
    map_picture,
    policies_picture,
    positions_picture,
    step_of,
    toll_picture,
)
from cairn.errors import InputError
from cairn.estimates import POLICIES, Stand, estimate_all, take_group_positions, take_positions
from cairn.exports import HARMS, Weighed, date, incident_row, when
from cairn.ledger import (
    Asked,
    AskedEvents,
    State,
    find_incident,
    last_recorded,
    list_events,
    list_incidents,
    read_heard,
    reports_by_day,
)
from cairn.lexicon.geography import load_geography
from cairn.pipeline import hear
from cairn.records import RANGE, EventStatus, EventType, Harm, Period
from cairn.tables import Question, weighed_incidents

ONE_VOICE = "Reports that copy each other are one voice."
MARKED = tuple(
    each.value for each in (EventType.AGREE, EventType.CONSULT, EventType.CONCEDE, EventType.RETREAT)
)
"""Types of events over days: agreements, talks, concessions, truces and withdrawals."""
MOST_MARKED = 8
MOST_NAMED = 6
"""Outlets that a picture names; of more it tells how many they are."""
EXACT_DAYS = 2
"""Days of the longest time that is put on one day: "overnight" is two, and stands on the first."""
BEFORE = dt.timedelta(days=7)
"""How long before the first report harm is still drawn, unless the user names a first day."""


class Kind(StrEnum):
    """What is drawn."""

    TOLL = "toll"
    POSITIONS = "positions"
    POLICIES = "policies"
    DAYS = "days"
    MAP = "map"


OF_ONE = frozenset({Kind.TOLL, Kind.POSITIONS, Kind.POLICIES})
"""Pictures of one incident."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Drawn:
    """What is drawn of one of many incidents: its day, its place, and what the policy makes of it."""

    toll: Toll
    place: str
    circle: tuple[float, float, float] | None


def make_picture(state: State, kind: Kind, question: Question, party: str | None = None) -> Picture:
    """Draw what is asked for.

    Args:
        state: of ``as_of``.
        kind: of the picture.
        question: for a picture of one incident the one that it names, else of all that are asked for the
            one that most reports tell; its harm is killed unless another is asked for.
        party: part of a name: over days the truces and talks are marked in which it takes part,
            those of all where none is named.

    Raises:
        InputError: there is nothing to be drawn; one line.
    """
    if kind in OF_ONE:
        return _of_one(state, kind, question)
    harm = Harm(question.asked.harm or Harm.KILLED)
    claims, reports, outlets, drawn = 0, set[int](), set[str](), list[_Drawn]()
    for weighed in weighed_incidents(state, question):
        claims += len(weighed.claims)
        reports |= {row["document"] for row in weighed.claims}
        outlets |= {row["outlet"] for row in weighed.claims if row["outlet"]}
        if made := weighed.estimates.get((weighed.policy, harm.value)):
            drawn.append(_drawn(weighed, made))
    if not claims and question.asked.public:
        raise InputError(
            "no claim that is asked for is public; cairn decide restrict ID --value public makes one so"
        )
    if not drawn:
        policy = question.policy or RANGE
        raise InputError(f"the policy {policy} gives no figure of {harm.value} for what is asked for")
    notes = (*_noted(question), _policy_told(question), _behind(state, claims, len(reports), outlets))
    if kind is Kind.MAP:
        return _on_map(drawn, harm, notes)
    return _by_day(state, drawn, harm, notes, question, party)


# --- one incident -------------------------------------------------------------------------------------


def _of_one(state: State, kind: Kind, question: Question) -> Picture:
    id_ = _find(state, question.asked)
    asked = Asked(incident=id_, public=question.asked.public)
    (weighed,) = weighed_incidents(state, replace(question, asked=asked))
    heard, decisions = read_heard(state, [id_], public=asked.public)
    told = hear(heard[id_], decisions)
    stands = take_positions(told)
    where = _where_and_when(weighed)
    reports, outlets = ({row[name] for row in weighed.claims if row[name]} for name in ("document", "outlet"))
    behind = (_behind(state, len(weighed.claims), len(reports), outlets), f"Incident {id_}.")
    if kind is Kind.TOLL:
        stand = _of_harm(stands, question.asked.harm)
        return toll_of(where, stand, behind)
    if kind is Kind.POSITIONS:
        groups = take_group_positions(told)
        drawn = sorted((*stands, *groups), key=lambda each: (list(Harm).index(each.harm), each.groups))
        drawn = [each for each in drawn if question.asked.harm in (None, each.harm.value)]
        subtitle = "What each voice says now. An arrow: no bound is told on that side; a stroke: said before."
        caption = Caption(title=f"{where}: who says what", subtitle=subtitle, notes=(ONE_VOICE, *behind))
        return positions_picture(caption, [(each.harm, each.groups, each.positions) for each in drawn])
    made = [
        (each.harm, [(POLICIES[name].title, found) for name, found in estimate_all(each).items()])
        for each in stands
        if question.asked.harm in (None, each.harm.value)
    ]
    rules = "A policy is one organisation's declared way to make a range of rival figures; none is right."
    subtitle = "What each policy makes of the same claims: a dot is the figure that it prefers."
    caption = Caption(title=f"{where}: one attack by ten rules", subtitle=subtitle, notes=(rules, *behind))
    return policies_picture(caption, made)


def toll_of(where: str, stand: Stand, notes: Sequence[str] = ()) -> Picture:
    """Draw what each voice said of one harm, day by day.

    Args:
        where: place and day, in words.
        stand: who says what of it.
        notes: what the figures are made from.
    """
    title = f"{where}: {HARMS[stand.harm]}, according to whom"
    subtitle = "What each voice said, day by day. Beside its name stands what it says now."
    caption = Caption(title=title, subtitle=subtitle, notes=(ONE_VOICE, *notes))
    return toll_picture(caption, stand.positions)


def _find(state: State, asked: Asked) -> str:
    """Return the incident that is named, else the one that most reports tell of all that are asked for."""
    if asked.incident is not None:
        found = find_incident(state, asked.incident)
        named = Asked(incident=found, public=asked.public)
        if found is None or not any(list_incidents(state, named, 1)):
            raise InputError(f"the ledger holds no incident {asked.incident}; cairn incidents lists them")
        return found
    most = max(
        list_incidents(state, asked),
        key=lambda row: (row["documents"], row["claims"], row["id"]),
        default=None,
    )
    if most is None:
        raise InputError("the ledger holds no incident that is asked for")
    return str(most["id"])


def _of_harm(stands: Sequence[Stand], harm: str | None) -> Stand:
    """Return who says what of one harm: the one that is asked for, else of killed, else of the first."""
    told = {each.harm.value: each for each in stands if each.positions}
    if not told or (harm is not None and harm not in told):
        raise InputError(
            f"nobody tells of {harm or 'any harm'} in that incident; there is {', '.join(told) or 'nothing'}"
        )
    return told[harm or next((each for each in (Harm.KILLED.value,) if each in told), next(iter(told)))]


# --- many incidents -----------------------------------------------------------------------------------


def _drawn(weighed: Weighed, made: Mapping[str, Any]) -> _Drawn:
    row = incident_row(weighed)
    known = row.latitude is not None and row.longitude is not None
    return _Drawn(
        toll=Toll(day=_day(weighed), low=made["low"] or 0, best=made["best"], high=made["high"]),
        place=row.place or _placed(None, row.country) or "no name",
        circle=(row.latitude or 0.0, row.longitude or 0.0, row.radius_km or 0.0) if known else None,
    )


def _on_map(drawn: Sequence[_Drawn], harm: Harm, notes: tuple[str, ...]) -> Picture:
    at = defaultdict[tuple[float, float, float], list[_Drawn]](list)
    for each in drawn:
        if each.circle:
            at[each.circle].append(each)
    if not at:
        raise InputError("no incident that is asked for has a place with coordinates")
    spots = [
        Spot(
            place=_named(some),
            latitude=latitude,
            longitude=longitude,
            radius_km=radius,
            incidents=len(some),
            low=sum(each.toll.low for each in some),
            high=_sum(each.toll.high for each in some),
        )
        for (latitude, longitude, radius), some in at.items()
    ]
    if elsewhere := len(drawn) - sum(each.incidents for each in spots):
        notes = (f"{_counted(elsewhere, 'incident')} without a known place: not drawn.", *notes)
    days = [each.toll.day for each in drawn if each.toll.day]
    span = f": {when(Period(start=min(days), end=max(days)))}" if days else ""
    title = f"Where people were {HARMS[harm]}, as told{span}"
    return map_picture(Caption(title=title, subtitle=_summed(len(drawn)), notes=notes), spots, HARMS[harm])


def _named(some: Sequence[_Drawn]) -> str:
    """Return the name of a spot: of several that are known no closer, the one with the most persons."""
    name = max(some, key=lambda each: each.toll.low).place
    return name if len({each.place for each in some}) == 1 else f"{name} and others"


def _by_day(
    state: State,
    drawn: Sequence[_Drawn],
    harm: Harm,
    notes: tuple[str, ...],
    question: Question,
    party: str | None,
) -> Picture:
    tolls = [each.toll for each in drawn]
    read = reports_by_day(state, Asked())
    window = _window([each.day for each in tolls if each.day], list(read), question.asked)
    events = _marked(state, party, window, public=question.asked.public)
    title = f"People {HARMS[harm]}, by {step_of(*window)}, as told"
    if question.asked.place:
        title += f": {question.asked.place}"
    caption = Caption(title=title, subtitle=_summed(len(drawn)), notes=notes)
    return days_picture(caption, tolls, window, read, events)


def _marked(
    state: State, party: str | None, window: tuple[dt.date, dt.date], *, public: bool
) -> list[tuple[dt.date, str]]:
    """Return the events that bear on whether harm goes on: those that most reports tell, by day.

    Who told them first is named: an event is somebody's word as a figure is.
    """
    first, last = window
    asked = AskedEvents(status=EventStatus.ACTUAL.value, since=first, until=last, public=public)
    sides = [asked] if party is None else [replace(asked, actor=party), replace(asked, recipient=party)]
    told = defaultdict[tuple[dt.date, str], dict[int, str]](dict)
    for row in (
        row for side in sides for type_ in MARKED for row in list_events(state, replace(side, type=type_))
    ):
        if row["time_start"] is not None and row["time_start"] == row["time_end"]:
            says = row["type"].lower() + (f", {row['mode']}" if row["mode"] else "")
            who = " → ".join(each for each in (row["actor"], row["recipient"]) if each)
            voice = row["speaker"] or row["outlet"] or row["document_name"]
            key = (row["time_start"], f"{says}: {who}" if who else says)
            told[key].setdefault(row["document"], voice)
    most = sorted(told, key=lambda key: (-len(told[key]), key))[:MOST_MARKED]
    return [(day, f"{says} (told by {next(iter(told[day, says].values()))})") for day, says in sorted(most)]


def _day(weighed: Weighed) -> dt.date | None:
    """Return the day of an incident by its most exact time, ``None`` where that is too long."""
    period = _shortest(weighed)
    return period.start if period and period.days <= EXACT_DAYS else None


def _window(days: Sequence[dt.date], read: Sequence[dt.date], asked: Asked) -> tuple[dt.date, dt.date]:
    """Return the first and last day to be drawn: as asked for, else those of reports that were read."""
    if not days:
        raise InputError("no incident that is asked for has a day that is told closely enough")
    first, last = min(read, default=min(days)), max(read, default=max(days))
    near = [each for each in days if first - BEFORE <= each <= last]
    first, last = asked.since or min([first, *near]), asked.until or last
    if last < first:
        raise InputError(f"nothing can be drawn from {first} to {last}; name both --since and --until")
    return first, last


# --- what is written around them ----------------------------------------------------------------------


def _shortest(weighed: Weighed) -> Period | None:
    times = [
        Period(start=row["time_start"], end=row["time_end"]) for row in weighed.claims if row["time_start"]
    ]
    return min(times, key=lambda each: (each.days, each.start), default=None)


def _where_and_when(weighed: Weighed) -> str:
    """Return the most exact place and the shortest time that claims tell, in words."""
    places = [row for row in weighed.claims if row["place"] or row["country"]]
    best = min(
        places,
        key=lambda row: (
            row["place"] is None, row["radius_km"] is None, row["radius_km"] or 0.0, row["place"] or "",
            row["country"] or "",
        ),
        default=None,
    )  # fmt: skip
    place = _placed(best["place"], best["country"]) if best else None
    time = _shortest(weighed)
    return ", ".join(
        each for each in (place or "place not told", when(time) if time else "day not told") if each
    )


def _placed(name: str | None, country: str | None) -> str | None:
    """Return a place in words; a country alone by its name: "SY" tells readers of a newspaper nothing."""
    if country and name in (None, country):
        return load_geography("en").titles_of.get(country, country)
    return ", ".join(each for each in (name, country) if each) or None


def _behind(state: State, claims: int, reports: int, outlets: Collection[str]) -> str:
    """Return what the figures are made from: where outlets are few, by their names."""
    of = f" of {_counted(len(outlets), 'outlet')}" if outlets else ""
    of += f" ({', '.join(sorted(outlets))})" if 0 < len(outlets) <= MOST_NAMED else ""
    told = f"From {_counted(claims, 'claim')} in {_counted(reports, 'report')}{of}"
    recorded = last_recorded(state)
    return f"{told}, recorded by {date(recorded.date())}. Made with Cairn." if recorded else f"{told}."


def _policy_told(question: Question) -> str:
    policy = POLICIES[question.policy or RANGE]
    return f"Policy “{policy.title}”, version {policy.version}: {policy.rule}"


def _noted(question: Question) -> Iterator[str]:
    """Yield what was asked for, where something was."""
    asked = {
        each.name: value
        for each in fields(question.asked)
        if each.name not in ("public", "harm") and (value := getattr(question.asked, each.name)) is not None
    }
    if asked:
        yield "Asked for: " + "; ".join(f"{name} {value}" for name, value in asked.items()) + "."
    if question.asked.public:
        yield "Public claims alone; places are rounded."


def _summed(count: int) -> str:
    each = _counted(count, "incident")
    return f"The sum of what one policy makes of each of {each}, from the lowest to the highest."


def _counted(count: int, noun: str) -> str:
    return f"{count:,} {noun}" if count == 1 else f"{count:,} {noun}s"


def _sum(highs: Iterable[int | None]) -> int | None:
    """Return the sum of upper bounds; one that is missing leaves it open."""
    total = 0
    for each in highs:
        if each is None:
            return None
        total += each
    return total
