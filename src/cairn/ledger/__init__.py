"""The ledger: append-only evidence, and what is derived from it, as of any day."""

from cairn.ledger.acts import (
    AskedEvents,
    StandingEvent,
    count_events,
    list_events,
    read_events,
    show_public_event,
)
from cairn.ledger.append import Appended, Read, append_decisions, append_readings, has_read
from cairn.ledger.backup import back_up, restore
from cairn.ledger.blocks import (
    WholeIncident,
    claim_blocks,
    count_incidents,
    event_blocks,
    incidents_told,
    last_recorded,
    read_heard,
)
from cairn.ledger.check import check_decision
from cairn.ledger.current import State
from cairn.ledger.days import incidents_by_day, largest_incidents, reports_by_day
from cairn.ledger.derive import Join, Joined
from cairn.ledger.dumping import check_dump, dump, load
from cairn.ledger.erasing import Erased, erase
from cairn.ledger.incident import find_incident, list_neighbours, most_told, read_around, read_incident
from cairn.ledger.lists import (
    PUBLIC_DECIMALS,
    Asked,
    AskedAround,
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
from cairn.ledger.recording import Overtaken, Submitted, record_decisions
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
from cairn.ledger.slots import EVENT_SLOTS, SLOTS, correct
from cairn.ledger.spots import list_spots
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
    "EVENT_SLOTS",
    "PUBLIC_DECIMALS",
    "SLOTS",
    "Appended",
    "Approval",
    "Asked",
    "AskedAround",
    "AskedEvents",
    "Backlog",
    "Erased",
    "Join",
    "Joined",
    "Judged",
    "Ledger",
    "Nearby",
    "Opened",
    "Order",
    "Overtaken",
    "Read",
    "Rebuilt",
    "Report",
    "Row",
    "StandingEvent",
    "State",
    "Submitted",
    "Verified",
    "WholeIncident",
    "append_decisions",
    "append_readings",
    "as_of",
    "back_up",
    "backlog",
    "check_decision",
    "check_dump",
    "claim_blocks",
    "correct",
    "count_claims",
    "count_events",
    "count_incidents",
    "count_waiting",
    "dump",
    "erase",
    "event_blocks",
    "find_decision",
    "find_document",
    "find_incident",
    "has_read",
    "incidents_by_day",
    "incidents_told",
    "largest_incidents",
    "last_recorded",
    "list_claims",
    "list_conflicts",
    "list_decisions",
    "list_documents",
    "list_events",
    "list_incidents",
    "list_neighbours",
    "list_spots",
    "list_unpublished",
    "list_waiting",
    "load",
    "made_together",
    "most_told",
    "next_waiting",
    "open_document",
    "open_ledger",
    "read_around",
    "read_events",
    "read_heard",
    "read_incident",
    "rebuild",
    "record_decisions",
    "refresh",
    "reports_by_day",
    "restore",
    "show_public",
    "show_public_event",
    "verify",
]
