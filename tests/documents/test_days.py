import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.documents.days import is_ambiguous, read_day

DAYS = st.dates(min_value=dt.date(1700, 1, 1), max_value=dt.date(2199, 12, 31))
FORMS = ["%Y-%m-%d", "%d %B %Y", "%B %d, %Y", "%d %b %Y", "%Y%m%d", "%d.%m.%Y", "%Y/%m/%d", "%A, %d %B %Y"]


@pytest.mark.parametrize("form", FORMS)
@given(day=DAYS)
def test_a_day_is_read_back(form, day):
    assert read_day(day.strftime(form)) == day


@given(day=DAYS)
def test_a_form_that_is_given_is_the_only_one(day):
    assert read_day(day.strftime("%d/%m/%Y"), "%d/%m/%Y") == day
    assert read_day(day.isoformat(), "%d/%m/%Y") is None


@given(day=DAYS)
def test_a_day_between_slashes_is_read_when_it_can_mean_one(day):
    for form in ("%d/%m/%Y", "%m/%d/%Y", "%d-%m-%Y"):
        written = day.strftime(form)
        assert read_day(written) == (None if is_ambiguous(written) else day)
    assert is_ambiguous(day.strftime("%d/%m/%Y")) == (day.day <= 12 and day.day != day.month)


@pytest.mark.parametrize(
    "written", ["", "Monday", "2024-13-05", "0001-01-01", "31/31/2024", "5 Floreal 2024", "٥"]
)
def test_what_is_no_day_is_none(written):
    assert read_day(written) is None
