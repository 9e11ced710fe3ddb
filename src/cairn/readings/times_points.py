"""Read one day or one stretch with a name: "yesterday", "early March", "two weeks ago", "that year"."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from cairn.lexicon.calendar import Calendar
from cairn.readings.times_dates import Found, month_at, read_date, read_years, weekday_at, year_at
from cairn.readings.times_expressions import Date, Overnight, Season, Share, Shift, Stretch, Unit, Years
from cairn.readings.times_words import Words

SURE_YEAR = frozenset({"in", "since", "until", "till", "during", "throughout"})
"""After these four digits are a year: exact counts between 1900 and 2099 are rarer than years."""

NEAR_YEAR = frozenset({"early", "mid", "late"})
"""Beside these four digits are a year whatever follows: "mid-2007", "an early 2013 attack"."""

SEASON_BEFORE = frozenset({"in", "during", "since", "throughout", "over"})
"""Before "the summer" these make it a time, not a name ("the summer offensive")."""

Reader = Callable[[Words, int, Calendar], Found | None]


def read_any_point(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read with the first reader that reads the most words."""
    found = [read(words, at, calendar) for read in POINTS]
    return max((each for each in found if each is not None), key=lambda each: each[1], default=None)


def _year(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read a year or decade where the words around it say that it is one: "in 2013", "the 2014 war"."""
    cues = calendar.cues
    before = words[at - 1]
    sure = before.lower in SURE_YEAR
    found = read_years(words, at, calendar, sure=sure)
    if found is None:
        return None
    if words[at].kind == "decade" or (isinstance(found[0], Years) and before.lower != "$"):
        return found
    after = words[found[1]]
    if (
        words[at + 1].lower in {"-", "/"}
        and words[at + 1].start == words[at].end
        and isinstance(found[0], Date)
    ):
        return None
    if sure:
        return found
    plain = after.kind == "word" and not after.capital and after.lower not in cues.function_words
    if before.lower in cues.year_before or before.lower in calendar.parts:
        return None if plain and after.lower not in cues.occasions else found
    if before.lower == "(" and after.lower in {")", "-", "–"}:
        return found
    if before.lower in cues.determiners | {"'s"} and after.kind == "word":
        named = after.lower not in cues.function_words | cues.counted and not after.lower.endswith("s")
        return found if named or after.lower in cues.occasions else None
    alone = len(words) <= 8 and at == 0 and after.lower in {":", "", "–", "-"}  # a heading
    return found if alone else None


def _day_word(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "yesterday", "last night", "this morning", "the day before yesterday", "overnight", a holiday."""
    word, after = words[at], words[at + 1]
    # "Aleppo Today" is a name: a capital inside a sentence, unless all is in capitals.
    named = word.capital and not word.text.isupper() and words[at - 1].kind == "word"
    if word.lower in calendar.days and not named:
        return Shift(amount=calendar.days[word.lower], unit="day"), at + 1
    if words.lowers(at, at + 4) == ("the", "day", "before", "yesterday"):
        return Shift(amount=-2, unit="day"), at + 4
    if word.lower in calendar.cues.overnight:
        on = at + 2 if after.lower in {"on", "from"} else at + 1
        return None if weekday_at(words, on, calendar) is not None else (Overnight(), at + 1)
    if after.lower in calendar.cues.dayparts and word.lower in calendar.cues.this:
        return Shift(amount=0, unit="day"), at + 2
    if after.lower in calendar.cues.dayparts and word.lower == "last":
        return Shift(amount=-1, unit="day"), at + 2
    for length in (3, 2):
        holiday = calendar.holidays.get(" ".join(words.lowers(at, at + length)).replace(" 's", "'s"))
        if holiday and word.capital:
            year = year_at(words, at + length, calendar)
            end = at + length + (1 if year else 0)
            return Date(month=holiday[0], day=holiday[1], year=year), end
    return None


def _relation(lower: str, calendar: Calendar) -> int | None:
    """Return -1, 0 or 1 for "last", "this", "next", else ``None``."""
    cues = calendar.cues
    return -1 if lower in cues.last else 0 if lower in cues.this else 1 if lower in cues.next else None


def read_related(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "last Friday", "this past Sunday", "next April", "last week", "this month", "on the weekend"."""
    part = calendar.parts.get(words[at].lower)
    start = at + 1 if part else at
    if part and words[start].lower in {"-", "in", "of"}:
        start += 1
    if words[start].lower == "the" and words[start + 1].lower in calendar.units:
        unit = calendar.units[words[start + 1].lower]
        if unit == "weekend":
            return Unit(unit=unit, offset=0), start + 2
        if part and unit in {"week", "month", "year", "day"}:
            if unit == "day":
                return Shift(amount=0, unit="day", told=True), start + 2
            return Unit(unit=unit, offset=0, part=part), start + 2
        return None
    relation = _relation(words[start].lower, calendar)
    if relation is None:
        return None
    past = start + 1
    if relation == 0 and words[past].lower in calendar.cues.last:  # "this past Sunday"
        relation, past = -1, past + 1
    word = words[past]
    day = weekday_at(words, past, calendar)
    if day is not None:
        return Date(weekday=day, relation=relation), past + 1
    if month_at(words, past, calendar) is not None:
        found = read_date(words, past, calendar)
        if found and isinstance(found[0], Date):
            year_known = found[0].year is not None or found[0].day is not None
            return replace(found[0], relation=None if year_known else relation, part=part), found[1]
    if word.lower in calendar.seasons:
        return Season(month=calendar.seasons[word.lower], relation=relation, part=part), past + 1
    unit_name = "" if word.lower.endswith("s") else calendar.units.get(word.lower, "")
    if unit_name in {"week", "month", "year", "weekend", "decade"} and words[start].lower != "past":
        if words[past - 1].lower == "past":
            return Stretch(amount=1, unit=unit_name), past + 1
        return Unit(unit=unit_name, offset=relation, part=part), past + 1
    return None


def _part(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "early March", "in late 2015", "mid-July", "the end of the year", "earlier on Tuesday"."""
    start = at + 1 if words[at].lower == "the" else at
    part = calendar.parts.get(words[start].lower)
    if part is None:
        return None
    after = start + 1
    if words[after].lower in {"-", "in", "on", "of"}:
        after += 1
    if words[after].lower == "the" and words[after + 1].kind == "decade":
        after += 1
    word = words[after]
    found = read_date(words, after, calendar)
    if found is not None:
        date = found[0]
        if isinstance(date, Date) and date.day is None and date.weekday is None:
            return replace(date, part=part), found[1]
        return found if start == at else None
    if word.lower in calendar.days:
        return Shift(amount=calendar.days[word.lower], unit="day"), after + 1
    if word.lower in calendar.seasons:
        season = _season(words, after, calendar)
        return (
            (replace(season[0], part=part), season[1]) if season and isinstance(season[0], Season) else None
        )
    named = words[start].lower in NEAR_YEAR or words[after - 1].lower == "of"
    years = read_years(words, after, calendar, sure=True) if named else _year(words, after, calendar)
    if years is not None and isinstance(years[0], Date | Years):
        return replace(years[0], part=part), years[1]
    if words[after].lower == "the" and start != at:  # "the end of the year"
        unit = calendar.units.get(words[after + 1].lower)
        if unit in {"week", "month", "year"}:
            return Unit(unit=unit, offset=0, part=part), after + 2
    related = read_related(words, after, calendar)
    if related and isinstance(related[0], Unit):
        return replace(related[0], part=part), related[1]
    return None


def _season(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "the spring of 2012", "summer 2015", "in winter"; a bare "fall" is a defeat more often."""
    word = words[at]
    month = calendar.seasons.get(word.lower)
    if month is None:
        return None
    after = at + 1
    if words[after].lower == "of":
        after += 1
    found = read_years(words, after, calendar)
    if found and isinstance(found[0], Date | Years):
        year = found[0].year if isinstance(found[0], Date) else found[0].start
        return Season(month=month, year=year), found[1]
    bare = words[at - 1].lower in {"in", "since", "that"} or (
        words[at - 1].lower == "the" and words[at - 2].lower in SEASON_BEFORE
    )
    if bare and word.lower != "fall" and not word.capital:
        return Season(month=month), at + 1
    return None


def _share(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "the first half of 2020", "the third quarter of the year", "first six months of 2015"."""
    start = at + 1 if words[at].lower == "the" else at
    number = calendar.ordinals.get(words[start].lower)
    of = {"half": 2, "quarter": 4}.get(words[start + 1].lower)
    after = start + 2
    months = calendar.numbers.get(words[start + 1].lower) or words[start + 1].whole
    if of is None and number == 1 and months in {2, 3, 4, 6} and words[start + 2].lower == "months":
        of, after = 12 // months, start + 3
    if number is None or of is None or number > of or words[after].lower not in {"of", "in"}:
        return None
    year = year_at(words, after + 1, calendar)
    if year:
        return Share(number=number, of=of, year=year), after + 2
    if words.lowers(after + 1, after + 3) in (("the", "year"), ("this", "year")):
        return Share(number=number, of=of), after + 3
    return None


def read_amount(words: Words, at: int, calendar: Calendar) -> tuple[int | None, bool, int] | None:
    """Read how many: (number or ``None`` for "several", whether it is approximate, next index)."""
    approx = False
    while words[at].lower in calendar.cues.about and words[at + 1].kind in {"word", "number"}:
        if words[at].lower == "some" and words[at + 1].lower in calendar.units:
            break
        approx, at = True, at + 1
    if words[at].whole is not None and len(words[at].text) <= 3:
        return words[at].whole, approx, at + 1
    if words[at].lower == "a" and words[at + 1].lower in calendar.cues.few | {"couple", "dozen"}:
        at += 1
    if words[at].lower in calendar.cues.few:
        after = at + 1
        while words[after].lower in calendar.cues.few | {"of", "more", "short"}:
            after += 1
        return None, True, after
    if words[at].lower in calendar.numbers:
        number, after = calendar.numbers[words[at].lower], at + 1
        if number >= 20 and words[after].lower == "-" and words[after + 1].lower in calendar.numbers:
            number, after = number + calendar.numbers[words[after + 1].lower], after + 2
        if words[after].lower == "of" and words[at].lower == "couple":
            after += 1
        return number, approx, after
    return None


def _counted_shift(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "two days ago", "a week earlier", "three months later", "two days after the 4 April attack"."""
    cues = calendar.cues
    amount = read_amount(words, at, calendar)
    if amount is None:
        amount = (None, True, at) if words[at].lower in {"days", "weeks", "months", "years"} else None
    if amount is None:
        return None
    number, approx, after = amount
    unit = calendar.units.get(words[after].lower)
    if unit is None or words[after].lower.startswith("weekend"):
        return None
    after += 1
    word = words[after].lower
    if word in cues.ago:
        return Shift(amount=_signed(number, -1), unit=unit, approx=approx), after + 1
    if word in cues.later or (word == "on" and words[after + 1].lower in {"", ".", ","} and number is None):
        return Shift(amount=_signed(number, 1), unit=unit, approx=approx, told=True), after + 1
    if word in cues.earlier:
        return Shift(amount=_signed(number, -1), unit=unit, approx=approx, told=True), after + 1
    if word not in {"before", "after", "from", "following"}:
        return None
    sign = -1 if word == "before" else 1
    base = after + 1
    while words[base].lower in {"the", "its", "his", "her", "their", "that"}:
        base += 1
    found = read_any_point(words, base, calendar)
    if found is None:
        opens = at == 0 or words[at - 1].lower in {"comes", "came", "coming", "just", "barely", "only"}
        if word == "after" and opens and number is not None:
            # "The attack comes two days after gunmen killed 12": the time is of what follows.
            return Shift(amount=-number, unit=unit, told=True, approx=approx), after + 1
        ends = words[after + 1].kind in {"mark", "end"} and word != "from" and number == 1
        return (Shift(amount=sign, unit=unit, told=True, approx=approx), after + 1) if ends else None
    return Shift(amount=_signed(number, sign), unit=unit, approx=approx, base=found[0]), found[1]


def _signed(number: int | None, sign: int) -> int | None:
    return None if number is None else sign * number


def _told(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "the same day", "that year", "the previous week", "the day before", "the next morning"."""
    cues = calendar.cues
    start = at
    if words[start].lower in {"the", "that", "this"} and words[start + 1].lower in cues.same | {"very"} | (
        cues.previous | cues.following
    ):
        start += 1
    word, after = words[start], words[start + 1]
    unit = None if after.lower.endswith("s") else calendar.units.get(after.lower)
    if after.lower in cues.dayparts and word.lower not in {"next"} | cues.this:
        unit = "day"
    if after.lower in cues.dayparts and word.lower == "next" and start > at:
        unit = "day"
    if unit and unit != "hour":
        if word.lower in cues.same | {"very"}:
            return Shift(amount=0, unit=unit, told=True, whole=True), start + 2
        if start > at and word.lower in cues.previous:
            return Shift(amount=-1, unit=unit, told=True, whole=True), start + 2
        if start > at and word.lower in cues.following:
            return Shift(amount=1, unit=unit, told=True, whole=True), start + 2
    if word.lower in cues.same and after.lower in calendar.seasons:
        return Season(month=calendar.seasons[after.lower], relation=-1), start + 2
    if words[at].lower in {"the", "a"} and words[at + 1].lower in {"day", "night", "week", "month", "year"}:
        way = words[at + 2].lower
        if way in {"before", "after"}:
            ends = words[at + 3]
            if ends.kind in {"mark", "end"} or ends.lower in {"and", "but", "in", "at", "by", "when", "with"}:
                amount = -1 if way == "before" else 1
                return Shift(amount=amount, unit=calendar.units[words[at + 1].lower], told=True), at + 3
    return None


POINTS: tuple[Reader, ...] = (
    read_date,
    _year,
    _day_word,
    read_related,
    _part,
    _season,
    _share,
    _counted_shift,
    _told,
)
