"""Read the absolute part of a date: day, month, year, weekday, in any order that news writes them."""

from __future__ import annotations

import datetime as dt
import re

from cairn.lexicon.calendar import Calendar
from cairn.readings.times_expressions import Date, Expression, Numeric, Range, Vague, Years
from cairn.readings.times_words import Words

EARLIEST_YEAR = 1000
LATEST_YEAR = 2099
"""Four digits outside these are no year in prose about people."""
CENTURY_TURN = 70
"""A year of two digits up to this is of the 21st century, as POSIX ``strptime`` has it (69), rounded."""

LAST_DAY = 31
DATELINE_ENDS = frozenset({"(", "-", "–", "—", "--"})
"""What ends a dateline, or opens the name of the agency in it."""

Found = tuple[Expression, int]
"""What was read, and the index of the word after it."""


def read_date(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read a date that starts with the word at ``at`` exactly; ``None`` when none does."""
    if words[at].kind == "date":
        return _numeric(words, at)
    day_name = weekday_at(words, at, calendar)
    if day_name is None:
        return _month_date(words, at, calendar)
    return _weekday_date(words, at, day_name, calendar)


def weekday_at(words: Words, at: int, calendar: Calendar) -> int | None:
    """Return the weekday that the word at ``at`` names, or ``None`` ("Black Friday", "the Sun")."""
    word, before = words[at], words[at - 1]
    if word.kind != "word":
        return None
    number = calendar.weekdays.get(word.lower)
    if number is None and word.lower.endswith("s"):  # "Sundays attack": the apostrophe was lost
        number = calendar.weekdays.get(word.lower[:-1]) if len(word.lower) > 6 else None
    if number is None or before.lower in calendar.cues.not_days:
        return None
    if len(word.lower) > 5:
        return number if word.capital or before.lower in calendar.cues.month_before | {"on"} else None
    # Abbreviations are nouns and names too ("Sun", "Sat", "Wed"): only beside a date or after "on".
    dotted = words[at + 1].lower in {".", ","}
    after = words[at + 2] if dotted else words[at + 1]
    beside = after.kind in {"number", "ordinal"} or after.lower in calendar.months
    lone = before.lower in {"on", "late", "early", "last", "(", "since"} and not (
        after.capital and not dotted
    )
    return number if word.capital and (beside or lone) else None


def month_at(words: Words, at: int, calendar: Calendar) -> int | None:
    """Return the month that the word at ``at`` names, or ``None`` when it is a verb, a person or a march."""
    word, before, after = words[at], words[at - 1], words[at + 1]
    number = calendar.months.get(word.lower) if word.kind == "word" else None
    if number is None:
        return None
    if after.lower == "." and len(word.lower) <= 4:
        after = words[at + 2]
    cues = calendar.cues
    beside = (
        _day_at(words, at - 1, calendar) is not None
        or after.kind == "ordinal"
        or (after.whole is not None and (after.whole <= 31 or len(after.text) in (4, 5, 6)))
    )
    if beside:
        return number if word.capital or before.kind in {"number", "ordinal"} else None
    if not word.capital:
        return None
    if word.lower not in cues.fickle and len(word.lower) > 4:
        return number
    if before.lower == "of" and words[at - 2].lower in calendar.ordinals:
        return number
    if before.lower in cues.month_before or before.lower in calendar.parts:
        # "by Jan Egeland", "for April Jones": a name, unless the month is one that news writes out.
        return None if after.capital and (len(word.lower) <= 3 and word.lower != "may") else number
    if before.lower in {"and", "or", "to", "–", "—"} and words[at - 2].lower in calendar.months:
        return number
    joined = words[at + 2]
    if after.lower in {"-", "–", "—"} and joined.capital and joined.lower in calendar.months:
        return number  # "(May-August 2013)"
    plain = after.kind == "word" and not after.capital and after.lower not in cues.function_words
    return number if before.lower in cues.determiners and plain else None


def year_at(words: Words, at: int, calendar: Calendar, *, sure: bool = False) -> int | None:
    """Return the year written at ``at``, or ``None``; a number that counts things is none unless ``sure``.

    A round number is doubted even when the words before it make a year sure: "in 2000 raids".
    """
    word = words[at]
    number = word.whole
    if number is None or len(word.text) != 4 or not EARLIEST_YEAR <= number <= LATEST_YEAR:
        return None
    counts = words[at + 1].lower in calendar.cues.counted - calendar.cues.occasions
    return None if counts and not (sure and number % 100) else number


def short_year_at(words: Words, at: int) -> int | None:
    """Return the last two digits of a year, as in "2014-15", or ``None``."""
    number = words[at].whole
    return number if number is not None and len(words[at].text) == 2 else None


def _day_at(words: Words, at: int, calendar: Calendar) -> int | None:
    """Return the day of a month written at ``at``: "3", "03", "3rd"."""
    word = words[at]
    if word.kind == "ordinal":
        number = int(word.text[:-2])
    elif word.whole is not None and len(word.text) <= 2:
        number = word.whole
    else:
        return None
    return number if 1 <= number <= 31 else None


def _skip(words: Words, at: int, *marks: str) -> int:
    """Return the index after the word at ``at`` when it is one of ``marks``, else ``at``."""
    return at + 1 if words[at].lower in marks else at


def _weekday_date(words: Words, at: int, weekday: int, calendar: Calendar) -> Found:
    """Read "Tuesday", "Tuesday, July 13", "Tuesday night (13 July 2021)"."""
    after = at + 1
    if len(words[at].text) <= 5:
        after = _skip(words, after, ".")
    join = after
    if words[join].lower in calendar.cues.dayparts:
        join += 1
        join = _skip(words, join, "of")
    for _ in range(2):
        join = _skip(words, join, ",", "(", "the", "-", "–")
    date = read_plain_date(words, join, calendar, after_weekday=True)
    plural = words[at].lower not in calendar.weekdays
    if date is None and plural and words[at - 1].lower == "on" and words[after].kind in {"mark", "end"}:
        return Vague(
            why="such weekdays in general"
        ), after  # "on Sundays."; "on Sundays attack" lost its mark
    if date is None:
        return Date(weekday=weekday), after
    expression, end = date
    if isinstance(expression, Date) and expression.day is not None:
        joined = Date(year=expression.year, month=expression.month, day=expression.day, weekday=weekday)
        return joined, end
    if isinstance(expression, Numeric):
        fitting = tuple(option for option in expression.options if option.weekday() == weekday)
        return Numeric(options=fitting or expression.options), end
    return Date(weekday=weekday), after


def read_plain_date(
    words: Words, at: int, calendar: Calendar, *, after_weekday: bool = False
) -> Found | None:
    """Read a date without a weekday."""
    if words[at].kind == "date":
        return _numeric(words, at)
    return _month_date(words, at, calendar, after_weekday=after_weekday)


def _month_date(words: Words, at: int, calendar: Calendar, *, after_weekday: bool = False) -> Found | None:
    """Read "3 May 2016", "the 3rd of May", "May 3, 2016", "2016, May 3", "May 10-15", "May 2016", "May"."""
    year = year_at(words, at, calendar)
    if year is not None:
        comma = _skip(words, at + 1, ",")
        if words[comma].lower in calendar.months and words[comma].capital:
            found = _month_first(words, comma, calendar)
            if found and isinstance(found[0], Date) and found[0].year is None:
                return Date(year=year, month=found[0].month, day=found[0].day), found[1]
        return None
    day = _day_at(words, at, calendar)
    if day is None and words[at].lower == "the":
        day = _day_at(words, at + 1, calendar) if words[at + 1].kind == "ordinal" else None
        day = day or (calendar.ordinals.get(words[at + 1].lower) if words[at + 2].lower == "of" else None)
        at = at + 1 if day else at
    if day is not None:
        return _day_first(words, at, day, calendar)
    return _month_first(words, at, calendar, after_weekday=after_weekday)


def _day_first(words: Words, at: int, day: int, calendar: Calendar) -> Found | None:
    """Read "3 May", "3rd of May 2016", "10-15 May", "10 to 15 May", "10 and 11 May"."""
    after = at + 1
    last = None
    if words[after].lower in calendar.cues.to:
        last = _day_at(words, after + 1, calendar)
        after = after + 2 if last else after
    after = _skip(words, after, "of", "-")
    if month_at(words, after, calendar) is None:
        return None
    month = calendar.months[words[after].lower]
    year, after = _year_after(words, after + 1, calendar, sure=True)
    if year is None and last is None and words[after + 1].lower in DATELINE_ENDS:
        year, after = _dateline_year(words, after)
    if not _exists(day, month, year) or (last and not _exists(last, month, year)):
        return None
    date = Date(year=year, month=month, day=day)
    return (Range(first=date, last=Date(year=year, month=month, day=last)) if last else date), after


def _month_first(words: Words, at: int, calendar: Calendar, *, after_weekday: bool = False) -> Found | None:
    """Read "May 3", "May 3rd, 2016", "Nov 272017", "May 10-15", "May 2016", "May"."""
    month = month_at(words, at, calendar)
    if month is None:
        if not (after_weekday and words[at].lower in calendar.months and words[at].capital):
            return None
        month = calendar.months[words[at].lower]
    after = at + 1
    if len(words[at].text) <= 4:
        after = _skip(words, after, ".")
    if after_weekday:
        after = _skip(words, after, ",")
    elif words[after].lower == "the" and words[after + 1].kind == "ordinal":
        after += 1
    glued = re.fullmatch(r"(\d{1,2})([12]\d{3})", words[after].text)  # "Nov 272017": a comma and space lost
    if glued and _exists(int(glued.group(1)), month, int(glued.group(2))):
        return Date(year=int(glued.group(2)), month=month, day=int(glued.group(1))), after + 1
    day = _day_at(words, after, calendar)
    if day is not None and _is_counted(words, at, after, calendar):
        day = None
    if day is None or not _exists(day, month, None):
        year, end = _year_after(words, after, calendar, sure=False)
        return Date(year=year, month=month), (end if year else at + 1)
    after += 1
    if words[after].lower in {"-", "–", "—", "to", "and", "through", "until"}:
        last = _day_at(words, after + 1, calendar)
        free = last is not None and words[after + 2].lower not in calendar.months
        if (
            free
            and last
            and last > day
            and _exists(last, month, None)
            and not _is_counted(words, at, after + 1, calendar)
        ):
            year, end = _year_after(words, after + 2, calendar, sure=True)
            first = Date(year=year, month=month, day=day)
            return Range(first=first, last=Date(year=year, month=month, day=last)), end
    year, end = _year_after(words, after, calendar, sure=True)
    if not _exists(day, month, year):
        return None
    return Date(year=year, month=month, day=day), end


def _is_counted(words: Words, month: int, number: int, calendar: Calendar) -> bool:
    """Say whether the number after a month counts people: "in May 20 people were killed"."""
    if words[number].kind == "ordinal" or len(words[number].text) > 2:
        return False
    after = words[number + 1]
    if words[month - 1].lower not in {"in", "early", "late", "mid", "-", "since", "last", "this"}:
        return False
    plain = after.kind == "word" and not after.capital and after.lower not in calendar.cues.function_words
    return plain or after.lower in calendar.cues.counted


def _year_after(words: Words, at: int, calendar: Calendar, *, sure: bool) -> tuple[int | None, int]:
    """Return the year that ends a date, over a comma or "of", and the index after it."""
    place = _skip(words, at, ",", "of", "/")
    if words[at].lower == "," and words[place].lower == "in":
        place += 1
    year = year_at(words, place, calendar, sure=sure)
    return (year, place + 1) if year is not None else (None, at)


def _dateline_year(words: Words, at: int) -> tuple[int | None, int]:
    """Return the year of two digits that old wires write, "4 FEB 90 (EFE) --", and the index after it.

    Only a number that is no day of a month: "4 February 12 (" may go on otherwise.
    """
    short = short_year_at(words, at)
    if short is None or short <= LAST_DAY:
        return None, at
    return short + (2000 if short <= CENTURY_TURN else 1900), at + 1


def read_years(words: Words, at: int, calendar: Calendar, *, sure: bool = False) -> Found | None:
    """Read a decade, a year, or "2014-15" at ``at``, whatever stands before it."""
    if words[at].kind == "decade":
        digits = re.sub(r"\D", "", words[at].text)
        start = int(digits) if len(digits) == 4 else 1900 + int(digits)
        return Years(start=start, count=100 if start % 100 == 0 and start < 2000 else 10), at + 1
    year = year_at(words, at, calendar, sure=sure)
    if year is None:
        return None
    if words[at + 1].lower in {"-", "–", "/"} and words[at + 1].start == words[at].end:
        short = short_year_at(words, at + 2)
        end = year_at(words, at + 2, calendar) or (year // 100 * 100 + short if short is not None else None)
        if end is not None and year < end <= year + 100:
            return Years(start=year, count=end - year + 1), at + 3
    return Date(year=year), at + 1


def _numeric(words: Words, at: int) -> Found | None:
    """Read "2017-04-04", "29.10.2017", "04/07/2017"; both readings when day and month could be either."""
    parts = [int(part) for part in re.split(r"[-/.]", words[at].text)]
    if len(words[at].text.split("-")[0].split("/")[0].split(".")[0]) == 4:
        options = [_date(parts[0], parts[1], parts[2])]
    else:
        year = parts[2]
        if year < 100:
            if "/" not in words[at].text:  # "1.2.16" is as often a version or a section
                return None
            year += 2000 if year <= CENTURY_TURN else 1900
        options = [_date(year, parts[1], parts[0]), _date(year, parts[0], parts[1])]
        if "." in words[at].text and options[0]:  # full stops are written where the day comes first
            del options[1]
    dates = tuple(dict.fromkeys(option for option in options if option is not None))
    return (Numeric(options=dates), at + 1) if dates else None


def _date(year: int, month: int, day: int) -> dt.date | None:
    """Return the date, or ``None`` when no calendar has it."""
    try:
        return dt.date(year, month, day)
    except ValueError:
        return None


def _exists(day: int, month: int, year: int | None) -> bool:
    """Say whether some calendar has the day; 29 February is given the doubt when the year is open."""
    return _date(year or 2000, month, day) is not None
