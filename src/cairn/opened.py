"""Opened: a ledger for Python, its claims, events, incidents and estimates as typed rows and as frames."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Any, Generic, TypeVar

from cairn.errors import InputError
from cairn.exports import (
    CLAIMS,
    ESTIMATES,
    EVENTS,
    INCIDENTS,
    POSITIONS,
    ClaimRow,
    EstimateRow,
    EventRow,
    IncidentRow,
    Layout,
    PositionRow,
    Sheet,
    arrow_table,
)
from cairn.ledger import Asked, AskedAround, AskedEvents, Ledger, as_of, open_ledger
from cairn.pipeline import Tools, join_told, read_document
from cairn.records import Claim, Document
from cairn.tables import Question, make_sheet

if TYPE_CHECKING:
    import pyarrow as pa

    from cairn.charts import Picture

Each = TypeVar("Each")
What = TypeVar("What", bound=AskedAround)


@dataclass(frozen=True, slots=True, kw_only=True)
class Rows(Generic[Each]):
    """Rows of one table, read anew from the ledger each time they are gone through or turned into a frame.

    Attributes:
        layout: its columns.
        make: makes a row of its cells.
        opened: opens the table.
    """

    layout: Layout
    make: Callable[..., Each]
    opened: Callable[[], AbstractContextManager[Sheet]]

    def __iter__(self) -> Iterator[Each]:
        """Yield the rows as typed records."""
        with self.opened() as sheet:
            for row in sheet.rows():
                yield self.make(**dict(zip(self.layout.names, row, strict=True)))

    def to_arrow(self) -> pa.Table:
        """Return all rows as an Arrow table."""
        with self.opened() as sheet:
            return arrow_table(sheet)

    def to_pandas(self) -> Any:
        """Return all rows as a data frame of pandas, whose types keep an empty cell apart from 0.

        Raises:
            InputError: pandas is not installed.
        """
        pandas = _optional("pandas")
        return self.to_arrow().to_pandas(types_mapper=pandas.ArrowDtype)

    def to_polars(self) -> Any:
        """Return all rows as a data frame of Polars.

        Raises:
            InputError: Polars is not installed.
        """
        return _optional("polars").from_arrow(self.to_arrow())


@dataclass(frozen=True, slots=True)
class OpenLedger:
    """A ledger that is open for reading. What is asked for goes by the names of ``cairn.ledger.Asked``."""

    ledger: Ledger

    def __enter__(self) -> OpenLedger:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the ledger."""
        self.ledger.close()

    def claims(self, *, known_by: dt.date | None = None, **asked: Any) -> Rows[ClaimRow]:
        """Return the claims that stand, or stood at the end of a day.

        Args:
            known_by: the day, in UTC.
            **asked: such as ``place="Aleppo"``, ``harm="killed"``, ``public=True``.
        """
        return self._rows(CLAIMS, ClaimRow, known_by, Question(asked=_asked(asked, Asked)))

    def events(self, *, known_by: dt.date | None = None, **asked: Any) -> Rows[EventRow]:
        """Return the events that stand, or stood at the end of a day.

        Args:
            known_by: the day, in UTC.
            **asked: by the names of ``cairn.ledger.AskedEvents``, such as ``type="RETREAT"``.
        """
        question = Question(events=_asked(asked, AskedEvents))
        return self._rows(EVENTS, EventRow, known_by, question)

    def incidents(
        self, policy: str | None = None, *, known_by: dt.date | None = None, **asked: Any
    ) -> Rows[IncidentRow]:
        """Return incidents with what one policy makes of them, ``range`` unless another is named."""
        return self._rows(
            INCIDENTS, IncidentRow, known_by, Question(asked=_asked(asked, Asked), policy=policy)
        )

    def estimates(
        self, policy: str | None = None, *, known_by: dt.date | None = None, **asked: Any
    ) -> Rows[EstimateRow]:
        """Return what a policy makes of each harm in each incident, or what all of them do."""
        return self._rows(
            ESTIMATES, EstimateRow, known_by, Question(asked=_asked(asked, Asked), policy=policy)
        )

    def positions(self, *, known_by: dt.date | None = None, **asked: Any) -> Rows[PositionRow]:
        """Return what each origin says now of each harm, and of each group of victims, in each incident."""
        return self._rows(POSITIONS, PositionRow, known_by, Question(asked=_asked(asked, Asked)))

    def chart(
        self,
        kind: str,
        policy: str | None = None,
        *,
        known_by: dt.date | None = None,
        party: str | None = None,
        **asked: Any,
    ) -> Picture:
        """Return a chart, which a notebook shows: its ``chart`` is of Altair, its ``told`` are its words.

        Args:
            kind: ``toll``, ``positions`` or ``policies`` of one incident, ``days`` or ``map`` of many.
            policy: of the figures by day and on the map, ``range`` unless another is named.
            known_by: what was known at the end of a day, in UTC.
            party: over days, whose truces and talks are marked.
            **asked: such as ``incident="inc-…"``, ``place="SY"``, ``public=True``.

        Raises:
            InputError: there is no such kind, or nothing to be drawn.
        """
        from cairn.pictures import Kind, make_picture  # Altair takes a second

        if kind not in set(Kind):
            raise InputError(f"there is no chart {kind!r}; there are {', '.join(Kind)}")
        question = Question(asked=_asked(asked, Asked), policy=policy)
        with as_of(self.ledger, known_by, join_told) as state:
            return make_picture(state, Kind(kind), question, party)

    def _rows(
        self, layout: Layout, make: Callable[..., Each], known_by: dt.date | None, question: Question
    ) -> Rows[Each]:
        @contextmanager
        def opened() -> Iterator[Sheet]:
            with as_of(self.ledger, known_by, join_told) as state:
                yield make_sheet(state, layout, question)

        return Rows(layout=layout, make=make, opened=opened)


def open_for_reading(path: str | Path) -> OpenLedger:
    """Open a ledger, see ``cairn.open_ledger``."""
    return OpenLedger(open_ledger(path))


def read_text(
    text: str, published: dt.date | str | None, outlet: str | None, tools: Tools
) -> tuple[Claim, ...]:
    """Return the claims of one report, see ``cairn.read``."""
    try:
        day = dt.date.fromisoformat(published) if isinstance(published, str) else published
    except ValueError:
        raise InputError(f"{published!r} is no date; write it as 2016-04-28") from None
    document = Document(id="report", text=text, published=day, outlet=outlet)
    return tuple(read_document(document, tools).claims)


def _asked(asked: dict[str, Any], of: type[What]) -> What:
    names = of.__dataclass_fields__
    if unknown := sorted(set(asked) - set(names)):
        raise InputError(f"nothing can be asked by {', '.join(unknown)}; there are {', '.join(names)}")
    return of(**asked)


def _optional(name: str) -> Any:
    try:
        return import_module(name)
    except ModuleNotFoundError:
        raise InputError(f"{name} is not installed; run pip install {name}") from None
