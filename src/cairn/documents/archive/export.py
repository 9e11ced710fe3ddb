"""Captures written for other tools: a .warc.gz file, or a WACZ package that opens in a browser."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from cairn.documents.archive.archive import Archive
from cairn.documents.archive.wacz import Parcel, write_package
from cairn.documents.archive.warc import capture_members, file_member
from cairn.errors import ArchiveError, InputError

WARC, WACZ = ".warc.gz", ".wacz"


@dataclass(slots=True, kw_only=True)
class Exported:
    """What an export came to.

    Attributes:
        captures: how many were written.
        skipped: one line for each capture that the archive cannot give, and why.
    """

    captures: int = 0
    skipped: list[str] = field(default_factory=list)


def export_archive(
    archive: Archive, out: Path, *, url: str | None = None, created: dt.datetime | None = None
) -> Exported:
    """Write captures to a file that other tools read.

    The same captures and the same ``created`` give the same bytes.

    Args:
        archive: open for reading.
        out: file to write, ``.warc.gz`` or ``.wacz``; it must not be there yet.
        url: write the captures of this address alone.
        created: moment that a WACZ package says it was made at; it may say none.

    Raises:
        ArchiveError: nothing was captured, or not there.
        InputError: the file is there already, cannot be written, or has another ending.
    """
    if not out.name.endswith((WARC, WACZ)):
        raise InputError(f"cannot tell what {out.name} is to be; name a file that ends in {WARC} or {WACZ}")
    if next(archive.captures(url), None) is None:
        if url is None:
            raise ArchiveError("the archive holds no capture yet; there is nothing to export")
        raise ArchiveError(f"{url} was never captured; cairn documents lists the addresses that were")
    exported = Exported()
    title = f"Captures of {url}" if url else "All captures of an archive"
    parcels = _parcels(archive, url, title, exported)
    with _new_file(out) as file:
        if out.name.endswith(WACZ):
            write_package(parcels, file, title=title, created=created)
        else:
            for parcel in parcels:
                file.write(parcel.member.packed)
    return exported


def _parcels(archive: Archive, url: str | None, title: str, exported: Exported) -> Iterator[Parcel]:
    """Yield records in the order of the file, each with the capture and the document it belongs to."""
    opened = False
    for capture in archive.captures(url):
        try:
            body = archive.body(capture.body)
        except ArchiveError as error:
            exported.skipped.append(f"{capture.url}: {error}")
            continue
        told = archive.told(capture)
        if not opened:
            opened = True
            yield Parcel(member=file_member(title, capture), capture=capture)
        exported.captures += 1
        for member in capture_members(capture, body, told):
            yield Parcel(member=member, capture=capture, told=told)


@contextmanager
def _new_file(path: Path) -> Iterator[IO[bytes]]:
    """Open a file that is not there yet; it comes to its name when it is whole."""
    if path.exists():
        raise InputError(f"{path} is there already; name another file, nothing is overwritten")
    part = path.with_name(path.name + ".part")
    try:
        with part.open("wb") as file:
            yield file
        part.replace(path)
    except OSError as error:
        raise InputError(f"cannot write {path}: {error.strerror or error}") from error
    finally:
        part.unlink(missing_ok=True)
