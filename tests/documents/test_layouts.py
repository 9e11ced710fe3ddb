"""How well articles come out of pages in the layouts of news sites, written for this project."""

import re
from collections import Counter

import pytest

from cairn.documents.pages import read_page
from documents.layouts.make import LAYOUTS, make_page

ENOUGH = 0.95
OF_EACH = 0.9
SEEDS = (1, 2)

READ = {}


def read(layout, seed):
    if (layout, seed) not in READ:
        made = make_page(layout, 100 * LAYOUTS.index(layout) + seed)
        READ[layout, seed] = made, read_page(made.raw, document_id=layout)
    return READ[layout, seed]


def f1(got, wanted):
    """Return the harmonic mean of precision and recall, word by word."""
    got, wanted = (Counter(re.findall(r"\w+", text.lower())) for text in (got, wanted))
    both = 2 * (got & wanted).total()
    return both / (got.total() + wanted.total())


def all_read():
    return [read(layout, seed) for layout in LAYOUTS for seed in SEEDS]


def test_there_are_thirty_layouts():
    assert len(LAYOUTS) >= 30


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_body_comes_out(layout):
    for seed in SEEDS:
        made, document = read(layout, seed)
        assert f1(document.text, made.body) >= OF_EACH


def test_bodies_come_out_well():
    scores = [f1(document.text, made.body) for made, document in all_read()]
    assert sum(scores) / len(scores) >= ENOUGH


def test_days_are_right():
    right = [document.published == made.report.published for made, document in all_read()]
    assert sum(right) / len(right) >= ENOUGH


@pytest.mark.parametrize("layout", LAYOUTS)
def test_a_day_that_was_changed_later_is_no_day_of_publication(layout):
    made, document = read(layout, 1)
    assert document.published is None or document.published <= made.report.published


@pytest.mark.parametrize("layout", LAYOUTS)
def test_headline_and_outlet_are_told_apart(layout):
    for seed in SEEDS:
        made, document = read(layout, seed)
        assert document.title == made.report.title
        assert document.outlet in (made.outlet, None, f"www.{layout}.example", "x.example")


@pytest.mark.parametrize("layout", LAYOUTS)
def test_the_writer_is_named_or_nobody(layout):
    for seed in SEEDS:
        made, document = read(layout, seed)
        assert document.byline in (made.report.byline, None)


def test_writers_are_named_where_a_page_marks_them():
    named = [document.byline == made.report.byline for made, document in all_read()]
    assert sum(named) / len(named) >= 0.55  # the other layouts show a name without a mark, or none


def test_every_page_is_english_and_comes_from_no_agency():
    for _, document in all_read():
        assert (document.language, document.credits) == ("en", ())
