"""A trade of numbers, whose workers do what the numbers say; it runs in worker processes."""

from __future__ import annotations

import os
import time
from collections.abc import Callable, Iterator, Sequence
from functools import partial
from typing import TypeGuard

from cairn.crew import Trade
from cairn.errors import InputError

DIES, STALLS, SPINS, HOGS = -1, -2, -3, -4


def trade(*, seconds: int = 30, patience: float = 10.0, jointly: bool = False) -> Trade[int, tuple[int, int]]:
    """Return a trade whose workers double numbers and tell how many they were given at once."""
    return Trade(
        name="double numbers",
        learn=partial(learn, jointly=jointly),
        takes=is_number,
        weigh=lambda _: 8,
        seconds=lambda _: seconds,
        memory=2 << 30,
        batch=8,
        jointly=jointly,
        patience=patience,
    )


def untaught() -> Trade[int, tuple[int, int]]:
    """Return a trade that nobody can learn."""
    return Trade(
        name="double numbers",
        learn=fail,
        takes=is_number,
        weigh=lambda _: 8,
        seconds=lambda _: 30,
        memory=2 << 30,
    )


def is_number(item: object) -> TypeGuard[int]:
    return isinstance(item, int)


def learn(*, jointly: bool) -> Callable[[Sequence[int]], Iterator[tuple[int, int]]]:
    return together if jointly else one_by_one


def fail() -> Callable[[Sequence[int]], Iterator[tuple[int, int]]]:
    raise InputError("the table of doubles is missing; install it")


def one_by_one(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    for number in numbers:
        yield double(number), len(numbers)


def together(numbers: Sequence[int]) -> Iterator[tuple[int, int]]:
    return iter([(double(number), len(numbers)) for number in numbers])


def double(number: int) -> int:
    if number == DIES:
        os._exit(3)
    if number == STALLS:
        time.sleep(600)
    if number == HOGS:
        return len(bytearray(3 << 30))
    while number == SPINS:
        pass
    return 2 * number
