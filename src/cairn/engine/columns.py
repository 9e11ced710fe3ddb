"""Columns: records as rows of Arrow and back, whatever they hold, by the types of their fields."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from enum import StrEnum
from functools import cache
from types import NoneType
from typing import TYPE_CHECKING, Any, TypeVar, get_args, get_origin, get_type_hints

if TYPE_CHECKING:
    import pyarrow as pa

Record = TypeVar("Record")


def arrow_struct(record: Any) -> pa.DataType:
    """Return the type of a column that holds records of a kind: a field for each of theirs."""
    import pyarrow as pa

    return pa.struct([pa.field(name, _arrow_type(hint)) for name, hint in _hints(record).items()])


def _arrow_type(hint: Any) -> pa.DataType:
    import pyarrow as pa

    kind = _bare(hint)
    if get_origin(kind) is tuple:
        inner, *rest = get_args(kind)
        if rest == [...]:
            return pa.list_(_arrow_type(inner))
        return pa.struct([pa.field(name, _arrow_type(each)) for name, each in _pair(kind).items()])
    if is_dataclass(kind):
        record: Any = kind
        return arrow_struct(record)
    if issubclass(kind, StrEnum):
        return pa.string()
    return {
        str: pa.string(), bool: pa.bool_(), int: pa.int64(), float: pa.float64(), dt.date: pa.date32(),
    }[kind]  # fmt: skip


def to_row(record: Any) -> dict[str, Any]:
    """Return a record's fields as plain values, as Arrow takes them."""
    return {name: _plain(getattr(record, name), hint) for name, hint in _hints(record.__class__).items()}


def from_row(record: Callable[..., Record], row: Mapping[str, Any]) -> Record:
    """Return the record of a row; fields that the row lacks are as the record has them by itself.

    Raises:
        RecordError: no record may be so.
    """
    hints = _hints(record)
    return record(**{name: _made(row[name], hint) for name, hint in hints.items() if name in row})


def _plain(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    kind = _bare(hint)
    if get_origin(kind) is tuple:
        inner, *rest = get_args(kind)
        if rest == [...]:
            return [_plain(each, inner) for each in value]
        named = zip(_pair(kind).items(), value, strict=True)
        return {name: _plain(each, hint) for (name, hint), each in named}
    if is_dataclass(kind):
        return to_row(value)
    return str(value) if issubclass(kind, StrEnum) else value


def _made(value: Any, hint: Any) -> Any:
    if value is None:
        return None
    kind = _bare(hint)
    if get_origin(kind) is tuple:
        inner, *rest = get_args(kind)
        if rest == [...]:
            return tuple(_made(each, inner) for each in value)
        return tuple(_made(value[name], each) for name, each in _pair(kind).items())
    if is_dataclass(kind):
        made: Any = kind
        return from_row(made, value)
    return kind(value) if issubclass(kind, StrEnum) else value


@cache
def _hints(record: Any) -> Mapping[str, Any]:
    """Return the names of a record's fields, each with its type."""
    told = get_type_hints(record)
    return {field.name: told[field.name] for field in fields(record)}


def _bare(hint: Any) -> Any:
    """Return a type without ``None``."""
    kinds: Sequence[Any] = [each for each in get_args(hint) if each is not NoneType]
    return kinds[0] if NoneType in get_args(hint) else hint


def _pair(kind: Any) -> Mapping[str, Any]:
    """Return the fields of a name with its value, such as a slot with its probability."""
    name, value = get_args(kind)
    return {"name": name, "value": value}
