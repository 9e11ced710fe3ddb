"""Asking: which claims a list shows, in what order, from which page on; all of it stands in the address."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields
from urllib.parse import urlencode

from cairn.errors import InputError
from cairn.ledger import Asked, Order
from cairn.records import Harm, Means

LONGEST_WORD = 200
FURTHEST_PAGE = 100_000
DAYS = ("since", "until")
KNOWN = ("place", "harm", "means", "since", "until", "speaker", "perpetrator", "document", "words")
"""Filters that an address may carry, under the names of ``Asked``."""
BOX = "box"
"""The part of the map that is looked at: degrees west, south, east, north."""
ALLOWED: dict[str, tuple[str, ...]] = {
    "harm": tuple(harm.value for harm in Harm),
    "means": tuple(means.value for means in Means),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Asking:
    """What an address asks for; pages count from 1."""

    asked: Asked
    order: Order = Order.AGE
    page: int = 1

    def query(self, **also: object) -> str:
        """Return the question of an address that asks for the same, with something changed or added.

        Args:
            **also: fields and what they are to be; ``None`` leaves one out.
        """
        held: dict[str, object] = {
            each.name: getattr(self.asked, each.name) for each in fields(Asked) if each.name in KNOWN
        }
        held[BOX] = None if self.asked.box is None else written(self.asked.box)
        held["order"] = None if self.order is Order.AGE else self.order.value
        held["page"] = None if self.page == 1 else self.page
        held |= also
        asked = urlencode({key: str(value) for key, value in held.items() if value not in (None, "")})
        return f"?{asked}" if asked else ""


def read_asking(
    pairs: Iterable[tuple[str, str]], besides: Iterable[str] = (), known: Sequence[str] = KNOWN
) -> Asking:
    """Return what an address asks for.

    Args:
        pairs: names and values of its question.
        besides: other names that may stand there.
        known: filters that may.

    Raises:
        InputError: a filter that there is not, or a value that it cannot have: a list that quietly showed
            something else would mislead.
    """
    held: dict[str, object] = {}
    order, page, allowed = Order.AGE, 1, {*known, BOX, "order", "page", *besides}
    for name, typed in pairs:
        value = typed.strip()
        if name not in allowed:
            raise InputError(f"there is no filter “{name[:40]}”; there are {', '.join(known)}")
        if not value or name in besides:
            continue
        if len(value) > LONGEST_WORD or "\0" in value:
            raise InputError(f"“{name}” is longer than {LONGEST_WORD} characters")
        if name == "order":
            order = _order(value)
        elif name == "page":
            page = _page(value)
        elif name == BOX:
            held[name] = _box(value)
        else:
            held[name] = _day(name, value) if name in DAYS else _word(name, value)
    return Asking(asked=Asked(**held), order=order, page=page)  # type: ignore[arg-type]


def written(box: tuple[float, float, float, float]) -> str:
    """Return a box as it stands in an address, to some ten metres."""
    return ",".join(f"{each:.4f}".rstrip("0").rstrip(".") for each in box)


def _box(value: str) -> tuple[float, float, float, float]:
    try:
        west, south, east, north = (float(each) for each in value.split(","))
    except ValueError:
        west = south = east = north = math.nan
    if not (-180 <= west <= 180 and -180 <= east <= 180 and -90 <= south <= north <= 90):
        raise InputError(
            f"“{value[:40]}” is no part of the map; write degrees west, south, east, north, as 36.5,36,38,37"
        )
    return west, south, east, north


def _word(name: str, value: str) -> str:
    if name in ALLOWED and value not in ALLOWED[name]:
        raise InputError(f"“{value[:40]}” is no {name}; there are {', '.join(ALLOWED[name])}")
    return value


def _day(name: str, value: str) -> dt.date:
    try:
        return dt.date.fromisoformat(value)
    except ValueError as error:
        raise InputError(f"“{name}” is {value[:40]!r}, which is no day; write it as 2016-04-28") from error


def _order(value: str) -> Order:
    try:
        return Order(value)
    except ValueError as error:
        raise InputError(f"“{value[:40]}” is no order; there are {', '.join(Order)}") from error


def _page(value: str) -> int:
    if not value.isascii() or not value.isdigit() or not 1 <= int(value) <= FURTHEST_PAGE:
        raise InputError(f"“{value[:40]}” is no page; pages count from 1")
    return int(value)
