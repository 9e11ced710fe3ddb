"""Listed: what a ledger holds, as tables for people, objects for JSON Lines, and rows for CSV."""

from __future__ import annotations

import csv
import datetime as dt
import json
from collections.abc import Iterable, Mapping, Sequence
from typing import Any, TextIO

from rich.table import Table
from rich.text import Text

from cairn.exports import wording
from cairn.exports.archived import moment
from cairn.exports.events import STATUS_STYLES, TOWARDS
from cairn.exports.table import HARM_STYLES, clean, folding_table, printable, stacked
from cairn.records import Count, EventStatus, Harm, Means, Period, Place

Row = Mapping[Any, Any]

ID_CHARS = 20
"""Characters of an id: three, a hyphen and sixteen."""

LISTS = ("groups", "speakers", "actors", "recipients", "participants")
"""Columns that hold a JSON list."""
NESTED = ("participants",)
"""Columns that hold a list of objects, for which CSV has no room."""
RENAMED = {
    "speakers": "sources",
    "document_name": "document",
    "number": None,
    "document": None,
    "claim": None,
}
"""Columns that the published JSON calls otherwise, or leaves out."""


def listed_claims_table(rows: Sequence[Row]) -> Table:
    """Return a table of claims: figure and harm, where and when, who says it, where it stands."""
    table = _with_ids(
        folding_table("figure", "victims", "where and when", "by whom or what", "according to"), "claim"
    )
    for row in rows:
        harm = Harm(row["harm"])
        reviewed = Text(f"reviewed by {printable(row['reviewed'])}", "green") if row["reviewed"] else Text()
        table.add_row(
            stacked(
                Text(wording.figure(_count(row)), "bold"),
                Text(wording.HARMS[harm], HARM_STYLES[harm]),
                *(Text(note, "italic yellow") for note in _notes(row)),
            ),
            clean(row["victims"] or ", ".join(json.loads(row["groups"])).replace("_", " ")),
            stacked(clean(_place(row)), clean(_days(row["time_start"], row["time_end"]))),
            stacked(clean(row["perpetrator"]), _means(row)),
            clean(" → ".join(json.loads(row["speakers"])) or wording.OWN_VOICE),
            stacked(Text(row["id"], "dim"), clean(row["document_name"]), reviewed),
        )
    return table


def listed_events_table(rows: Sequence[Row]) -> Table:
    """Return a table of events: what is done and in which words, by whom towards whom, where and when."""
    table = _with_ids(folding_table("act", "who towards whom", "where and when", "according to"), "event")
    for row in rows:
        mode = f", {row['mode']}" if row["mode"] else ""
        status = EventStatus(row["status"])
        whom = _taking_part(row, "recipient")
        reviewed = Text(f"reviewed by {printable(row['reviewed'])}", "green") if row["reviewed"] else Text()
        table.add_row(
            stacked(
                Text(f"{row['type'].lower()}{mode}", "bold"),
                Text("“") + clean(row["words"]) + Text("”"),
                Text("" if status is EventStatus.ACTUAL else status.value, STATUS_STYLES.get(status, "")),
            ),
            stacked(clean(_taking_part(row, "actor")), Text(TOWARDS) + clean(whom) if whom else Text()),
            stacked(clean(_place(row)), clean(_days(row["time_start"], row["time_end"]))),
            clean(" → ".join(json.loads(row["speakers"])) or wording.OWN_VOICE),
            stacked(
                Text(row["id"], "dim"),
                clean(row["document_name"]),
                Text(row["incident"] or "", "dim"),
                reviewed,
            ),
        )
    return table


def listed_documents_table(rows: Sequence[Row]) -> Table:
    """Return a table of documents: when recorded, what, when published, how many claims."""
    table = folding_table("recorded (UTC)", "report", "published", "claims")
    for row in rows:
        name = row["title"] or row["name"]
        beside = [row["outlet"], row["name"] if row["title"] else None, row["id"]]
        table.add_row(
            Text(moment(row["recorded_at"]), "dim"),
            stacked(clean(name, "bold"), clean(" · ".join(each for each in beside if each), "dim")),
            clean(row["published"] and wording.date(row["published"])),
            Text(f"{row['claims']:,}"),
        )
    return table


def listed_incidents_table(rows: Sequence[Row]) -> Table:
    """Return a table of incidents: when, where, by what, and between which figures what is said lies."""
    table = _with_ids(folding_table("when", "where", "by what", "killed", "injured", "claims"), "incident")
    for row in rows:
        table.add_row(
            clean(_days(row["time_start"], row["time_end"])),
            clean(_place(row)),
            _means(row),
            Text(_between(row["killed_low"], row["killed_high"]), HARM_STYLES[Harm.KILLED]),
            Text(_between(row["injured_low"], row["injured_high"]), HARM_STYLES[Harm.INJURED]),
            Text(f"{row['claims']:,} in {row['documents']:,}"),
            Text(row["id"], "dim"),
        )
    return table


def listed_decisions_table(rows: Sequence[Row]) -> Table:
    """Return a table of decisions: who, when, what on what, and why; orphaned ones say so."""
    table = _with_ids(folding_table("when (UTC)", "who", "decided", "on", "why"), "decision")
    for row in rows:
        ruling = " ".join(str(each) for each in (row["ruling"], row["slot"], row["value"]) if each)
        on = [Text(row["subject"], "dim"), Text(row["other"] or "", "dim")]
        if not row["sighted"]:
            on.append(Text("orphaned: no reading sees it", "yellow"))
        table.add_row(
            Text(moment(row["at"]), "dim"),
            clean(row["who"], "bold"),
            clean(ruling),
            stacked(*on),
            clean(row["why"]),
            stacked(
                Text(row["id"], "dim"),
                Text(f"instead of {row['supersedes']}" if row["supersedes"] else "", "dim"),
            ),
        )
    return table


def listed_json(row: Row) -> dict[str, object]:
    """Return one row as an object: columns as they are named, lists as lists, days as ISO 8601."""
    found: dict[str, object] = {}
    for column, value in row.items():
        name = RENAMED.get(column, column) if "document_name" in row or column == "number" else column
        if name is not None:
            found[name] = json.loads(value) if column in LISTS else _plain(value)
    return found


def write_rows(rows: Iterable[Row], stream: TextIO) -> None:
    """Write rows as CSV with a head, as they come; lists are joined by semicolons.

    A cell that a spreadsheet would take for a formula is led by an apostrophe.
    """
    writer = None
    for row in rows:
        cells = {name: _cell(value) for name, value in listed_json(row).items() if name not in NESTED}
        if writer is None:
            writer = csv.DictWriter(stream, fieldnames=list(cells), lineterminator="\n")
            writer.writeheader()
        writer.writerow(cells)


def _cell(value: object) -> object:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if isinstance(value, str) and value[:1] in ("=", "+", "-", "@", "\t", "\r"):
        return f"'{value}"
    return value


def _plain(value: object) -> object:
    if isinstance(value, dt.datetime):
        return value.isoformat().replace("+00:00", "Z")
    return value.isoformat() if isinstance(value, dt.date) else value


def _with_ids(table: Table, name: str) -> Table:
    """Add the column of ids: they are there to be copied, so they never break, however narrow the console."""
    table.add_column(name, overflow="fold", width=ID_CHARS)
    return table


def _means(row: Row) -> Text:
    return Text(wording.MEANS[Means(row["means"])] if row["means"] else "")


def _count(row: Row) -> Count:
    return Count(low=row["low"], high=row["high"], approx=bool(row["approx"]), fraction=row["fraction"])


def _notes(row: Row) -> list[str]:
    status = [] if row["status"] == "asserted" else [row["status"]]
    return status + (["tally"] if row["scope"] == "tally" else [])


def _taking_part(row: Row, slot: str) -> str:
    """Return the names of those who take part, as far as they may be shown; else the slot's one name."""
    names = [each["name"] for each in json.loads(row["participants"]) if each["slot"] == slot]
    return ", ".join(names) if names and None not in names else row[slot] or ""


def _place(row: Row) -> str:
    return wording.where(Place(name=row["place"], country=row["country"])) if row["place"] else ""


def _days(start: dt.date | None, end: dt.date | None) -> str:
    return wording.when(Period(start=start, end=end or start)) if start else ""


def _between(low: int | None, high: int | None) -> str:
    if low is None or high is None:
        return ""
    return f"{low:,}" if low == high else f"{low:,}–{high:,}"
