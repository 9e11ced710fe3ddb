"""Exports: what was read, shown to people and handed to other programs."""

from cairn.exports.lines import report_json, write_lines
from cairn.exports.table import claims_table
from cairn.exports.tree import sentence_trees, write_trees
from cairn.exports.webpage import page, write_page

__all__ = [
    "claims_table",
    "page",
    "report_json",
    "sentence_trees",
    "write_lines",
    "write_page",
    "write_trees",
]
