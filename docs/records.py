"""Write ``docs/records.md``, the data dictionary, from records, tables and views: ``python docs/records.py``.

``python docs/records.py --check`` says whether the page is what it would write.
"""

from __future__ import annotations

import ast
import dataclasses
import inspect
import sys
import tempfile
import textwrap
from collections.abc import Iterator
from enum import StrEnum
from itertools import pairwise
from pathlib import Path

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite

from cairn import records
from cairn.ledger import open_ledger, tables, views

PAGE = Path(__file__).with_name("records.md")

COLUMNS = {
    "of": "name of a table",
    "redacted": "number of its row",
    "number": "counted up in the order of arrival",
    "batch": "the batch that it came in",
    "digest": "SHA-256 that seals the row with its parts",
    "entry": "number of the row that it is part of",
    "position": "place among the parts, from 0",
    "id": "made from content: two readings that agree give the same one",
    "low": "fewest persons, included; empty when no lower bound is stated",
    "high": "most persons, included; empty when no upper bound is stated",
    "approx": "the words are vague",
    "fraction": "share (0 to 1) of a population that is not counted in heads",
    "anchor_start": "first character of the figure's words, from 0",
    "anchor_end": "character after the last",
    "start": "first character of the words, from 0; empty where none are shown",
    "end": "character after the last",
    "victims": "their noun phrase; empty where it is a name, which stands in the table victims",
    "groups": "JSON list of what is stated of the victims",
    "perpetrator": "as the text names it",
    "place": "in the report's spelling",
    "country": "ISO 3166-1 alpha-2",
    "geonames_id": "of the gazetteer's entry",
    "latitude": "degrees north, WGS84",
    "longitude": "degrees east, WGS84",
    "radius_km": "how far from the point it may have been, in kilometres",
    "time_start": "first day of the harm or the act",
    "time_end": "last day",
    "type": "one of PLOVER's types",
    "mode": "how it is done, one of the type's modes",
    "trigger_start": "first character of the words that name the act, from 0",
    "trigger_end": "character after the last",
    "actor": "who does it, in the report's words; empty where that is a victim by name",
    "recipient": "towards whom, likewise",
    "actors": "JSON list of every name of theirs, in the report and neutral",
    "recipients": "likewise",
    "participants": "JSON list of all who take part, each with the party that the name stands for",
    "claim": "number of a claim",
    "event": "number of an event",
    "speaker": "who says it",
    "speakers": "JSON list: who says it, then who relays it",
    "part_of": "id of the claim whose people include these",
    "report_incident": "shared by claims of one report about one attack",
    "incident": "shared by claims about one attack, of all reports",
    "confidence": "probability that the reading is right, 0 to 1",
    "confidences": "JSON: the same for each slot",
    "variant": "made from all slots and their words",
    "recorded_at": "when it was written, in UTC",
    "published": "day on which the outlet published it",
    "text": "as captured; every offset counts its characters",
    "name": "the user's own id, or the address; of victims the person's name",
    "reviewed": "who confirmed or corrected it last",
    "corrected": "slots that people corrected, by commas",
    "harms": "what its claims tell of: killed, injured and so on, by commas",
    "sensitivity": "public, restricted or withheld; likewise of the name and the place",
    "chain": "seals this batch and every one before it",
    "entries": "how many rows it sealed",
}
"""What columns hold whose names do not say it; one meaning wherever the name stands."""


def page() -> str:
    """Return the page."""
    parts = [
        "# Data dictionary",
        "Made by `python docs/records.py` from `src/cairn/records/` and `src/cairn/ledger/`: first the\n"
        "records that Cairn is made of, then the ledger that keeps them. Offsets count characters (Unicode\n"
        "code points) of a document's text, ends are excluded. Days are ISO 8601.",
        "## Records",
        "Frozen: a record is valid or does not exist.",
        *_records(),
        "## Views",
        "Rely on these: they stay when tables change.",
        *_views(),
        "## Evidence",
        "Rows are only ever added; the database refuses to change or remove them.",
        *(_table(table) for table in tables.EVIDENCE),
        "## Derived",
        "Emptied and filled again by `cairn rebuild`.",
        *(_table(table) for table in tables.DERIVED),
    ]
    return "\n\n".join(parts) + "\n"


def _records() -> Iterator[str]:
    """Yield each record with its fields, and each set of fixed values."""
    found = [getattr(records, name) for name in sorted(records.__all__)]
    for kind in (each for each in found if isinstance(each, type) and dataclasses.is_dataclass(each)):
        told, fields = _documented(kind)
        lines = [f"### {kind.__name__}", "", told, "", "| field | type | holds |", "| --- | --- | --- |"]
        for field in dataclasses.fields(kind):
            type_ = str(field.type).replace(" | ", " or ").replace("[", "\\[")
            lines.append(f"| {field.name} | {type_} | {fields.get(field.name, '')} |")
        yield "\n".join(lines)
    yield "## Fixed values"
    for kind in (each for each in found if isinstance(each, type) and issubclass(each, StrEnum)):
        yield f"### {kind.__name__}\n\n{_documented(kind)[0]}\n\n" + ", ".join(
            f"`{each.value}`" for each in kind
        )


def _documented(kind: type) -> tuple[str, dict[str, str]]:
    """Return what a docstring says of a record before its fields, and of each field."""
    head, _, attributes = (inspect.getdoc(kind) or "").partition("Attributes:\n")
    fields: dict[str, list[str]] = {}
    for line in textwrap.dedent(attributes).splitlines():
        if not line.startswith(" ") and ":" in line:
            name, said = line.split(":", 1)
            fields[name] = [said]
        elif fields:
            fields[[*fields][-1]].append(line)
    return _prose(head), {name: _prose(" ".join(said)) for name, said in fields.items()}


def _prose(text: str) -> str:
    return " ".join(text.replace("``", "`").replace("|", "\\|").split())


def _views() -> Iterator[str]:
    """Yield each view with its columns, as a new ledger has them."""
    with (
        tempfile.TemporaryDirectory() as folder,
        open_ledger(Path(folder) / "cairn.db", create=True) as ledger,
        ledger.reading() as connection,
    ):
        for name in views.VIEWS:
            columns = sa.inspect(connection).get_columns(name)
            yield f"### `{name}`\n\n" + ", ".join(f"`{column['name']}`" for column in columns)


def _table(table: sa.Table) -> str:
    head = ["| column | SQLite | PostgreSQL | holds |", "| --- | --- | --- | --- |"]
    lines = [f"### `{table.name}`", "", _told().get(table.name, ""), "", *head]
    for column in table.columns:
        types = [column.type.compile(dialect=each) for each in (sqlite.dialect(), postgresql.dialect())]
        points = ", ".join(f"→ `{key.target_fullname}`" for key in column.foreign_keys)
        needed = "" if column.nullable else "**"
        held = "; ".join(each for each in (COLUMNS.get(column.name, ""), points) if each)
        lines.append(f"| {needed}{column.name}{needed} | {types[0]} | {types[1]} | {held} |")
    return "\n".join(lines)


def _told() -> dict[str, str]:
    """Return what stands under each table in the module: its name -> the first paragraph."""
    told: dict[str, str] = {}
    body = ast.parse(inspect.getsource(tables)).body
    for assigned, said in pairwise(body):
        if not isinstance(said, ast.Expr) or not isinstance(said.value, ast.Constant):
            continue
        call = getattr(assigned, "value", None)
        if isinstance(call, ast.Call) and call.args and isinstance(call.args[0], ast.Constant):
            told[str(call.args[0].value)] = _prose(str(said.value.value))
    return told


def main() -> None:
    """Write the page, or check it."""
    if "--check" in sys.argv:
        sys.exit(
            0 if PAGE.read_text(encoding="utf-8") == page() else f"{PAGE.name} is old: python docs/records.py"
        )
    PAGE.write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
