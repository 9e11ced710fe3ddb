"""HXL: tables with the tags of the Humanitarian Exchange Language, ranges in columns of their own."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from cairn.exports.files.columns import Block, Cells, Column, Kind, Layout
from cairn.records import Harm

HARMS = {
    Harm.KILLED: "#affected+killed",
    Harm.INJURED: "#affected+injured",
    Harm.CASUALTIES: "#affected+casualties",
    Harm.MISSING: "#affected+missing",
    Harm.ABDUCTED: "#affected+abducted",
    Harm.DETAINED: "#affected+detained",
    Harm.DISPLACED: "#affected+idps+individuals",
}
"""The HXL standard asks for whole numbers below ``#affected``, one kind of harm a column."""
BOUNDS = {"low": "min", "best": "", "high": "max"}
"""What our bounds are called there; ``+min`` and ``+max`` are our own attributes."""
TAGS = {
    "id": "#meta+id",
    "incident": "#event+id",
    "document": "#meta+document+name",
    "outlet": "#meta+source",
    "outlets": "#meta+source",
    "published": "#date+reported",
    "url": "#meta+url",
    "harm": "#indicator+harm+name",
    "count_kind": "#meta+count+kind",
    "fraction": "#indicator+share+num",
    "victims": "#description+victims",
    "groups": "#description+groups",
    "perpetrator": "#group+name+claimed",
    "perpetrators": "#group+name+claimed",
    "means": "#event+type",
    "type": "#event+act+type",
    "mode": "#event+act+mode",
    "actor": "#group+name+actor",
    "actor_known_as": "#group+name+actor+neutral",
    "recipient": "#group+name+recipient",
    "recipient_known_as": "#group+name+recipient+neutral",
    "target_kind": "#loc+type",
    "targets": "#loc+type",
    "place": "#loc+name",
    "country": "#country+code+v_iso2",
    "geonames_id": "#loc+code+v_geonames",
    "latitude": "#geo+lat",
    "longitude": "#geo+lon",
    "radius_km": "#geo+radius+km",
    "precision": "#geo+precision",
    "time_start": "#date+start",
    "time_end": "#date+end",
    "sources": "#meta+origin+name",
    "speakers": "#meta+origin+name",
    "status": "#status+claim",
    "scope": "#meta+scope",
    "part_of": "#meta+part_of",
    "claim": "#meta+claim+id",
    "claims": "#meta+claims+num",
    "doubt": "#status+doubt",
    "earlier": "#meta+earlier",
    "origin": "#meta+origin+name",
    "relays": "#meta+relay+name",
    "reports": "#meta+documents+num",
    "said_on": "#date+said",
    "documents": "#meta+documents+num",
    "origins": "#meta+origins+num",
    "provisional": "#status+provisional",
    "grade": "#status+grade",
    "killed_kind": "#meta+killed+kind",
    "killed_low": "#affected+killed+told+min",
    "killed_high": "#affected+killed+told+max",
    "injured_kind": "#meta+injured+kind",
    "injured_low": "#affected+injured+told+min",
    "injured_high": "#affected+injured+told+max",
    "policy": "#meta+policy",
    "version": "#meta+policy+version",
    "policy_killed_low": "#affected+killed+min",
    "policy_killed": "#affected+killed",
    "policy_killed_high": "#affected+killed+max",
    "policy_injured_low": "#affected+injured+min",
    "policy_injured": "#affected+injured",
    "policy_injured_high": "#affected+injured+max",
    "reason": "#description+reason",
    "words": "#description+quote",
    "confidence": "#meta+confidence",
    "recorded_at": "#date+recorded",
}
"""The tag of each column; those without one are left out."""

CAVEAT = (
    "What speakers say, not what was found: figures are claims, ranges stay open, and silence is not zero."
)
CAVEATS = Column(name="caveat", kind=Kind.TEXT, holds="how to read the row", needed=True)


def tagged(layout: Layout) -> tuple[Layout, list[str]]:
    """Return a table as HXL has it, with the tag of each of its columns.

    Figures that a row tells of one harm go to columns of that harm, a column for each bound.

    Args:
        layout: with columns that are named as in ``TAGS``.
    """
    kept = [(place, each) for place, each in enumerate(layout.columns) if each.name in TAGS]
    bounds = [name for name in BOUNDS if name in layout.names]
    spread = [(harm, name) for harm in HARMS for name in bounds]

    def take(block: Block) -> Cells:
        cells = layout.take(block)
        own: list[Sequence[Any]] = [cells[place] for place, _ in kept]
        harms = cells[layout.names.index("harm")] if spread else ()
        for harm, name in spread:
            values = cells[layout.names.index(name)]
            own.append([v if h == harm.value else None for h, v in zip(harms, values, strict=True)])
        return [*own, [CAVEAT] * len(own[0])]

    columns = [
        *(each for _, each in kept),
        *(
            Column(name="_".join(_parts(harm, name)), kind=Kind.WHOLE, holds=f"{harm.value}, {name}")
            for harm, name in spread
        ),
        CAVEATS,
    ]
    tags = [
        *(TAGS[each.name] for _, each in kept),
        *("+".join([HARMS[harm], *_parts(harm, name)[1:]]) for harm, name in spread),
        "#meta+caveat",
    ]
    return Layout(name=layout.name, holds=layout.holds, columns=tuple(columns), take=take), tags


def _parts(harm: Harm, bound: str) -> list[str]:
    return [harm.value, BOUNDS[bound]] if BOUNDS[bound] else [harm.value]
