"""Records as a package by https://specs.webrecorder.net/wacz/1.1.1/: WARC, index, pages and digests."""

from __future__ import annotations

import datetime as dt
import gzip
import hashlib
import json
import sqlite3
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from importlib.metadata import version
from typing import IO, Any

from cairn.documents.archive.cdxj import cdxj_line
from cairn.documents.archive.warc import Member
from cairn.records import Capture

WACZ_VERSION = "1.1.1"
_WARC = "captures.warc.gz"
_LINES_A_CHUNK = 1000
"""Lines of an index that are packed together, each chunk a gzip member: bounds memory, packs well."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Parcel:
    """One record with the capture that it belongs to, and what is told of its document, if it has one."""

    member: Member
    capture: Capture
    told: dict[str, Any] = field(default_factory=dict)


def write_package(
    parcels: Iterable[Parcel], file: IO[bytes], *, title: str, created: dt.datetime | None
) -> None:
    """Write a package; memory does not grow with it.

    Args:
        parcels: records in the order in which the WARC is to hold them.
        file: open for bytes.
        title: one line that says what it holds.
        created: moment at which it is made, if it is to say one.
    """
    resources: list[dict[str, Any]] = []
    # SQLite puts the lines in order, in a database of its own on the disk.
    with closing(sqlite3.connect("")) as lines, zipfile.ZipFile(file, "w") as package:
        lines.execute("CREATE TABLE cdxj (line BLOB)")
        lines.execute("CREATE TABLE pages (line BLOB)")
        with _entry(package, f"archive/{_WARC}", resources, packed=False) as put:
            offset = 0
            for parcel in parcels:
                put(parcel.member.packed)
                _index(lines, parcel, offset)
                offset += len(parcel.member.packed)
        with _entry(package, "indexes/index.cdx.gz", resources, packed=False) as put:
            for chunk in _chunks(lines, "SELECT line FROM cdxj ORDER BY line"):
                put(gzip.compress(chunk, mtime=0))
        with _entry(package, "pages/pages.jsonl", resources) as put:
            put(_json({"format": "json-pages-1.0", "id": "pages", "title": "Reports"}))
            for chunk in _chunks(lines, "SELECT line FROM pages ORDER BY rowid"):
                put(chunk)
        (captures,) = lines.execute("SELECT count(*) FROM cdxj").fetchone()
        _describe(package, resources, title, captures, created)


def _index(lines: sqlite3.Connection, parcel: Parcel, offset: int) -> None:
    """Note where a record stands, and the page that it holds."""
    if parcel.member.url is None:
        return
    lines.execute("INSERT INTO cdxj VALUES (?)", (cdxj_line(parcel.capture, parcel.member, _WARC, offset),))
    if parcel.told:
        page = {
            "id": parcel.capture.id,
            "url": parcel.member.url,
            "ts": parcel.capture.captured_at.replace(tzinfo=None).isoformat() + "Z",
            "title": parcel.told.get("title") or parcel.member.url,
        }
        lines.execute("INSERT INTO pages VALUES (?)", (_json(page),))


def _describe(
    package: zipfile.ZipFile,
    resources: list[dict[str, Any]],
    title: str,
    captures: int,
    created: dt.datetime | None,
) -> None:
    """Write the list of the package's files, and its digest."""
    told: dict[str, Any] = {
        "profile": "data-package",
        "wacz_version": WACZ_VERSION,
        "title": title,
        "description": f"{captures:,} captures, with their requests and what was read in them.",
        "software": f"cairn {version('cairn-ledger')}",
        "resources": list(resources),
    }
    if created is not None:
        told["created"] = created.astimezone(dt.UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    raw = json.dumps(told, indent=2).encode()
    digest = {"path": "datapackage.json", "hash": f"sha256:{hashlib.sha256(raw).hexdigest()}"}
    for name, content in (("datapackage.json", raw), ("datapackage-digest.json", _json(digest))):
        with _entry(package, name, []) as put:
            put(content)


@contextmanager
def _entry(
    package: zipfile.ZipFile, name: str, resources: list[dict[str, Any]], *, packed: bool = True
) -> Iterator[Callable[[bytes], None]]:
    """Write one file of the package, in pieces, and note its length and digest.

    Args:
        package: open for writing.
        name: path in the package.
        resources: list to add it to.
        packed: packed by ZIP; readers jump into what is packed already, which has to lie there as it is.
    """
    digest, size = hashlib.sha256(), 0
    entry = zipfile.ZipInfo(name)
    entry.compress_type = zipfile.ZIP_DEFLATED if packed else zipfile.ZIP_STORED
    entry.external_attr = 0o644 << 16
    with package.open(entry, "w", force_zip64=True) as stream:

        def put(piece: bytes) -> None:
            nonlocal size
            stream.write(piece)
            digest.update(piece)
            size += len(piece)

        yield put
    resources.append(
        {"name": name.split("/")[-1], "path": name, "hash": f"sha256:{digest.hexdigest()}", "bytes": size}
    )


def _chunks(lines: sqlite3.Connection, query: str) -> Iterator[bytes]:
    rows = lines.execute(query)
    while found := rows.fetchmany(_LINES_A_CHUNK):
        yield b"".join(line for (line,) in found)


def _json(told: dict[str, Any]) -> bytes:
    return json.dumps(told).encode() + b"\n"
