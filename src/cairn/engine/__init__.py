"""The same pipeline on more than one process, in runs that go on where they were cut off."""

from cairn.engine.extracting import Order, Plan, begin, drop_others, extract
from cairn.engine.loading import is_extracted, load_extracted, read_extracted
from cairn.engine.parts import Part
from cairn.engine.reading import Given, open_reader, processors
from cairn.engine.spark import extract_on_spark
from cairn.engine.spark_hands import open_spark_hands

__all__ = [
    "Given",
    "Order",
    "Part",
    "Plan",
    "begin",
    "drop_others",
    "extract",
    "extract_on_spark",
    "is_extracted",
    "load_extracted",
    "open_reader",
    "open_spark_hands",
    "processors",
    "read_extracted",
]
