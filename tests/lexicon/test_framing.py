"""Loaded wording as data: forms agree, conditions are known, parties keep their own names."""

from __future__ import annotations

from typing import Any

import pytest

from cairn.errors import LexiconError
from cairn.lexicon import FramingWords, Lexicon, LoadedPhrase, PartyKind, load_actors
from cairn.lexicon.framing import load_framing
from cairn.lexicon.toml import load_toml
from cairn.records import FramingKind

ARMED = {PartyKind.ARMED_GROUP, PartyKind.GOVERNMENT, PartyKind.MILITARY, PartyKind.SECURITY}


@pytest.fixture
def known(lexicon: Lexicon) -> FramingWords:
    return lexicon.framing


def phrases(known: FramingWords, words: str) -> list[LoadedPhrase]:
    wanted = tuple(words.split())
    return [phrase for phrase in known.phrases[wanted[0]] if phrase.words == wanted]


@pytest.mark.parametrize(
    ("words", "neutral"),
    [
        ("regimes", "governments"),
        ("martyrs", "dead people"),
        ("massacred", "killed"),
        ("slaughtering", "killing"),
        ("wreaked havoc", "caused damage"),
        ("brutal", ""),
    ],
)
def test_the_neutral_wording_has_the_form_of_the_loaded_one(
    words: str, neutral: str, known: FramingWords
) -> None:
    assert neutral in [phrase.neutral for phrase in phrases(known, words)]


def test_what_has_conditions_is_tried_first_and_long_phrases_before_short_ones(known: FramingWords) -> None:
    tried = known.phrases["terrorist"]
    lengths = [len(phrase.words) for phrase in tried]
    assert lengths == sorted(lengths, reverse=True)
    single = [phrase.before for phrase in tried if len(phrase.words) == 1]
    assert single == ["party", "noun", None]


@pytest.mark.parametrize(
    ("key", "value", "told"),
    [
        ("kind", "slander", "slander"),
        ("form", "adjective", "adjective"),
        ("before", "weather", "weather"),
        ("unless", "weather", "weather"),
    ],
)
def test_what_is_not_known_is_refused_by_name(
    key: str, value: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken: dict[str, Any] = load_toml("en", "framing")
    broken["loaded"][0][key] = value
    monkeypatch.setattr("cairn.lexicon.framing.load_toml", lambda *_: broken)
    with pytest.raises(LexiconError, match=rf"framing\.toml.*{told}"):
        load_framing("en", {})


def test_no_side_of_a_war_is_called_by_a_label(known: FramingWords) -> None:
    labels = {
        phrase.words[0]
        for group in known.phrases.values()
        for phrase in group
        if phrase.kind is FramingKind.LABEL
        and len(phrase.words) == 1
        and not (phrase.before or phrase.unless or phrase.lower or phrase.alone)
    }
    called = {
        party.name: labels.intersection(party.name.lower().split())
        for party in load_actors().parties.values()
        if party.kind in ARMED
    }
    assert {name: words for name, words in called.items() if words} == {}
