"""Read one whole time phrase: a day, a stretch up to now, or a range from one to another."""

from __future__ import annotations

from dataclasses import replace

from cairn.lexicon.calendar import Calendar
from cairn.readings.times_dates import Found, read_years, weekday_at
from cairn.readings.times_expressions import Date, Range, Since, Stretch, Unit, Until, Vague, Years
from cairn.readings.times_points import Reader, read_amount, read_any_point, read_related
from cairn.readings.times_words import Words

OPENERS = frozenset({"the", "these", "in", "over", "within", "for", "so"})
"""Small words that a phrase may start with and that no cue lists."""

SINCE_REACH = 14
"""Words between "since" and the date of what began ("since the uprising against ... erupted in March 2011"):
the longest in the training reports is 11."""

STANDING_REACH = 8
"""Words between "has" and "for three months" ("has been detained in the capital's prison for ...")."""

LONGEST_STRETCH = 14
"""Days up to which "in three days" is read as the days just past; longer ones are jail terms and careers."""


def phrase_starters(calendar: Calendar) -> frozenset[str]:
    """Return the words in lower case with which a phrase may start; digits may always."""
    cues = calendar.cues
    names = {
        *calendar.months,
        *calendar.weekdays,
        *(f"{name}s" for name in calendar.weekdays),
        *calendar.seasons,
    }
    names |= {holiday.split()[0] for holiday in calendar.holidays}
    counts = {*calendar.days, *calendar.units, *calendar.parts, *calendar.numbers, *calendar.ordinals}
    turns = (
        cues.last
        | cues.this
        | cues.next
        | cues.past
        | cues.coming
        | cues.same
        | cues.previous
        | cues.following
    )
    opens = cues.since | cues.until | cues.between | cues.from_ | cues.recent | cues.vague | cues.overnight
    return frozenset(names | counts | turns | opens | cues.about | cues.few | OPENERS)


def read_phrase(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read the longest time phrase that starts with the word at ``at``; ``None`` when none does."""
    first = words[at]
    if first.kind == "mark" and first.lower not in {"(", "'"}:
        return None
    point = read_any_point(words, at, calendar)
    found = [*(read(words, at, calendar) for read in COMPOSITES), _pair(words, point, calendar), point]
    return max((each for each in found if each is not None), key=lambda each: each[1], default=None)


def read_point(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read one day or stretch that may be an end of a range, with or without "on", "in", "the"."""
    while words[at].lower in {"on", "in", "the", "at"} and not read_any_point(words, at, calendar):
        at += 1
    return read_any_point(words, at, calendar) or read_years(words, at, calendar)


def _stretch(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "the past six days", "last 24 hours", "the coming weeks", "in recent months", "in three days"."""
    cues = calendar.cues
    start = at + 1 if words[at].lower in {"the", "these", "this"} else at
    word = words[start].lower
    if word in cues.recent and words[start + 1].lower in calendar.units:
        return Vague(why="'recent' does not count days"), start + 2
    if word in cues.past | cues.coming:
        ahead = word in cues.coming and word not in cues.past
        amount = read_amount(words, start + 1, calendar)
        number, after = (amount[0], amount[2]) if amount else (1, start + 1)
        unit = calendar.units.get(words[after].lower)
        if unit is None or unit == "weekend":
            return None
        if amount is None:
            if words[after].lower.endswith("s"):
                return Vague(why=f"'{word}' {words[after].lower}: how many is not said"), after + 1
            if (start == at and word not in {"past"}) or word in {
                "previous",
                "preceding",
                "next",
                "following",
            }:
                return None  # "last week", "next month": calendar weeks and months, read elsewhere
            if unit == "day" and word == "latest":
                return None
        return Stretch(amount=number, unit=unit, ahead=ahead), after + 1
    if word in {"in", "over", "within"} and start == at:
        amount = read_amount(words, at + 1, calendar)
        if amount is None or amount[0] is None or words[amount[2]].lower not in {"hours", "days"}:
            return None
        number, after = amount[0], amount[2]
        days = number if words[after].lower == "days" else -(-number // 24)
        goes_on = words[after + 1].lower in cues.ago | cues.later | {"time", "after", "before"}
        if days <= LONGEST_STRETCH and number > 1 and not goes_on:
            return Stretch(amount=days, unit="day", bare=True), after + 1
    return None


def _vague(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "recently"."""
    if words[at].lower in calendar.cues.vague and words[at + 1].lower != "as":
        return Vague(why=f"'{words[at].lower}' does not settle a day"), at + 1
    return None


def _this_far(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "so far this year", "so far in 2019"."""
    if words.lowers(at, at + 3) == ("so", "far", "in"):
        year = read_years(words, at + 3, calendar, sure=True)
        return (Since(of=year[0]), year[1]) if year else None
    if words.lowers(at, at + 2) == ("so", "far"):
        found = read_related(words, at + 2, calendar)
        if found and isinstance(found[0], Unit) and found[0].offset == 0:
            return replace(found[0], part="earlier"), found[1]
    return None


def _since(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "since 2011", "since Friday", "since then", "since the war began in March 2011"."""
    if words[at].lower not in calendar.cues.since:
        return None
    if words[at + 1].lower == "then":
        return Since(), at + 2
    found = read_point(words, at + 1, calendar)
    if found is not None and found[1] > at + 1:
        return Since(of=found[0]), found[1]
    war, began, end = False, False, at + 1
    for place in range(at + 1, at + 1 + SINCE_REACH):
        word = words[place]
        if word.kind == "end" or word.lower in {".", ";", ":", "?", "!", "since", "when"}:
            break
        if word.lower in {"said", "told", "according", "says", "have", "has"}:
            break
        if word.lower in calendar.cues.to_be and not war:
            break  # "since this was to be an invasion": a reason, not a time
        if word.lower in {",", "which", "who"} and began:
            break
        if word.lower in calendar.cues.wars and not began:
            war, end = True, place + 1
        if word.lower in calendar.cues.begins:
            began, end = True, place + 1
        if (
            words[place - 1].lower in calendar.cues.prepositions
            or weekday_at(words, place, calendar) is not None
        ):
            dated = read_any_point(words, place, calendar)
            if dated is not None and words[dated[1]].lower in {"that", "which", "when"} and not began:
                return None  # "since an attack on Tuesday that killed 12": the day is the attack's
            if dated is not None and not isinstance(dated[0], Vague):
                return Since(of=dated[0]), dated[1]
    return (Since(war=True), end) if war else None


def _standing(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "for nearly three months" after "has been": from then to now."""
    if words[at].lower != "for" or words[at + 1].lower in {"the", "years", "months"}:
        return None
    before = words.lowers(at - STANDING_REACH, at)
    if "been" not in before or not {"has", "have"}.intersection(before):
        return None
    amount = read_amount(words, at + 1, calendar)
    unit = calendar.units.get(words[amount[2]].lower) if amount else None
    if amount is None or amount[0] is None or unit in {None, "hour", "weekend"}:
        return None
    return Since(of=Stretch(amount=amount[0], unit=unit or "day")), amount[2] + 1


def _until(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "until Friday", "until 2 July"."""
    if words[at].lower not in calendar.cues.until:
        return None
    found = read_point(words, at + 1, calendar)
    return (Until(of=found[0]), found[1]) if found else None


def _range(words: Words, at: int, calendar: Calendar) -> Found | None:
    """Read "between A and B" and "from A to B"."""
    word = words[at].lower
    between = word in calendar.cues.between
    if not between and word not in calendar.cues.from_:
        return None
    whole = read_point(words, at + 1, calendar)
    if whole is None:
        return None
    if isinstance(whole[0], Range | Years):
        return whole
    join = words[whole[1]].lower
    if (join not in {"and", "to"}) if between else (join not in calendar.cues.to or join == "and"):
        return None
    last = read_point(words, whole[1] + 1, calendar)
    if last is None or isinstance(last[0], Range | Since | Vague):
        return None
    return Range(first=whole[0], last=last[0]), last[1]


def _pair(words: Words, first: Found | None, calendar: Calendar) -> Found | None:
    """Read "May 28 - June 3", "Saturday and Sunday", "October and November" from its first point on."""
    if first is None or not isinstance(first[0], Date):
        return None
    join = words[first[1]].lower
    if join not in calendar.cues.to or join in calendar.cues.until:
        return None
    last = read_any_point(words, first[1] + 1, calendar)
    if last is None or not isinstance(last[0], Date):
        return None
    a, b = first[0], last[0]
    if (a.day is None) != (b.day is None) or (a.month is None) != (b.month is None):
        return None
    if join == "and":
        days = a.weekday is not None and b.weekday is not None and (b.weekday - a.weekday) % 7 == 1
        months = a.month is not None and b.month is not None and b.month - a.month == 1 and a.day is None
        if not (days or months):
            return None
    return Range(first=a, last=b), last[1]


COMPOSITES: tuple[Reader, ...] = (_range, _since, _standing, _until, _stretch, _this_far, _vague)
