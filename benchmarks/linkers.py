"""Linking beside Splink alone, on the same invented claims: ``python benchmarks/linkers.py --claims 20000``.

Splink is set up as its documentation has it for records of this kind: blocks of a day or a day of printing in
one country; comparisons of days, places, distance, means, tolls and shared words; its weights fitted to the
data without labels; clusters of what is linked at some probability. Its columns are made from the same
accounts, which is not counted. Both are told by processor time and by pairs of claims: how many that are
joined belong together, and how many that do are joined. The attacks are ``linking.py``'s, which were made to
tell speed: their words, tolls and towns are drawn evenly, so weights that are fitted to them, as Splink's are
know more of them than weights fitted to news, as Cairn's are. ``--days 30`` crowds them.
"""

from __future__ import annotations

import argparse
import contextlib
import json
import logging
import sys
import time
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from importlib.metadata import version
from typing import Any

from cairn.incidents import Told, gather_accounts
from cairn.pipeline import link_reports
from linking import DAYS, invent

LINKED = 0.9
"""Probability from which Splink's pairs are joined."""


def attack_of(claim: str) -> str:
    """Return the attack that an invented claim tells."""
    return claim.split("-")[1]


def rows_of(told: Sequence[Told]) -> list[dict[str, Any]]:
    """Return the accounts of reports as flat rows."""
    rows = []
    for each in told:
        for account in gather_accounts(each):
            place = account.places[0] if account.places else None
            figures = [low or high or 0 for _, low, high in account.figures]
            rows.append(
                {
                    "unique_id": account.key,
                    "day": account.time.start if account.time else None,
                    "published": account.published,
                    "place": place.name if place else None,
                    "country": place.country if place else None,
                    "latitude": place.latitude if place else None,
                    "longitude": place.longitude if place else None,
                    "means": min(account.means).value if account.means else None,
                    "toll": max(figures, default=None),
                    "words": list(account.words),
                }
            )
    return rows


def link_by_splink(rows: Sequence[Mapping[str, Any]]) -> dict[str, str]:
    """Return a cluster for each row, by Splink on DuckDB."""
    import pyarrow as pa
    import splink.comparison_level_library as cll
    import splink.comparison_library as cl
    from splink import Linker, SettingsCreator, block_on
    from splink.backends.duckdb import DuckDBAPI

    toll = cl.CustomComparison(
        output_column_name="toll",
        comparison_levels=[
            cll.NullLevel("toll"),
            cll.AbsoluteDifferenceLevel("toll", 0),
            cll.AbsoluteDifferenceLevel("toll", 2),
            cll.ElseLevel(),
        ],
    )
    settings = SettingsCreator(
        link_type="dedupe_only",
        blocking_rules_to_generate_predictions=[block_on("country", "day"), block_on("country", "published")],
        comparisons=[
            cl.AbsoluteDateDifferenceAtThresholds(
                "day", input_is_string=False, metrics=["day", "day"], thresholds=[1, 3]
            ),
            cl.ExactMatch("place").configure(term_frequency_adjustments=True),
            cl.DistanceInKMAtThresholds("latitude", "longitude", [5, 50]),
            cl.ExactMatch("means").configure(term_frequency_adjustments=True),
            toll,
            cl.ArrayIntersectAtSizes("words", [8, 4, 2]),
        ],
    )
    database = DuckDBAPI()
    linker = Linker(database.register(pa.Table.from_pylist(list(rows))), settings, log_level=logging.ERROR)
    training = linker.training
    training.estimate_probability_two_random_records_match([block_on("day", "place", "means")], recall=0.4)
    training.estimate_u_using_random_sampling(max_pairs=1e6, seed=1)
    for rule in (block_on("day", "place"), block_on("place", "toll")):
        training.estimate_parameters_using_expectation_maximisation(rule)
    pairs = linker.inference.predict(threshold_match_probability=LINKED)
    clusters = linker.clustering.cluster_pairwise_predictions_at_threshold(
        pairs, threshold_match_probability=LINKED
    )
    return {row["unique_id"]: str(row["cluster_id"]) for row in clusters.as_record_list()}


def score(of: Mapping[str, str]) -> dict[str, float]:
    """Return precision and recall of pairs, from a cluster for each claim."""

    def pairs(groups: Iterable[Any]) -> int:
        return sum(size * (size - 1) // 2 for size in Counter(groups).values())

    joined, wanted = pairs(of.values()), pairs(map(attack_of, of))
    right = pairs((cluster, attack_of(claim)) for claim, cluster in of.items())
    return {"precision": round(right / max(1, joined), 3), "recall": round(right / max(1, wanted), 3)}


def main() -> None:
    """Print the figures as JSON."""
    arguments = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawTextHelpFormatter)
    arguments.add_argument("--claims", type=int, default=20_000)
    arguments.add_argument("--days", type=int, default=DAYS, help="over which the attacks are spread")
    chosen = arguments.parse_args()
    told = invent(chosen.claims, chosen.days)
    begun = time.process_time()
    linked = link_reports(told)
    found: dict[str, Any] = {"claims": chosen.claims, "days": chosen.days}
    found["cairn"] = {"seconds of processor": round(time.process_time() - begun, 1), **score(linked.of)}
    rows = rows_of(told)
    try:
        begun = time.process_time()
        with contextlib.redirect_stdout(sys.stderr):
            of = link_by_splink(rows)
        spent = round(time.process_time() - begun, 1)
        found[f"splink {version('splink')}"] = {"seconds of processor": spent, **score(of)}
    except ImportError as error:
        found["splink"] = f"not installed ({error})"
    json.dump(found, sys.stdout, indent=1)
    print()


if __name__ == "__main__":
    main()
