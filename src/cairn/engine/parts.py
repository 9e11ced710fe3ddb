"""Parts: what a long run has read, in a folder of Parquet files; each part stands whole or not at all."""

from __future__ import annotations

import json
import os
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any, BinaryIO

from cairn.claims import Extraction
from cairn.engine.columns import arrow_struct, from_row, to_row
from cairn.engine.reading import Read
from cairn.errors import InputError
from cairn.records import Claim, Document, Event, Framing, Run, Skipped, content_id

FORMAT = "cairn-extract/1"

TABLES: dict[str, type] = {
    "documents": Document, "claims": Claim, "events": Event, "framing": Framing, "skipped": Skipped,
}  # fmt: skip
"""Folders of Parquet files, and what a row of each is, behind the document that it belongs to."""

DOCUMENT = "document"
"""Name of the column by which rows of the tables belong together."""

PLACE = "place"
"""Name of the column of ``skipped`` that tells which piece of its part gave no text, whatever the model."""

LARGEST = 2**63 - 1
"""What a column can count to."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A stretch of the inputs that was read, and what came of it.

    Attributes:
        base: of its split.
        split: number of its split.
        number: of the part in its split, from 0.
        content: digest of what was read.
        run: id of the set-up that read it.
        rest: id of that set-up without its model; "" in parts of before it was kept.
        rows: how many each table has.
        known: it was there before; not part of what is kept.
    """

    base: str
    split: int
    number: int
    content: str
    run: str
    rest: str = ""
    rows: dict[str, int]
    known: bool = False

    @property
    def name(self) -> str:
        """Return the name of its files."""
        return f"{self.base}-{self.split:05}-{self.number:05}"


def open_folder(folder: Path, run: Run) -> None:
    """Make a folder ready for the parts of a run.

    Args:
        folder: is there.
        run: the set-up that is to read.

    Raises:
        InputError: it cannot be written, or holds something else.
    """
    try:
        if not (folder / "run.json").exists() and any(
            not each.name.startswith(".") for each in folder.iterdir()
        ):
            raise InputError(f"{folder} holds something else; name a new folder")
        for table in (*TABLES, "parts"):
            (folder / table).mkdir(exist_ok=True)
            for broken_off in (folder / table).glob(".*"):
                broken_off.unlink()
        _write_whole(folder / "run.json", _json({"format": FORMAT, **asdict(run)}))
    except OSError as error:
        raise unwritable(folder, error) from error


def run_of(folder: Path) -> Run:
    """Return the set-up that read the parts in a folder.

    Raises:
        InputError: it is no such folder, or the parts were read by several set-ups.
    """
    try:
        told = json.loads((folder / "run.json").read_text(encoding="utf-8"))
        known = told.pop("format") == FORMAT
        run = Run(**told) if known else None
    except (OSError, ValueError, TypeError, KeyError, AttributeError) as error:
        raise InputError(f"{folder} is no folder that cairn extract wrote; name one") from error
    if run is None:
        raise InputError(f"{folder} was written by another version of Cairn; extract anew")
    others = sum(part.run != run.id for part in list_parts(folder))
    if others:
        raise InputError(
            f"{folder} holds {others} parts that another model or lexicon read; "
            "run the same cairn extract again, which reads them anew"
        )
    return run


def list_parts(folder: Path) -> Iterator[Part]:
    """Yield the parts in a folder, in order.

    Raises:
        InputError: what tells of one is damaged.
    """
    for path in sorted((folder / "parts").glob("*.json")):
        if part := find_part(path):
            yield part


def find_part(path: Path) -> Part | None:
    """Return the part of which a file tells, ``None`` where there is no such file.

    Raises:
        InputError: it is damaged.
    """
    try:
        return Part(**json.loads(path.read_bytes()))
    except FileNotFoundError:
        return None
    except (OSError, ValueError, TypeError) as error:
        raise InputError(f"{path} is damaged; delete it, and its part is read again") from error


def receipt(folder: Path, part: Part) -> Path:
    """Return the path of the file that tells of a part; it is written last, so its part is whole."""
    return folder / "parts" / f"{part.name}.json"


def write_part(folder: Path, part: Part, read: Sequence[Read], lost: Collection[int] = ()) -> Part:
    """Write what was read in one part, and then that it is there; return it with the numbers of its rows.

    Args:
        folder: made ready by ``open_folder``.
        part: without rows.
        read: what came of its pieces, in order.
        lost: places of those that were given up while they were read.

    Raises:
        InputError: the folder cannot be written; nothing of the part stands then.
    """
    import pyarrow as pa
    import pyarrow.parquet as pq

    tables = _tables(read, lost)
    written = Part(**{**asdict(part), "rows": {name: len(rows) for name, rows in tables.items()}})
    try:
        receipt(folder, part).unlink(missing_ok=True)
        for name, record in TABLES.items():
            path = folder / name / f"{part.name}.parquet"
            fields = [pa.field(DOCUMENT, pa.string()), *arrow_struct(record)]
            fields += [pa.field(PLACE, pa.int64())] if record is Skipped else []
            table = pa.Table.from_pylist(tables[name], schema=pa.schema(fields))
            with _replacing(path) as beside:
                pq.write_table(table, beside, compression="zstd")
        _write_whole(receipt(folder, part), _json(asdict(written)))
    except OSError as error:
        raise unwritable(folder, error) from error
    return written


def drop_part(folder: Path, part: Part) -> None:
    """Remove a part that its input no longer has."""
    receipt(folder, part).unlink(missing_ok=True)
    for name in TABLES:
        (folder / name / f"{part.name}.parquet").unlink(missing_ok=True)


def read_part(folder: Path, part: Part) -> Iterator[tuple[Document, Extraction] | Skipped]:
    """Yield what was read in one part, each document as it was read, then what was skipped.

    Raises:
        InputError: a file of it is missing or damaged.
    """
    rows = {name: _rows(folder, part, name) for name in TABLES}
    of: dict[str, dict[str, list[Any]]] = {name: {} for name in ("claims", "events", "framing")}
    for name, told in of.items():
        for row in rows[name]:
            told.setdefault(row[DOCUMENT], []).append(from_row(TABLES[name], row))
    for row in rows["documents"]:
        found = {name: tuple(told.get(row[DOCUMENT], ())) for name, told in of.items()}
        yield from_row(Document, row), Extraction(**found)
    for row in rows["skipped"]:
        yield from_row(Skipped, row)


def read_unread(folder: Path, part: Part) -> dict[int, Skipped]:
    """Return the pieces of a part that gave no text to read, by their places in it.

    Raises:
        InputError: the file that tells of them is missing or damaged.
    """
    rows = _rows(folder, part, "skipped")
    return {row[PLACE]: from_row(Skipped, row) for row in rows if row[PLACE] is not None}


def _rows(folder: Path, part: Part, table: str) -> list[dict[str, Any]]:
    import pyarrow as pa
    import pyarrow.parquet as pq

    path = folder / table / f"{part.name}.parquet"
    try:
        rows: list[dict[str, Any]] = pq.read_table(path).to_pylist()
    except (OSError, pa.ArrowException) as error:
        raise InputError(f"{path} is missing or damaged; run the same cairn extract again") from error
    if len(rows) != part.rows.get(table):
        raise InputError(f"{path} is not what was written; delete it and {receipt(folder, part)}")
    return rows


def _tables(read: Sequence[Read], lost: Collection[int]) -> dict[str, list[dict[str, Any]]]:
    """Return the rows of all tables."""
    tables: dict[str, list[dict[str, Any]]] = {name: [] for name in TABLES}
    seen: set[str] = set()
    for place, each in enumerate(read):
        if isinstance(each, Skipped):
            unread = None if place in lost else place
            tables["skipped"].append({DOCUMENT: None, **to_row(each), PLACE: unread})
            continue
        document, found = each
        published = document.published.isoformat() if document.published else None
        key = content_id("doc", [document.id, published, document.text])  # as the ledger calls it
        if key in seen:
            continue
        seen.add(key)
        dropped = list(found.dropped)
        tables["documents"].append({DOCUMENT: key, **to_row(document)})
        for claim in found.claims:
            if max(claim.count.low or 0, claim.count.high or 0) > LARGEST:
                words = claim.anchor.words(document.text)
                dropped.append(
                    Skipped(document_id=document.id, reason=f"“{words}” is more people than can be counted")
                )
            else:
                tables["claims"].append({DOCUMENT: key, **to_row(claim)})
        tables["events"] += [{DOCUMENT: key, **to_row(event)} for event in found.events]
        tables["framing"] += [{DOCUMENT: key, **to_row(wording)} for wording in found.framing]
        tables["skipped"] += [{DOCUMENT: key, **to_row(why)} for why in dropped]
    return tables


def unwritable(folder: Path, error: OSError) -> InputError:
    """Return the line for a folder that cannot be written."""
    why = (error.strerror or str(error)).lower()
    return InputError(
        f"cannot write {folder} ({why}); mend that and run the same command again: what is done is kept"
    )


def _json(content: dict[str, Any]) -> bytes:
    return json.dumps(content, ensure_ascii=False, indent=1).encode()


def _write_whole(path: Path, content: bytes) -> None:
    with _replacing(path) as beside:
        beside.write(content)


@contextmanager
def _replacing(path: Path) -> Iterator[BinaryIO]:
    """Open a file that takes the place of another one when it is whole."""
    beside = path.with_name(f".{path.name}.{os.getpid()}")
    try:
        with beside.open("wb") as stream:
            yield stream
            stream.flush()
            os.fsync(stream.fileno())
        beside.replace(path)
    except BaseException:
        beside.unlink(missing_ok=True)
        raise
