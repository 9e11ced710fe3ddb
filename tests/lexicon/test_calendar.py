from __future__ import annotations

from typing import Any

import pytest

from cairn.errors import LexiconError
from cairn.lexicon.calendar import load_calendar, parse_calendar
from cairn.lexicon.toml import load_toml


def tables() -> dict[str, Any]:
    return load_toml("en", "calendar")


def test_every_month_and_weekday_has_a_full_name() -> None:
    calendar = load_calendar()
    assert {calendar.months[name] for name in calendar.months if len(name) > 2} == set(range(1, 13))
    assert {calendar.weekdays[name] for name in calendar.weekdays if name.endswith("day")} == set(range(7))


@pytest.mark.parametrize(
    ("table", "word", "value"),
    [
        ("months", "smarch", 13),
        ("months", "Caps", 1),
        ("weekdays", "noday", 7),
        ("units", "moon", "moon"),
        ("parts", "half", "half"),
        ("holidays", "leap day", [2, 30]),
        ("holidays", "leap day", "2-29"),
    ],
)
def test_a_value_no_calendar_has_is_refused_by_name(table: str, word: str, value: object) -> None:
    broken = tables()
    broken[table][word] = value
    with pytest.raises(LexiconError, match=rf"{table}.*{word}"):
        parse_calendar(broken, "en/calendar.toml")


def test_a_missing_table_is_refused() -> None:
    broken = tables()
    del broken["seasons"]
    with pytest.raises(LexiconError, match="seasons"):
        parse_calendar(broken, "en/calendar.toml")


def test_a_misspelt_cue_is_refused() -> None:
    broken = tables()
    broken["cues"]["untill"] = broken["cues"].pop("until")
    with pytest.raises(LexiconError, match="untill"):
        parse_calendar(broken, "en/calendar.toml")


def test_an_empty_cue_is_refused() -> None:
    broken = tables()
    broken["cues"]["wires"] = []
    with pytest.raises(LexiconError, match="wires"):
        parse_calendar(broken, "en/calendar.toml")
