"""Tables: evidence, to which rows are only ever added, and what is derived from it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from sqlalchemy import (
    BigInteger,
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
)
from sqlalchemy.types import TypeDecorator, TypeEngine

metadata = MetaData()

Number = BigInteger().with_variant(Integer, "sqlite")
"""Numbers of rows and of persons; SQLite counts rows up itself in an ``INTEGER`` alone."""

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


def _slots() -> list[Column[Any]]:
    """Return the columns of a claim's slots; persons are whole, offsets code points, ends excluded."""
    return [
        Column("harm", Text, nullable=False),
        Column("low", Number),
        Column("high", Number),
        Column("approx", Boolean, nullable=False),
        Column("fraction", Float),
        Column("anchor_start", Integer, nullable=False),
        Column("anchor_end", Integer, nullable=False),
        Column("victims", Text),
        Column("groups", Text, nullable=False),
        Column("perpetrator", Text),
        Column("means", Text),
        Column("target", Text),
        Column("target_kind", Text),
        Column("place", Text),
        Column("country", Text),
        Column("geonames_id", Number),
        Column("latitude", Float),
        Column("longitude", Float),
        Column("radius_km", Float),
        Column("time_start", Date),
        Column("time_end", Date),
        Column("speaker", Text),
        Column("speakers", Text, nullable=False),
        Column("status", Text, nullable=False),
        Column("scope", Text, nullable=False),
        Column("part_of", Text),
    ]


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
Index("documents_published", documents.c.published)

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
    *_slots(),
    Column("report_incident", Text),
    Column("confidence", Float),
    Column("confidences", Text, nullable=False),
)
"""Claims as read. One ``id`` may stand in several variants, when two set-ups filled a slot otherwise.

``confidence`` is how sure the reading is of the claim, ``confidences`` of each slot."""

evidence = _part(
    "evidence",
    claims,
    Column("slot", Text, nullable=False),
    Column("start", Integer),
    Column("end", Integer),
    Column("reason", Text),
)
"""The words that each slot was read from, in code points of the document's text."""

victims = _part("victims", claims, Column("name", Text, nullable=False))
"""Names of victims, apart from the claims: who may see those need not see these."""

readings = _entry(
    "readings",
    Column("document", Number, ForeignKey("documents.number"), nullable=False),
    Column("run", Number, ForeignKey("runs.number"), nullable=False),
    UniqueConstraint("document", "run"),
)
"""That one set-up read one document; a reading without sightings found nothing."""

sightings = _part("sightings", readings, Column("claim", Number, ForeignKey("claims.number"), nullable=False))
"""Claims that a reading saw."""
Index("sightings_claim", sightings.c.claim)

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
    Column("supersedes", Text),
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

ENTRIES: tuple[Table, ...] = (runs, documents, claims, readings, decisions, erasures)
"""In the order in which a batch seals them, and in which they can be loaded."""

PARTS: dict[str, tuple[Table, ...]] = {
    "documents": (credits,),
    "claims": (evidence, victims),
    "readings": (sightings,),
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
    *_slots(),
    Column("incident", Text, index=True),
    Column("reviewed", Text),
    Column("corrected", Text, nullable=False),
    Column("sensitivity", Text, nullable=False),
    Column("name_sensitivity", Text, nullable=False),
    Column("place_sensitivity", Text, nullable=False),
    Column("confidence", Float),
)
"""Claims of the latest reading of the latest text of each document, as corrected; not those rejected."""
for each in ("harm", "place", "country", "means", "perpetrator", "speakers"):
    Index(f"current_claims_{each}", current_claims.c[each], current_claims.c.number)
Index("current_claims_time", current_claims.c.time_start, current_claims.c.time_end)

names = Table(
    "names",
    metadata,
    Column("slot", Text, primary_key=True),
    Column("value", Text, primary_key=True),
)
"""Every value that ``speakers`` and ``perpetrator`` have in ``current_claims``: who looks for part of a name
looks through these, not through all claims."""

incidents = Table(
    "incidents",
    metadata,
    Column("id", Text, primary_key=True),
    Column("time_start", Date, index=True),
    Column("time_end", Date),
    Column("place", Text, index=True),
    Column("country", Text),
    Column("latitude", Float),
    Column("longitude", Float),
    Column("means", Text),
    Column("claims", Integer, nullable=False),
    Column("documents", Integer, nullable=False),
    Column("killed_low", Number),
    Column("killed_high", Number),
    Column("injured_low", Number),
    Column("injured_high", Number),
)
"""Claims about the same attack, together."""

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

DERIVED: tuple[Table, ...] = (current_claims, names, incidents, estimates, conflicts, rebuilt)
"""Tables that ``cairn rebuild`` empties and fills again."""
