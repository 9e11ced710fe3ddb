"""Choose between namesakes: what the text says contains them, what else it speaks of, how large they are."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from cairn.readings.places_candidates import LOCATIVE, Candidate
from cairn.readings.places_known import BIG_SETTLEMENT, PARTS, Known, distance_km
from cairn.records import PlaceKind

# Points; a factor of ten in population is worth one. Set by hand on the training reports and half of LGL.
KIND_POINTS = {PlaceKind.COUNTRY: 9.0, PlaceKind.AREA: 8.5, PlaceKind.REGION: 5.0}
COUNTY_POINTS = 2.5
TOLD_COUNTRY = 4.0
TOLD_REGION = 4.0
TOLD_NEAR = 3.0
HINT_AGREES = 3.0
COUNTRY_SHARE = 3.0
REGION_SHARE = 2.5
INEXACT = -2.5
SEAT = 15_000
"""Persons from which a settlement may have given its name to the district or province around it."""
NEAR_KM = 80.0
"""How far a place may lie from the settlement it is said to be in or near."""
MOST_OPTIONS = 40
"""Namesakes weighed of one name, the largest first; the rest are hamlets without a told container."""
MOST_REPEATS = 3
"""Times a name counts as context; a name told ten times is one subject, not ten."""
NEIGHBOURS = 3.0
NEIGHBOUR_KM = 150.0
"""A local report's places lie within an hour or two of each other."""
FAR_DEGREES = 2.0
"""Degrees of latitude that are certainly more than ``NEIGHBOUR_KM``: one is 111 km."""
FEWEST_NEIGHBOURS = 3
"""So that one chance neighbour does not decide."""
ROUNDS = 3
SPREAD = 4.0
"""How much larger the vote of a namesake is for each point of its size."""
PEOPLE_VOTE = 0.7
ACTOR_VOTE = 0.1
"""How much of a country's vote is left, for which of its namesakes a name means, where no preposition stands
before it: states act in reports from anywhere."""
DOUBTED = -1.0
"""Evidence down to which a name may be that of a place whatever stands beside it; see ``places_doubts``."""
COUNTRY_GROUND = 0.5
PEOPLE_GROUND = 0.05
"""How much the names of countries and peoples say of where the report's places lie; set on the training
reports, so that peoples tell it where no place does."""
SMALL_VOICE = 0.3
KNOWN_PERSONS = 15_000
"""Persons from which a settlement speaks as loud as a large one when no other country has its name."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """What a candidate was taken to be.

    Attributes:
        known: the place; ``None`` when nothing is known of the name.
        reason: why it and not a namesake.
        told: the text says that it lies in a place that contains it.
    """

    known: Known | None
    reason: str
    told: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Context:
    """What countries and regions the whole report speaks of.

    Attributes:
        countries, regions: shares of the most spoken of, 0 to 1.
        voices: how many names speak for a country.
        ground: the country in which most of the named places lie. States that act and peoples are spoken
            of far from home ("four Kenyans" tried in Doha), and tell it only where no place does.
    """

    countries: dict[str, float]
    regions: dict[tuple[str, str], float]
    voices: dict[str, int]
    ground: str | None

    @property
    def country(self) -> str | None:
        """Return the country most spoken of."""
        return max(self.countries, key=lambda code: (self.countries[code], code), default=None)


def choose(candidates: Sequence[Candidate]) -> tuple[list[Choice], Context]:
    """Return the choice for each candidate, and the context they were chosen in.

    Args:
        candidates: of the whole report, in reading order; ``told`` numbers this sequence.
    """
    options = [_options(candidate) for candidate in candidates]
    inner: list[list[int]] = [[] for _ in candidates]
    for number, candidate in enumerate(candidates):
        for outer in candidate.told:
            inner[outer].append(number)
    ballots = [_spread(those) for those in options]
    picks: list[Known | None] = []
    near: _Nearness = {}
    doubtful = {candidate.name for candidate, those in zip(candidates, options, strict=True) if those[1:]}
    for _ in range(ROUNDS):
        votes = _count_votes(candidates, ballots)
        contexts = {name: _context(votes, but=name, acting=ACTOR_VOTE) for name in doubtful}
        before = picks
        picks = [
            max(those, key=lambda known: _score(known, number, candidates, options, inner, contexts, near))
            if those[1:]
            else next(iter(those), None)
            for number, those in enumerate(options)
        ]
        picks = _one_sense(picks, candidates, options)
        if picks == before:
            break  # another round would see what this one saw
        ballots = [[(known, 1.0)] if known else [] for known in picks]
        near = _nearness(picks, candidates)
    context = _context(_count_votes(candidates, ballots), sure=_sure(candidates))
    return [
        Choice(
            known=known,
            reason=_reason(known, candidate, options, context) if known else "",
            told=known is not None and _is_told(known, candidate, options),
        )
        for known, candidate in zip(picks, candidates, strict=True)
    ], context


_Nearness = dict[str, Known]
"""Name -> the settlement or county it was taken for in the last round."""


def _one_sense(
    picks: Sequence[Known | None], candidates: Sequence[Candidate], options: Sequence[Sequence[Known]]
) -> list[Known | None]:
    """Let a name whose container is told once mean the same place in the rest of the report."""
    told: dict[str, Known] = {}
    for pick, candidate in zip(picks, candidates, strict=True):
        if pick is not None and _is_told(pick, candidate, options):
            told.setdefault(candidate.name, pick)
    return [
        told.get(candidate.name, pick)
        if pick is not None and candidate.hint is None and not _is_told(pick, candidate, options)
        else pick
        for pick, candidate in zip(picks, candidates, strict=True)
    ]


def _nearness(picks: Sequence[Known | None], candidates: Sequence[Candidate]) -> _Nearness:
    """Return where the report's settlements and counties lie, one point a name."""
    return {
        candidate.name: pick
        for pick, candidate in zip(picks, candidates, strict=True)
        if pick is not None and (pick.county or pick.kind is PlaceKind.SETTLEMENT) and _has_voice(candidate)
    }


def _options(candidate: Candidate) -> list[Known]:
    return sorted(candidate.known, key=lambda k: (-_size(k), k.geonames_id or 0))[:MOST_OPTIONS]


def _size(known: Known) -> float:
    """Return how well known a place is, in points."""
    if known.county:
        return COUNTY_POINTS
    return KIND_POINTS.get(known.kind) or math.log10(known.population + 10)


def _spread(options: Sequence[Known]) -> list[tuple[Known, float]]:
    """Share one vote among namesakes by their size."""
    weights = [SPREAD ** _size(known) for known in options]
    total = sum(weights)
    return [(known, weight / total) for known, weight in zip(options, weights, strict=True)]


_Votes = dict[str, dict[tuple[str, str | None], float]]
"""Name -> (country, region) -> votes; the region is empty for a country's name, ``None`` for a people's, and
``ACTING`` for a country's name that no preposition leads."""
ACTING = "acting"


def _count_votes(candidates: Sequence[Candidate], ballots: Sequence[Sequence[tuple[Known, float]]]) -> _Votes:
    """Count what each name says of the countries and regions spoken of."""
    votes: _Votes = {}
    seen: Counter[str] = Counter()
    for candidate, ballot in zip(candidates, ballots, strict=True):
        seen[candidate.name] += 1
        if seen[candidate.name] > MOST_REPEATS or not _has_voice(candidate):
            continue
        counted = votes.setdefault(candidate.name, {})
        if candidate.code:
            counted[candidate.code, None] = counted.get((candidate.code, None), 0.0) + PEOPLE_VOTE
        alone = len({known.country for known in candidate.known}) == 1
        for known, share in ballot:
            if known.country is not None and known.exact:
                bare = known.kind is PlaceKind.COUNTRY and candidate.evidence < LOCATIVE
                place = (known.country, ACTING if bare else known.admin1)
                counted[place] = counted.get(place, 0.0) + share * _voice(known, alone=alone)
    return votes


def _has_voice(candidate: Candidate) -> bool:
    """Say whether a name may speak for a country: neither doubtful nor that of a quarter or building."""
    doubtful = candidate.evidence < 0 and not candidate.big
    return not doubtful and candidate.hint not in PARTS


def _sure(candidates: Sequence[Candidate]) -> set[str]:
    """Return the names that nothing speaks against somewhere: no more a person's than a place's."""
    return {candidate.name for candidate in candidates if candidate.evidence > DOUBTED}


def _context(
    votes: _Votes, but: str | None = None, sure: Collection[str] = (), acting: float = 1.0
) -> Context:
    """Add up the votes of all names, ``but`` for one: no name vouches for itself.

    Args:
        votes: of all names.
        but: the name that is not heard.
        sure: names that may tell where the report's places lie.
        acting: how much a country counts as spoken of where no preposition leads its name.
    """
    countries: defaultdict[str, float] = defaultdict(float)
    regions: defaultdict[tuple[str, str], float] = defaultdict(float)
    grounds: defaultdict[str, float] = defaultdict(float)
    voices: Counter[str] = Counter()
    for name, counted in votes.items():
        if name != but:
            voices.update({country for country, _ in counted})
            for (country, region), count in counted.items():
                whole = region in ("", ACTING)
                countries[country] += count * (acting if region == ACTING else 1.0)
                if region and not whole:
                    regions[country, region] += count
                if region is None:
                    grounds[country] += count * PEOPLE_GROUND
                elif name in sure:
                    grounds[country] += count * COUNTRY_GROUND if whole else count
    most = max(countries.values(), default=0.0) or 1.0
    most_region = max(max(regions.values(), default=0.0), 1.0)
    return Context(
        countries={code: count / most for code, count in countries.items()},
        regions={region: count / most_region for region, count in regions.items()},
        voices=dict(voices),
        ground=max(countries, key=lambda code: (grounds[code], countries[code], code), default=None),
    )


def _voice(known: Known, *, alone: bool) -> float:
    """Return how much a place says of the country spoken of; hamlets share their names with too many.

    Args:
        known: what the name means.
        alone: no other country has a place of the name.
    """
    if known.county:
        return SMALL_VOICE
    enough = KNOWN_PERSONS if alone else BIG_SETTLEMENT
    return 1.0 if known.kind is not PlaceKind.SETTLEMENT or known.population >= enough else SMALL_VOICE


def _score(
    known: Known,
    number: int,
    candidates: Sequence[Candidate],
    options: Sequence[Sequence[Known]],
    inner: Sequence[Sequence[int]],
    contexts: Mapping[str, Context],
    near: _Nearness,
) -> float:
    """Return the points of one namesake."""
    candidate = candidates[number]
    context = contexts[candidate.name]
    points = _size(known) + (0.0 if known.exact else INEXACT)
    if known.country:
        points += COUNTRY_SHARE * context.countries.get(known.country, 0.0)
        if known.kind is PlaceKind.COUNTRY:  # "Mexico" is not the city for being among the city's places
            points += REGION_SHARE * context.countries.get(known.country, 0.0)
        else:
            points += REGION_SHARE * context.regions.get((known.country, known.admin1), 0.0)
    if candidate.hint is not None:
        seat = candidate.hint is PlaceKind.REGION and known.population >= SEAT  # districts are named after it
        points += HINT_AGREES if _agrees(known, candidate.hint) else 0.0 if seat else -HINT_AGREES
    points += TOLD_COUNTRY if known.country in candidate.told_codes else 0.0
    for outer in candidate.told:
        points += max((_fits(known, container) for container in options[outer]), default=0.0)
    if near and known.kind in (PlaceKind.SETTLEMENT, PlaceKind.REGION) and len(options[number]) > 1:
        others = [point for name, point in near.items() if name != candidate.name]
        by = sum(_is_neighbour(known, point) for point in others)
        points += NEIGHBOURS * by / max(len(others), FEWEST_NEIGHBOURS)
    for contained in inner[number]:  # a container is known by what it contains, too
        points += max((_fits(place, known) for place in options[contained]), default=0.0) / 2
    return points


def _is_neighbour(one: Known, other: Known) -> bool:
    """Say whether two places lie near each other; most do not, as their latitudes alone tell."""
    here, there = one.latitude, other.latitude
    if here is not None and there is not None and abs(here - there) > FAR_DEGREES:
        return False
    return (distance_km(one, other) or 0.0) < NEIGHBOUR_KM


def _agrees(known: Known, hint: PlaceKind) -> bool:
    if hint is PlaceKind.REGION:
        return known.kind is PlaceKind.REGION
    if hint in (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.SITE):
        return known.kind is PlaceKind.SETTLEMENT
    return known.kind is hint


def _fits(inner: Known, outer: Known) -> float:
    """Return the points for ``inner`` lying in, or by, ``outer``; 0 when it does not."""
    if outer.kind is PlaceKind.AREA or inner is outer:
        return 0.0
    if inner.country != outer.country or inner.kind in (PlaceKind.COUNTRY, PlaceKind.AREA):
        return 0.0
    if outer.kind is PlaceKind.COUNTRY:
        return TOLD_COUNTRY
    apart = distance_km(inner, outer)
    if outer.kind is PlaceKind.REGION and not outer.county:
        same = (
            inner.admin1 == outer.admin1
            if outer.admin1
            else apart is not None and apart < 2 * (outer.radius_km or 0)
        )
        return TOLD_COUNTRY + TOLD_REGION if same else 0.0
    return TOLD_COUNTRY + TOLD_NEAR if apart is not None and apart < NEAR_KM + (outer.radius_km or 0) else 0.0


def _is_told(known: Known, candidate: Candidate, options: Sequence[Sequence[Known]]) -> bool:
    return known.country in candidate.told_codes or any(
        _fits(known, outer) for number in candidate.told for outer in options[number]
    )


def _reason(known: Known, candidate: Candidate, options: Sequence[Sequence[Known]], context: Context) -> str:
    """Say in a few words why this namesake was chosen."""
    if _is_told(known, candidate, options):
        return "lies in the place told beside it"
    if len({(k.country, k.kind) for k in candidate.known}) < 2:
        return "only place of this name" if known.exact else "its consonants agree with the name"
    if known.country and known.country == context.country:
        return f"in {known.country}, the country most spoken of"
    return "the largest of its namesakes"
