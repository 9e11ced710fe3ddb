"""Check a decision before it is recorded: is it about something, and can it be carried out?"""

from __future__ import annotations

import sqlalchemy as sa

from cairn.errors import LedgerError
from cairn.ledger.current import read_claims
from cairn.ledger.rulings import LEVELS
from cairn.ledger.slots import correct
from cairn.ledger.store import Ledger
from cairn.ledger.tables import claims, decisions, documents
from cairn.records import Decision, Ruling

RESTRICTABLE = (None, "victims", "place")
"""Slots that can be shown less widely than their claim; ``None`` is the claim or the document itself."""


def check_decision(ledger: Ledger, decision: Decision) -> None:
    """Refuse a decision that nobody could carry out.

    Raises:
        LedgerError: about an id that the ledger never held, a value that the slot cannot have, a level that
            is none, or in the place of a decision that is not there.
    """
    with ledger.reading() as connection:
        for subject in decision.subjects:
            number = connection.scalar(sa.select(sa.func.max(claims.c.number)).where(claims.c.id == subject))
            if number is None:
                known = connection.scalar(sa.select(documents.c.id).where(documents.c.id == subject))
                if known is None or decision.ruling not in (Ruling.RESTRICT, Ruling.NOTE, Ruling.WITHDRAW):
                    raise LedgerError(
                        f"{ledger.name} holds no claim {subject}; cairn claims lists them with their ids"
                    )
            elif decision.ruling is Ruling.CORRECT:
                (_, _, claim, _) = read_claims(connection, [number])[0]
                correct(claim, decision.slot or "", decision.value or "")
        if decision.ruling is Ruling.RESTRICT:
            if decision.value not in LEVELS:
                raise LedgerError(
                    f"how widely a thing is shown is {', '.join(LEVELS)}, not {decision.value!r}"
                )
            if decision.slot not in RESTRICTABLE:
                raise LedgerError(f"{decision.slot} cannot be restricted by itself; victims and place can")
        if decision.supersedes is not None:
            query = sa.select(decisions.c.id).where(decisions.c.id == decision.supersedes)
            if connection.scalar(query) is None:
                raise LedgerError(f"{ledger.name} holds no decision {decision.supersedes}")
