"""Mark what matters in one document: sentences, times, places, people, harms and voices."""

from cairn.readings.mark import PlaceLookup, mark_parsed, parse_documents, read
from cairn.readings.parser import Parser, load_parser

__all__ = ["Parser", "PlaceLookup", "load_parser", "mark_parsed", "parse_documents", "read"]
