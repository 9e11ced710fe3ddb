"""Spots: where incidents lie, each place once, as the circle that its coordinates are exact to."""

from __future__ import annotations

from collections.abc import Sequence

import sqlalchemy as sa

from cairn.ledger.current import State
from cairn.ledger.lists import Asked, on_claims, on_incidents, rounded
from cairn.ledger.rows import Row
from cairn.ledger.rulings import PUBLIC
from cairn.ledger.tables import current_claims, incidents


def list_spots(state: State, asked: Asked, limit: int) -> Sequence[Row]:
    """Return the places of incidents, those of the most incidents first.

    Args:
        state: of ``as_of``.
        asked: see ``list_incidents``; of what is public the places of public claims are told, rounded.
        limit: places at most.

    Returns:
        Rows of ``latitude``, ``longitude`` (degrees, WGS84), ``radius_km``, ``place`` and ``incidents``, the
        number of them.
    """
    table: sa.Table = current_claims if asked.public else incidents
    degrees: list[sa.ColumnElement[float]] = [table.c.latitude, table.c.longitude]
    conditions: list[sa.ColumnElement[bool]] = [table.c.latitude.is_not(None)]
    if asked.public:
        degrees = [rounded(each) for each in degrees]
        conditions += [table.c.incident.is_not(None), table.c.place_sensitivity == PUBLIC]
        conditions += on_claims(state.connection, asked)
        many = sa.func.count(sa.distinct(table.c.incident))
    else:
        conditions += on_incidents(state, asked)
        many = sa.func.count()
    query = sa.select(
        degrees[0].label("latitude"),
        degrees[1].label("longitude"),
        table.c.radius_km,
        sa.func.min(table.c.place).label("place"),
        many.label("incidents"),
    )
    query = query.where(*conditions).group_by(*degrees, table.c.radius_km)
    query = query.order_by(many.desc(), *degrees, table.c.radius_km).limit(limit)
    return state.connection.execute(query).mappings().all()
