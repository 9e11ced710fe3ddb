"""Exports: what was read, shown to people and handed to other programs."""

from cairn.exports.archived import (
    document_json,
    documents_table,
    failure_json,
    failures_table,
    write_objects,
)
from cairn.exports.captured import Row, captured_table
from cairn.exports.dossiers import dossier, place_and_day
from cairn.exports.incidents import incidents_table
from cairn.exports.lines import report_json, write_lines
from cairn.exports.listed import (
    listed_claims_table,
    listed_decisions_table,
    listed_documents_table,
    listed_incidents_table,
    listed_json,
    write_rows,
)
from cairn.exports.table import claims_table
from cairn.exports.timeline import toll_svg
from cairn.exports.tree import sentence_trees, write_trees
from cairn.exports.versions import Step, version_json, versions_table, versions_text
from cairn.exports.versions_page import write_versions
from cairn.exports.webpage import page, write_page

__all__ = [
    "Row",
    "Step",
    "captured_table",
    "claims_table",
    "document_json",
    "documents_table",
    "dossier",
    "failure_json",
    "failures_table",
    "incidents_table",
    "listed_claims_table",
    "listed_decisions_table",
    "listed_documents_table",
    "listed_incidents_table",
    "listed_json",
    "page",
    "place_and_day",
    "report_json",
    "sentence_trees",
    "toll_svg",
    "version_json",
    "versions_table",
    "versions_text",
    "write_lines",
    "write_objects",
    "write_page",
    "write_rows",
    "write_trees",
    "write_versions",
]
