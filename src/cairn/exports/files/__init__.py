"""Files: tables for the tools that people already work in, each format by one writer over one model."""

from cairn.exports.files.claims import CLAIMS, ClaimRow
from cairn.exports.files.columns import Block, Layout, Sheet
from cairn.exports.files.corrections import Change, Refused, changes_in
from cairn.exports.files.estimates import ESTIMATES, EstimateRow, estimate_rows
from cairn.exports.files.events import EVENTS, EventRow
from cairn.exports.files.guide import Facts, guide
from cairn.exports.files.incidents import INCIDENTS, IncidentRow, Weighed, incident_row, row_block
from cairn.exports.files.package import (
    DESCRIBED,
    SUMS,
    Changes,
    Stated,
    changelog,
    check_sums,
    compare_incidents,
    data_package,
    read_rows,
)
from cairn.exports.files.parquet import arrow_table
from cairn.exports.files.positions import POSITIONS, PositionRow, position_rows
from cairn.exports.files.returned import Returned, read_returned
from cairn.exports.files.shown import changes_table
from cairn.exports.files.workbook import check_size
from cairn.exports.files.writing import ENDINGS, IN_FILES, SEVERAL, FileFormat, write_file, write_text

__all__ = [
    "CLAIMS",
    "DESCRIBED",
    "ENDINGS",
    "ESTIMATES",
    "EVENTS",
    "INCIDENTS",
    "IN_FILES",
    "POSITIONS",
    "SEVERAL",
    "SUMS",
    "Block",
    "Change",
    "Changes",
    "ClaimRow",
    "EstimateRow",
    "EventRow",
    "Facts",
    "FileFormat",
    "IncidentRow",
    "Layout",
    "PositionRow",
    "Refused",
    "Returned",
    "Sheet",
    "Stated",
    "Weighed",
    "arrow_table",
    "changelog",
    "changes_in",
    "changes_table",
    "check_size",
    "check_sums",
    "compare_incidents",
    "data_package",
    "estimate_rows",
    "guide",
    "incident_row",
    "position_rows",
    "read_returned",
    "read_rows",
    "row_block",
    "write_file",
    "write_text",
]
