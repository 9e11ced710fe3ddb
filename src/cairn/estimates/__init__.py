"""Estimates: who says what now, and what named policies make of it; the claims stay as they are."""

from cairn.estimates.policies import POLICIES, Policy, estimate, estimate_all
from cairn.estimates.positions import Heard, Stand, take_positions
from cairn.estimates.rules import Settings

__all__ = [
    "POLICIES",
    "Heard",
    "Policy",
    "Settings",
    "Stand",
    "estimate",
    "estimate_all",
    "take_positions",
]
