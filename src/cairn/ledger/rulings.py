"""Rulings: what people's decisions make of the claims, and which decisions contradict each other."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import Generic, TypeVar

from cairn.errors import LedgerError
from cairn.ledger.slots import correct
from cairn.records import PAIRED, Claim, Decision, Event, Ruling, standing

Each = TypeVar("Each", Claim, Event)

PUBLIC, RESTRICTED, WITHHELD = LEVELS = ("public", "restricted", "withheld")
"""How widely something may be shown, from the widest."""

UNSAID = {"claim": RESTRICTED, "victims": WITHHELD, "place": PUBLIC}
"""What holds where nobody decided: publishing is a deliberate act, and a name needs one of its own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ruled(Generic[Each]):
    """One claim or event as people left it.

    Attributes:
        record: with their corrections.
        reviewed: who confirmed, rejected or corrected it last; ``None`` when nobody looked.
        rejected: they say that it is none.
        corrected: the slots that they changed, in the order of their names.
        levels: how widely it, its victim's name and its place may be shown.
    """

    record: Each
    reviewed: str | None
    rejected: bool
    corrected: tuple[str, ...]
    levels: tuple[str, str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two decisions of which not both can hold; the later one is followed until somebody settles it."""

    first: Decision
    second: Decision
    reason: str


def rule(read: Each, own: Sequence[Decision], on_document: Sequence[Decision]) -> Ruled[Each]:
    """Return a claim or an event as people left it.

    A correction that no longer fits what it corrects rests: the mode of a type that is another one again.

    Args:
        read: as it was.
        own: standing decisions about it, in the order of ``standing``: later ones weigh more.
        on_document: those about its document.
    """
    rejected, reviewed = False, None
    corrected: set[str] = set()
    for decision in own:
        if decision.ruling in (Ruling.CONFIRM, Ruling.REJECT):
            rejected = decision.ruling is Ruling.REJECT
        elif decision.ruling is Ruling.CORRECT and decision.slot and decision.value is not None:
            try:
                read = correct(read, decision.slot, decision.value)
            except LedgerError:
                continue
            corrected.add(decision.slot)
        else:
            continue
        reviewed = decision.who
    return Ruled(
        record=read,
        reviewed=reviewed,
        rejected=rejected,
        corrected=tuple(sorted(corrected)),
        levels=_levels(own, on_document),
    )


def _levels(own: Sequence[Decision], on_document: Sequence[Decision]) -> tuple[str, str, str]:
    """Return how widely it, a name and its place may be shown; a document that is withheld withholds all."""
    document = _level(on_document, None)
    if document == WITHHELD:
        return WITHHELD, WITHHELD, WITHHELD
    claim = _level(own, None) or document or UNSAID["claim"]
    return claim, _level(own, "victims") or UNSAID["victims"], _level(own, "place") or UNSAID["place"]


def _level(decisions: Sequence[Decision], slot: str | None) -> str | None:
    """Return the narrowest level that a standing decision sets."""
    said = [each.value for each in decisions if each.ruling is Ruling.RESTRICT and each.slot == slot]
    return max((each for each in said if each in LEVELS), key=LEVELS.index, default=None)


def by_subject(decisions: Iterable[Decision]) -> Mapping[str, list[Decision]]:
    """Return the standing decisions by each id that they are about."""
    found: dict[str, list[Decision]] = defaultdict(list)
    for decision in standing(decisions):
        for subject in decision.subjects:
            found[subject].append(decision)
    return found


def find_conflicts(decisions: Iterable[Decision]) -> Iterator[Conflict]:
    """Yield each pair of standing decisions that cannot both hold, in order."""
    about: dict[tuple[tuple[str, ...], str], list[Decision]] = defaultdict(list)
    for decision in standing(decisions):
        if matter := _matter(decision):
            about[decision.subjects, matter].append(decision)
    for (subjects, matter), found in sorted(about.items(), key=lambda each: each[0]):
        for first, second in combinations(found, 2):
            if (first.ruling, first.value) != (second.ruling, second.value):
                said = " and ".join(f"{each.who} says {_said(each)}" for each in (first, second))
                reason = f"{matter} of {' and '.join(subjects)}: {said}"
                yield Conflict(first=first, second=second, reason=reason)


def _matter(decision: Decision) -> str | None:
    """Return what a decision settles, if another could settle it otherwise."""
    if decision.ruling in (Ruling.CONFIRM, Ruling.REJECT):
        return "standing"
    if decision.ruling in (Ruling.SAME_INCIDENT, Ruling.DIFFERENT_INCIDENT):
        return "incident"
    if decision.ruling in PAIRED:
        return "origin"
    if decision.ruling is Ruling.CORRECT:
        return f"{decision.slot}"
    if decision.ruling is Ruling.RESTRICT:
        return f"sensitivity of {decision.slot}" if decision.slot else "sensitivity"
    return None


def _said(decision: Decision) -> str:
    return f"{decision.ruling.value}" + (f" {decision.value}" if decision.value is not None else "")
