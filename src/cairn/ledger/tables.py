"""Tables: evidence, to which rows are only ever added, and what is derived from it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Dialect,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    func,
    literal_column,
)
from sqlalchemy.types import TypeDecorator, TypeEngine

from cairn.ledger.columns import Number, claim_slots, event_slots, standing_columns

metadata = MetaData()
LARGEST = 2**63 - 1
"""The largest number that both engines hold."""


class Moment(TypeDecorator[dt.datetime]):
    """A moment in UTC: ``timestamptz`` in PostgreSQL, in SQLite text that sorts, see ``write_moment``."""

    impl = Text
    cache_ok = True

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Return the engine's own type."""
        return dialect.type_descriptor(DateTime(timezone=True) if dialect.name == "postgresql" else Text())

    def process_bind_param(self, value: dt.datetime | None, dialect: Dialect) -> Any:
        """Return what the engine stores."""
        return value if value is None or dialect.name == "postgresql" else write_moment(value)

    def process_result_value(self, value: Any, dialect: Dialect) -> dt.datetime | None:
        """Return the moment, in UTC."""
        return read_moment(value) if isinstance(value, str) else value and value.astimezone(dt.UTC)


def write_moment(moment: dt.datetime) -> str:
    """Return a moment as text that sorts by time."""
    return moment.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")


def read_moment(text: str) -> dt.datetime:
    """Return the moment that ``write_moment`` wrote."""
    return dt.datetime.fromisoformat(text)


def _entry(name: str, *columns: Any) -> Table:
    """Return a table of evidence: numbered in the order of arrival, each row sealed by its digest."""
    return Table(
        name,
        metadata,
        Column("number", Number, primary_key=True, autoincrement=False),
        Column("batch", Number, ForeignKey("batches.number"), nullable=False),
        *columns,
        Column("digest", Text, nullable=False),
    )


def _part(name: str, of: Table, *columns: Any) -> Table:
    """Return a table of the parts of an entry, which its digest seals with it."""
    return Table(
        name,
        metadata,
        Column("entry", Number, ForeignKey(f"{of.name}.number"), primary_key=True, autoincrement=False),
        Column("position", Integer, primary_key=True, autoincrement=False),
        *columns,
        sqlite_with_rowid=False,
    )


# --- evidence -----------------------------------------------------------------------------------------

batches = Table(
    "batches",
    metadata,
    Column("number", Number, primary_key=True, autoincrement=False),
    Column("recorded_at", Moment, nullable=False, index=True),
    Column("entries", Integer, nullable=False),
    Column("chain", Text, nullable=False),
)
"""What was written at one go, all or nothing; ``chain`` seals it and every batch before it."""

runs = _entry(
    "runs",
    Column("id", Text, nullable=False, unique=True),
    Column("version", Text, nullable=False),
    Column("model", Text, nullable=False),
    Column("lexicon", Text, nullable=False),
    Column("settings", Text, nullable=False),
)
"""One set-up of the extractor: two readings under one of these are two readings by the same reader."""

documents = _entry(
    "documents",
    Column("id", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("published", Date),
    Column("basis", Text),
    Column("outlet", Text),
    Column("title", Text),
    Column("byline", Text),
    Column("url", Text),
    Column("language", Text),
    Column("group_name", Text),
    Column("notes", Text, nullable=False),
)
"""One captured text each; ``name`` is the user's own id or the address, which later texts may bear too."""
Index("documents_published", documents.c.published, documents.c.batch)

credits = _part(
    "credits",
    documents,
    Column("agency", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
)
"""Agencies that a text names as where it comes from."""

claims = _entry(
    "claims",
    Column("id", Text, nullable=False, index=True),
    Column("variant", Text, nullable=False),
    Column("document", Number, ForeignKey("documents.number"), nullable=False, index=True),
    *claim_slots(),
    Column("report_incident", Text),
    Column("confidence", Float),
    Column("confidences", Text, nullable=False),
)
"""Claims as read. One ``id`` may stand in several variants, when two set-ups filled a slot otherwise.

``confidence`` is how sure the reading is of the claim, ``confidences`` of each slot."""


def _evidence(name: str, of: Table) -> Table:
    """Return a table of the words that slots were read from."""
    return _part(
        name,
        of,
        Column("slot", Text, nullable=False),
        Column("start", Integer),
        Column("end", Integer),
        Column("reason", Text),
    )


evidence = _evidence("evidence", claims)
"""The words that each slot was read from, in code points of the document's text."""

victims = _part("victims", claims, Column("name", Text, nullable=False))
"""Names of victims, apart from the claims: who may see those need not see these."""

events = _entry(
    "events",
    Column("id", Text, nullable=False, index=True),
    Column("variant", Text, nullable=False),
    Column("document", Number, ForeignKey("documents.number"), nullable=False, index=True),
    *event_slots(),
    Column("confidence", Float),
    Column("confidences", Text, nullable=False),
)
"""Events as read, in variants as claims are: who is said to do what towards whom."""

event_evidence = _evidence("event_evidence", events)
"""The words that each slot of an event was read from."""

event_victims = _part(
    "event_victims", events, Column("slot", Text, nullable=False), Column("name", Text, nullable=False)
)
"""Names of victims that take part in events, apart from these; in the events they are empty."""

readings = _entry(
    "readings",
    Column("document", Number, ForeignKey("documents.number"), nullable=False),
    Column("run", Number, ForeignKey("runs.number"), nullable=False),
    UniqueConstraint("document", "run"),
    Index("readings_batch", "batch"),
)
"""That one set-up read one document; a reading without sightings found nothing."""

sightings = _part("sightings", readings, Column("claim", Number, ForeignKey("claims.number"), nullable=False))
"""Claims that a reading saw."""
Index("sightings_claim", sightings.c.claim)

event_sightings = _part(
    "event_sightings", readings, Column("event", Number, ForeignKey("events.number"), nullable=False)
)
"""Events that a reading saw."""
Index("event_sightings_event", event_sightings.c.event)

decisions = _entry(
    "decisions",
    Column("id", Text, nullable=False, unique=True),
    Column("ruling", Text, nullable=False),
    Column("subject", Text, nullable=False, index=True),
    Column("other", Text, index=True),
    Column("slot", Text),
    Column("value", Text),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("why", Text, nullable=False),
    Column("supersedes", Text, index=True),
    Index("decisions_batch", "batch"),
)
"""What people ruled."""

erasures = _entry(
    "erasures",
    Column("what", Text, CheckConstraint("what IN ('document', 'names')"), nullable=False),
    Column("who", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("why", Text, nullable=False),
)
"""Tombstones: that words were removed on legal demand, from one whole document or a name anywhere."""

redactions = _part(
    "redactions",
    erasures,
    Column("of", Text, nullable=False),
    Column("redacted", Number, nullable=False),
    Column("digest", Text, nullable=False),
)
"""The entries that a demand changed, by table and number, with the digest of what they are now. Their first
digests stay with them, so the chain still holds."""
Index("redactions_of", redactions.c.of, redactions.c.redacted)

ENTRIES: tuple[Table, ...] = (runs, documents, claims, events, readings, decisions, erasures)
"""In the order in which a batch seals them, and in which they can be loaded."""

PARTS: dict[str, tuple[Table, ...]] = {
    "documents": (credits,),
    "claims": (evidence, victims),
    "events": (event_evidence, event_victims),
    "readings": (sightings, event_sightings),
    "erasures": (redactions,),
}

EVIDENCE: tuple[Table, ...] = (batches, *ENTRIES, *(part for parts in PARTS.values() for part in parts))
"""Tables that refuse to change what they hold."""

# --- derived ------------------------------------------------------------------------------------------

current_claims = Table(
    "current_claims",
    metadata,
    Column("number", Number, ForeignKey("claims.number"), primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, index=True),
    Column("document", Number, ForeignKey("documents.number"), nullable=False, index=True),
    *claim_slots(),
    Column("incident", Text, index=True),
    *standing_columns(),
    Column("settled", Number),
)
"""Claims of the latest reading of the latest text of each document, as corrected; not those rejected.
``settled`` is the number of the decision that confirms a claim as it now is; none while it waits."""
DOUBT = func.coalesce(current_claims.c.confidence, literal_column("-1.0"))
"""What claims are sorted by whose reading is least sure; one of which that was never measured before all."""
CONSEQUENCE = -func.coalesce(current_claims.c.high, current_claims.c.low, literal_column("0"))
"""What claims are sorted by that tell of most people."""
_claim, _FILTERS = current_claims.c, ("harm", "place", "country", "means", "perpetrator", "speakers")
_PUBLIC, _WAITS = _claim.sensitivity == literal_column("'public'"), _claim.settled.is_(None)
for some, where, *indexed in (
    ("tallies", _claim.scope == literal_column("'tally'"), *_claim["country", "time_start", "time_end"]),
    ("waits", _WAITS, _claim.number),
    ("doubt", _WAITS, DOUBT, _claim.number),
    ("consequence", _WAITS, CONSEQUENCE, _claim.number),
    ("settled", _claim.settled.is_not(None), *_claim["sensitivity", "number", "settled"]),
    *((f"public_{each}", _PUBLIC, _claim[each], _claim.number, _claim.incident) for each in _FILTERS),
):
    Index(f"current_claims_{some}", *indexed, sqlite_where=where, postgresql_where=where)
for each in (*_FILTERS, "sensitivity"):
    # A speaker has claims in many incidents, which are a set the sooner if they come in order.
    order = ("incident", "number", "settled") if each == "speakers" else ("number", "settled", "incident")
    Index(f"current_claims_{each}", *_claim[each, *order])
Index("current_claims_time", _claim.time_start, _claim.time_end)

current_events = Table(
    "current_events",
    metadata,
    Column("number", Number, ForeignKey("events.number"), primary_key=True, autoincrement=False),
    Column("id", Text, nullable=False, index=True),
    Column("document", Number, ForeignKey("documents.number"), nullable=False, index=True),
    *event_slots(),
    Column("claim", Number, index=True),
    *standing_columns(),
)
"""Events of the latest reading of the latest text of each document, as corrected; not those rejected.

``claim`` is the number of a claim of the same report about the harm of the same attack: its incident is the
event's."""
for each in ("type", "status", "place", "country", "actors", "recipients", "speakers"):
    Index(f"current_events_{each}", current_events.c[each], current_events.c.number)
Index("current_events_time", current_events.c.time_start, current_events.c.time_end)

names = Table(
    "names",
    metadata,
    Column("of", Text, primary_key=True),
    Column("slot", Text, primary_key=True),
    Column("value", Text, primary_key=True),
)
"""Every value of columns with names in the current tables: part of a name is looked for here."""

arrivals = Table(
    "arrivals",
    metadata,
    Column("batch", Number, ForeignKey("batches.number"), primary_key=True, autoincrement=False),
    Column("claims", Integer, nullable=False),
    Column("settled", Integer, nullable=False),
)
"""How many claims in ``current_claims`` came in each batch, and are settled: nobody need count them all."""

incidents = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("time_start", Date),
    Column("time_end", Date),
    Column("place", Text, index=True),
    Column("country", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("radius_km", Float),
    Column("means", Text),
    Column("harms", Text, nullable=False),
    Column("claims", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("killed_low", Number),
    Column("killed_high", Number),
    Column("injured_low", Number),
    Column("injured_high", Number),
)
"""Claims about the same attack, together; ``harms`` are all that they tell of, by commas."""
Index("incidents_time", incidents.c.time_start, incidents.c.harms)
Index("incidents_in_order", incidents.c.time_start.is_(None), incidents.c.time_start, incidents.c.id)
for each in ("killed", "injured"):
    Index(f"incidents_{each}", incidents.c[f"{each}_high"].desc(), incidents.c.id)
Index("incidents_country", *(incidents.c[each] for each in ("country", "time_start", "time_end")))
Index("incidents_spot", *(incidents.c[each] for each in ("latitude", "longitude", "radius_km", "place")))

estimates = Table(
    "estimates",
    metadata,
    Column("incident", Text, primary_key=True),
    Column("harm", Text, primary_key=True),
    Column("policy", Text, primary_key=True),
    Column("version", Text, nullable=False),
    Column("low", Number),
    Column("best", Number),
    Column("high", Number),
    Column("grade", Text),
    Column("provisional", Boolean, nullable=False),
    Column("origins", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("reason", Text, nullable=False),
)
"""What each policy makes of an incident's claims."""

conflicts = Table(
    "conflicts",
    metadata,
    Column("position", Integer, primary_key=True, autoincrement=False),
    Column("first", Text, nullable=False),
    Column("second", Text, nullable=False),
    Column("reason", Text, nullable=False),
)
"""Decisions of which not both can hold."""

rebuilt = Table(
    "rebuilt",
    metadata,
    Column("batch", Number, primary_key=True, autoincrement=False),
    Column("linked", Boolean, nullable=False),
)
"""The last batch that the derived tables take account of: one row, none when they were never made.

``linked`` says whether the incidents are those that linking all reports gives."""

DERIVED: tuple[Table, ...] = (
    current_claims, current_events, names, arrivals, incidents, estimates, conflicts, rebuilt
)  # fmt: skip
"""Tables that ``cairn rebuild`` empties and fills again."""
