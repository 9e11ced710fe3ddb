"""Columns: what an exported table holds, typed once and for all formats."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from enum import StrEnum
from typing import Any, get_args, get_type_hints

Block = Mapping[str, Sequence[Any]]
"""Some rows by their columns, all equally long: what a ledger gives."""

Cells = list[Sequence[Any]]
"""Some rows in the order of a layout's columns, column by column."""


class Kind(StrEnum):
    """What a cell is; an empty one is ``None`` whatever its kind."""

    TEXT = "text"
    WHOLE = "whole number"
    DECIMAL = "decimal number"
    YES_NO = "yes or no"
    DAY = "day"
    MOMENT = "moment in UTC"
    TEXTS = "list of texts"


KINDS: dict[object, Kind] = {
    str: Kind.TEXT,
    int: Kind.WHOLE,
    float: Kind.DECIMAL,
    bool: Kind.YES_NO,
    dt.date: Kind.DAY,
    dt.datetime: Kind.MOMENT,
    tuple[str, ...]: Kind.TEXTS,
}
"""The kind of each type that a field of a row may have."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Column:
    """One column of an exported table.

    Attributes:
        name: as the head of the table shows it.
        kind: of its cells.
        holds: what they say, for whoever reads the table.
        needed: it is never empty.
    """

    name: str
    kind: Kind
    holds: str
    needed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """One exported table.

    Attributes:
        name: one word.
        holds: what a row is.
        columns: in order.
        take: makes the cells of the columns from rows as the ledger gives them.
    """

    name: str
    holds: str
    columns: tuple[Column, ...]
    take: Callable[[Block], Cells]

    @property
    def names(self) -> list[str]:
        """Return the names of the columns, in order."""
        return [column.name for column in self.columns]


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A table that is to be written: its layout and its rows, which come as they are read, once."""

    layout: Layout
    blocks: Iterable[Block]

    def cells(self) -> Iterator[Cells]:
        """Yield the cells of some rows after the other, column by column."""
        return map(self.layout.take, self.blocks)

    def rows(self) -> Iterator[tuple[Any, ...]]:
        """Yield the rows, one by one."""
        for cells in self.cells():
            yield from zip(*cells, strict=True)


def columns_of(row: type) -> tuple[Column, ...]:
    """Return the columns of a record whose fields are ``Annotated`` with what they hold.

    A second note is the head of the column, where that is not the field's name.
    """
    hints = get_type_hints(row, include_extras=True)
    return tuple(_column(field.name, hints[field.name]) for field in fields(row))


def _column(name: str, hint: Any) -> Column:
    type_, holds, *head = get_args(hint)
    types = get_args(type_) if type(None) in get_args(type_) else (type_,)
    (kind,) = (KINDS[each] for each in types if each is not type(None))
    return Column(name=head[0] if head else name, kind=kind, holds=holds, needed=len(types) == 1)
