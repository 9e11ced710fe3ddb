"""From marks to statements: who was harmed, how many, by what, where, when, according to whom."""

from cairn.claims.extract import Extraction, extract_claims
from cairn.claims.incidents import name_incidents

__all__ = ["Extraction", "extract_claims", "name_incidents"]
