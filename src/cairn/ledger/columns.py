"""Columns: what claims and events hold, the same as read and as they stand."""

from __future__ import annotations

from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Date, Float, Integer, Text

Number = BigInteger().with_variant(Integer, "sqlite")
"""Numbers of rows and of persons; SQLite counts rows up itself in an ``INTEGER`` alone."""


def claim_slots() -> list[Column[Any]]:
    """Return the columns of a claim's slots; persons are whole, offsets code points, ends excluded."""
    return [
        Column("harm", Text, nullable=False),
        Column("low", Number),
        Column("high", Number),
        Column("approx", Boolean, nullable=False),
        Column("fraction", Float),
        Column("anchor_start", Integer, nullable=False),
        Column("anchor_end", Integer, nullable=False),
        Column("victims", Text),
        Column("groups", Text, nullable=False),
        Column("perpetrator", Text),
        Column("means", Text),
        Column("target", Text),
        Column("target_kind", Text),
        *surroundings(),
        Column("status", Text, nullable=False),
        Column("scope", Text, nullable=False),
        Column("part_of", Text),
    ]


def event_slots() -> list[Column[Any]]:
    """Return the columns of an event's slots."""
    return [
        Column("type", Text, nullable=False),
        Column("mode", Text),
        Column("trigger_start", Integer, nullable=False),
        Column("trigger_end", Integer, nullable=False),
        Column("actor", Text),
        Column("recipient", Text),
        Column("actors", Text, nullable=False),
        Column("recipients", Text, nullable=False),
        Column("participants", Text, nullable=False),
        *surroundings(),
        Column("status", Text, nullable=False),
    ]


def surroundings() -> list[Column[Any]]:
    """Return the columns for where, when and according to whom."""
    return [
        Column("place", Text),
        Column("country", Text),
        Column("geonames_id", Number),
        Column("latitude", Float),
        Column("longitude", Float),
        Column("radius_km", Float),
        Column("time_start", Date),
        Column("time_end", Date),
        Column("speaker", Text),
        Column("speakers", Text, nullable=False),
    ]


def standing_columns() -> list[Column[Any]]:
    """Return the columns for what people made of a claim or an event, and how sure its reading is."""
    return [
        Column("reviewed", Text),
        Column("corrected", Text, nullable=False),
        Column("sensitivity", Text, nullable=False),
        Column("name_sensitivity", Text, nullable=False),
        Column("place_sensitivity", Text, nullable=False),
        Column("confidence", Float),
    ]
