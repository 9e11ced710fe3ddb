"""Bounds: between which numbers of persons what is asserted fits together, and what cannot all be true."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.errors import RecordError
from cairn.records.claim import Group, Harm
from cairn.records.estimate import LeftOut


@dataclass(frozen=True, slots=True, kw_only=True)
class Quantity:
    """A number of persons that claims are about; just one of ``incident``, ``tally`` and ``claim`` is there.

    Attributes:
        harm: that they suffered.
        groups: what is told of them, sorted; empty for all.
        incident: id of the incident that they are the victims of.
        tally: id of the first claim that tells the area, days and kind of the tally that counts them.
        claim: id of the claim that tells of them, and perhaps not of all there are.
    """

    harm: Harm
    groups: tuple[Group, ...] = ()
    incident: str | None = None
    tally: str | None = None
    claim: str | None = None

    @property
    def order(self) -> tuple[str, ...]:
        """Return what quantities are sorted by: incidents first, all persons before some."""
        kind = (self.claim is not None, self.tally is not None)
        return (
            *(f"{each:d}" for each in kind), self.harm, self.incident or "", self.tally or "",
            f"{bool(self.groups):d}", *self.groups, self.claim or "",
        )  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """Between which numbers a quantity lies if claims are true; a view, never a fact.

    Attributes:
        quantity: of persons.
        origin: whose word is taken to be right everywhere; ``None`` for all of them together.
        low: fewest persons, included; ``None`` where no number fits.
        high: most persons, included; ``None`` where nothing limits them, or no number fits.
        fits: some number meets everything that is taken to be true.
        rival: origins give figures of this very quantity that exclude each other; of all of them together the
            bounds then go from the lowest to the highest.

    Raises:
        RecordError: when the bounds cross, or are told of what does not fit.
    """

    quantity: Quantity
    origin: str | None
    low: int | None
    high: int | None
    fits: bool = True
    rival: bool = False

    def __post_init__(self) -> None:
        if not self.fits and (self.low, self.high) != (None, None):
            raise RecordError("what does not fit has no bounds")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise RecordError(f"lower bound {self.low} lies above upper bound {self.high}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Contradiction:
    """Claims that cannot all be true, while any of them left out lets the rest be.

    Attributes:
        claims: ids; first the one that the others leave no room for.
        origins: who asserts them, each once; a single one contradicts itself.
        reason: in plain words.
    """

    claims: tuple[str, ...]
    origins: tuple[str, ...]
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Rivals:
    """Two figures of one quantity, by two origins, that exclude each other: disagreement, no mistake.

    Attributes:
        claims: ids; the one that allows fewest, then the one that asks for most.
    """

    quantity: Quantity
    claims: tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Fit:
    """How what is told of one incident, and of tallies that it belongs to, fits together.

    Attributes:
        bounds: by quantity, first everybody's, then each origin's that says something about it.
        contradictions: those within one origin's word first.
        rivals: one pair for each quantity that is disputed.
        left_out: claims that limit nothing, and why.
    """

    bounds: tuple[Bounds, ...]
    contradictions: tuple[Contradiction, ...] = ()
    rivals: tuple[Rivals, ...] = ()
    left_out: tuple[LeftOut, ...] = ()
