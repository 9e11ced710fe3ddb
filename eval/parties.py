"""Measure how many names of annotated reports lead to a party of the lexicon.

usage: python eval/parties.py REPORTS.jsonl... [--misses N]

By collection (what a report's id begins with) and slot: the share of names that lead to one party, to
several, to none. A name counts once for each claim or event that has it; where the annotation allows several
forms, the best counts. The report's year and the countries of its claims are the context. Names that lead
nowhere are *common* when only their first word has a capital ("Masked men"), else *proper*: persons, local
bodies, and parties that the lexicon lacks.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from cairn.lexicon import load_actors, resolve_names

ONE, SEVERAL, COMMON, PROPER = FATES = ("one", "several", "common", "proper")


def main() -> None:
    """Print the table, and the commonest names that lead nowhere."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("reports", nargs="+", type=Path)
    parser.add_argument("--misses", type=int, default=0, metavar="N")
    given = parser.parse_args()
    fates: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    missed: Counter[str] = Counter()
    for path in given.reports:
        for line in path.read_text(encoding="utf-8").splitlines():
            report = json.loads(line)
            for slot, name, fate in judge(report):
                fates[f"{path.stem} {report['id'].partition('-')[0]}", slot][fate] += 1
                if fate in {COMMON, PROPER}:
                    missed[name] += 1
    print(f"{'collection':24}{'slot':12}{'names':>6}" + "".join(f"{fate:>9}" for fate in FATES))
    for (collection, slot), counts in sorted(fates.items()):
        shares = "".join(f"{counts[fate] / counts.total():9.2f}" for fate in FATES)
        print(f"{collection:24}{slot:12}{counts.total():6}{shares}")
    for name, count in missed.most_common(given.misses):
        print(f"{count:4} {name}")


def judge(report: Mapping[str, Any]) -> Iterator[tuple[str, str, str]]:
    """Yield slot, name and fate of every party that a report's annotation names."""
    told = list(_named(report))
    places = (claim.get("place") or {} for claim in report["claims"])
    found = resolve_names(
        sorted({form for _, name in told for form in name.split("|")}),
        load_actors(),
        countries={place["country"] for place in places if place.get("country")},
        year=int(report["published"][:4]) if report.get("published") else None,
    )
    for slot, name in told:
        forms = name.split("|")
        sizes = [len(found[form]) for form in forms if found[form]]
        if sizes:
            yield slot, name, ONE if 1 in sizes else SEVERAL
        else:
            yield slot, name, COMMON if all(map(_is_common, forms)) else PROPER


def _named(report: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for claim in report["claims"]:
        if claim.get("perpetrator"):
            yield "perpetrator", claim["perpetrator"]
        yield from (("speaker", name) for name in claim.get("sources") or ())
    events: Sequence[Mapping[str, Any]] = report.get("events") or ()
    for event in events:
        yield from ((slot, event[slot]) for slot in ("actor", "recipient") if event.get(slot))


def _is_common(name: str) -> bool:
    return not any(word[:1].isupper() for word in name.split()[1:])


if __name__ == "__main__":
    main()
