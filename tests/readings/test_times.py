from __future__ import annotations

import csv
import datetime as dt
from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.lexicon.calendar import load_calendar
from cairn.readings.sentences import split_sentences
from cairn.readings.times import find_moments
from cairn.records import Mention, Moment, MomentKind, Period

CALENDAR = load_calendar()
CASES = Path(__file__).parents[1] / "cases" / "dates.csv"
PUBLISHED = dt.date(2021, 7, 14)


def moments(text: str, published: dt.date | None = PUBLISHED) -> tuple[Mention[Moment], ...]:
    return find_moments(text, split_sentences(text), published, CALENDAR)


def only(text: str, published: dt.date | None = PUBLISHED) -> Moment:
    (mention,) = moments(text, published)
    return mention.value


def cases() -> list[dict[str, str]]:
    with CASES.open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.mark.parametrize("case", cases(), ids=lambda case: case["text"])
def test_phrase_of_the_table_is_found_and_resolved(case: dict[str, str]) -> None:
    published = dt.date.fromisoformat(case["published"]) if case["published"] else None
    found = {mention.span.words(case["text"]): mention.value for mention in moments(case["text"], published)}
    if not case["phrase"]:
        assert found == {}
        return
    assert case["phrase"] in found
    period = found[case["phrase"]].period
    expected = [case["start"], case["end"]]
    assert ([str(period.start), str(period.end)] if period else ["", ""]) == expected
    assert found[case["phrase"]].reason


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("It fell on Monday.", MomentKind.DAY),
        ("It fell last week.", MomentKind.SPAN),
        ("Many fled since May 3.", MomentKind.SINCE),
        ("It fell recently.", MomentKind.VAGUE),
    ],
)
def test_kind_says_how_the_words_point(text: str, kind: MomentKind) -> None:
    assert only(text).kind is kind


def test_words_that_point_back_are_anaphors() -> None:
    assert moments("It fell on Monday. The next day it rose.")[1].value.kind is MomentKind.ANAPHOR


@pytest.mark.parametrize(
    "text",
    [
        "ALEPPO, July 13 (Reuters) - Two men died.",
        "KABUL, July 13 -- Two men died.",
        "July 13 2021 Two men died.",
        "Date of publication 13 July 2021 Two men died.",
        "Car bomb kills six in market NGO AFP Tuesday 13 Jul 2021 Six people died.",
        "13-07-2021 Two men died.",
    ],
)
def test_the_reports_own_date_is_a_dateline(text: str) -> None:
    first = moments(text)[0].value
    assert first.reason.startswith("dateline")
    assert first.period == Period(start=dt.date(2021, 7, 13), end=dt.date(2021, 7, 13))


@pytest.mark.parametrize(
    "text",
    [
        "Two men died on July 13, 2021, in a raid.",
        "Two men were shot July 13, 2021, in a raid.",
        "Two men who were taken on 3 May 2019 (as told) are free.",
        "Published long ago. He was born 3 May 1970 in a camp.",
    ],
)
def test_a_date_in_the_story_is_no_dateline(text: str) -> None:
    assert not moments(text)[0].value.reason.startswith("dateline")


def test_ambiguous_digits_name_both_readings() -> None:
    reason = only("The file is of 04/07/2021.").reason
    assert "2021-04-07" in reason
    assert "2021-07-04" in reason


def test_weekday_that_disagrees_with_its_date_is_said() -> None:
    assert "does not agree" in only("It fell on Monday 13 July 2021.").reason


def test_a_weekday_can_choose_the_year() -> None:
    period = only("It fell on Monday 14 September.").period
    assert period == Period(start=dt.date(2020, 9, 14), end=dt.date(2020, 9, 14))


JOINTS = [
    "since",
    "until",
    "between",
    "and",
    "from",
    "to",
    "the",
    "last",
    "next",
    "this",
    "past",
    "in",
    "on",
    "of",
]
SHIFTS = [
    "ago",
    "later",
    "earlier",
    "before",
    "after",
    "few",
    "same",
    "day",
    "will",
    "said",
    "began",
    "war",
    "been",
]
DIGITS = [
    "0",
    "3",
    "31",
    "2016",
    "2000",
    "9999",
    "1990s",
    "3rd",
    "31/12/9999",
    "01/01/0001",
    "2016-02-30",
    "272017",
]
MARKS = [",", ".", "-", "–", "(", ")", "'", "s", ":", "12:30", "has", "been", "for", "of", "272017"]
NAMES = [*CALENDAR.months, *CALENDAR.weekdays]
WORDS = st.sampled_from(
    [
        *(name.capitalize() for name in NAMES),
        *CALENDAR.units,
        *CALENDAR.parts,
        *CALENDAR.days,
        *CALENDAR.seasons,
        *(JOINTS + SHIFTS + DIGITS + MARKS),
    ]
)
DATES = st.none() | st.dates()


@given(text=st.text(max_size=200) | st.lists(WORDS, max_size=30).map(" ".join), published=DATES)
def test_any_text_is_read_into_ordered_mentions_inside_sentences(
    text: str, published: dt.date | None
) -> None:
    sentences = split_sentences(text)
    found = find_moments(text, sentences, published, CALENDAR)
    for mention in found:
        assert any(sentence.span.contains(mention.span) for sentence in sentences)
        assert mention.value.reason
        assert mention.value.period is None or mention.value.period.start <= mention.value.period.end
    for before, after in pairwise(found):
        assert before.span.end <= after.span.start


@given(words=st.lists(WORDS, max_size=12))
def test_without_a_publication_date_nothing_ends_today(words: list[str]) -> None:
    for mention in moments(" ".join(words), None):
        if mention.value.kind is MomentKind.SINCE and not any(
            each.value.reason.startswith("dateline") for each in moments(" ".join(words), None)
        ):
            assert mention.value.period is None
