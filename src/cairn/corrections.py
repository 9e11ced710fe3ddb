"""Corrections: an exported table that comes back becomes decisions, after a look at what it changes."""

from __future__ import annotations

import datetime as dt
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cairn.errors import LedgerError
from cairn.exports import CLAIMS, Change, ClaimRow, Refused, changes_in, read_returned
from cairn.ledger import Asked, Ledger, State, check_decision, claim_blocks, list_decisions
from cairn.records import Decision, Ruling, decide

ROWS_AT_ONCE = 500
"""Rows whose claims are looked up together."""
RULINGS = {"confirm": Ruling.CONFIRM, "reject": Ruling.REJECT}


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """What a file changes.

    Attributes:
        rows: how many it has.
        changes: in the order of its rows.
        refused: rows that cannot be taken; nothing of them is among the changes.
    """

    rows: int
    changes: Sequence[Change]
    refused: Sequence[Refused]


def compare_file(state: State, path: Path) -> Compared:
    """Compare an exported table of claims with the ledger.

    Args:
        state: of ``as_of``, now.
        path: of a file that ``cairn export`` wrote, as CSV, XLSX or JSON Lines, and somebody changed.

    Raises:
        InputError: the file cannot be read; one line.
    """
    rows, changes, refused = 0, list[Change](), list[Refused]()
    seen: dict[str, int] = {}
    returned = read_returned(path, CLAIMS.name)
    while some := list(islice(returned, ROWS_AT_ONCE)):
        ids = [str(row.cells.get("id") or "").strip() for row in some]
        held = _claims(state, ids)
        for id_, row in zip(ids, some, strict=True):
            if reason := _unknown(id_, held, seen):
                refused.append(Refused(row=row.number, column="id", reason=reason))
                continue
            seen[id_] = row.number
            found, not_taken = changes_in(row, held[id_])
            changes += found
            refused += not_taken
        rows += len(some)
    return Compared(rows=rows, changes=changes, refused=refused)


def decisions_from(
    ledger: Ledger, state: State, compared: Compared, *, who: str, at: dt.datetime, why: str = ""
) -> tuple[list[Decision], list[Refused]]:
    """Return the decisions that changes come to, and the changes that the ledger does not take.

    Of a row that is not taken no change is; a correction takes the place of the one that stood before it.

    Args:
        ledger: open.
        state: of it, now.
        compared: of ``compare_file``.
        who: signs them.
        at: when, in UTC.
        why: where a row gives no reason of its own.
    """
    standing = _corrections(state)
    made: dict[int, list[Decision]] = defaultdict(list)
    refused: list[Refused] = []
    for change in compared.changes:
        decision = decide(
            Ruling.CORRECT if change.slot else RULINGS[change.value],
            change.claim,
            who=who,
            at=at,
            slot=change.slot,
            value=change.value if change.slot else None,
            why=change.why or why,
            supersedes=standing.get((change.claim, change.slot)) if change.slot else None,
        )
        try:
            check_decision(ledger, decision)
        except LedgerError as error:
            refused.append(Refused(row=change.row, column=change.cells[0], reason=str(error)))
        else:
            made[change.row].append(decision)
    gone = {each.row for each in refused}
    return [each for row, some in made.items() if row not in gone for each in some], refused


def _claims(state: State, ids: Sequence[str]) -> Mapping[str, ClaimRow]:
    """Return the claims that stand by their ids."""
    found: dict[str, ClaimRow] = {}
    for block in claim_blocks(state, Asked(), ids=ids):
        for row in zip(*CLAIMS.take(block), strict=True):
            claim = ClaimRow(**dict(zip(CLAIMS.names, row, strict=True)))
            found.setdefault(claim.id, claim)
    return found


def _unknown(id_: str, held: Mapping[str, ClaimRow], seen: Mapping[str, int]) -> str | None:
    """Return why a row belongs to no claim, ``None`` when it does."""
    if not id_:
        return "is empty: every row needs the id of its claim"
    if id_ in seen:
        return f"{id_} stands in row {seen[id_]} already"
    return None if id_ in held else f"no claim {id_} stands in the ledger"


def _corrections(state: State) -> dict[tuple[str, str], str]:
    """Return the id of the correction that stands, by claim and slot."""
    every = list(list_decisions(state))
    gone = {row["supersedes"] for row in every}
    return {
        (row["subject"], row["slot"]): row["id"]
        for row in every
        if row["ruling"] == Ruling.CORRECT.value and row["id"] not in gone
    }
