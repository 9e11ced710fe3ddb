"""Crews: what is done together is done in order, and one task can spoil only itself."""

from __future__ import annotations

import os
import signal

import pytest

from cairn.crew import Lost, gather_crew
from cairn.errors import InputError
from trades import DIES, HOGS, SPINS, STALLS, trade, untaught


def came(items: list[int | str], size: int = 2, **how: object) -> list[int | Lost | None]:
    with gather_crew(trade(**how), size) as crew:
        done = list(crew.run(items))
    assert [item for item, _ in done] == items
    return [result[0] if isinstance(result, tuple) else result for _, result in done]


@pytest.mark.parametrize("jointly", [False, True])
def test_results_keep_the_order_and_what_is_no_task_its_place(jointly: bool) -> None:
    items = [number if number % 7 else f"item {number}" for number in range(100)]
    assert came(items, jointly=jointly) == [2 * number if number % 7 else None for number in range(100)]


@pytest.mark.parametrize("jointly", [False, True])
def test_a_task_that_ends_its_worker_is_lost_alone(jointly: bool) -> None:
    items: list[int | str] = [*range(10), DIES, *range(10), DIES, 1]
    wanted = [Lost() if number == DIES else 2 * int(number) for number in items]
    assert came(items, jointly=jointly) == wanted


@pytest.mark.parametrize(("bad", "how"), [(STALLS, {"patience": 0.25}), (SPINS, {})])
def test_a_task_of_many_done_together_that_takes_too_long_is_lost_alone(bad: int, how: dict) -> None:
    assert came([1, bad], size=1, seconds=1, jointly=True, **how) == [2, Lost(1)]


def test_a_task_that_takes_all_memory_is_lost_alone() -> None:
    assert came([1, HOGS, 3], size=1) == [2, Lost(), 6]


def test_a_worker_that_is_killed_from_outside_costs_nothing_that_can_be_done_again() -> None:
    with gather_crew(trade(jointly=True), 2) as crew:
        results = []
        for number, (_, result) in enumerate(crew.run(range(200))):
            results.append(result)
            if number == 20:
                os.kill(crew.processes[0], signal.SIGKILL)
    assert [each[0] for each in results] == [2 * number for number in range(200)]


def test_a_crew_works_again_with_the_workers_that_it_has() -> None:
    with gather_crew(trade(), 1) as crew:
        list(crew.run(range(9)))
        before = crew.processes
        list(crew.run(range(9)))
        assert crew.processes == before
        next(crew.run(iter(range(100))))  # and what nobody waits for any more spoils nothing
        assert [result[0] for _, result in crew.run([4, 5])] == [8, 10]


def test_why_a_trade_cannot_be_learnt_is_told() -> None:
    with gather_crew(untaught(), 2) as crew, pytest.raises(InputError, match="table of doubles is missing"):
        list(crew.run([1, 2, 3]))
