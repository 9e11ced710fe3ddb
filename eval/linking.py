"""How well claims are linked across reports: B-cubed over annotated claims, and what findings are worth.

    python eval/linking.py                    on ../shared/gold, with annotated claims and with Cairn's own
    python eval/linking.py --count            how often each finding is met in pairs of one attack and of two

Reports of one ``set`` share incident ids, so the sets are linked each alone and all together; a report of no
set has ids of its own, and joining it to another one is a fault there. B-cubed: the mean over claims of the
share of a claim's cluster that is right (precision) and of its incident that was found (recall).
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import replace
from math import log2
from pathlib import Path
from typing import Any

from cairn.claims import name_incidents, stage_report
from cairn.evaluation import load_gold
from cairn.incidents import Told, compare_accounts, gather_accounts, pairs_worth_comparing
from cairn.pipeline import Tools, link_reports, mark_document, open_tools, read_document, read_given

GOLD = Path(__file__).resolve().parents[2] / "shared" / "gold"

Pairs = list[tuple[str, str]]
"""For each annotated claim that was met: its incident, and the one that was found."""


def b_cubed(pairs: Pairs) -> tuple[float, float, float]:
    """Return precision, recall and F1."""
    gold, found = defaultdict[str, set[int]](set), defaultdict[str, set[int]](set)
    for number, (incident, named) in enumerate(pairs):
        gold[incident].add(number)
        found[named].add(number)
    precision = sum(len(gold[g] & found[f]) / len(found[f]) for g, f in pairs) / len(pairs)
    recall = sum(len(gold[g] & found[f]) / len(gold[g]) for g, f in pairs) / len(pairs)
    return precision, recall, 2 * precision * recall / (precision + recall)


def link(told: Sequence[Told], reports: Mapping[str, Mapping[str, Any]]) -> Pairs:
    """Link some reports, and pair what was found with what is annotated."""
    of = link_reports(told).of
    pairs: Pairs = []
    for each in told:
        report = reports[each.document.id]
        scope = report.get("set") or each.document.id
        left = list(each.claims)
        for gold in report["claims"]:
            match = next((claim for claim in left if _same(gold, claim)), None)
            if match is None:
                continue
            left.remove(match)
            if gold.get("incident"):
                pairs.append((f"{scope}/{gold['incident']}", of.get(match.id, match.id)))
    return pairs


def _same(gold: Mapping[str, Any], claim: Any) -> bool:
    start, end = gold["anchor"]
    return bool(gold["harm"] == claim.harm.value and claim.anchor.start < end and start < claim.anchor.end)


def ways(path: Path, tools: Tools) -> dict[str, list[Told]]:
    """Return the reports of a file with their claims: annotated, told apart anew, and as Cairn reads them."""
    given = [told for _, told in read_given(path, tools)]
    return {
        "annotated claims": given,
        "annotated, told apart by Cairn": [
            replace(
                each, claims=name_incidents([replace(claim, incident=None) for claim in each.claims], stage)
            )
            for each in given
            for stage, _ in (stage_report(mark_document(each.document, tools), tools.lexicon),)
        ],
        "Cairn's own claims": [
            replace(each, claims=read_document(each.document, tools).claims) for each in given
        ],
    }


def count(told: Sequence[Told], reports: Mapping[str, Mapping[str, Any]]) -> None:
    """Print for each finding how many bits pairs of annotated accounts give it."""
    accounts = [account for each in told for account in gather_accounts(each)]
    incident = {
        f"{report_id}/{claim['id']}": f"{report.get('set') or report_id}/{claim.get('incident')}"
        for report_id, report in reports.items()
        for claim in report["claims"]
    }
    met = {True: Counter[str](), False: Counter[str]()}
    pairs = Counter[bool]()
    for here, there in pairs_worth_comparing(accounts):
        one = incident[accounts[here].key] == incident[accounts[there].key]
        pairs[one] += 1
        met[one].update(each.name for each in compare_accounts(accounts[here], accounts[there]).findings)
    print(f"{pairs[True]} pairs of one attack, {pairs[False]} of two")
    for name in sorted(met[True].keys() | met[False].keys()):
        shares = [(met[one][name] + 0.5) / (pairs[one] + 1) for one in (True, False)]
        print(f"  {name:16}{met[True][name]:6}{met[False][name]:7}{log2(shares[0] / shares[1]):7.1f} bits")


def main() -> None:
    """Print the scores."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--count", action="store_true")
    chosen = arguments.parse_args()
    if not GOLD.is_dir():
        sys.exit(f"no annotated reports at {GOLD}")
    tools = open_tools()
    for part in ("dev", "train"):
        path = GOLD / f"{part}.jsonl"
        reports = load_gold(path)
        if chosen.count:
            count([told for _, told in read_given(path, tools)], reports)
            continue
        for way, told in ways(path, tools).items():
            print(f"{part}, {way}")
            sets = sorted({str(report["set"]) for report in reports.values() if report.get("set")})
            for name in sets:
                show(name, link([each for each in told if each.document.set == name], reports))
            if sets:
                show("all sets at once", link([each for each in told if each.document.set], reports))
            show("all reports at once", link(told, reports))


def show(name: str, pairs: Pairs) -> None:
    """Print one line."""
    precision, recall, f1 = b_cubed(pairs)
    print(f"  {name:22} {len(pairs):4} claims   P {precision:.3f}   R {recall:.3f}   F1 {f1:.3f}")


if __name__ == "__main__":
    main()
