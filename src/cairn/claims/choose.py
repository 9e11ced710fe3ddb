"""Choose one of several options by the summed weights of their named features."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

T = TypeVar("T")
POINTED = "pointed"  # feature: the reading model points here
REASON_FEATURES = 6  # features named in a reason; not all of them have words for a person


@dataclass(frozen=True, slots=True)
class Option(Generic[T]):
    """One possible answer; ``None`` stands for "the text does not say".

    Attributes:
        key: options of one key give the same answer from other words; ``None`` stands alone.
    """

    value: T | None
    features: tuple[str, ...]
    key: str | None = None


@dataclass(frozen=True, slots=True)
class Choice(Generic[T]):
    """The chosen option, how sure the weights are of its answer, and what spoke for it.

    Attributes:
        probability: 0 to 1, of the chosen option and of every other that gives the same answer; as the
            weights have it, not yet calibrated.
        reason: the features that weighed most, parted by commas.
        features: all features of the chosen option.
    """

    value: T | None
    probability: float
    reason: str
    features: tuple[str, ...] = ()


def class_of(value: int, ends: Sequence[int]) -> str:
    """Return the class of a number in a feature's name: the first of the rising ``ends`` that holds it."""
    at = bisect_left(ends, value)
    return str(ends[at]) if at < len(ends) else f"over-{ends[-1]}"


def choose(
    options: Sequence[Option[T]], weights: Mapping[str, float], pointed: Sequence[float] = ()
) -> Choice[T]:
    """Return the option with the highest sum of weights, the first of equals.

    The probability is the softmax of the sums over all options, as the weights were fitted.

    Args:
        options: at least one.
        weights: feature -> weight; features without one count nothing.
        pointed: what the reading model holds of each option, which counts ``weights["pointed"]`` times.
    """
    weight = weights.get
    sums = [sum([weight(feature, 0.0) for feature in option.features]) for option in options]
    if pointed:
        sums = [value + weight(POINTED, 0.0) * more for value, more in zip(sums, pointed, strict=True)]
    top = max(sums)
    best = sums.index(top)
    exponentials = [math.exp(value - top) for value in sums]
    key = options[best].key
    agreeing = sum(
        each
        for option, each in zip(options, exponentials, strict=True)
        if option is options[best] or (key is not None and option.key == key)
    )
    speaking = [
        (-weights[feature], feature) for feature in options[best].features if weight(feature, 0.0) > 0
    ]
    others = [more for at, more in enumerate(pointed) if at != best]
    if others and (ahead := weight(POINTED, 0.0) * (pointed[best] - max(others))) > 0:
        speaking.append((-ahead, POINTED))
    told = [feature for _, feature in sorted(speaking, key=lambda each: each[0])[:REASON_FEATURES]]
    probability = agreeing / sum(exponentials)
    return Choice(options[best].value, probability, ", ".join(told), options[best].features)
