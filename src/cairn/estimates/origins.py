"""Origins: where a figure first comes from, so that one voice in forty reports counts once."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from cairn.records import Claim, Copy, Decision, Document, Ruling

UNNAMED = "agencies"
"""What a text credits when it names no agency."""
HEALTH = frozenset({"hospital", "clinic", "morgue", "doctor", "doctors", "medic", "medics"})
OFFICIAL = frozenset({"ministry", "minister", "department", "government", "authority", "authorities"})
COMMON = frozenset(
    {
        "the",
        "a",
        "an",
        "of",
        "for",
        "in",
        "and",
        "head",
        "spokesman",
        "spokeswoman",
        "spokesperson",
        "official",
    }
)
"""Words that tell no body from another."""


def find_origins(
    heard: Sequence[tuple[Claim, Document]], copies: Sequence[Copy], decisions: Iterable[Decision]
) -> Mapping[str, str]:
    """Return the origin of each claim, by the claim's id.

    The first speaker is the origin, whoever relays it. A figure in a report's own voice is that of the agency
    that the report credits, else of the report that it copies the words from, else of its outlet.

    Args:
        heard: claims about one incident, each with its report.
        copies: of those reports.
        decisions: standing ones; those on origins are obeyed.
    """
    documents = {document.id: document for _, document in heard}
    copied: dict[str, list[Copy]] = {}
    for copy in copies:
        copied.setdefault(copy.document_id, []).append(copy)
    named = {claim.id: _first_voice(claim, document, copied, documents) for claim, document in heard}
    joined = _join_names(sorted(set(named.values())))
    origins = {claim: joined[name] for claim, name in named.items()}
    return _obey(origins, decisions)


def find_doubt(origin: str, others: Iterable[str]) -> str:
    """Return why an origin may depend on another one, ``""`` when nothing says so: a person must judge."""
    own = _tokens(origin)
    for other in others:
        there = _tokens(other)
        if own & HEALTH and there & OFFICIAL:
            return f"a hospital may report to {other}"
        if own & OFFICIAL and there & HEALTH:
            return f"it may have its figure from {other}"
    return ""


def _first_voice(
    claim: Claim, document: Document, copied: Mapping[str, Sequence[Copy]], documents: Mapping[str, Document]
) -> str:
    if claim.speakers:
        return claim.speakers[0]
    seen = {document.id}
    span = claim.anchor
    while True:
        agency = next((each.agency for each in document.credits if each.agency != UNNAMED), None)
        if agency:
            return agency
        for copy in copied.get(document.id, ()):
            passage = copy.find(span)
            if passage is not None and copy.of not in seen and copy.of in documents:
                document, span = documents[copy.of], passage.there
                seen.add(document.id)
                break
        else:
            return document.outlet or document.id


def _join_names(names: Sequence[str]) -> dict[str, str]:
    """Return for each name the fuller one that it is short for, where just one fits; itself otherwise.

    A name is short for another when all its words stand in it, or when it is its initials. "Ministry" beside
    two ministries stays a voice of its own: who joins it is a person.
    """
    full = [
        name for name in names if not any(_tokens(name) < _tokens(other) for other in names if other != name)
    ]
    joined: dict[str, str] = {}
    for name in names:
        own = _tokens(name)
        fitting = {
            other for other in full if (own and own <= _tokens(other)) or _initials(other) == name.casefold()
        } - {name}
        same = sorted({name, *(other for other in fitting if _tokens(other) == own)})
        fuller = {other for other in fitting if _tokens(other) != own}
        joined[name] = fuller.pop() if len(fuller) == 1 else same[0]
    return joined


def _tokens(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode() or name
    words = "".join(letter if letter.isalnum() else " " for letter in plain.casefold()).split()
    return frozenset(words) - COMMON


def _initials(name: str) -> str:
    return "".join(word[0] for word in name.split() if word[:1].isupper()).casefold()


def _obey(origins: Mapping[str, str], decisions: Iterable[Decision]) -> Mapping[str, str]:
    """Join or part origins as people ruled; who parts two claims of one origin names the second apart."""
    ruled = dict(origins)
    for decision in decisions:
        if not all(subject in ruled for subject in decision.subjects):
            continue
        if decision.ruling is Ruling.SAME_ORIGIN:
            one, other = sorted(ruled[subject] for subject in decision.subjects)
            ruled = {claim: one if origin == other else origin for claim, origin in ruled.items()}
        elif decision.ruling is Ruling.INDEPENDENT:
            for first, second in combinations(decision.subjects, 2):
                if ruled[first] == ruled[second]:
                    ruled[second] = f"{ruled[second]} ({second})"
    return ruled
