"""The solver's ranges beside all whole numbers tried one by one."""

from __future__ import annotations

import math
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cairn.estimates.solving import Limits, Within, least, most, pose

NODES = "abcd"
LARGEST = 5
SIDES = st.lists(st.sampled_from(NODES), min_size=1, max_size=3, unique=True).map(tuple)
CONDITIONS = st.lists(st.builds(Within, parts=SIDES, wholes=SIDES), max_size=4)
LIMITS = st.dictionaries(
    st.sampled_from(NODES), st.tuples(st.integers(0, LARGEST), st.integers(0, LARGEST)), max_size=4
)


def meets(values: dict[str, int], conditions: list[Within[str]]) -> bool:
    return all(
        sum(values[each] for each in condition.parts) <= sum(values[each] for each in condition.wholes)
        for condition in conditions
    )


@given(conditions=CONDITIONS, limits=LIMITS)
@settings(max_examples=80, deadline=None)
def test_no_whole_number_that_is_possible_is_lost(
    conditions: list[Within[str]], limits: dict[str, Limits]
) -> None:
    bounded = {node: limits.get(node, (0, LARGEST)) for node in NODES}
    tried = [
        values
        for chosen in product(range(LARGEST + 1), repeat=len(NODES))
        if meets(values := dict(zip(NODES, chosen, strict=True)), conditions)
        and all(low <= values[node] <= high for node, (low, high) in bounded.items())
    ]
    problem = pose(NODES, conditions)
    for node in NODES:
        fewest, largest = least(problem, bounded, node), most(problem, bounded, node)
        possible = {values[node] for values in tried}
        assert (fewest is None) == (largest is None)
        if fewest is None or largest is None:
            assert not possible
        else:
            assert all(fewest.value <= each <= largest.value for each in possible)


def test_bounds_are_those_of_the_sum() -> None:
    problem = pose("abt", [Within(("a", "b"), ("t",))])
    limits = {"a": (15, 15), "b": (6, 6), "t": (0, 40)}
    fewest, largest = least(problem, limits, "t"), most(problem, limits, "t")
    assert fewest is not None
    assert largest is not None
    assert (fewest.value, largest.value) == (21, 40)
    assert fewest.held_by >= {"a", "b"}
    free = most(problem, {"a": (15, 15)}, "t")
    assert free is not None
    assert free.value == math.inf
    assert least(problem, {**limits, "t": (0, 20)}, "t") is None


def test_the_solver_prints_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    least(pose("ab", [Within(("a",), ("b",))]), {}, "a")
    assert capfd.readouterr() == ("", "")
