"""Package: what makes a folder of files a release: metadata, checksums, and what changed since the last."""

from __future__ import annotations

import datetime as dt
import hashlib
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cairn.exports.files.cells import joined
from cairn.exports.files.columns import Kind, Layout

DESCRIBED = "datapackage.json"
SUMS = "SHA256SUMS"
TYPES = {
    Kind.TEXT: "string",
    Kind.TEXTS: "string",
    Kind.WHOLE: "integer",
    Kind.DECIMAL: "number",
    Kind.YES_NO: "boolean",
    Kind.DAY: "date",
    Kind.MOMENT: "datetime",
}
"""What Frictionless' Table Schema calls a kind, in CSV."""
MEDIA = {
    ".csv": "text/csv",
    ".jsonl": "application/jsonl",
    ".geojson": "application/geo+json",
    ".parquet": "application/vnd.apache.parquet",
    ".xlsx": "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ".db": "application/vnd.sqlite3",
    ".svg": "image/svg+xml",
}
"""Media type by the ending of a file; others are no resources."""
BYTES_AT_ONCE = 1 << 20
MOST_TOLD = 80
"""Characters of a change that are told; of a longer one the name of its column is."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """What whoever publishes a release says of it.

    Attributes:
        name: of the release, such as its day.
        title: one line.
        licence: of the data, as a name such as ``CC-BY-4.0``.
        by: who publishes it.
        made_at: when, in UTC.
    """

    name: str
    title: str
    licence: str
    by: str
    made_at: dt.datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Changes:
    """What changed in the incidents since the last release, by their ids.

    Attributes:
        new: that were not there.
        changed: with what differs, such as ``killed_high 49 → 55``.
        withdrawn: that are not there any more.
    """

    new: tuple[str, ...]
    changed: Mapping[str, tuple[str, ...]]
    withdrawn: tuple[str, ...]


def data_package(
    folder: Path, layouts: Sequence[Layout], guide: Sequence[str], stated: Stated
) -> dict[str, Any]:
    """Return the metadata of the files in a folder, as Frictionless' Data Package has it (version 1)."""
    return {
        "profile": "data-package",
        "name": "cairn-release",
        "title": stated.title,
        "version": stated.name,
        "created": stated.made_at.isoformat().replace("+00:00", "Z"),
        "description": "\n\n".join(guide),
        "licenses": [{"name": stated.licence}],
        "contributors": [{"title": stated.by, "role": "publisher"}],
        "resources": [_resource(path, layouts) for path in sorted(folder.iterdir()) if path.suffix in MEDIA],
    }


def check_sums(folder: Path) -> str:
    """Return a line for each file of a folder, as ``sha256sum --check`` reads it."""
    return "".join(
        f"{_digest(path)}  {path.name}\n" for path in sorted(folder.iterdir()) if path.name != SUMS
    )


def compare_incidents(before: Path, now: Path) -> Changes:
    """Compare the incidents of two releases.

    Args:
        before: file of JSON Lines of the last release.
        now: of this one.
    """
    old = {row["id"]: row for row in read_rows(before)}
    new: list[str] = []
    changed: dict[str, tuple[str, ...]] = {}
    for row in read_rows(now):
        was = old.pop(row["id"], None)
        if was is None:
            new.append(row["id"])
        elif differs := tuple(
            _difference(name, was.get(name), row[name]) for name in row if row[name] != was.get(name)
        ):
            changed[row["id"]] = differs
    return Changes(new=tuple(new), changed=changed, withdrawn=tuple(old))


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """Yield the rows of a file of JSON Lines that a release wrote."""
    with path.open(encoding="utf-8") as stream:
        for line in stream:
            yield json.loads(line)


def changelog(changes: Changes | None, last: str | None, reasons: Mapping[str, str]) -> str:
    """Return what changed, for people.

    Args:
        changes: ``None`` where there was no release before.
        last: name of the last release.
        reasons: why each that is withdrawn is.
    """
    return "\n".join(_changelog(changes, last, reasons)) + "\n"


def _changelog(changes: Changes | None, last: str | None, reasons: Mapping[str, str]) -> Iterator[str]:
    yield "# What changed\n"
    if changes is None:
        yield "This is the first release."
        return
    yield (
        f"Since {last}: {len(changes.new):,} new, {len(changes.changed):,} changed and "
        f"{len(changes.withdrawn):,} withdrawn incidents. Figures go down as well as up."
    )
    told = {
        "New": list(changes.new),
        "Changed": [f"{id_}: {', '.join(differs)}" for id_, differs in changes.changed.items()],
        "Withdrawn": [f"{id_}: {reasons[id_]}" for id_ in changes.withdrawn],
    }
    for title, lines in told.items():
        if lines:
            yield f"\n## {title}\n"
            yield from (f"- {line}" for line in lines)


def _difference(name: str, was: Any, now: Any) -> str:
    """Return what differs in one column: its values where they are short enough to be read in a line."""
    told = f"{name} {_told(was)} → {_told(now)}"
    return told if len(told) <= MOST_TOLD else name


def _told(value: Any) -> str:
    if value in (None, []):
        return "empty"
    return joined(value) if isinstance(value, list) else str(value)


def _resource(path: Path, layouts: Sequence[Layout]) -> dict[str, Any]:
    found: dict[str, Any] = {
        "name": path.name.replace(".", "-").lower(),
        "path": path.name,
        "format": path.suffix[1:],
        "mediatype": MEDIA[path.suffix],
        "bytes": path.stat().st_size,
        "hash": f"sha256:{_digest(path)}",
    }
    layout = next((each for each in layouts if path.name == f"{each.name}.csv"), None)
    if layout is not None:
        found |= {"profile": "tabular-data-resource", "encoding": "utf-8", "schema": _schema(layout)}
    return found


def _schema(layout: Layout) -> dict[str, Any]:
    fields = [
        {"name": column.name, "type": TYPES[column.kind], "description": column.holds}
        | ({"constraints": {"required": True}} if column.needed and column.kind is not Kind.TEXTS else {})
        for column in layout.columns
    ]
    return {"fields": fields, "missingValues": [""]} | ({"primaryKey": "id"} if "id" in layout.names else {})


def _digest(path: Path) -> str:
    total = hashlib.sha256()
    with path.open("rb") as stream:
        while piece := stream.read(BYTES_AT_ONCE):
            total.update(piece)
    return total.hexdigest()
