"""Places by name: an index of the world's countries, regions and settlements.

Names and coordinates are GeoNames data (geonames.org, CC BY 4.0).
"""

from cairn.gazetteer.entry import Entry, EntryKind
from cairn.gazetteer.index import Gazetteer, open_gazetteer

__all__ = ["Entry", "EntryKind", "Gazetteer", "open_gazetteer"]
