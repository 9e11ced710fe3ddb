"""Solve: the fewest and the most that one number can be, when sums of numbers lie within sums of others.

Numbers of persons are whole. The solver is asked for any numbers, which is faster, and its answer is rounded
inwards: whatever whole numbers meet all conditions are among the numbers that it considered, so no possible
one is ever lost. The range can be too wide by this, where only fractions reach its ends; it is never too
narrow, and what is called impossible is so.
"""

from __future__ import annotations

import math
from collections.abc import Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from highspy._core import _Highs

Node = TypeVar("Node", bound=Hashable)

Limits = tuple[float, float]
"""Fewest and most, both included; ``math.inf`` where nothing limits."""
FREE: Limits = (0, math.inf)
"""No fewer than nobody."""
ENDLESS = 5e9
"""Persons from which a number has no end: every figure that limits one is far below. The solver is given
twice as many for "no limit", since what it finds between endless numbers is not always told as such."""
SLACK = 1e-4
"""Persons by which the solver may miss a whole number; its own tolerance is 1e-7, of doubles up to 1e10."""


@dataclass(frozen=True, slots=True)
class Within(Generic[Node]):
    """The parts are within the wholes: the sum of the first is at most the sum of the second."""

    parts: tuple[Node, ...]
    wholes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Extreme(Generic[Node]):
    """The fewest or the most that a number can be.

    Attributes:
        value: a whole number, or ``math.inf``.
        held_by: the numbers whose limits keep it there.
    """

    value: float
    held_by: frozenset[Node]


@dataclass(frozen=True, slots=True)
class Problem(Generic[Node]):
    """Numbers with the conditions that hold for all limits, ready to be asked, by one thread at a time."""

    nodes: tuple[Node, ...]
    places: Mapping[Node, int]
    solver: _Highs


def pose(nodes: Iterable[Node], conditions: Sequence[Within[Node]]) -> Problem[Node]:
    """Return a problem; the order of nodes and conditions may change which of several proofs is found.

    Args:
        nodes: every number, each once.
        conditions: over those.
    """
    import highspy  # a quarter of a second, and most commands solve nothing

    ordered = tuple(nodes)
    places = {node: place for place, node in enumerate(ordered)}
    starts, columns, factors = [0], [], []
    for condition in conditions:
        row: dict[int, float] = {}
        for sign, side in ((1.0, condition.parts), (-1.0, condition.wholes)):
            for node in side:
                row[places[node]] = row.get(places[node], 0.0) + sign
        columns += list(row)
        factors += list(row.values())
        starts.append(len(columns))
    model = highspy.HighsLp()
    model.num_col_, model.num_row_ = len(ordered), len(conditions)
    model.col_cost_ = [0.0] * len(ordered)
    model.col_lower_ = [0.0] * len(ordered)
    model.col_upper_ = [2 * ENDLESS] * len(ordered)
    model.row_lower_ = [-math.inf] * len(conditions)
    model.row_upper_ = [0.0] * len(conditions)
    model.a_matrix_.format_ = highspy.MatrixFormat.kRowwise
    model.a_matrix_.start_, model.a_matrix_.index_, model.a_matrix_.value_ = starts, columns, factors
    solver = _silent_solver()
    solver.passModel(model)
    return Problem(nodes=ordered, places=places, solver=solver)


def least(problem: Problem[Node], limits: Mapping[Node, Limits], node: Node) -> Extreme[Node] | None:
    """Return the fewest that ``node`` can be within limits; ``None`` when nothing fits."""
    return _ask(problem, limits, node, 1.0)


def most(problem: Problem[Node], limits: Mapping[Node, Limits], node: Node) -> Extreme[Node] | None:
    """Return the most that ``node`` can be within limits; ``None`` when nothing fits."""
    return _ask(problem, limits, node, -1.0)


def _ask(
    problem: Problem[Node], limits: Mapping[Node, Limits], node: Node, cost: float
) -> Extreme[Node] | None:
    import highspy

    given = [limits.get(each, FREE) for each in problem.nodes]
    if any(low > high for low, high in given):
        return None
    solver, place = problem.solver, problem.places[node]
    lows, highs = [low for low, _ in given], [min(high, 2 * ENDLESS) for _, high in given]
    solver.changeColsBounds(len(given), list(range(len(given))), lows, highs)
    solver.changeColCost(place, cost)
    solver.run()
    status, solution = solver.getModelStatus(), solver.getSolution()
    solver.changeColCost(place, 0.0)  # forgets both
    if status == highspy.HighsModelStatus.kInfeasible:
        return None
    if status != highspy.HighsModelStatus.kOptimal:
        raise RuntimeError(f"HiGHS ends with {status.name}")
    value = solution.col_value[place]
    if value > ENDLESS:
        return Extreme(math.inf, frozenset())
    whole = math.ceil(value - SLACK) if cost > 0 else math.floor(value + SLACK)
    held = {each for each, dual in zip(problem.nodes, solution.col_dual, strict=True) if abs(dual) > SLACK}
    return Extreme(whole, frozenset(held))


def _silent_solver() -> _Highs:
    """Return a solver that prints nothing and gives the same answer to the same question.

    ``highspy.Highs`` prints its licence before anybody can ask it not to; the class beneath does not.
    """
    from highspy._core import _Highs

    solver = _Highs()
    solver.setOptionValue("output_flag", False)
    solver.setOptionValue("presolve", "off")  # tells "impossible" from "without end"
    solver.setOptionValue("threads", 1)
    return solver
