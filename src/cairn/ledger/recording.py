"""Recording: decisions of several people at one go, each only if nobody came before it, derived at once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy import Connection

from cairn.errors import LedgerError
from cairn.ledger.append import add_decisions, start_batch, write_batch
from cairn.ledger.check import check_decision_on
from cairn.ledger.derive import Join
from cairn.ledger.portions import portions
from cairn.ledger.rebuilding import catch_up
from cairn.ledger.store import Ledger
from cairn.ledger.tables import decisions
from cairn.records import Decision


@dataclass(frozen=True, slots=True, kw_only=True)
class Submitted:
    """What one person decided at one go.

    Attributes:
        made: the decisions, all of which are recorded or none.
        seen: number of the last batch of the ledger that the person's look took account of.
        about: ids of claims beside those decided about that nobody may have decided about since.
    """

    made: Sequence[Decision]
    seen: int
    about: Collection[str] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Overtaken:
    """Somebody decided about the same since: nothing was recorded, and the person has to look again."""


def record_decisions(
    ledger: Ledger, submitted: Sequence[Submitted], at: dt.datetime, join: Join
) -> list[Overtaken | LedgerError | None]:
    """Record what several people decided, and bring what is derived up to date once for all of them.

    Either all of it stands, and every reader sees what follows from it, or nothing was written.

    Args:
        ledger: open.
        submitted: in the order of arrival; who comes first is heard.
        at: the moment of recording, in UTC.
        join: joins claims of several reports into incidents.

    Returns:
        For each ``None`` where it was recorded, or why nothing of it was: a decision that nobody could carry
        out, or somebody who came before.

    Raises:
        LedgerError: locked, full or read-only; nothing was written.
    """
    with ledger.writing() as connection:
        batch = start_batch(connection, at)
        taken = set[str]()
        found = list[Overtaken | LedgerError | None]()
        for each in submitted:
            subjects = {*each.about, *(subject for made in each.made for subject in made.subjects)}
            if taken & subjects or _decided_since(connection, sorted(subjects), each.seen):
                found.append(Overtaken())
                continue
            try:
                for made in each.made:
                    check_decision_on(connection, ledger.name, made)
            except LedgerError as error:
                found.append(error)
                continue
            add_decisions(connection, batch, each.made)
            taken |= subjects
            found.append(None)
        write_batch(connection, batch)
        catch_up(connection, join)
    return found


def _decided_since(connection: Connection, subjects: Sequence[str], batch: int) -> bool:
    """Say whether anything was decided about some claims or documents after a batch."""
    return any(
        connection.scalar(
            sa.select(decisions.c.number).where(column.in_(asked), decisions.c.batch > batch).limit(1)
        )
        is not None
        for asked in portions(subjects)
        for column in (decisions.c.subject, decisions.c.other)
    )
