"""Count: how many people, as a range with the doubt that its words carry."""

from __future__ import annotations

from dataclasses import dataclass

from cairn.errors import RecordError


@dataclass(frozen=True, slots=True, kw_only=True)
class Count:
    """A number of persons as the text bounds it.

    Attributes:
        low: fewest persons, included; ``None`` when the text gives no lower bound.
        high: most persons, included; ``None`` when the text gives no upper bound (never infinity).
        approx: the words are vague ("about", "dozens").
        fraction: share (0 to 1) of a population that the text does not count in heads.

    Raises:
        RecordError: when the bounds cross, are negative, or say nothing at all.
    """

    low: int | None = None
    high: int | None = None
    approx: bool = False
    fraction: float | None = None

    def __post_init__(self) -> None:
        if self.low is None and self.high is None and self.fraction is None:
            raise RecordError("a count needs a lower bound, an upper bound or a fraction")
        if min(self.low or 0, self.high or 0) < 0:
            raise RecordError(f"a count of persons cannot be negative: {self.low}, {self.high}")
        if self.low is not None and self.high is not None and self.low > self.high:
            raise RecordError(f"lower bound {self.low} lies above upper bound {self.high}")
        if self.fraction is not None and not 0 <= self.fraction <= 1:
            raise RecordError(f"a fraction lies between 0 and 1, not {self.fraction}")

    @property
    def is_zero(self) -> bool:
        """Say whether the text states that nobody was harmed."""
        return self.high == 0


def exactly(number: int) -> Count:
    """Return the count of ``number`` persons, no more and no fewer."""
    return Count(low=number, high=number)
