"""Parquet: tables as Arrow has them, typed, in groups of rows."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cairn.exports.files.columns import Cells, Kind, Layout, Sheet

if TYPE_CHECKING:
    import pyarrow as pa

GROUP_ROWS = 100_000
"""Rows a group, some tens of megabytes of claims: what a reader loads at one go."""


def arrow_schema(layout: Layout) -> pa.Schema:
    """Return a layout as Arrow has it, with what each column holds in its metadata."""
    import pyarrow as pa  # takes a third of a second, and most commands write no such file

    types = {
        Kind.TEXT: pa.string(),
        Kind.WHOLE: pa.int64(),
        Kind.DECIMAL: pa.float64(),
        Kind.YES_NO: pa.bool_(),
        Kind.DAY: pa.date32(),
        Kind.MOMENT: pa.timestamp("us", tz="UTC"),
        Kind.TEXTS: pa.list_(pa.string()),
    }
    return pa.schema(
        [
            pa.field(column.name, types[column.kind], not column.needed, {"holds": column.holds})
            for column in layout.columns
        ],
        metadata={"holds": layout.holds},
    )


def arrow_batches(sheet: Sheet) -> Iterator[pa.RecordBatch]:
    """Yield a table's rows as they come, in batches of Arrow."""
    import pyarrow as pa

    schema = arrow_schema(sheet.layout)
    for cells in sheet.cells():
        yield pa.record_batch(_arrays(cells, schema), schema=schema)


def arrow_table(sheet: Sheet) -> pa.Table:
    """Return a whole table in Arrow."""
    import pyarrow as pa

    return pa.Table.from_batches(arrow_batches(sheet), schema=arrow_schema(sheet.layout))


def write_parquet(sheet: Sheet, path: Path) -> int:
    """Write a table as Parquet, compressed; return how many rows there were."""
    import pyarrow as pa
    import pyarrow.parquet as pq

    count, waiting, rows = 0, list[Any](), 0
    with pq.ParquetWriter(path, arrow_schema(sheet.layout), compression="zstd") as writer:
        for batch in arrow_batches(sheet):
            waiting.append(batch)
            rows += batch.num_rows
            if rows >= GROUP_ROWS:
                writer.write_table(pa.Table.from_batches(waiting))
                count, waiting, rows = count + rows, [], 0
        if waiting:
            writer.write_table(pa.Table.from_batches(waiting))
    return count + rows


def _arrays(cells: Cells, schema: pa.Schema) -> list[pa.Array]:
    import pyarrow as pa

    return [pa.array(values, field.type) for values, field in zip(cells, schema, strict=True)]
