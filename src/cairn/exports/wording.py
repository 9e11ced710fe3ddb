"""Wording: figures, days and voices in the few words and signs that a reader takes in at a glance."""

from __future__ import annotations

import calendar
import datetime as dt

from cairn.records import (
    Claim,
    Count,
    Event,
    EventStatus,
    Framing,
    Group,
    Harm,
    Means,
    Period,
    Place,
    Scope,
    Status,
)

OWN_VOICE = "(the report)"
"""Stands where no speaker is named: the report itself says it."""

MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")

VAGUE = {
    2: "some",
    20: "tens",
    24: "dozens",
    40: "scores",
    200: "hundreds",
    2_000: "thousands",
    20_000: "tens of thousands",
    200_000: "hundreds of thousands",
    2_000_000: "millions",
}
"""Lower bounds that vague words were read as, back to a word; always shown with the bound beside it."""

FRACTIONS = {0.25: "¼", 0.2: "⅕", 1 / 3: "⅓", 0.5: "½", 2 / 3: "⅔", 0.75: "¾"}
FRACTION_TOLERANCE = 0.005
"""Half of one per cent: 0.33 and 0.3333 are both a third, 0.34 is not."""

DOUBTFUL = 0.6
"""A reading less likely right than this is marked. Of the places, days and first speakers so marked on dev,
four in ten are wrong."""

HARMS = {harm: harm.value for harm in Harm} | {Harm.CASUALTIES: "killed or injured"}
MEANS = {means: means.value.replace("_", " ") for means in Means} | {
    Means.SMALL_ARMS: "gunfire",
    Means.IED: "planted bomb",
    Means.EXPLOSION: "bomb or blast",
    Means.ATTACK: "attack (no more said)",
}
GROUPS = {group: group.value.replace("_", " ") for group in Group} | {Group.PERPETRATOR: "the attacker"}


def figure(count: Count) -> str:
    """Return the figure with its bound: ``≥ 49``, ``≈ 150``, ``20–30``, ``dozens (24+)``, ``½ of …``."""
    if count.low is None and count.high is None:
        return f"{_share(count.fraction or 0.0)} of …"
    about = "≈ " if count.approx else ""
    if count.is_zero:
        return "0"
    if count.high is None:
        low = count.low or 0
        if not count.approx:
            return f"≥ {low:,}"
        return f"{VAGUE[low]} ({low:,}+)" if low in VAGUE else f"≈ {low:,} +"
    if count.low is None:
        return f"≤ {about}{count.high:,}"
    if count.low == count.high:
        return f"{about}{count.low:,}"
    return f"{about}{count.low:,}–{count.high:,}"


def spoken_figure(count: Count) -> str:
    """Return the figure in words that can be read aloud: ``at least 49``, ``about 150``."""
    if count.low is None and count.high is None:
        return f"{100 * (count.fraction or 0.0):.0f} per cent"
    about = "about " if count.approx else ""
    if count.is_zero:
        return "none"
    if count.high is None:
        low = count.low or 0
        vague = VAGUE.get(low) if count.approx else None
        return f"{vague}, {low:,} or more" if vague else f"at least {about}{low:,}"
    if count.low is None:
        return f"at most {about}{count.high:,}"
    if count.low == count.high:
        return f"{about}{count.low:,}"
    return f"{about}{count.low:,} to {count.high:,}"


def when(period: Period) -> str:
    """Return the days as people write them: ``27 Apr 2016``, ``22–28 Apr 2016``, ``2011 – 28 Apr 2016``.

    Whole months and years are named as such. A period that opens on 1 January of an earlier year is
    shown from that year, since it comes from words like "since 2011".
    """
    start, end = period.start, period.end
    opens_year, closes_year = (start.month, start.day) == (1, 1), (end.month, end.day) == (12, 31)
    whole_months = start.day == 1 and _closes_month(end)
    if start == end:
        return date(start)
    if opens_year and closes_year:
        return _joined(str(start.year), str(end.year), "–")
    if opens_year and start.year < end.year:
        return f"{start.year} – {_month(end) if _closes_month(end) else date(end)}"
    if whole_months and start.year == end.year:
        return f"{_joined(MONTHS[start.month - 1], MONTHS[end.month - 1], '–')} {end.year}"
    if whole_months:
        return f"{_month(start)} – {_month(end)}"
    if start.year != end.year:
        return f"{date(start)} – {date(end)}"
    if start.month != end.month:
        return f"{start.day} {MONTHS[start.month - 1]} – {date(end)}"
    return f"{start.day}–{date(end)}"


def date(day: dt.date) -> str:
    """Return one day as ``27 Apr 2016``; months in English whatever the machine's locale."""
    return f"{day.day} {_month(day)}"


def voices(claim: Claim | Event) -> tuple[str, ...]:
    """Return the chain of speakers, first the one who says it; the report's own voice when none is named."""
    return claim.speakers or (OWN_VOICE,)


def act(event: Event) -> str:
    """Return what is done and how: "assault, aerial"."""
    return event.type.value.lower() + (f", {event.mode}" if event.mode is not None else "")


def standing(event: Event) -> str:
    """Return how an event stands to what has happened; nothing of what is told as done."""
    return "" if event.status is EventStatus.ACTUAL else event.status.value


def where(place: Place) -> str:
    """Return the place in the report's spelling, with the country's code when it is known."""
    return f"{place.name}, {place.country}" if place.country and place.name != place.country else place.name


def notes(claim: Claim) -> tuple[str, ...]:
    """Return what keeps the figure from being a plain assertion about one incident; often empty."""
    status = () if claim.status is Status.ASSERTED else (claim.status.value,)
    tally = ("tally",) if claim.scope is Scope.TALLY else ()
    return status + tally + (("doubtful reading",) if is_doubtful(claim) else ())


def loaded(framing: Framing) -> str:
    """Return what a reader is told of loaded wording: its kind, and what all sides could say instead."""
    if framing.neutral is None:
        return framing.kind.value
    instead = f"all sides could say “{framing.neutral}”" if framing.neutral else "best left out"
    return f"{framing.kind.value}; {instead}"


def is_doubtful(read: Claim | Event, slot: str = "") -> bool:
    """Say whether what was read, or one of its slots, was measured and is likely enough wrong to mark."""
    sure = read.sureness(slot) if slot else read.sureness()
    return sure is not None and sure < DOUBTFUL


def sureness(read: Claim | Event, slot: str = "") -> str:
    """Return how likely the reading is right, as ``72%``; empty when it was not measured."""
    sure = read.sureness(slot) if slot else read.sureness()
    return "" if sure is None else f"{100 * sure:.0f}%"


def groups(claim: Claim) -> tuple[str, ...]:
    """Return the groups that the text states of the victims, empty when it states none."""
    return tuple(GROUPS[group] for group in claim.victims.groups if group is not Group.UNSPECIFIED)


def _share(fraction: float) -> str:
    near = [sign for share, sign in FRACTIONS.items() if abs(share - fraction) < FRACTION_TOLERANCE]
    return near[0] if near else f"{100 * fraction:.4g}%"


def _closes_month(day: dt.date) -> bool:
    return day.day == calendar.monthrange(day.year, day.month)[1]


def _month(day: dt.date) -> str:
    return f"{MONTHS[day.month - 1]} {day.year}"


def _joined(first: str, last: str, dash: str) -> str:
    return first if first == last else f"{first}{dash}{last}"
