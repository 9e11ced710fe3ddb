"""Pages written for this project, in the layouts of news sites: ``pages/*.html`` around invented reports."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import jinja2

from documents.layouts.prose import Report, make_report

PAGES = Path(__file__).parent / "pages"
LAYOUTS = tuple(sorted(path.stem for path in PAGES.glob("[a-z]*.html")))

OUTLETS = ("The Tarn Post", "Eastgate Herald", "Harbour Times", "The Ossel Courier", "Northern Mail")


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A page, and what should be read in it.

    Attributes:
        body: text of the article, without headline, captions and boxes.
    """

    layout: str
    markup: str
    report: Report
    outlet: str
    body: str

    @property
    def raw(self) -> bytes:
        """Return the page's bytes, in the encoding that it names."""
        return self.markup.encode("windows-1252" if "iso-8859-1" in self.markup else "utf-8")


def make_page(layout: str, seed: int, *, bulk: int = 1) -> Made:
    """Return the page of a layout around the report of a seed.

    Args:
        bulk: how much furniture stands around it; 4 makes pages of 30 to 80 KB.
    """
    report = make_report(seed)
    outlet = OUTLETS[seed % len(OUTLETS)]
    markup = (
        _templates()
        .get_template(f"{layout}.html")
        .render(
            r=report,
            day=report.published.isoformat(),
            later=report.published + dt.timedelta(days=3),
            others=[make_report(seed * 100 + n + 1) for n in range(8 * bulk)],
            outlet=outlet,
            url=f"https://www.{layout}.example/news/{report.slug}-{seed}",
            config=json.dumps({f"flag_{n}": [n, "on", {"ratio": n / 7}] for n in range(40 * bulk)}),
            bulk=bulk,
        )
    )
    return Made(layout=layout, markup=markup, report=report, outlet=outlet, body=_body(layout, report))


def make_pages(count: int, *, bulk: int = 1) -> Iterator[Made]:
    """Yield pages in every layout in turn, each around another report."""
    for number in range(count):
        yield make_page(LAYOUTS[number % len(LAYOUTS)], number, bulk=bulk)


def _body(layout: str, report: Report) -> str:
    """Return what stands in the page's body: two layouts show only the start of a report."""
    shown = {"paywall": 4, "many-comments": 5}.get(layout, len(report.paragraphs))
    body = list(report.paragraphs[:shown])
    if layout == "key-points":
        body += ["What is known", "What comes next"]
    if layout == "toll-table":
        body.append("Town Killed Wounded Tarn 12 31 Ossel 4 9")
    return "\n".join(body)


@cache
def _templates() -> jinja2.Environment:
    environment = jinja2.Environment(  # noqa: S701 (our own words, in which quotes stand as they are)
        loader=jinja2.FileSystemLoader(PAGES), undefined=jinja2.StrictUndefined
    )
    environment.filters |= {
        "long": lambda day: f"{day.day} {day:%B %Y}",
        "american": lambda day: f"{day:%B} {day.day}, {day.year}",
        "weekday": lambda day: f"{day:%A, %B} {day.day}, {day.year}",
        "compact": lambda day: f"{day:%Y%m%d}",
        "slashed": lambda day: f"{day:%Y/%m/%d}",
        "halved": lambda day: f"{day:%Y-%m/%d}",
        "mail": lambda day: f"{day:%a, %d %b %Y} 10:00 GMT",
    }
    return environment
