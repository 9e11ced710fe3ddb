"""How right the claims are: scored against annotated reports."""

from cairn.evaluation.agree import same_name, same_place, same_time
from cairn.evaluation.gold import load_gold
from cairn.evaluation.layers import match_events, match_framing
from cairn.evaluation.score import Miss, Score, annotated_layers, score_reports
from cairn.evaluation.table import miss_lines, score_table

__all__ = [
    "Miss",
    "Score",
    "annotated_layers",
    "load_gold",
    "match_events",
    "match_framing",
    "miss_lines",
    "same_name",
    "same_place",
    "same_time",
    "score_reports",
    "score_table",
]
