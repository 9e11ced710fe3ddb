"""The ledger: append-only evidence, and what is derived from it, as of any day."""

from cairn.ledger.append import Appended, Read, append_decisions, append_readings, has_read
from cairn.ledger.backup import back_up, restore
from cairn.ledger.blocks import WholeIncident, claim_blocks, count_incidents, incidents_told, public_heard
from cairn.ledger.check import check_decision
from cairn.ledger.current import State
from cairn.ledger.derive import Joined
from cairn.ledger.dumping import dump, load
from cairn.ledger.erasing import Erased, erase
from cairn.ledger.incident import find_incident, most_told, read_around, read_incident
from cairn.ledger.lists import (
    PUBLIC_DECIMALS,
    Asked,
    count_claims,
    list_claims,
    list_conflicts,
    list_decisions,
    list_documents,
    list_incidents,
    show_public,
)
from cairn.ledger.nearby import Nearby, Report
from cairn.ledger.open import open_ledger
from cairn.ledger.rebuilding import Rebuilt, as_of, rebuild, refresh
from cairn.ledger.reviewing import (
    Approval,
    Judged,
    Opened,
    find_decision,
    find_document,
    made_together,
    open_document,
)
from cairn.ledger.rows import Row
from cairn.ledger.slots import SLOTS, correct
from cairn.ledger.store import Ledger
from cairn.ledger.verifying import Verified, verify
from cairn.ledger.waiting import (
    Backlog,
    Order,
    backlog,
    count_waiting,
    list_unpublished,
    list_waiting,
    next_waiting,
)

__all__ = [
    "PUBLIC_DECIMALS",
    "SLOTS",
    "Appended",
    "Approval",
    "Asked",
    "Backlog",
    "Erased",
    "Joined",
    "Judged",
    "Ledger",
    "Nearby",
    "Opened",
    "Order",
    "Read",
    "Rebuilt",
    "Report",
    "Row",
    "State",
    "Verified",
    "WholeIncident",
    "append_decisions",
    "append_readings",
    "as_of",
    "back_up",
    "backlog",
    "check_decision",
    "claim_blocks",
    "correct",
    "count_claims",
    "count_incidents",
    "count_waiting",
    "dump",
    "erase",
    "find_decision",
    "find_document",
    "find_incident",
    "has_read",
    "incidents_told",
    "list_claims",
    "list_conflicts",
    "list_decisions",
    "list_documents",
    "list_incidents",
    "list_unpublished",
    "list_waiting",
    "load",
    "made_together",
    "most_told",
    "next_waiting",
    "open_document",
    "open_ledger",
    "public_heard",
    "read_around",
    "read_incident",
    "rebuild",
    "refresh",
    "restore",
    "show_public",
    "verify",
]
