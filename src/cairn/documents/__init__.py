"""Files in, documents out; a text that cannot be used becomes one line that says why."""

from importlib import import_module
from typing import TYPE_CHECKING

from cairn.documents.address_lines import read_addresses
from cairn.documents.archive import (
    Archive,
    Exported,
    body_name,
    capture_id,
    diff_versions,
    export_archive,
    open_archive,
)
from cairn.documents.copies import CopyIndex, add_documents, find_copies, find_origin, find_repeated
from cairn.documents.files import Columns
from cairn.documents.importing import IMPORT_GROUP, LISTED, Addresses, Imported, count_bytes, import_files
from cairn.documents.language import name_language
from cairn.documents.load import count_inputs, load_documents, load_piece
from cairn.documents.pieces import Piece, Refused
from cairn.documents.splits import Split, find_splits, open_split
from cairn.documents.tables import parse_columns

if TYPE_CHECKING:
    from cairn.documents.capturing import Captured
    from cairn.documents.watching import Round, capture_addresses, watch_round
    from cairn.documents.web import Feed, Listed, Manners, Outside, PutOff, Visitor, open_visitor, read_list

__all__ = [
    "IMPORT_GROUP",
    "LISTED",
    "Addresses",
    "Archive",
    "Captured",
    "Columns",
    "CopyIndex",
    "Exported",
    "Feed",
    "Imported",
    "Listed",
    "Manners",
    "Outside",
    "Piece",
    "PutOff",
    "Refused",
    "Round",
    "Split",
    "Visitor",
    "add_documents",
    "body_name",
    "capture_addresses",
    "capture_id",
    "count_bytes",
    "count_inputs",
    "diff_versions",
    "export_archive",
    "find_copies",
    "find_origin",
    "find_repeated",
    "find_splits",
    "import_files",
    "load_documents",
    "load_piece",
    "name_language",
    "open_archive",
    "open_split",
    "open_visitor",
    "parse_columns",
    "read_addresses",
    "read_list",
    "watch_round",
]

_OF_THE_NETWORK = {
    "capturing": ("Captured",),
    "watching": ("Round", "capture_addresses", "watch_round"),
    "web": ("Feed", "Listed", "Manners", "Outside", "PutOff", "Visitor", "open_visitor", "read_list"),
}
"""What is loaded when it is asked for: who reads files need not wait for a network's libraries."""


def __getattr__(name: str) -> object:
    for module, names in _OF_THE_NETWORK.items():
        if name in names:
            return getattr(import_module(f"cairn.documents.{module}"), name)
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
