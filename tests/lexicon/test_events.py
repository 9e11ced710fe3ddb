"""Words for acts: what they tell, and that a file that breaks the rules is refused by name."""

from __future__ import annotations

from copy import deepcopy
from typing import Any

import pytest

import cairn.lexicon.events as lexicon_events
from cairn.errors import LexiconError
from cairn.lexicon import Frame, Lexicon
from cairn.lexicon.events import load_events
from cairn.lexicon.toml import load_toml
from cairn.records import EventStatus, EventType

IRREGULAR = {"hold": ("held", "held")}


def test_every_type_has_words(lexicon: Lexicon) -> None:
    known = (*lexicon.events.verbs.values(), *lexicon.events.nouns.values())
    assert {expression.act.type for found in known for expression in found} == set(EventType)


def test_the_expression_of_most_words_comes_first(lexicon: Lexicon) -> None:
    for found in (*lexicon.events.verbs.values(), *lexicon.events.nouns.values()):
        lengths = [expression.length for expression in found]
        assert lengths == sorted(lengths, reverse=True)


@pytest.mark.parametrize(
    ("form", "kind"),
    [("accused", EventType.ACCUSE), ("met", EventType.CONSULT), ("fled", EventType.SANCTION)],
)
def test_a_verb_is_known_in_its_forms(form: str, kind: EventType, lexicon: Lexicon) -> None:
    assert kind in {expression.act.type for expression in lexicon.events.verbs[form]}


def test_a_noun_of_several_words_is_known_by_its_head(lexicon: Lexicon) -> None:
    found = lexicon.events.nouns["strikes"]
    assert {expression.act.mode for expression in found if any("air" in b for b in expression.beside)} == {
        "aerial"
    }


def test_stances_are_told_apart(lexicon: Lexicon) -> None:
    given = {word: lexicon.events.stances[word] for word in ("denied", "alleged", "plans", "fears")}
    assert set(given.values()) == set(EventStatus) - {EventStatus.ACTUAL}


def test_an_accusation_holds_its_content_against_somebody(lexicon: Lexicon) -> None:
    assert all(e.act.frame is Frame.ALLEGES for e in lexicon.events.verbs["accused"] if not e.beside)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"type": "GREET"}, "GREET"),
        ({"type": "ASSAULT", "mode": "visit"}, "no mode 'visit'"),
        ({"frame": "sideways"}, "sideways"),
    ],
)
def test_a_row_that_breaks_the_rules_is_refused(
    change: dict[str, str], complaint: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables: dict[str, Any] = deepcopy(load_toml("en", "events"))
    tables["acts"][0] |= change
    monkeypatch.setattr(lexicon_events, "load_toml", lambda language, name: tables)
    with pytest.raises(LexiconError, match=complaint):
        load_events("en", IRREGULAR)


@pytest.mark.parametrize(
    ("table", "row"),
    [("threats", {"dance": ["waltz"]}), ("about", {"dance": ["waltz"]})],
)
def test_a_mode_that_is_none_is_refused(
    table: str, row: dict[str, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    tables: dict[str, Any] = deepcopy(load_toml("en", "events"))
    tables[table] |= row
    monkeypatch.setattr(lexicon_events, "load_toml", lambda language, name: tables)
    with pytest.raises(LexiconError, match="no mode"):
        load_events("en", IRREGULAR)
