"""Incident: claims about one attack; Link: why two accounts of it are taken for one."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.errors import RecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """The verdict on two accounts: what two reports say of an attack each.

    Attributes:
        here: id of the claim that founds the one account.
        there: that of the other.
        probability: that they tell of one attack, 0 to 1.
        reason: one sentence on what speaks for it and what against.
        decided_by: who ruled so; ``None`` where the machine did.
    """

    here: str
    there: str
    probability: float
    reason: str
    decided_by: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Incident:
    """Claims about one attack, across reports.

    Attributes:
        id: made from the claim that founds it, the first in the order of the run; where two incidents turn
            out to be one, the older name wins, and the other leads here: its founding claim is a member.
        claims: ids, in the order of the run; never empty.
        documents: ids of the reports that they stand in, each once, in that order.
        links: what holds the accounts together, the strongest first.
    """

    id: str
    claims: tuple[str, ...]
    documents: tuple[str, ...]
    links: tuple[Link, ...] = ()

    def __post_init__(self) -> None:
        if not self.claims or len(set(self.claims)) < len(self.claims):
            raise RecordError(f"incident {self.id} needs at least one claim, and each once")
