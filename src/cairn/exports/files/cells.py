"""Cells: values as text that opens right in any spreadsheet and runs in none."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from cairn.exports.files.columns import Cells, Column, Kind

RUNS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
"""What a text must not begin with: spreadsheets take it for a formula (OWASP, CSV Injection). Such a text is
led by an apostrophe."""
BETWEEN = "; "
"""Stands between the texts of a list."""

REMEMBERED = 10_000
"""Moments that are kept as text: a batch of claims has one."""

_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
"""Characters that XML, and so a workbook, cannot hold."""


def safe_text(text: str | None) -> str | None:
    """Return a text that no spreadsheet takes for a formula."""
    return f"'{text}" if text and text.startswith(RUNS) else text


def joined(texts: Iterable[str]) -> str:
    """Return a list as one text."""
    return BETWEEN.join(texts)


def printable_text(text: str) -> str:
    """Return a text without the characters that XML cannot hold; a mark stands where they were."""
    return _CONTROL.sub("�", text)


@lru_cache(REMEMBERED)
def write_moment(moment: dt.datetime) -> str:
    """Return a moment as ISO 8601 in UTC, such as ``2026-03-01T12:00:00Z``."""
    return moment.astimezone(dt.UTC).isoformat().replace("+00:00", "Z")


def converted(cells: Cells, columns: Sequence[Column], write: Mapping[Kind, Callable[[Any], Any]]) -> Cells:
    """Return cells with those of some kinds written otherwise; empty ones stay empty.

    Args:
        cells: column by column.
        columns: what they are.
        write: takes a value of a kind that the format does not hold as it is.
    """
    return [
        _each(values, how) if (how := write.get(column.kind)) else values
        for column, values in zip(columns, cells, strict=True)
    ]


def _each(values: Sequence[Any], how: Callable[[Any], Any]) -> list[Any]:
    """Return values written otherwise, each different one once: most of a column says the same again."""
    written = {each: None if each is None else how(each) for each in set(values)}
    return [written[each] for each in values]


PLAIN: dict[Kind, Callable[[Any], Any]] = {
    Kind.TEXT: safe_text,
    Kind.TEXTS: lambda texts: safe_text(BETWEEN.join(texts)),
    Kind.YES_NO: lambda yes: "true" if yes else "false",
    Kind.MOMENT: write_moment,
}
"""How kinds are written that ``csv`` would not write as it should; days it writes as ISO 8601."""
