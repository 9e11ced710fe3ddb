"""Estimates: who says what now, and what named policies make of it; the claims stay as they are."""

from cairn.estimates.bounds import fit_together
from cairn.estimates.policies import POLICIES, Policy, estimate, estimate_all
from cairn.estimates.positions import Heard, Stand, take_group_positions, take_positions
from cairn.estimates.rules import Settings

__all__ = [
    "POLICIES",
    "Heard",
    "Policy",
    "Settings",
    "Stand",
    "estimate",
    "estimate_all",
    "fit_together",
    "take_group_positions",
    "take_positions",
]
