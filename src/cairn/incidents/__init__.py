"""Incidents: which claims, of which reports, speak of the same attack, and why it is thought so."""

from cairn.incidents.blocks import find_pairs as pairs_worth_comparing
from cairn.incidents.compare import compare as compare_accounts
from cairn.incidents.given import claims_given
from cairn.incidents.joining import Linked, Told, gather_accounts, join_incidents

__all__ = [
    "Linked",
    "Told",
    "claims_given",
    "compare_accounts",
    "gather_accounts",
    "join_incidents",
    "pairs_worth_comparing",
]
