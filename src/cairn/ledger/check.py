"""Check a decision before it is recorded: is it about something, and can it be carried out?"""

from __future__ import annotations

import sqlalchemy as sa
from sqlalchemy import Connection

from cairn.errors import LedgerError
from cairn.ledger.current import decisions_on, read_entries
from cairn.ledger.kinds import EVENT, kind_of
from cairn.ledger.rulings import LEVELS, rule
from cairn.ledger.slots import correct
from cairn.ledger.store import Ledger
from cairn.ledger.tables import decisions, documents
from cairn.records import Decision, Ruling, standing

RESTRICTABLE = (None, "victims", "place")
"""Slots that can be shown less widely than their claim; ``None`` is the claim, event or document itself."""
ON_DOCUMENTS = frozenset({Ruling.RESTRICT, Ruling.NOTE, Ruling.WITHDRAW})
ON_EVENTS = ON_DOCUMENTS | {Ruling.CONFIRM, Ruling.REJECT, Ruling.CORRECT}
"""What can be ruled on an event: it has its incident from a claim, and is no figure."""


def check_decision(ledger: Ledger, decision: Decision) -> None:
    """Refuse a decision that nobody could carry out.

    Raises:
        LedgerError: about an id that the ledger never held, a value that the slot cannot have, a level that
            is none, or in the place of a decision that is not there.
    """
    with ledger.reading() as connection:
        check_decision_on(connection, ledger.name, decision)


def check_decision_on(connection: Connection, name: str, decision: Decision) -> None:
    """Do so by a connection to the ledger of some name."""
    for subject in decision.subjects:
        found = kind_of(connection, subject)
        if found is None:
            known = connection.scalar(sa.select(documents.c.id).where(documents.c.id == subject))
            if known is None or decision.ruling not in ON_DOCUMENTS:
                raise LedgerError(
                    f"{name} holds no claim {subject}, nor an event of that id; cairn claims and "
                    "cairn events list them"
                )
            continue
        kind, number = found
        if kind is EVENT and decision.ruling not in ON_EVENTS:
            raise LedgerError(f"{decision.ruling.value!r} is about claims, and {subject} is an event")
        if decision.ruling is Ruling.CORRECT:
            (_, _, read, _) = read_entries(connection, kind, [number])[0]
            ruled = rule(read, standing(decisions_on(connection, subject)), ())
            correct(ruled.record, decision.slot or "", decision.value or "")
    if decision.ruling is Ruling.RESTRICT:
        if decision.value not in LEVELS:
            raise LedgerError(f"how widely a thing is shown is {', '.join(LEVELS)}, not {decision.value!r}")
        if decision.slot not in RESTRICTABLE:
            raise LedgerError(f"{decision.slot} cannot be restricted by itself; victims and place can")
    if decision.supersedes is not None:
        query = sa.select(decisions.c.id).where(decisions.c.id == decision.supersedes)
        if connection.scalar(query) is None:
            raise LedgerError(f"{name} holds no decision {decision.supersedes}")
