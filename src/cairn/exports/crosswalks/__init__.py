"""Crosswalks: incidents in the columns that other organisations have, with what does not fit."""

from collections.abc import Mapping

from cairn.exports.crosswalks.acled import ACLED
from cairn.exports.crosswalks.airwars import AIRWARS
from cairn.exports.crosswalks.gtd import GTD
from cairn.exports.crosswalks.plover import plover_record
from cairn.exports.crosswalks.ucdp import UCDP
from cairn.exports.files import Layout

CROSSWALKS: Mapping[str, Layout] = {layout.name: layout for layout in (UCDP, ACLED, GTD, AIRWARS)}
"""Each organisation's layout of incidents; its name is also that of its policy."""

__all__ = ["CROSSWALKS", "plover_record"]
