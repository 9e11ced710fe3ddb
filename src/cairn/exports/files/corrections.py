"""Corrections: what a person changed in an exported table of claims, slot by slot, or why that is refused."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, fields
from typing import Any

from cairn.exports.files.claims import CLAIMS, SEALED, ClaimRow, seal
from cairn.exports.files.columns import Column, Kind
from cairn.exports.files.returned import Returned, read_cell

RULING, WHY = "ruling", "why"
"""Columns that a person may add: confirm or reject, and the reason for what is changed in the row."""
RULINGS = ("confirm", "reject")


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that a row changes.

    Attributes:
        row: its number.
        claim: id of the claim.
        slot: of the published JSON; ``None`` for a ruling on the whole claim.
        before: what the ledger holds, as JSON.
        value: what it is to hold, as JSON; of a ruling its name.
        cells: names of the columns that say so.
        why: the person's reason, often empty.
    """

    row: int
    claim: str
    slot: str | None
    before: str
    value: str
    cells: tuple[str, ...]
    why: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """A row that cannot be taken, with the cell that is why."""

    row: int
    column: str
    reason: str


def changes_in(returned: Returned, own: ClaimRow) -> tuple[list[Change], list[Refused]]:
    """Return what a row changes in its claim, and what in it cannot be taken.

    Args:
        returned: the row.
        own: the claim as the ledger holds it.
    """
    number, cells = returned.number, returned.cells
    given, refused = _read(returned, own)
    if refused or _untouched(cells, own, given):
        return [], refused
    why = str(cells.get(WHY) or "").strip()
    found = []
    for slot, (names, write) in SLOTS.items():
        changed = tuple(name for name in names if given[name] != getattr(own, name))
        if not changed:
            continue
        try:
            value = write(given, changed, own)
        except ValueError as error:
            refused.append(Refused(row=number, column=changed[0], reason=str(error)))
            continue
        before = write({name: getattr(own, name) for name in names}, (), own)
        if value != before:
            found.append(
                Change(
                    row=number,
                    claim=own.id,
                    slot=slot,
                    before=_json(before),
                    value=_json(value),
                    cells=changed,
                    why=why,
                )
            )
    ruling = str(cells.get(RULING) or "").strip().casefold()
    if ruling and ruling not in RULINGS:
        refused.append(Refused(row=number, column=RULING, reason=f"is {ruling}, not {' or '.join(RULINGS)}"))
    elif ruling:
        found.append(
            Change(row=number, claim=own.id, slot=None, before="", value=ruling, cells=(RULING,), why=why)
        )
    if found and not refused and _stale(cells, own):
        by = f" by {own.reviewed}" if own.reviewed else ""
        reason = f"the claim was changed{by} since this row was written: export it anew, then change it"
        refused.append(Refused(row=number, column="seal", reason=reason))
    return ([] if refused else found), refused


def _read(returned: Returned, own: ClaimRow) -> tuple[dict[str, Any], list[Refused]]:
    """Return the values of all columns, those of the ledger where the file has none."""
    values: dict[str, Any] = {field.name: getattr(own, field.name) for field in fields(ClaimRow)}
    refused = []
    for column in CLAIMS.columns:
        name = column.name
        if (
            name not in returned.cells
            or name == "seal"
            or (name not in CHANGED and column.kind not in CHECKED)
        ):
            continue
        try:
            values[name] = read_cell(column.kind, returned.cells[name], values[name])
        except ValueError as error:
            reason = f"{returned.cells[name]!r} {error}"
            refused.append(Refused(row=returned.number, column=name, reason=reason))
            continue
        if name not in CHANGED and values[name] != getattr(own, name) and not _moves(column):
            reason = f"{column.holds}: that cannot be changed here"
            refused.append(Refused(row=returned.number, column=name, reason=reason))
    return values, refused


def _moves(column: Column) -> bool:
    """Say whether a column tells of other claims too, and may so be another one than when it was written."""
    return column.name in ("incident", "origins", "reviewed", "corrected", "sensitivity", "place_sensitivity")


def _untouched(cells: Mapping[str, Any], own: ClaimRow, given: Mapping[str, Any]) -> bool:
    """Say whether nobody changed a row since it was written, though its claim may have been changed since."""
    if cells.get(RULING) or not _stale(cells, own):
        return False
    try:
        read = {
            column.name: read_cell(column.kind, cells.get(column.name), None)
            for column in CLAIMS.columns
            if column.name in SEALED
        }
    except ValueError:
        return False
    lists = {name: read[name] or () for name in ("groups", "sources")}
    return seal(tuple((read | lists)[name] for name in SEALED)) == str(cells["seal"])


def _stale(cells: Mapping[str, Any], own: ClaimRow) -> bool:
    return bool(cells.get("seal")) and cells["seal"] != own.seal


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False)


# --- slots --------------------------------------------------------------------------------------------

Values = Mapping[str, Any]
Write = Callable[[Values, Sequence[str], ClaimRow], Any]
"""Takes the values of all columns, which of them changed, and the claim; gives the slot as JSON has it."""


def _one(name: str, *, needed: bool = False) -> Write:
    def write(values: Values, changed: Sequence[str], own: ClaimRow) -> Any:
        if needed and values[name] is None:
            raise ValueError("cannot be empty")
        return list(values[name]) if isinstance(values[name], tuple) else values[name]

    return write


def _count(values: Values, changed: Sequence[str], own: ClaimRow) -> Any:
    if values["low"] is None and values["high"] is None and values["fraction"] is None:
        raise ValueError("a claim needs a bound or a share; to take it away, put reject in a column ruling")
    return {name: values[name] for name in ("low", "high", "approx", "fraction")} | {
        "approx": bool(values["approx"])
    }


def _victims(values: Values, changed: Sequence[str], own: ClaimRow) -> Any:
    if changed and values["victims"] is None:
        raise ValueError("a victim's name is not in this table: correct victims with cairn decide")
    return {"text": values["victims"], "groups": list(values["groups"]) or ["unspecified"]}


def _target(values: Values, changed: Sequence[str], own: ClaimRow) -> Any:
    if values["target"] is None and values["target_kind"] is None:
        return None
    if values["target"] is None or values["target_kind"] is None:
        raise ValueError("target and target_kind come together")
    return {"text": values["target"], "kind": values["target_kind"]}


def _place(values: Values, changed: Sequence[str], own: ClaimRow) -> Any:
    """Return the place; what is known of the old one goes where only its name was changed."""
    if values["place"] is None:
        return None
    known = dict.fromkeys(LOCATED) if changed and not set(changed) & set(LOCATED) else values
    return {"name": values["place"], "country": values["country"]} | {name: known[name] for name in LOCATED}


def _time(values: Values, changed: Sequence[str], own: ClaimRow) -> Any:
    start, end = values["time_start"], values["time_end"]
    if start is None and end is None:
        return None
    if start is None or end is None:
        raise ValueError("time_start and time_end come together")
    return {"start": start.isoformat(), "end": end.isoformat()}


LOCATED = ("geonames_id", "latitude", "longitude", "radius_km")
SLOTS: dict[str, tuple[tuple[str, ...], Write]] = {
    "harm": (("harm",), _one("harm", needed=True)),
    "count": (("low", "high", "approx", "fraction"), _count),
    "victims": (("victims", "groups"), _victims),
    "perpetrator": (("perpetrator",), _one("perpetrator")),
    "means": (("means",), _one("means")),
    "target": (("target", "target_kind"), _target),
    "place": (("place", "country", *LOCATED), _place),
    "time": (("time_start", "time_end"), _time),
    "sources": (("sources",), _one("sources")),
    "status": (("status",), _one("status", needed=True)),
    "scope": (("scope",), _one("scope", needed=True)),
    "part_of": (("part_of",), _one("part_of")),
}
"""Each slot that can be corrected: the columns that hold it, and how they make its JSON."""

CHANGED = frozenset(name for names, _ in SLOTS.values() for name in names)
CHECKED = frozenset({Kind.TEXT, Kind.TEXTS, Kind.WHOLE})
"""Kinds of other columns in which a change is told: spreadsheets rewrite days and numbers with a point."""
