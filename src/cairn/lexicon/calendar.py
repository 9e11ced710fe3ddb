"""Words that say when: months, weekdays, units, and the small words that turn them into days."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, fields
from types import MappingProxyType
from typing import Any

from cairn.errors import LexiconError
from cairn.lexicon.toml import load_toml

UNITS = frozenset({"hour", "day", "weekend", "week", "fortnight", "month", "year", "decade"})
PARTS = frozenset({"early", "mid", "late", "earlier", "later"})
LONGEST_MONTHS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


@dataclass(frozen=True, slots=True, kw_only=True)
class Cues:
    """Sets of words in lower case, each named after what its words do beside a date.

    The lexicon file says of each set what it is for.
    """

    fickle: frozenset[str]
    not_days: frozenset[str]
    last: frozenset[str]
    this: frozenset[str]
    next: frozenset[str]
    past: frozenset[str]
    coming: frozenset[str]
    same: frozenset[str]
    previous: frozenset[str]
    following: frozenset[str]
    ago: frozenset[str]
    later: frozenset[str]
    earlier: frozenset[str]
    since: frozenset[str]
    until: frozenset[str]
    between: frozenset[str]
    from_: frozenset[str]
    to: frozenset[str]
    recent: frozenset[str]
    vague: frozenset[str]
    few: frozenset[str]
    about: frozenset[str]
    overnight: frozenset[str]
    dayparts: frozenset[str]
    before_dayparts: frozenset[str]
    leads: frozenset[str]
    clock_tails: frozenset[str]
    month_before: frozenset[str]
    year_before: frozenset[str]
    determiners: frozenset[str]
    function_words: frozenset[str]
    counted: frozenset[str]
    occasions: frozenset[str]
    begins: frozenset[str]
    wars: frozenset[str]
    future: frozenset[str]
    nouns_too: frozenset[str]
    owners: frozenset[str]
    would: frozenset[str]
    due: frozenset[str]
    to_be: frozenset[str]
    past_verbs: frozenset[str]
    after_which: frozenset[str]
    happenings: frozenset[str]
    headers: frozenset[str]
    prepositions: frozenset[str]
    wires: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Calendar:
    """What one language calls days and stretches of time; all words in lower case.

    Attributes:
        months: name or abbreviation to 1..12.
        weekdays: name or abbreviation to 0 (Monday) .. 6.
        seasons: name to its first month; a season lasts three.
        holidays: name of one or more words to (month, day).
        days: word to days after the day of speaking ("yesterday" -1).
        units: word to one of ``UNITS``.
        parts: word to one of ``PARTS``.
        numbers: word to whole number.
        ordinals: word to whole number.
    """

    months: Mapping[str, int]
    weekdays: Mapping[str, int]
    seasons: Mapping[str, int]
    holidays: Mapping[str, tuple[int, int]]
    days: Mapping[str, int]
    units: Mapping[str, str]
    parts: Mapping[str, str]
    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    cues: Cues


def load_calendar(language: str = "en") -> Calendar:
    """Return the calendar words of ``language``.

    Raises:
        LexiconError: when the file is missing, lacks a table or a cue, holds one it should not, or a word
            means what no calendar knows (month 13, an unknown unit).
    """
    return parse_calendar(load_toml(language, "calendar"), f"{language}/calendar.toml")


def parse_calendar(tables: dict[str, Any], name: str) -> Calendar:
    """Return the calendar that ``tables`` of the file ``name`` describe; errors as ``load_calendar``."""
    expected = {field.name for field in fields(Calendar)}
    if set(tables) != expected:
        raise LexiconError(f"{name}: tables {sorted(set(tables) ^ expected)} are missing or unknown")

    def table(key: str, holds: Callable[[Any], bool], says: str) -> Mapping[str, Any]:
        for word, value in tables[key].items():
            if word != word.lower() or not holds(value):
                raise LexiconError(f"{name}: [{key}] {word} = {value!r}, expected lower case and {says}")
        return MappingProxyType(dict(tables[key]))

    holidays = table("holidays", _is_month_and_day, "[month, day]")
    return Calendar(
        months=table("months", _within(1, 12), "1..12"),
        weekdays=table("weekdays", _within(0, 6), "0..6"),
        seasons=table("seasons", _within(1, 12), "1..12"),
        holidays=MappingProxyType({word: (value[0], value[1]) for word, value in holidays.items()}),
        days=table("days", _within(-7, 7), "-7..7"),
        units=table("units", UNITS.__contains__, f"one of {sorted(UNITS)}"),
        parts=table("parts", PARTS.__contains__, f"one of {sorted(PARTS)}"),
        numbers=table("numbers", _within(0, 1000), "a whole number up to 1000"),
        ordinals=table("ordinals", _within(1, 31), "1..31"),
        cues=_cues(tables["cues"], name),
    )


def _cues(sets: dict[str, Any], name: str) -> Cues:
    """Return the sets of words; ``from`` is a word of Python, so its field has an underscore."""
    keys = {field.name: field.name.rstrip("_") for field in fields(Cues)}
    if set(sets) != set(keys.values()):
        raise LexiconError(f"{name}: cues {sorted(set(sets) ^ set(keys.values()))} are missing or unknown")
    for key, words in sets.items():
        if not words or not all(isinstance(word, str) and word == word.lower() for word in words):
            raise LexiconError(f"{name}: cue {key} needs words in lower case, not {words!r}")
    return Cues(**{field: frozenset(sets[key]) for field, key in keys.items()})


def _within(low: int, high: int) -> Callable[[Any], bool]:
    """Return the test for a whole number from ``low`` to ``high``."""
    return lambda value: isinstance(value, int) and low <= value <= high


def _is_month_and_day(value: Any) -> bool:
    """Say whether ``value`` is [month, day] of some year."""
    if not (isinstance(value, list) and len(value) == 2 and all(isinstance(part, int) for part in value)):
        return False
    month, day = value
    return bool(1 <= month <= 12 and 1 <= day <= LONGEST_MONTHS[month - 1])
