"""Find the places a report names, and say which places they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from cairn.lexicon.geography import Geography
from cairn.readings.places_candidates import BESIDE_UNKNOWN, LOCATIVE, Candidate, make_line
from cairn.readings.places_choose import Choice, Context, choose
from cairn.readings.places_cues import weigh
from cairn.readings.places_known import PARTS, EntryLike, Known, LookUp, country_known
from cairn.readings.places_pieces import cut_pieces
from cairn.readings.places_unknown import place_unknown, told_beside
from cairn.readings.places_words import scan_words
from cairn.records import Locality, Mention, Place, PlaceKind, Sentence, Span

__all__ = ["EntryLike", "find_localities"]

ENOUGH = 2.0
"""Points from which a name is taken to be a place; set on the training reports."""
SURE = 3.0
"""Points from which one mention vouches for the same name elsewhere in the report."""
VOUCHED = 1.5
PERSON_ELSEWHERE = -2.0
"""Points for a name that elsewhere in the report is part of a person's."""
IN_CONTEXT = 1.2
"""Points for a small place in a country that the report speaks of."""
FOREIGN = -0.6
"""Points for a city of a country that the report hardly speaks of; brands and surnames are named like it."""
FEWEST_VOICES = 2
"""Names from which a country is spoken of by more than the name in doubt."""
SPOKEN_OF = 0.35
"""Share of the most mentioned country's mentions from which a country counts as spoken of."""
INEXACT = -0.8
MARKED = 0.6
MARKED_CUED = 1.5
"""Points for a name that the reading model marks as a place's, alone and where a word before or after it says
so, too; the model marks gangs and newspapers likewise, but these do not stand "at" or "from" anything."""
HUGE, LARGE, MIDDLING, SMALL = 1_000_000, 300_000, 100_000, 15_000
ROUND_SEAT_KM = 25.0
"""Added to the radius of a town for the district or county that bears its name."""


def find_localities(
    text: str, sentences: tuple[Sentence, ...], look_up: LookUp, geography: Geography
) -> tuple[Mention[Locality], ...]:
    """Find every place that ``text`` names.

    "the village of Harbel in northern Aleppo" is two mentions, "Harbel" within "Aleppo". Peoples and
    adjectives ("Syrian", "London-based") are marked ``adjectival``. A name that no gazetteer knows is
    kept when its surroundings say it is a place, with the point of the place that contains it and a
    radius that covers that place.

    Args:
        text: as stored in the document.
        sentences: of ``text``, in reading order.
        look_up: a gazetteer: name -> places of that name, empty when unknown.
        geography: for the text's language.

    Returns:
        Mentions in reading order, never overlapping; ``place.name`` is the text at the mention's span.

    Raises:
        Nothing of its own for odd prose; what ``look_up`` raises passes through.
    """
    candidates = all_candidates(text, sentences, look_up, geography)
    choices, context = choose(candidates)
    totals = [
        _total(candidate, choice, context) for candidate, choice in zip(candidates, choices, strict=True)
    ]
    totals = _vouch(text, candidates, choices, totals)
    surnames = _surnames(sentences)
    accepted = [
        (
            total >= ENOUGH
            and (text[candidate.start : candidate.base_end].lower() not in surnames or _is_wide(choice.known))
        )
        or candidate.adjectival
        for candidate, choice, total in zip(candidates, choices, totals, strict=True)
    ]
    mentions = []
    parts: dict[str, Locality] = {}
    for number, candidate in enumerate(candidates):
        if accepted[number]:
            locality = _locality(text, number, candidates, choices, accepted, context, geography, look_up)
            if locality is not None:
                locality = _same_part(locality, candidate, choices[number], parts)
                mentions.append(Mention(span=Span(candidate.start, candidate.end), value=locality))
    return tuple(mentions)


def all_candidates(
    text: str, sentences: Sequence[Sentence], look_up: LookUp, geography: Geography
) -> list[Candidate]:
    """Return the candidates of all sentences, ``told`` numbered through the document."""
    candidates: list[Candidate] = []
    for number, sentence in enumerate(sentences):
        words = scan_words(text, sentence, geography)
        line = make_line(text, words, number, geography)
        found = weigh(line, cut_pieces(text, words, geography, look_up), geography)
        base = len(candidates)
        candidates.extend(
            replace(c, told=tuple(base + t for t in c.told), beside=tuple(base + t for t in c.beside))
            if c.told or c.beside
            else c
            for c in found
        )
    return candidates


def _same_part(
    locality: Locality, candidate: Candidate, choice: Choice, parts: dict[str, Locality]
) -> Locality:
    """Keep to a part of a city told before, not its namesake in another country."""
    before = parts.get(candidate.name)
    if locality.kind in PARTS and locality.within is not None:
        parts.setdefault(candidate.name, locality)
    elif before is not None and not choice.told and before.place.country != locality.place.country:
        return replace(
            locality, place=replace(before.place, name=locality.place.name), kind=before.kind,
            within=before.within, reason="told before as a part of a city",
        )  # fmt: skip
    return locality


def _total(candidate: Candidate, choice: Choice, context: Context) -> float:
    """Return a candidate's points: what its sentence says, and what is known of the name."""
    known = choice.known
    evidence = candidate.evidence
    if candidate.marked:
        evidence += MARKED_CUED if candidate.reason else MARKED
    if known is None:
        return evidence
    if not known.exact:
        return evidence + (IN_CONTEXT + INEXACT if known.country == context.ground else 0.0)
    points = _prior(known, context)
    brand = MIDDLING <= known.population < HUGE and not _has_wide_sense(candidate)
    alone = context.voices.get(known.country or "", 0) < FEWEST_VOICES or not _is_spoken_of(known, context)
    return (
        evidence + points + (FOREIGN - IN_CONTEXT * _is_spoken_of(known, context) if brand and alone else 0.0)
    )


def _prior(known: Known, context: Context) -> float:
    """Return the points for what the name is known to be."""
    if known.kind is PlaceKind.COUNTRY:
        return 3.0
    if known.kind is PlaceKind.AREA:
        return 2.5
    extra = IN_CONTEXT if _is_spoken_of(known, context) else 0.0
    if known.kind is PlaceKind.REGION:
        return (0.8 if known.county else 1.5) + extra
    steps = ((HUGE, 2.5), (LARGE, 2.0), (MIDDLING, 1.5), (SMALL, 0.7))
    return next((points for people, points in steps if known.population >= people), 0.2) + extra


def _is_spoken_of(known: Known, context: Context) -> bool:
    return known.country is not None and context.countries.get(known.country, 0.0) >= SPOKEN_OF


def _has_wide_sense(candidate: Candidate) -> bool:
    """Say whether a name is also a region's, as those of capitals often are ("Washington", "Brussels")."""
    return any(_is_wide(known) for known in candidate.known)


def _vouch(
    text: str, candidates: Sequence[Candidate], choices: Sequence[Choice], totals: Sequence[float]
) -> list[float]:
    """Let a sure mention vouch for the same name where its sentence says little."""
    names = [text[c.start : c.base_end].lower() for c in candidates]
    sure = {
        name
        for name, c, total in zip(names, candidates, totals, strict=True)
        if total >= SURE and not c.adjectival
    }
    persons = _persons(names, candidates, totals) - sure
    judged = []
    for name, c, choice, total in zip(names, candidates, choices, totals, strict=True):
        if name in persons and c.evidence < LOCATIVE and not _is_wide(choice.known):
            total += PERSON_ELSEWHERE
        elif name in sure and ENOUGH > total > ENOUGH - VOUCHED - 1.0:
            total += VOUCHED
        judged.append(total)
    return judged


def _persons(names: Sequence[str], candidates: Sequence[Candidate], totals: Sequence[float]) -> set[str]:
    """Return the names that somewhere in the report stand as parts of a person's name."""
    found: set[str] = set()
    for name, candidate, total in zip(names, candidates, totals, strict=True):
        if total < ENOUGH and not candidate.adjectival:
            parts = name.split()
            if len(parts) > 1 and not candidate.known:
                found |= {parts[0], parts[-1]}
            elif candidate.evidence <= BESIDE_UNKNOWN:
                found.add(name)
    return found


def _surnames(sentences: Sequence[Sentence]) -> frozenset[str]:
    """Return the last words of persons' names of several words, as the model marks them, in lower case."""
    return frozenset(
        token.lower
        for sentence in sentences
        for before, token, after in zip(
            sentence.tokens, sentence.tokens[1:], (*sentence.tokens[2:], None), strict=False
        )
        if token.name == "I-PER"
        and before.text[:1].isupper()
        and token.text[:1].isupper()
        and (after is None or after.name != "I-PER")
    )


def _is_wide(known: Known | None) -> bool:
    wide = (PlaceKind.REGION, PlaceKind.COUNTRY, PlaceKind.AREA)
    return known is not None and known.kind in wide and not known.county


def _locality(
    text: str,
    number: int,
    candidates: Sequence[Candidate],
    choices: Sequence[Choice],
    accepted: Sequence[bool],
    context: Context,
    geography: Geography,
    look_up: LookUp,
) -> Locality | None:
    """Return what the report says of one accepted candidate."""
    candidate, known = candidates[number], choices[number].known
    name = text[candidate.start : candidate.end]
    if candidate.code:
        country = country_known(candidate.code, geography, look_up)
        return Locality(
            place=_place(name, country), kind=PlaceKind.COUNTRY, adjectival=True, reason=candidate.reason
        )
    if candidate.adjectival:
        if known is None or not (candidate.big or candidate.known):
            return None
        if candidate.organisation and not candidate.big:
            return None
        return Locality(place=_place(name, known), kind=known.kind, adjectival=True, reason=candidate.reason)
    container = _container(number, candidates, choices, accepted, context)
    outer = choices[container].known if container is not None else None
    within = (
        text[candidates[container].start : candidates[container].end]
        if container is not None and container not in candidate.beside
        else None
    )
    reason = "; ".join(filter(None, (candidate.reason, choices[number].reason)))
    inner = candidate.hint in PARTS
    elsewhere = outer is not None and known is not None and outer.country not in (None, known.country)
    if (
        known is not None
        and not elsewhere
        and _usable(known, candidate, choices[number], context)
        and not (inner and (outer or not _is_spoken_of(known, context)))
    ):
        if candidate.hint is PlaceKind.REGION and known.kind is PlaceKind.SETTLEMENT:  # named after its seat
            known = replace(known, kind=PlaceKind.REGION, radius_km=(known.radius_km or 0.0) + ROUND_SEAT_KM)
        kind = candidate.hint if inner and candidate.hint else known.kind
        return Locality(place=_place(name, known), kind=kind, within=within, reason=reason)
    famous = _has_wide_sense(candidate) or max((k.population for k in candidate.known), default=0) >= MIDDLING
    if known is not None and famous and candidate.big and outer is None and not inner:
        # A namesake far from all that is spoken of was chosen, and the well-known place is meant.
        known = max(candidate.known, key=lambda k: (_is_wide(k), k.population))
        return Locality(
            place=_place(name, known),
            kind=known.kind,
            within=within,
            reason="the best known of its namesakes",
        )
    told = outer is not None
    if outer is None:
        outer = told_beside(number, candidates, choices, accepted, context)
    code = candidate.told_codes[0] if candidate.told_codes else context.ground
    if outer is None and code:
        outer = country_known(code, geography, look_up)
    kind = candidate.hint or PlaceKind.SETTLEMENT
    return place_unknown(name, kind, outer, told=told, within=within, reason=reason)


def _usable(known: Known, candidate: Candidate, choice: Choice, context: Context) -> bool:
    """Say whether the known place is the one meant, not a small namesake far from all that is spoken of."""
    share = context.countries.get(known.country or "", 0.0)
    if not known.exact:
        return known.country == context.ground or choice.told
    small = known.county or (known.kind is PlaceKind.SETTLEMENT and known.population < LARGE)
    # A country that no other name speaks for is spoken of only where no other is.
    echoed = known.country == context.ground or context.voices.get(known.country or "", 0) >= FEWEST_VOICES
    return not small or (share >= SPOKEN_OF and echoed) or choice.told or context.ground is None


def _container(
    number: int,
    candidates: Sequence[Candidate],
    choices: Sequence[Choice],
    accepted: Sequence[bool],
    context: Context,
) -> int | None:
    """Return the accepted candidate that is told to contain, or lie by, this one."""
    candidate, known = candidates[number], choices[number].known
    inner = candidate.hint in PARTS or known is None or not known.exact
    for told in candidate.told:
        outer = choices[told].known
        if not accepted[told] or outer is None or candidates[told].adjectival:
            continue
        if not _usable(outer, candidates[told], choices[told], context):
            continue
        larger = outer.kind in (PlaceKind.REGION, PlaceKind.COUNTRY, PlaceKind.AREA) and (
            known is None or inner or _RANKS[known.kind] < _RANKS[outer.kind]
        )
        if (
            larger and (inner or known is None or known.country == outer.country or outer.country is None)
        ) or (inner and outer.kind is PlaceKind.SETTLEMENT):
            return told
    return None


_RANKS = {kind: rank for rank, kind in enumerate(PlaceKind)}


def _place(name: str, known: Known) -> Place:
    return Place(
        name=name, country=known.country, geonames_id=known.geonames_id, latitude=known.latitude,
        longitude=known.longitude, radius_km=known.radius_km,
    )  # fmt: skip
