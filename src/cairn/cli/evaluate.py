"""``cairn eval``: how near the claims come to what careful readers found."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from cairn.cli.shared import loaded_tools


def eval_command(
    gold: Annotated[Path, typer.Argument(help="Annotated reports, JSON Lines.")],
    misses: Annotated[int, typer.Option(help="Wrong claims to show with their words.")] = 0,
) -> None:
    """Score what Cairn reads against annotated reports."""
    from cairn.evaluation import load_gold, miss_lines, score_table
    from cairn.pipeline import evaluate

    reports = load_gold(gold)
    score = evaluate(reports, loaded_tools())
    console = Console()
    console.print(score_table(score, f"{gold.name}: {score.reports} reports"))
    for line in miss_lines(score, reports, misses):
        console.print(line, markup=False, highlight=False, soft_wrap=True)
