"""Fit how far reading can be trusted: the weights of ``src/cairn/lexicon/en/confidence.json``.

Usage: python training/confidence.py GOLD.jsonl [--beside OWN.jsonl ...] [--held-out RUN/held_out.json]

Each claim that is read is one example of ``claim``: was it matched with an annotated one, as the scorer
matches? Each matched claim is one example of every slot: does it agree? A report is read with option weights
that were fitted without it (``FOLDS`` parts), and with what a pointer that never saw it points at
(``--held-out``, from ``pointers.py --folds``): the choices are as unsure as on reports never seen. The
weights are those of a logistic regression with a Gaussian prior. Nothing is fitted to dev;
``eval/reliability.py`` measures on it.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import numpy as np

import choices
from cairn.claims.confidence import SLOTS, Traits, traits_of
from cairn.claims.extract import claim_id, extract_claims, settle_report
from cairn.claims.scene import RECENT
from cairn.evaluation import load_gold
from cairn.evaluation.score import judge_slots, match_claims
from cairn.exports import report_json
from cairn.lexicon import Lexicon, load_lexicon
from cairn.records import Reading

FOLDS = 10  # parts of the reports; each is read with weights fitted to the others
BESIDE = 0.5  # what an example of a report beside counts; one writer wrote them, and others annotated
OWN = "beside"  # trait of those reports, fitted and then dropped: they teach no level
ALONE = ("place", "means")  # slots that those reports do not teach: they are annotated by other habits
PRIOR = 10.0  # inverse variance of the prior over the weights; 3 and 30 are no better on held-out train
RARE = 12  # traits of fewer examples than this say nothing
STEPS = 40  # of Newton's method; it settles within ten
SCORED = {"speakers": "source", "victims": "groups"}
"""Slots that the scorer calls by another name."""
OUT = Path(__file__).parent.parent / "src/cairn/lexicon/en/confidence.json"


@dataclass(frozen=True, slots=True)
class Example:
    """One claim or slot that was read: its traits, whether it is right, and what it counts."""

    report: str
    slot: str
    traits: Traits
    right: bool
    counts: float = 1.0


def examples_of(
    reading: Reading, gold: Mapping[str, Any], lexicon: Lexicon, *, beside: bool = False
) -> Iterator[Example]:
    """Yield an example for every claim read in a report, and for every slot of the matched ones.

    Args:
        reading: the report.
        gold: its annotation.
        lexicon: with the weights that the report is to be read with.
        beside: it is one of the project's own reports, which count less.
    """
    counts, apart = (BESIDE, {OWN: 1.0}) if beside else (1.0, {})
    traits: dict[str, dict[str, Traits]] = {}
    claims = {claim.id: claim for claim in extract_claims(reading, lexicon).claims}
    settings = settle_report(reading, lexicon)
    for number, setting in enumerate(settings):
        name = claim_id(setting, reading)
        if name in claims and name not in traits:
            claim = claims[name]
            before = settings[max(0, number - RECENT) : number]
            traits[name] = traits_of(setting, before, claim.status, claim.victims.groups)
    got: Any = report_json(reading.document, list(claims.values()))["claims"]
    pairs = match_claims(gold["claims"], got)
    name_of = {got[j]["id"]: gold["claims"][i]["id"] for i, j in pairs}
    report, matched = reading.document.id, {j for _, j in pairs}
    for j, read in enumerate(got):
        yield Example(report, "claim", {**traits[read["id"]]["claim"], **apart}, j in matched, counts)
    for i, j in pairs:
        verdict = judge_slots(gold["claims"][i], got[j], name_of)
        for slot in SLOTS[1:]:
            if beside and slot in ALONE:
                continue
            found = {**traits[got[j]["id"]][slot], **apart}
            yield Example(report, slot, found, verdict[SCORED.get(slot, slot)], counts)


def held_out(prepared: Sequence[choices.Prepared], lexicon: Lexicon) -> Iterator[Example]:
    """Yield the examples of every report, read with weights that were fitted without it."""
    for fold in range(FOLDS):
        others = [report for number, report in enumerate(prepared) if number % FOLDS != fold]
        weights = choices.cross_fit(others, lexicon)
        for slot, feature, bonus in choices.TUNED:
            weights[slot][feature] = weights[slot].get(feature, 0.0) + bonus
        unseen = replace(lexicon, weights=lexicon.weights | weights)
        for report in prepared[fold::FOLDS]:
            gold = {"claims": report.claims}
            yield from examples_of(report.reading, gold, unseen, beside=report.beside)


def fit(examples: Sequence[Example], prior: float = PRIOR) -> dict[str, float]:
    """Return the weights of one slot; the bias stands first.

    The bias and the trust in the choice's own probability are hardly held back; every other weight is drawn
    towards nothing.
    """
    seen = Counter(trait for example in examples for trait in example.traits)
    names = sorted((t for t, n in seen.items() if n >= RARE), key=lambda t: (t != "bias", t))
    index = {trait: number for number, trait in enumerate(names)}
    rows = np.zeros((len(examples), len(names)))
    for row, example in zip(rows, examples, strict=True):
        for trait, amount in example.traits.items():
            if trait in index:
                row[index[trait]] = amount
    right = np.array([float(example.right) for example in examples])
    counts = np.array([example.counts for example in examples])
    hold = np.array([0.01 if name in {"bias", "sure", OWN} else prior for name in names])
    weights = np.zeros(len(names))
    for _ in range(STEPS):
        probability = 1.0 / (1.0 + np.exp(-rows @ weights))
        gradient = rows.T @ (counts * (right - probability)) - hold * weights
        bend = (rows * (counts * probability * (1.0 - probability))[:, None]).T @ rows + np.diag(hold)
        step = np.linalg.solve(bend, gradient)
        weights += step / max(1.0, float(np.abs(step).max()))
        if np.abs(step).max() < 1e-8:
            break
    return {
        name: round(float(weights[i]), 3)
        for name, i in index.items()
        if abs(weights[i]) >= 0.01 and name != OWN
    }


def fit_slots(examples: Sequence[Example], prior: float = PRIOR) -> dict[str, dict[str, float]]:
    """Return the weights of the claim and of every slot."""
    return {slot: fit([e for e in examples if e.slot == slot], prior) for slot in SLOTS}


def main() -> None:
    """Fit and write the weights."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("gold", type=Path)
    parser.add_argument("--beside", nargs="*", type=Path, default=[])
    parser.add_argument("--held-out", type=Path)
    arguments = parser.parse_args()
    lexicon = load_lexicon()
    beside = {key: report for path in arguments.beside for key, report in load_gold(path).items()}
    prepared = choices.prepare(load_gold(arguments.gold), lexicon)
    prepared += choices.prepare(beside, lexicon, beside=True)
    if arguments.held_out:
        prepared = choices.with_pointings(prepared, arguments.held_out)
    weights = fit_slots(list(held_out(prepared, lexicon)))
    OUT.write_text(json.dumps(weights, indent=0) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
