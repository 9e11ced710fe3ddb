"""Asking: which claims a list shows, in what order, from which page on; all of it stands in the address."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable
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
        held["order"] = None if self.order is Order.AGE else self.order.value
        held["page"] = None if self.page == 1 else self.page
        held |= also
        asked = urlencode({key: str(value) for key, value in held.items() if value not in (None, "")})
        return f"?{asked}" if asked else ""


def read_asking(pairs: Iterable[tuple[str, str]], besides: Iterable[str] = ()) -> Asking:
    """Return what an address asks for.

    Args:
        pairs: names and values of its question.
        besides: other names that may stand there.

    Raises:
        InputError: a filter that there is not, or a value that it cannot have: a list that quietly showed
            something else would mislead.
    """
    held: dict[str, object] = {}
    order, page, allowed = Order.AGE, 1, {*KNOWN, "order", "page", *besides}
    for name, typed in pairs:
        value = typed.strip()
        if name not in allowed:
            raise InputError(f"there is no filter “{name[:40]}”; there are {', '.join(KNOWN)}")
        if not value or name in besides:
            continue
        if len(value) > LONGEST_WORD or "\0" in value:
            raise InputError(f"“{name}” is longer than {LONGEST_WORD} characters")
        if name == "order":
            order = _order(value)
        elif name == "page":
            page = _page(value)
        else:
            held[name] = _day(name, value) if name in DAYS else _word(name, value)
    return Asking(asked=Asked(**held), order=order, page=page)  # type: ignore[arg-type]


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
