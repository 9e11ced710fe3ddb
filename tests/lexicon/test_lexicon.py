"""Every lexicon file loads, and what it names stands up to the records."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

import cairn.lexicon
import cairn.lexicon.confidence as lexicon_confidence
from cairn.errors import LexiconError
from cairn.lexicon import Form, Lexicon, load_lexicon, load_toll_words
from cairn.lexicon.harms import load_harms
from cairn.lexicon.means import load_means
from cairn.lexicon.people import load_people
from cairn.lexicon.toml import load_toml
from cairn.records import Group, Harm, Means, Role, TargetKind

FOLDER = Path(str(files("cairn.lexicon"))) / "en"
NAMES = sorted(path.stem for path in FOLDER.glob("*.toml"))


def test_the_lexicon_is_loaded_once() -> None:
    assert load_lexicon() is load_lexicon()


@pytest.mark.parametrize("name", NAMES)
def test_a_file_is_toml_with_something_in_every_table(name: str) -> None:
    tables = load_toml("en", name)
    assert tables
    assert all(table or table in (0, False) for key, table in tables.items()), name


@pytest.mark.parametrize("name", NAMES)
def test_no_list_of_words_holds_a_word_twice_or_in_capitals(name: str) -> None:
    if name in ("agencies", "geography", "organs"):
        pytest.skip("names keep their capitals there")
    for key, words in _lists(load_toml("en", name)):
        assert not [word for word in words if word != word.lower() or word != word.strip()], key


def _lists(tables: dict[str, Any], prefix: str = "") -> list[tuple[str, list[str]]]:
    found: list[tuple[str, list[str]]] = []
    for key, value in tables.items():
        if isinstance(value, dict):
            found += _lists(value, f"{prefix}{key}.")
        elif isinstance(value, list) and all(isinstance(word, str) for word in value):
            found.append((prefix + key, value))
    return found


def test_every_file_has_a_module_that_knows_it() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in Path(cairn.lexicon.__path__[0]).glob("*.py"))
    assert [name for name in NAMES if f'"{name}"' not in code] == []


def test_an_unknown_language_is_refused_by_file() -> None:
    with pytest.raises(LexiconError, match=r"xx/grammar\.toml"):
        load_lexicon("xx")


def test_every_harm_has_a_verb_a_noun_and_a_name(lexicon: Lexicon) -> None:
    known = {phrase.harm for phrases in lexicon.harms.phrases.values() for phrase in phrases}
    assert known == set(Harm)


def test_every_role_is_used(lexicon: Lexicon) -> None:
    used = {phrase.role for phrases in lexicon.harms.phrases.values() for phrase in phrases}
    assert used == set(Role)


def test_longer_expressions_come_first(lexicon: Lexicon) -> None:
    for phrases in lexicon.harms.phrases.values():
        lengths = [len(phrase.words) for phrase in phrases]
        assert lengths == sorted(lengths, reverse=True)


def test_every_group_has_a_noun(lexicon: Lexicon) -> None:
    assert set().union(*lexicon.people.singular.values()) == set(Group)


def test_no_noun_is_a_person_and_a_thing(lexicon: Lexicon) -> None:
    people = lexicon.people
    assert not people.things & (people.singular.keys() | people.plural.keys())


def test_every_means_and_target_has_words(lexicon: Lexicon) -> None:
    assert set(lexicon.means.means.values()) == set(Means)
    assert set(lexicon.means.targets.values()) == set(TargetKind) - {TargetKind.OTHER}


def test_hedges_are_of_known_kinds(lexicon: Lexicon) -> None:
    kinds = {"at_least", "at_most", "below", "about", "neutral"}
    assert set(lexicon.quantities.before.values()) <= kinds
    assert set(lexicon.quantities.after.values()) <= kinds


@pytest.mark.parametrize(
    ("phrase", "low"),
    [
        ("dozens", 24),
        ("scores", 40),
        ("hundreds", 200),
        ("thousands", 2000),
        ("tens of thousands", 20000),
        ("hundreds of thousands", 200000),
        ("millions", 2000000),
        ("several", 2),
        ("tens", 20),
    ],
)
def test_vague_quantities_are_those_of_the_contract(phrase: str, low: int, lexicon: Lexicon) -> None:
    assert lexicon.quantities.vague[phrase] == low


def test_verbs_of_saying_are_in_the_past_tense_too(lexicon: Lexicon) -> None:
    assert lexicon.speech.verbs["said"][0] == "say"
    assert Form.PAST in lexicon.speech.verbs["told"][1]


def test_weights_speak_of_the_slots_that_are_chosen(lexicon: Lexicon) -> None:
    assert {"speakers", "time", "place"} <= lexicon.weights.keys()
    assert all(table for table in lexicon.weights.values())


@pytest.mark.parametrize(
    ("load", "module", "table"),
    [
        (lambda: load_harms("en", {}), "harms", "object"),
        (lambda: load_people("en"), "people", "groups"),
        (lambda: load_means("en", {}), "means", "means"),
    ],
)
def test_a_code_that_the_records_do_not_know_is_refused(
    load: Any, module: str, table: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = load_toml("en", module)
    broken[table]["vaporised"] = ["vaporise"]
    monkeypatch.setattr(f"cairn.lexicon.{module}.load_toml", lambda *_: broken)
    with pytest.raises(LexiconError, match=rf"{module}\.toml.*vaporised"):
        load()


def test_confidence_that_is_no_table_of_numbers_is_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lexicon_confidence, "files", lambda _: tmp_path)
    (tmp_path / "en").mkdir()
    with pytest.raises(LexiconError, match="is missing or broken"):
        lexicon_confidence.load_confidence("en")
    for broken in ('{"claim": 1}', '{"claim": {"bias": "much"}}', "[", "[]"):
        (tmp_path / "en" / "confidence.json").write_text(broken, encoding="utf-8")
        with pytest.raises(LexiconError, match="broken"):
            lexicon_confidence.load_confidence("en")
    (tmp_path / "en" / "confidence.json").write_text('{"claim": {"bias": 2}}', encoding="utf-8")
    assert lexicon_confidence.load_confidence("en") == {"claim": {"bias": 2.0}}


@pytest.mark.parametrize("broken", [[], ["ministry", 7], "ministry"])
def test_words_of_tolls_that_are_no_list_of_words_are_refused(
    broken: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    tables = load_toml("en", "tolls")
    tables["dependence"]["official"] = broken
    monkeypatch.setattr("cairn.lexicon.tolls.load_toml", lambda *_: tables)
    load_toll_words.cache_clear()
    with pytest.raises(LexiconError, match=r"tolls\.toml: dependence\.official"):
        load_toll_words()
