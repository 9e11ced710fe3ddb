"""Read what a sentence says of its names together: lists, and which place lies in which."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from cairn.lexicon.geography import Geography
from cairn.readings.places_candidates import (
    BEFORE_VERB,
    BESIDE_UNKNOWN,
    CONTAINER,
    LOCATIVE,
    NOUN,
    REACH,
    STRICT,
    WEAK,
    Candidate,
    Line,
    next_lower,
)
from cairn.readings.places_known import PARTS
from cairn.readings.places_words import Gap, is_ordinary
from cairn.records import PlaceKind


def doubt_after_persons(line: Line, candidates: list[Candidate]) -> list[Candidate]:
    """Doubt "Salem" of "Lady Ann Salem" once "Ann" is doubted."""
    doubted: list[Candidate] = []
    for candidate in candidates:
        before = doubted[-1] if doubted else None
        if (
            before is not None
            and not before.code
            and before.evidence <= BESIDE_UNKNOWN
            and before.last + 1 == candidate.first
            and not before.possessive
            and line.words[candidate.first].gap is Gap.SPACE
        ):
            candidate = replace(candidate, evidence=candidate.evidence + BESIDE_UNKNOWN)
        doubted.append(candidate)
    return doubted


def share_along_lists(line: Line, candidates: list[Candidate], geography: Geography) -> list[Candidate]:
    """Let "in A, B and C" locate B and C as well, and "A and B provinces" name the kind of A."""
    shared = list(candidates)
    plural = False
    for number in range(len(shared) - 1, 0, -1):  # "A, B and C districts"
        one, two = shared[number - 1], shared[number]
        noun = line.words[two.last].lower if line.words[two.last].end > two.base_end else ""
        plain = not (one.code or one.organisation or one.hint or one.adjectival)
        plural = (
            plain
            and two.hint is not None
            and (plural or noun.endswith("s"))
            and _is_list(line, one, two, geography)
        )
        if plural:
            evidence = max(one.evidence, NOUN)
            shared[number - 1] = replace(
                one, hint=two.hint, evidence=evidence, reason=one.reason or two.reason
            )
    for number in range(1, len(shared)):
        one, two = shared[number - 1], shared[number]
        if (
            one.code
            or two.code
            or not _is_list(line, one, two, geography)
            or two.organisation
            or one.organisation
        ):
            continue
        # "Kupwara district, Jammu and Kashmir": only a noun before the list is of all its names.
        inner = one.hint in PARTS
        alone = line.words[one.last].end > one.base_end or (inner and two.big)
        close = line.listed and line.words[two.first].gap is Gap.SPACE and one.last + 1 == two.first
        run = line.listed and one.hint in _LISTED and _is_whole(line, two, geography)
        if close and not run and one.evidence >= WEAK and two.big:  # "hit Sukkari Aleppo"
            shared[number] = two = replace(two, evidence=max(two.evidence, one.evidence))
        least = -math.inf if run else 0.0
        if one.evidence >= LOCATIVE and two.evidence >= least and two.evidence < one.evidence:
            passed = one.evidence - (0.0 if run else STRICT)
            shared[number] = replace(
                two, evidence=max(two.evidence, passed), reason=two.reason or one.reason,
                hint=two.hint or (None if alone or one.hint is PlaceKind.SITE else one.hint),
            )  # fmt: skip
    return shared


_LISTED = (PlaceKind.SETTLEMENT, PlaceKind.DISTRICT, PlaceKind.REGION)
"""Kinds whose noun opens a list: "the villages of"."""


def _is_whole(line: Line, candidate: Candidate, geography: Geography) -> bool:
    """Say whether a name may stand in a list of places: not a word of a headline, not before "said"."""
    single = candidate.first == candidate.last and is_ordinary(line.words[candidate.first], geography)
    return not single and next_lower(line.words, candidate.last) not in geography.verbs


def _is_list(line: Line, one: Candidate, two: Candidate, geography: Geography) -> bool:
    """Say whether nothing but commas, "and" or lost commas parts two names."""
    between = line.words[one.last + 1 : two.first]
    if one.possessive or line.words[two.first].gap is Gap.BREAK:
        return False
    return all(word.lower in geography.joins and word.gap is not Gap.BREAK for word in between)


def tell_containers(line: Line, candidates: list[Candidate], geography: Geography) -> list[Candidate]:
    """Note which candidate is said to lie in which."""
    told: list[list[int]] = [[] for _ in candidates]
    beside: list[list[int]] = [[] for _ in candidates]
    codes: list[list[str]] = [[] for _ in candidates]
    places = [number for number, candidate in enumerate(candidates) if not candidate.code]
    for number, candidate in enumerate(candidates[:-1]):
        after = _words_between(line, candidate, candidates[number + 1], geography)
        if (
            candidate.code
            and after is not None
            and (not after or after[-1] == "of" or after[-1] in geography.nouns)
        ):
            codes[number + 1].append(candidate.code)
    for one, two in pairwise(places):
        outer, inner = candidates[one], candidates[two]
        lowers = _words_between(line, outer, inner, geography)
        if lowers is None or outer.adjectival or inner.first == outer.last:
            continue
        if line.listed and not lowers and outer.hint is inner.hint is PlaceKind.SETTLEMENT:
            continue  # "the villages of A B": neighbours in a list
        if outer.possessive:
            told[two].append(one)
        elif _is_part_named_after(line, outer, inner, lowers):
            told[two].append(one)
            candidates[one] = replace(outer, hint=None, end=outer.base_end)
        elif not inner.adjectival and (not lowers or geography.links & set(lowers)):
            told[one].append(two)
            comma = not lowers and line.words[inner.first].gap is Gap.COMMA
            if (comma or "in" in lowers) and _is_wide(inner) and outer.evidence > BEFORE_VERB:
                candidates[one] = replace(outer, evidence=outer.evidence + CONTAINER)
            if geography.beside & set(lowers):
                beside[one].append(two)
            adjacent = not lowers and line.words[inner.first].gap is Gap.SPACE
            if (
                adjacent
                and outer.hint is PlaceKind.REGION
                and line.words[outer.last].lower in geography.nouns
            ):
                told[two].append(one)
    return [
        replace(
            candidate, told=tuple(told[number]), beside=tuple(beside[number]), told_codes=tuple(codes[number])
        )
        for number, candidate in enumerate(candidates)
    ]  # fmt: skip


def _is_part_named_after(line: Line, outer: Candidate, inner: Candidate, lowers: Sequence[str]) -> bool:
    """Say whether the second lies in the first: "the Lagos neighbourhood of Lekki"."""
    if lowers != ["of"] or outer.hint not in (PlaceKind.DISTRICT, PlaceKind.SETTLEMENT):
        return False
    if outer.end != outer.base_end or not outer.big or any(k.kind is PlaceKind.COUNTRY for k in inner.known):
        return False
    return _most_persons(outer) > _most_persons(inner)


def _is_wide(candidate: Candidate) -> bool:
    """Say whether the name is that of a country or a region, and of nothing smaller."""
    wide = (PlaceKind.REGION, PlaceKind.COUNTRY)
    named = candidate.hint is PlaceKind.REGION and candidate.end > candidate.base_end
    return named or any(k.kind in wide and not k.county for k in candidate.known)


def _most_persons(candidate: Candidate) -> int:
    return max((known.population for known in candidate.known), default=0)


def _words_between(line: Line, one: Candidate, two: Candidate, geography: Geography) -> list[str] | None:
    """Return the words between two names, ``None`` when they do more than say where one lies."""
    between = line.words[one.last + 1 : two.first]
    if len(between) > REACH or any(word.gap is Gap.BREAK for word in (*between, line.words[two.first])):
        return None
    lowers = [word.lower for word in between]
    return lowers if all(_is_between(lower, geography) for lower in lowers) else None


def _is_between(lower: str, geography: Geography) -> bool:
    return (
        lower in geography.links
        or lower in geography.skipped
        or lower in geography.edges
        or lower in geography.compass
        or lower in geography.nouns
        or lower in geography.peoples
        or lower.endswith("-held")
    )
