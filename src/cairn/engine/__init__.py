"""The same pipeline on more than one process, in runs that go on where they were cut off."""

from cairn.engine.extracting import Order, Plan, begin, drop_others, extract
from cairn.engine.loading import load_extracted
from cairn.engine.parts import Part
from cairn.engine.reading import Given, open_reader, processors
from cairn.engine.spark import extract_on_spark

__all__ = [
    "Given",
    "Order",
    "Part",
    "Plan",
    "begin",
    "drop_others",
    "extract",
    "extract_on_spark",
    "load_extracted",
    "open_reader",
    "processors",
]
