"""From marks to statements: who was harmed, how many, by what, where, when, according to whom."""

from cairn.claims.extract import Extraction, extract_claims, stage_report
from cairn.claims.incidents import name_incidents
from cairn.claims.kept import keep_report

__all__ = ["Extraction", "extract_claims", "keep_report", "name_incidents", "stage_report"]
