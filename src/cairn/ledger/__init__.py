"""The ledger: append-only evidence, and what is derived from it, as of any day."""

from cairn.ledger.append import Appended, Read, append_decisions, append_readings, has_read
from cairn.ledger.backup import back_up, restore
from cairn.ledger.check import check_decision
from cairn.ledger.current import State
from cairn.ledger.derive import Joined
from cairn.ledger.dumping import dump, load
from cairn.ledger.erasing import Erased, erase
from cairn.ledger.incident import find_incident, most_told, read_incident
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
from cairn.ledger.open import open_ledger
from cairn.ledger.rebuilding import Rebuilt, as_of, rebuild, refresh
from cairn.ledger.rows import Row
from cairn.ledger.slots import SLOTS, correct
from cairn.ledger.store import Ledger
from cairn.ledger.verifying import Verified, verify

__all__ = [
    "PUBLIC_DECIMALS",
    "SLOTS",
    "Appended",
    "Asked",
    "Erased",
    "Joined",
    "Ledger",
    "Read",
    "Rebuilt",
    "Row",
    "State",
    "Verified",
    "append_decisions",
    "append_readings",
    "as_of",
    "back_up",
    "check_decision",
    "correct",
    "count_claims",
    "dump",
    "erase",
    "find_incident",
    "has_read",
    "list_claims",
    "list_conflicts",
    "list_decisions",
    "list_documents",
    "list_incidents",
    "load",
    "most_told",
    "open_ledger",
    "read_incident",
    "rebuild",
    "refresh",
    "restore",
    "show_public",
    "verify",
]
