"""Estimates: who says what now, and what named policies make of it; the claims stay as they are."""

from cairn.estimates.bounds import fit_together
from cairn.estimates.ceasefires import BEGINNINGS, follow_ceasefire, point_of
from cairn.estimates.policies import POLICIES, Policy, estimate, estimate_all
from cairn.estimates.positions import Heard, Stand, take_group_positions, take_positions
from cairn.estimates.rules import Settings

__all__ = [
    "BEGINNINGS",
    "POLICIES",
    "Heard",
    "Policy",
    "Settings",
    "Stand",
    "estimate",
    "estimate_all",
    "fit_together",
    "follow_ceasefire",
    "point_of",
    "take_group_positions",
    "take_positions",
]
