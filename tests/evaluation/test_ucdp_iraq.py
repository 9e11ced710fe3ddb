"""The comparison with coded events: how rows are read, what is met, what could be, and why not."""

from __future__ import annotations

import csv
import datetime as dt
import gzip
from pathlib import Path

import pytest

from cairn.records import Claim, Document, Group, Harm, Reading, Scope, Span, Victims, exactly
from eval_script import load_script

ucdp = load_script("ucdp_iraq")
Event = ucdp.Event


def write_events(path: Path, *rows: dict[str, str]) -> Path:
    """Write a table as UCDP gives it, with its line of tags."""
    names = ["id", "source_article", "low", "best", "high"]
    with gzip.open(path, "wt", encoding="utf-8", newline="") as lines:
        table = csv.DictWriter(lines, names)
        table.writeheader()
        table.writerow({"id": "", "source_article": "#meta+source"})
        table.writerows(rows)
    return path


def read(outlet: str, day: str, words: str) -> object:
    """Read the one number of a headline as killed; with "across", as a sum over several incidents."""
    report = Document(id=f"{outlet} {words}", text=words, published=dt.date.fromisoformat(day), outlet=outlet)
    reading = Reading(
        document=report, sentences=(), moments=(), localities=(), persons=(), cues=(), attributions=()
    )
    numbers = [word for word in words.split() if word.isdigit()]
    claims = [
        Claim(
            id=f"{report.id} {number}",
            document_id=report.id,
            anchor=Span(0, 1),
            harm=Harm.KILLED,
            count=exactly(int(number)),
            victims=Victims(text="", groups=(Group.UNSPECIFIED,)),
            scope=Scope.TALLY if "across" in words else Scope.INCIDENT,
        )
        for number in numbers
    ]
    return reading, claims


def event(*headlines: str, low: int = 10, best: int = 10, high: int = 12) -> object:
    cited = tuple((f"Outlet {number}", "2031-03-03", words) for number, words in enumerate(headlines))
    return Event(id=2, low=low, best=best, high=high, headlines=cited)


def test_rows_are_read_with_their_headlines_and_bounds_in_order(tmp_path: Path) -> None:
    cited = '"Bay Press,2031-03-03,Blast kills 9, mayor says; roads closed";"City Echo,2031-03-04,Toll is 11"'
    path = write_events(
        tmp_path / "events.csv.gz",
        {"id": "4", "source_article": cited, "low": "12", "best": "11", "high": "9"},
        {"id": "5", "source_article": '"Bay Press,2031-03-03,Alone"', "low": "1", "best": "1", "high": "1"},
    )
    (found,) = ucdp.load_events(path)
    assert (found.low, found.best, found.high) == (9, 11, 12)
    assert found.headlines[0] == ("Bay Press", "2031-03-03", "Blast kills 9, mayor says; roads closed")


@pytest.mark.parametrize(
    ("headlines", "overlap", "best", "ceiling", "miss"),
    [
        (("Blast kills 9", "Blast kills 11"), True, True, True, ""),
        (("Blast kills 3", "Market closed"), False, False, False, "less than is coded"),
        (("Blast kills 40", "Market closed"), False, False, False, "more than is coded"),
        (("Blast kills 9", "across the land 30"), False, True, True, "less than is coded"),
        (("across the land 10", "Market closed"), False, False, True, "only sums over several incidents"),
        (("Talks held", "Market closed"), False, False, False, "neither number nor death"),
        (
            ("Mayor among the dead 1", "Market closed"),
            False,
            False,
            False,
            "one person is told of, many died",
        ),
    ],
)
def test_what_is_met_and_what_could_be(
    headlines: tuple[str, ...], overlap: bool, best: bool, ceiling: bool, miss: str
) -> None:
    made = ucdp.judge(event(*headlines), read)
    assert (made.overlap, made.best, made.ceilings["overlap"], made.miss) == (overlap, best, ceiling, miss)


def test_shares_are_of_the_events_with_a_figure() -> None:
    outcomes = [
        ucdp.judge(event(*each), read)
        for each in (("Blast kills 9", "Blast kills 10"), ("Blast kills 9", "across 30"), ("Talks", "Rain"))
    ]
    share = ucdp.shares(outcomes)
    assert (share["overlap"], share["overlap ceiling"], share["overlap of ceiling"]) == (0.5, 1.0, 0.5)


def test_without_the_corpus_it_says_so(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert ucdp.main(["--corpus", str(tmp_path / "none.csv.gz")]) == 0
    assert capsys.readouterr().out.startswith("skipped")
