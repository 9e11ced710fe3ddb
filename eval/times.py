"""Measure the time reader: on annotated reports, and on the WikiWars narratives.

usage: python eval/times.py [--misses N]

Reports: of the claims that the annotators dated, the share whose period (within the referee's slack) is among
the periods found anywhere in the report. It is a ceiling for whoever attaches times to claims, not a score;
some claims are dated by inference and by no phrase at all.

WikiWars (Mazur and Dale, 2010): histories of wars in which every expression of time carries a TIMEX2 value.

* Recognition: an expression is found when a moment overlaps it; a moment is right when it overlaps an
  expression. Recall is taken over the *dated* expressions, those whose value is a day, month, season, year or
  run of years of our era, and shown beside it over all: durations ("three years"), "now", "at the time" and
  years before Christ are expressions of WikiWars and no moments of Cairn's, which says on which days people
  were harmed.
* Value: of the dated expressions that were found, the share with the annotated value. ``exact`` wants the
  value as it is written there; ``value`` wants it as written there or under one of the ``CONVENTIONS``, in
  which WikiWars writes down something else than ``CLAIMS.md`` asks for. None of them is looser than equality:
  each says which single period is right.
"""

from __future__ import annotations

import argparse
import calendar as months
import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cairn.lexicon.calendar import load_calendar
from cairn.lexicon.grammar import load_grammar
from cairn.readings.sentences import split_sentences
from cairn.readings.times import find_moments
from cairn.readings.times_arithmetic import third_of
from cairn.records import Mention, Moment, MomentKind, Period, Span

SHARED = Path(__file__).resolve().parents[1].parent / "shared"
LEXICON = load_calendar()
ABBREVIATIONS = load_grammar("en").abbreviations
TIMEX = re.compile(r"<TIMEX3\b([^>]*)>(.*?)</TIMEX3>", re.DOTALL)
SEASONS = {"SP": 3, "SU": 6, "FA": 9, "WI": 12}
"""TIMEX codes of seasons -> first month of three, as ``calendar.toml`` has them."""
CONVENTIONS = {
    "part": "WikiWars gives “early May” and “the end of 1943” the whole month or year as value; CLAIMS.md "
    "wants the days meant. Right is that part of the annotated month or year which its words name.",
    "ends": "WikiWars marks the two ends of “from 14 to 24 August” apart; the time of a claim is one period. "
    "Right is the period from the first annotated end to the last.",
    "since": "WikiWars marks “1882” in “since 1882”; CLAIMS.md: from then to publication. Right is the "
    "period from the annotated value to the document's date.",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Expression:
    """One annotated expression of time.

    Attributes:
        period: what its value means; ``None`` when it names no days of our era.
    """

    span: Span
    words: str
    value: str
    period: Period | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Narrative:
    """One WikiWars document with its expressions and what the reader found."""

    name: str
    published: dt.date
    expressions: tuple[Expression, ...]
    found: tuple[Mention[Moment], ...]


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
    """Return the period of a TIMEX2 value; ``None`` for durations, "now", gaps, and years before Christ.

    "1863", "1863-07", "1863-07-01", the latter with any time of day; "1863-SU" a season; "186" a decade.
    """
    if match := re.fullmatch(r"(\d{3})", written):
        first = int(match.group(1)) * 10
        return Period(start=dt.date(max(first, 1), 1, 1), end=dt.date(first + 9, 12, 31))
    if match := re.fullmatch(r"(\d{4})-(SP|SU|FA|WI)", written):
        year, month = int(match.group(1)), SEASONS[match.group(2)]
        if not year:
            return None
        turn, last = divmod(month + 1, 12)
        return Period(start=dt.date(year, month, 1), end=_last_day(year + turn, last + 1))
    match = re.match(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?)?(?=T|$)", written)
    if not match or match.group(1) == "0000":
        return None
    year, month, day = (int(part) if part else None for part in match.groups())
    assert year is not None
    if day is not None and month is not None:
        return Period(start=dt.date(year, month, day), end=dt.date(year, month, day))
    return Period(start=dt.date(year, month or 1, 1), end=_last_day(year, month or 12))


def _last_day(year: int, month: int) -> dt.date:
    return dt.date(year, month, months.monthrange(year, month)[1])


def read_narrative(path: Path) -> Narrative:
    """Read one WikiWars document."""
    raw = path.read_text(encoding="utf-8")
    dated = re.search(r'<DCT>.*?value="(\d{4}-\d\d-\d\d)', raw)
    inside = re.search(r"<TEXT>(.*)</TEXT>", raw, re.DOTALL)
    if not dated or not inside:
        raise ValueError(f"{path}: found no DCT and TEXT; expected a TimeML document of WikiWars")
    published = dt.date.fromisoformat(dated.group(1))
    body = inside.group(1)
    text, end = "", 0
    expressions: list[Expression] = []
    for match in TIMEX.finditer(body):
        text += body[end : match.start()]
        written = re.search(r'value="([^"]*)"', match.group(1))
        words = match.group(2)
        value = written.group(1) if written else ""
        span = Span(len(text), len(text) + len(words))
        expressions.append(Expression(span=span, words=words, value=value, period=value_of(value)))
        text, end = text + words, match.end()
    text += body[end:]
    return Narrative(
        name=path.stem,
        published=published,
        expressions=tuple(expressions),
        found=moments(text, published),
    )


def convention(gold: Expression, others: Sequence[Expression], got: Moment, published: dt.date) -> str | None:
    """Return the convention under which a moment has the annotated value: "exact", one of three, or ``None``.

    Args:
        gold: a dated expression.
        others: all dated expressions that the same moment overlaps, ``gold`` among them.
        got: what the reader made of it.
        published: the document's date.
    """
    period = gold.period
    if period is None or got.period is None:
        return None
    if got.period == period:
        return "exact"
    words = re.findall(r"[a-z]+", gold.words.lower())
    part = next((LEXICON.parts[word] for word in words if word in LEXICON.parts), None)
    if part is not None and got.period == third_of(period, part):
        return "part"
    if got.kind is MomentKind.SINCE and got.period == Period(start=period.start, end=published):
        return "since"
    ends = [each.period for each in others if each.period is not None]
    whole = Period(start=min(each.start for each in ends), end=max(each.end for each in ends))
    return "ends" if len(ends) > 1 and got.period == whole else None


def values(narrative: Narrative) -> Iterator[tuple[Expression, Mention[Moment] | None, str | None]]:
    """Yield each dated expression, the moment found there, and under which convention it is right."""
    dated = [each for each in narrative.expressions if each.period is not None]
    for gold in dated:
        got = next((each for each in narrative.found if each.span.overlaps(gold.span)), None)
        if got is None:
            yield gold, None, None
            continue
        others = [each for each in dated if each.span.overlaps(got.span)]
        yield gold, got, convention(gold, others, got.value, narrative.published)


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def wikiwars(folder: Path, misses: int) -> None:
    """Print recognition and values over the narratives of a folder."""
    narratives = [read_narrative(path) for path in sorted(folder.glob("*.tml"))]
    hits = [
        any(each.span.overlaps(got.span) for each in told.expressions)
        for told in narratives
        for got in told.found
    ]
    everything = [
        any(each.span.overlaps(got.span) for got in told.found)
        for told in narratives
        for each in told.expressions
    ]
    rows = [(told.name, *row) for told in narratives for row in values(told)]
    found = [row for row in rows if row[2] is not None]
    precision, recall = sum(hits) / len(hits), len(found) / len(rows)
    overall = sum(everything) / len(everything)
    kinds = Counter(row[3] for row in found)
    right = len(found) - kinds[None]
    print(
        f"wikiwars recognition: dated expressions P {precision:.3f} R {recall:.3f} "
        f"F1 {f1(precision, recall):.3f} ({len(rows)}); all expressions R {overall:.3f} "
        f"F1 {f1(precision, overall):.3f} ({len(everything)})"
    )
    print(
        f"wikiwars value, of {len(found)} recognised: exact {kinds['exact'] / len(found):.3f}, "
        f"value {right / len(found):.3f} ("
        + ", ".join(f"{name} {kinds[name]}" for name in ("exact", *CONVENTIONS))
        + f"); F1 over all dated {f1(right / len(found), right / len(rows)):.3f}"
    )
    for name, gold, got, how in [row for row in found if row[3] is None][:misses]:
        assert got is not None
        words = " ".join(gold.words.split())
        print(f"  {name} {words!r} gold {gold.value} got {got.value.period} {got.value.reason} {how or ''}")
    for name, gold, *_ in [row for row in rows if row[2] is None][:misses]:
        print(f"  {name} not found: {' '.join(gold.words.split())!r} {gold.value}")


def main() -> None:
    """Print the measures, and some of what was missed."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    parser.add_argument("--misses", type=int, default=0)
    misses = parser.parse_args().misses
    for name in ("train", "dev"):
        rows = list(reports(SHARED / "gold" / f"{name}.jsonl"))
        hits = sum(hit for *_, hit in rows)
        print(f"{name}: the right period is found for {hits} of {len(rows)} claims, {hits / len(rows):.3f}")
        for report, anchor, gold, _ in [row for row in rows if not row[3]][:misses]:
            around = report["text"][max(0, anchor.start - 120) : anchor.end + 140].replace("\n", " / ")
            print(f"  {report['id']} {report['published']} gold {gold.start}..{gold.end} | {around}")
    wikiwars(SHARED / "corpora/wikiwars_train", misses)


if __name__ == "__main__":
    main()
