"""Measure the time reader: on annotated reports, and on the WikiWars narratives.

usage: python eval/times.py [--misses N]

Reports: of the claims that the annotators dated, the share whose period (within the referee's slack) is among
the periods found anywhere in the report. It is a ceiling for whoever attaches times to claims, not a score;
some claims are dated by inference and by no phrase at all. WikiWars: of the annotated dates of a day, month
or year, how many are found, and of those how many have the annotated value.
"""

from __future__ import annotations

import argparse
import calendar as months
import datetime as dt
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from cairn.lexicon.calendar import load_calendar
from cairn.lexicon.grammar import load_grammar
from cairn.readings.sentences import split_sentences
from cairn.readings.times import find_moments
from cairn.records import Mention, Moment, Period, Span

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
LEXICON = load_calendar()
ABBREVIATIONS = load_grammar("en").abbreviations
TIMEX = re.compile(r"<TIMEX3\b([^>]*)>(.*?)</TIMEX3>", re.DOTALL)


def moments(text: str, published: dt.date | None) -> tuple[Mention[Moment], ...]:
    """Return the moments of one text."""
    return find_moments(text, split_sentences(text, ABBREVIATIONS), published, LEXICON)


def same(gold: Period, got: Period) -> bool:
    """Say whether the periods agree within the referee's slack (``score.py``, ``same_time``)."""
    slack = max(1, min(31, (gold.days - 1) // 10))
    return abs((gold.start - got.start).days) <= slack and abs((gold.end - got.end).days) <= slack


def reports(path: Path) -> Iterator[tuple[dict[str, Any], Span, Period, bool]]:
    """Yield each dated claim of the reports: report, anchor, period, whether a moment has the period."""
    for line in path.read_text(encoding="utf-8").splitlines():
        report = json.loads(line)
        published = dt.date.fromisoformat(report["published"]) if report.get("published") else None
        found = [each.value.period for each in moments(report["text"], published) if each.value.period]
        for claim in report["claims"] or ():
            if claim["time"]:
                gold = Period(**{k: dt.date.fromisoformat(v[:10]) for k, v in claim["time"].items()})
                yield report, Span(*claim["anchor"]), gold, any(same(gold, got) for got in found)


def value_of(written: str) -> Period | None:
    """Return the period of a TIMEX3 value of a year, month, day or time; ``None`` for anything else."""
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=T|$)", written)
    if not match:
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    if not year:
        return None
    first, last = month or 1, month or 12
    return Period(
        start=dt.date(year, first, day or 1),
        end=dt.date(year, last, day or months.monthrange(year, last)[1]),
    )


def narrative(path: Path) -> Iterator[tuple[str, Period, Mention[Moment] | None]]:
    """Yield each dated phrase of one WikiWars document, and the moment found there."""
    raw = path.read_text(encoding="utf-8")
    published = dt.date.fromisoformat(re.search(r'<DCT>.*?value="(\d{4}-\d\d-\d\d)', raw).group(1))
    body = re.search(r"<TEXT>(.*)</TEXT>", raw, re.DOTALL).group(1)
    text, gold, end = "", [], 0
    for match in TIMEX.finditer(body):
        text += body[end : match.start()]
        period = value_of(re.search(r'value="([^"]*)"', match.group(1)).group(1))
        if period and 'type="DATE"' in match.group(1):
            gold.append((Span(len(text), len(text) + len(match.group(2))), period))
        text, end = text + match.group(2), match.end()
    text += body[end:]
    found = moments(text, published)
    for span, period in gold:
        yield span.words(text), period, next((each for each in found if each.span.overlaps(span)), None)


def agrees(gold: Period, got: Mention[Moment]) -> bool:
    """Say whether the values agree, allowing for two ways of WikiWars.

    It marks both ends of a range apart, and gives "early May" the whole month.
    """
    period = got.value.period
    if period is None:
        return False
    return period == gold or gold.contains(period) or gold.start == period.start or gold.end == period.end


def main() -> None:
    """Print the measures, and some of what was missed."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--misses", type=int, default=0)
    misses = parser.parse_args().misses
    for name in ("train", "dev"):
        rows = list(reports(SHARED / "gold" / f"{name}.jsonl"))
        hits = sum(hit for *_, hit in rows)
        print(f"{name}: the right period is found for {hits} of {len(rows)} claims, {hits / len(rows):.3f}")
        for report, anchor, gold, _ in [row for row in rows if not row[3]][:misses]:
            around = report["text"][max(0, anchor.start - 120) : anchor.end + 140].replace("\n", " / ")
            print(f"  {report['id']} {report['published']} gold {gold.start}..{gold.end} | {around}")
    rows_ = [
        row for path in sorted((SHARED / "corpora/wikiwars_train").glob("*.tml")) for row in narrative(path)
    ]
    found = [(words, gold, each) for words, gold, each in rows_ if each is not None]
    exact = sum(each.value.period == gold for _, gold, each in found)
    right = sum(agrees(gold, each) for _, gold, each in found)
    print(
        f"wikiwars: found {len(found)} of {len(rows_)}, {len(found) / len(rows_):.3f}; "
        f"value exact {exact / len(found):.3f}, right as this reader means it {right / len(found):.3f}"
    )
    for words, gold, each in [row for row in found if not agrees(row[1], row[2])][:misses]:
        print(f"  {words!r} gold {gold.start}..{gold.end} got {each.value.period} {each.value.reason}")
    for words, gold, _ in [row for row in rows_ if row[2] is None][:misses]:
        print(f"  not found: {words!r} {gold.start}..{gold.end}")


if __name__ == "__main__":
    main()
