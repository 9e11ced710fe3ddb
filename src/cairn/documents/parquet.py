"""Parquet: a report a row, in typed columns that are told as those of other tables."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

from cairn.documents.tables import Row, choose_columns
from cairn.errors import DocumentError, WrongKindError

if TYPE_CHECKING:
    from cairn.documents.files import Stretch

_ROWS = 64
"""Rows that are unpacked at once."""


def read_groups(path: Path, columns: Mapping[str, str], stretch: Stretch | None) -> Iterator[Row]:
    """Yield the rows of a Parquet file; only columns that say something of reports are read.

    Args:
        path: of the file.
        columns: field -> name of its column, where the user says so.
        stretch: which groups of rows to read; all when ``None``.

    Raises:
        WrongKindError: no Parquet file.
        DocumentError: no column holds texts, or the file is damaged; reason as a predicate.
        OSError: it cannot be read.
    """
    import pyarrow as pa  # takes a third of a second
    import pyarrow.parquet as pq

    try:
        whole = pq.ParquetFile(path)
    except pa.ArrowInvalid as error:
        raise WrongKindError("is no Parquet file, or a damaged one; export it again") from error
    with whole:
        chosen = choose_columns(whole.schema_arrow.names, columns)
        first, end = (stretch.start, stretch.start + stretch.count) if stretch else (0, whole.num_row_groups)
        number = stretch.before if stretch else 0
        try:
            for batch in whole.iter_batches(
                _ROWS, row_groups=range(first, end), columns=[*dict.fromkeys(chosen.values())]
            ):
                for row in batch.to_pylist():
                    number += 1
                    raw = json.dumps(row, ensure_ascii=False, default=str).encode("utf-8", "replace")
                    yield Row(number=number, body=raw, columns=chosen, notes=())
        except pa.ArrowException as error:
            raise DocumentError(f"is damaged after row {number}; export it again") from error


def count_groups(path: Path) -> list[int]:
    """Return how many rows each group of a Parquet file has; none when it cannot be told."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    try:
        told = pq.read_metadata(path)
    except (OSError, pa.ArrowException):
        return []
    return [told.row_group(number).num_rows for number in range(told.num_row_groups)]
