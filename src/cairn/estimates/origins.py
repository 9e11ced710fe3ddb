"""Origins: where a figure first comes from, so that one voice in forty reports counts once."""

from __future__ import annotations

import unicodedata
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations

from cairn.estimates.tracing import Print
from cairn.lexicon import load_toll_words
from cairn.records import Claim, Decision, Document, Ruling

UNNAMED = "agencies"
"""What a text credits when it names no agency."""


def find_origins(
    heard: Sequence[tuple[Claim, Document]], prints: Mapping[str, Print], decisions: Iterable[Decision]
) -> Mapping[str, str]:
    """Return the origin of each claim, by the claim's id.

    The first speaker is the origin, whoever relays it. A figure in a report's own voice is that of the agency
    that this report credits or another one with the same words, else of the outlet that printed them first.

    Args:
        heard: claims about one incident, each with its report.
        prints: where the words of each claim stand first.
        decisions: standing ones; those on origins are obeyed.
    """
    printers = _name_printers(heard, prints)
    named = {
        claim.id: claim.speakers[0] if claim.speakers else printers[prints[claim.id].document.id]
        for claim, _ in heard
    }
    joined = _join_names(sorted(set(named.values())))
    origins = {claim: joined[name] for claim, name in named.items()}
    return _obey(origins, decisions)


def find_doubt(origin: str, others: Iterable[str]) -> str:
    """Return why an origin may depend on another one, ``""`` when nothing says so: a person must judge."""
    words, own = load_toll_words(), _tokens(origin)
    for other in others:
        there = _tokens(other)
        if own & words.health and there & words.official:
            return f"a hospital may report to {other}"
        if own & words.official and there & words.health:
            return f"it may have its figure from {other}"
    return ""


def _name_printers(heard: Sequence[tuple[Claim, Document]], prints: Mapping[str, Print]) -> Mapping[str, str]:
    """Return whose count each first print tells that quotes nobody, by its id.

    A paper may drop the credit that others keep, so one credit speaks for all who print the same words; the
    first print's own before others'. Of several outlets that printed them on one day nobody knows who was
    first: taken is who is named as a speaker elsewhere, then who is first with most of such reports.
    """
    carriers: dict[str, dict[str, Document]] = {}
    for claim, document in heard:
        if claim.speakers:
            continue
        told = prints[claim.id]
        same = carriers.setdefault(told.document.id, {told.document.id: told.document})
        if told.mainly:
            same[document.id] = document
    spoken = {voice.casefold() for claim, _ in heard for voice in claim.speakers}
    names = {first: _agency(list(documents.values())) for first, documents in carriers.items()}
    earliest = {
        first: [each for each in documents.values() if each.published == documents[first].published]
        for first, documents in carriers.items()
        if names[first] is None
    }
    often = Counter(outlet for each in earliest.values() for outlet in {document.outlet for document in each})

    def rank(document: Document) -> tuple[bool, int]:
        return (document.outlet or "").casefold() in spoken, often[document.outlet]

    firsts = {first: max(documents, key=rank) for first, documents in earliest.items()}
    return {first: name or firsts[first].outlet or firsts[first].id for first, name in names.items()}


def _agency(documents: Sequence[Document]) -> str | None:
    """Return the agency that the first of some reports credits; else the one that most of them do."""
    credited = [
        next((each.agency for each in document.credits if each.agency != UNNAMED), None)
        for document in documents
    ]
    if credited[0] is not None:
        return credited[0]
    counted = Counter(agency for agency in credited if agency is not None)
    return min(counted, key=lambda agency: (-counted[agency], agency), default=None)


def _join_names(names: Sequence[str]) -> dict[str, str]:
    """Return for each name the fuller one that it is short for, where just one fits; itself otherwise.

    A name is short for another when all its words stand in it, or when it is its initials. "Ministry" beside
    two ministries stays a voice of its own: who joins it is a person. Two spellings of one name are one body.
    """
    full = [
        name for name in names if not any(_tokens(name) < _tokens(other) for other in names if other != name)
    ]
    joined: dict[str, str] = {}
    for name in names:
        own = _tokens(name)
        fitting = {
            other for other in full if own and (own <= _tokens(other) or own == {_initials(other)})
        } - {name}
        same = sorted({name, *(other for other in fitting if _tokens(other) == own)})
        fuller = {other for other in fitting if _tokens(other) != own}
        one_body = len({_tokens(other) for other in fuller}) == 1
        joined[name] = min(fuller) if one_body else same[0]
    return joined


def _tokens(name: str) -> frozenset[str]:
    plain = unicodedata.normalize("NFKD", name.replace(".", "")).encode("ascii", "ignore").decode() or name
    words = "".join(letter if letter.isalnum() else " " for letter in plain.casefold()).split()
    return frozenset(words) - load_toll_words().common


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
