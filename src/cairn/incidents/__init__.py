"""Incidents: which claims, of which reports, speak of the same attack, and why it is thought so."""

from cairn.incidents.compare import compare as compare_accounts
from cairn.incidents.given import claims_given
from cairn.incidents.joining import Linked, Told, gather_accounts, join_incidents
from cairn.incidents.relinking import LookUp, Relinked, Window, relink
from cairn.incidents.screening import find_pairs as pairs_worth_comparing

__all__ = [
    "Linked",
    "LookUp",
    "Relinked",
    "Told",
    "Window",
    "claims_given",
    "compare_accounts",
    "gather_accounts",
    "join_incidents",
    "pairs_worth_comparing",
    "relink",
]
