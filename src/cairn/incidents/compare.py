"""Compare: how far what is told of two attacks speaks for one, and in which words to say so.

Each comparison adds the logarithm (base 2) of how much oftener its finding is met between accounts of one
attack than between accounts of two (Fellegi and Sunter 1969). ``weights.toml`` holds them and says whence.
"""

from __future__ import annotations

import math
import tomllib
from collections.abc import Collection, Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher
from functools import cache, lru_cache
from importlib.resources import files

from cairn.incidents.accounts import Account, Figure, fold
from cairn.records import Harm, Means, Period, Place, distance_km

GENERAL = frozenset({Means.ATTACK, Means.EXPLOSION, Means.CLASHES})
"""Means that a more exact one may be another word for."""
LASTING = frozenset({Harm.DETAINED, Harm.ABDUCTED, Harm.MISSING, Harm.DISPLACED})
AIR = frozenset({Means.AIRSTRIKE, Means.DRONE, Means.ROCKET, Means.MISSILE, Means.CHEMICAL})
GROUND = frozenset({Means.SHELLING, Means.ROCKET, Means.MISSILE})
BOMBS = frozenset({Means.IED, Means.CAR_BOMB, Means.SUICIDE_BOMB, Means.LANDMINE})
GUNS = frozenset({Means.SMALL_ARMS, Means.MELEE, Means.TORTURE})
RARE = frozenset(
    {Means.CHEMICAL, Means.SUICIDE_BOMB, Means.CAR_BOMB, Means.VEHICLE_RAMMING, Means.SIEGE, Means.ARSON}
)
"""Means that few attacks of one week share."""
KIN = (AIR, GROUND, BOMBS, GUNS)
"""Means that reporters take for each other."""

SLACK_KM = 5.0
"""What coordinates of one place may differ by from source to source, beyond its radius."""
ALIKE = 0.8
"""Likeness of spelling (``difflib``) from which two names may be one, transliterated twice."""
PROVINCE_KM = 100.0
"""How far from a city an attack may be that is placed by the city's name: it is often its province's too."""
LONG_DAYS = 8
"""Days from which a time is too long to tell one attack from the next."""
APART_DAYS = 3
"""Days between two times up to which they may be of one attack, misdated or misread."""
NEAR_DAYS = 2
"""Days between two printings up to which they speak for one attack."""
EXACT_KM, TOWN_KM, WIDE_KM = 5.0, 30.0, 100.0
"""Radius up to which a place is exact, up to which it is a town, and beyond which it is wide."""
LARGE = 10
"""Persons from which a figure that two accounts share is a large one."""
OTHER_TIMES, OTHER_LEAST = 4, 20
"""How many times the smaller figure the larger one is, and its least, where they speak against one attack."""
MOST, MANY, SOME = 0.6, 0.35, 0.15
"""Share of the words of the shorter account from which most, many and some of them are the same."""
FEW = 4
"""Words below which most of them say little."""


@dataclass(frozen=True, slots=True)
class Finding:
    """What one comparison found: its name in ``weights.toml``, and the words for a person."""

    name: str
    words: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """All that was found between two accounts; ``bits`` speak for one attack when above 0."""

    bits: float
    apart: bool
    findings: tuple[Finding, ...]

    @property
    def probability(self) -> float:
        """Return the probability that they tell of one attack."""
        return 1.0 / (1.0 + math.exp2(-max(-60.0, min(60.0, self.bits))))


@cache
def load_weights() -> dict[str, float]:
    """Load ``weights.toml``: finding -> bits, in halves, so that sums are exact in whatever order.

    Raises:
        ValueError: a weight is no half of a whole number.
    """
    text = (files("cairn.incidents") / "weights.toml").read_text(encoding="utf-8")
    weights = {name: float(bits) for name, bits in tomllib.loads(text)["bits"].items()}
    if odd := [name for name, bits in weights.items() if not (2 * bits).is_integer()]:
        raise ValueError(f"weights.toml: bits are given in halves, and {', '.join(odd)} are not")
    return weights


def compare(one: Account, other: Account) -> Verdict:
    """Return what speaks for and against two accounts being of one attack."""
    weights = load_weights()
    found = tuple(_find(one, other))
    return Verdict(
        bits=weights["prior"] + sum(weights[each.name] for each in found),
        apart=any(each.name.startswith("apart") for each in found),
        findings=found,
    )


def explain(verdict: Verdict) -> str:
    """Return one sentence: what speaks for one attack, then what against."""
    weights = load_weights()
    ordered = sorted(verdict.findings, key=lambda each: -abs(weights[each.name]))
    speaks = [each.words for each in ordered if weights[each.name] > 0]
    against = [each.words for each in ordered if weights[each.name] < 0]
    told = ", ".join(speaks) or "nothing speaks for it"
    return f"{told}; but {', '.join(against)}" if against else told


def _find(one: Account, other: Account) -> Iterator[Finding]:
    if one.document == other.document:
        yield Finding("told-apart", "the report tells them apart")
    yield from _times(one, other)
    yield from _places(one, other)
    yield from _means(one, other)
    yield from _perpetrators(one, other)
    yield from _victims(one, other)
    yield from _figures(one, other)
    if one.document != other.document:  # a report's own sentences are alike whatever they tell
        yield from _words(one, other)
    if bool(one.harms & LASTING) != bool(other.harms & LASTING) and (
        one.harms <= LASTING or other.harms <= LASTING
    ):
        yield Finding("harm-other", "one tells of people taken or driven out, the other of people hurt")


def _times(one: Account, other: Account) -> Iterator[Finding]:
    if one.time is None or other.time is None:
        told, untold = (one, other) if one.time is not None else (other, one)
        if told.time and untold.published and untold.published < told.time.start:
            yield Finding("apart-published", "one was printed before the other's attack")
        elif one.published and other.published:
            days = abs((one.published - other.published).days)
            near = "near" if days <= NEAR_DAYS else "far"
            yield Finding(f"printed-{near}", f"printed {_days(days)} apart")
        return
    gap = _gap(one.time, other.time)
    shorter, longer = sorted((one.time.days, other.time.days))
    if gap > 0:
        if gap == 1:
            yield Finding("time-next", "on days that follow each other")
        else:
            yield Finding("apart-time" if gap > APART_DAYS else "time-days", f"{_days(gap)} apart")
    elif longer == 1:
        yield Finding("time-same", "on the same day")
    elif longer <= LONG_DAYS:
        yield Finding("time-overlap" if shorter > 1 else "time-within", "on days that overlap")
    else:
        yield Finding("time-long", "in a time that holds the other")


def _gap(one: Period, other: Period) -> int:
    return max((one.start - other.end).days, (other.start - one.end).days, 0)


def _days(number: int) -> str:
    return "a day" if number == 1 else f"{number} days"


def _places(one: Account, other: Account) -> Iterator[Finding]:
    if not one.places or not other.places:
        return
    # The most exact place of each is where it was; the others only show that names are shared.
    here, there = one.places[0], other.places[0]
    shared = {fold(place.name) for place in one.places} & {fold(place.name) for place in other.places}
    if fold(here.name) == fold(there.name) or _spelt_alike(here, there):
        yield Finding(_same_place(here, there), f"in {here.name}")
    elif here.country and there.country and here.country != there.country:
        yield Finding("apart-country", f"in {here.country} and in {there.country}")
    else:
        apart = distance_km(here, there)
        reach = max(here.radius_km or 0.0, there.radius_km or 0.0) + SLACK_KM
        if apart is None:
            name = "place-shared" if shared else "place-unknown"
            yield Finding(name, f"in {here.name} and in {there.name}")
        elif apart <= reach:
            wide = max(here.radius_km or 0.0, there.radius_km or 0.0) > WIDE_KM
            name = "place-wide" if wide else "place-inside"
            yield Finding(name, f"{here.name} and {there.name} lie in each other's reach")
        else:
            name = "place-far" if apart <= reach + PROVINCE_KM else "apart-place"
            yield Finding(name, f"{apart:,.0f} km lie between them")


def _same_place(here: Place, there: Place) -> str:
    reach = min(here.radius_km or 0.0, there.radius_km or 0.0)
    return "place-exact" if reach <= EXACT_KM else "place-town" if reach <= TOWN_KM else "place-region"


def _spelt_alike(here: Place, there: Place) -> bool:
    """Say whether two names, at most one of them known to be elsewhere, are one spelt twice."""
    if here.country and there.country and here.country != there.country:
        return False
    apart = distance_km(here, there)
    if apart is not None and apart > (here.radius_km or 0.0) + (there.radius_km or 0.0) + SLACK_KM:
        return False
    return are_spelt_alike(*sorted((fold(here.name), fold(there.name))))


@lru_cache(maxsize=1 << 20)
def are_spelt_alike(one: str, other: str) -> bool:
    """Say whether two folded names, the lower first, may be one name that was transliterated twice.

    Camps, districts and blocks that are told apart by numbers are not.
    """
    here, there = ([word for word in name.split() if word.isdecimal()] for name in (one, other))
    if here and there and here != there:
        return False
    for names in zip(_heads(one), _heads(other), strict=True):
        match = SequenceMatcher(None, *names)
        if match.real_quick_ratio() >= ALIKE and match.quick_ratio() >= ALIKE and match.ratio() >= ALIKE:
            return True
    return False


def _heads(name: str) -> tuple[str, str]:
    """Return a folded name without articles, whole and by its first word; what follows often tells a kind."""
    words = [word for word in name.split() if len(word) > 2] or [name]
    return "".join(words), words[0]


def _means(one: Account, other: Account) -> Iterator[Finding]:
    here, there = one.means - GENERAL, other.means - GENERAL
    if here & there:
        rare = not (here & there) - RARE
        yield Finding("means-rare" if rare else "means-same", f"by {_named(here & there)}")
    elif here and there:
        kin = any(here & family and there & family for family in KIN)
        told = f"by {_named(here)} and by {_named(there)}"
        yield Finding("means-kin" if kin else "means-other", told)


def _named(means: frozenset[Means]) -> str:
    return " and ".join(sorted(each.value.replace("_", " ") for each in means))


def _perpetrators(one: Account, other: Account) -> Iterator[Finding]:
    if not one.perpetrators or not other.perpetrators:
        return
    shared = any(here & there for here in one.perpetrators for there in other.perpetrators)
    yield Finding(
        "doer-same" if shared else "doer-other", f"{'the same' if shared else 'another'} doer is named"
    )


def _victims(one: Account, other: Account) -> Iterator[Finding]:
    if shared := one.victims & other.victims:
        yield Finding("names-same", f"{len(shared)} of the victims bear the same name")
    if one.groups & other.groups:
        groups = " and ".join(sorted(each.value.replace("_", " ") for each in one.groups & other.groups))
        yield Finding("groups-same", f"both tell of {groups}")


def _figures(one: Account, other: Account) -> Iterator[Finding]:
    shared = one.figures & other.figures
    if shared:
        figure = max(shared, key=rank_figure)
        name = "figure-large" if is_large(figure) else "figure-small"
        yield Finding(name, f"both say {_stated(figure):,} {figure[0].value}")
        return
    for harm in (Harm.KILLED, Harm.INJURED):
        tops = most(one.figures, harm), most(other.figures, harm)
        if min(tops) and max(tops) > OTHER_TIMES * min(tops) and max(tops) >= OTHER_LEAST:
            yield Finding("figure-other", f"{tops[0]:,} and {tops[1]:,} {harm.value}")


def rank_figure(figure: Figure) -> tuple[int, Harm, int, bool, int]:
    """Return what orders figures: the more people, the later; no two different ones are equal."""
    harm, low, high = figure
    return (low or high or 0, harm, _stated(figure), low is None, high or 0)


def is_large(figure: Figure) -> bool:
    """Say whether a figure is so large that two attacks of one week seldom share it."""
    return _stated(figure) >= LARGE


def most(figures: Collection[Figure], harm: Harm) -> int:
    """Return the most people of whom a harm is told, 0 when it is told of none."""
    return max((low or high or 0 for told, low, high in figures if told is harm), default=0)


def _stated(figure: Figure) -> int:
    _, low, high = figure
    return low if low is not None else high or 0


def _words(one: Account, other: Account) -> Iterator[Finding]:
    if not one.words or not other.words:
        return
    fewer = min(len(one.words), len(other.words))
    shared = len(set(one.words).intersection(other.words)) / fewer
    if shared >= MOST and fewer >= FEW:
        yield Finding("words-most", "told in the same words")
    elif shared >= MANY:
        yield Finding("words-many", "told in many of the same words")
    elif shared >= SOME:
        yield Finding("words-some", "told in some of the same words")
    else:
        yield Finding("words-few", "told in other words")
