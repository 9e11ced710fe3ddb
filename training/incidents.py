"""Fit the weights by which the claims of one report are joined to attacks.

Usage: python training/incidents.py GOLD.jsonl [--beside OWN.jsonl ...]

Every two claims of a report that annotated claims match are one example: what speaks for and against their
telling one attack, and whether the annotation says so. Logistic regression with a Gaussian prior; a report
counts by the root of its pairs, so that one long list does not outweigh the rest. The result is the part
"incident" of ``src/cairn/lexicon/en/weights.json``.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import combinations
from pathlib import Path
from typing import Any

import numpy as np

from cairn.claims.extract import extract_claims, stage_report
from cairn.claims.incidents import account_of, pair_features
from cairn.evaluation import load_gold
from cairn.evaluation.score import match_claims
from cairn.pipeline import document_of, mark_document, open_tools, publish
from cairn.records import Scope

PRIOR = 1.0  # inverse variance of the Gaussian prior over weights
RARE = 8  # features of fewer pairs than this say nothing
STEPS = 30  # of Newton's method, which has converged long before
OUT = Path(__file__).parent.parent / "src/cairn/lexicon/en/weights.json"

Example = tuple[tuple[str, ...], bool, float]
"""What speaks for and against, whether it is one attack, and how much the pair counts."""


def examples(paths: Sequence[Path]) -> Iterator[Example]:
    """Yield the pairs of all reports; tallies have no attack and stand in none."""
    tools = open_tools()
    for path in paths:
        for report in load_gold(path).values():
            document = document_of(report)
            reading = mark_document(document, tools)
            stage, _ = stage_report(reading, tools.lexicon)
            found = extract_claims(reading, tools.lexicon)
            published = publish(document, found)["claims"]
            incident_of = {
                j: report["claims"][i]["incident"] for i, j in match_claims(report["claims"], published)
            }
            told: list[tuple[Any, str]] = [
                (account_of(found.claims[j], stage), incident)
                for j, incident in sorted(incident_of.items())
                if incident is not None and found.claims[j].scope is not Scope.TALLY
            ]
            for (one, here), (other, there) in combinations(told, 2):
                yield pair_features(one, other, stage), here == there, 1.0 / math.sqrt(len(told))


def fit(pairs: Sequence[Example]) -> dict[str, float]:
    """Return the weight of each feature, in natural logarithms of odds."""
    counts = Counter(feature for features, _, _ in pairs for feature in features)
    index = {name: i for i, name in enumerate(sorted(n for n, many in counts.items() if many >= RARE))}
    rows = np.zeros((len(pairs), len(index)))
    for number, (features, _, _) in enumerate(pairs):
        rows[number, [index[feature] for feature in features if feature in index]] = 1.0
    same = np.array([joined for _, joined, _ in pairs], dtype=float)
    worth = np.array([each for _, _, each in pairs])
    weights = np.zeros(len(index))
    for _ in range(STEPS):
        chance = 1.0 / (1.0 + np.exp(-rows @ weights))
        slope = rows.T @ (worth * (chance - same)) + PRIOR * weights
        bend = (rows.T * (worth * chance * (1.0 - chance))) @ rows + PRIOR * np.eye(len(index))
        weights -= np.linalg.solve(bend, slope)
    return {name: round(float(weights[i]), 3) for name, i in index.items()}


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--beside", nargs="*", type=Path, default=[])
    arguments = parser.parse_args()
    pairs = list(examples([arguments.gold, *arguments.beside]))
    tables = json.loads(OUT.read_text(encoding="utf-8"))
    tables["incident"] = fit(pairs)
    OUT.write_text(json.dumps(tables, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(pairs)} pairs, {sum(joined for _, joined, _ in pairs)} of one attack")


if __name__ == "__main__":
    main()
