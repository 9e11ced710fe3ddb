"""Every place that names a doer goes to one doer."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from cairn.claims.names import collect_names
from cairn.claims.tellings import Doer, gather_doers, party_words
from cairn.claims.view import sentence_views
from cairn.lexicon import Lexicon
from cairn.records import Reading
from tables import Row, rows

ReadMarks = Callable[..., Reading]


def doers(text: str, lexicon: Lexicon, reading_of: ReadMarks) -> tuple[Doer, ...]:
    reading = reading_of(text)
    return gather_doers(sentence_views(reading), reading, collect_names(reading), lexicon)


def sentences(text: str, name: str, lexicon: Lexicon, reading_of: ReadMarks) -> set[int]:
    """Return the sentences that name the doer whose fullest name is ``name``."""
    found = [doer for doer in doers(text, lexicon, reading_of) if doer.full.span.words(text) == name]
    assert len(found) == 1
    return {telling.sentence for telling in found[0].tellings}


def test_a_short_form_is_the_longer_name(lexicon: Lexicon, reading_of: ReadMarks) -> None:
    text = "Regime air raids hit Tarn. The Syrian regime shelled Afgoye, killing two porters."
    assert sentences(text, "Syrian regime", lexicon, reading_of) == {0, 1}


def test_craft_are_of_their_country(lexicon: Lexicon, reading_of: ReadMarks) -> None:
    text = "Russian warplanes bombed a depot. Two porters died in Russian air strikes."
    assert sentences(text, "Russian", lexicon, reading_of) == {0, 1}


def test_a_pronoun_is_the_attacker_before_it(lexicon: Lexicon, reading_of: ReadMarks) -> None:
    text = "Gunmen stormed a school in Tarn. They killed two porters."
    assert sentences(text, "Gunmen", lexicon, reading_of) == {0, 1}


def test_two_forces_of_one_kind_stay_apart(lexicon: Lexicon, reading_of: ReadMarks) -> None:
    text = "The Turkish army shelled Tarn. The Syrian army shelled Afgoye."
    names = {doer.full.span.words(text) for doer in doers(text, lexicon, reading_of)}
    assert {"Turkish army", "Syrian army"} <= names


def test_who_answers_for_the_words_is_kept(lexicon: Lexicon, reading_of: ReadMarks) -> None:
    text = "Two porters were killed. The mayor said rebels shelled the market."
    rebels = next(doer for doer in doers(text, lexicon, reading_of) if doer.full.span.words(text) == "rebels")
    assert all(frozenset({"mayor"}) in telling.voices for telling in rebels.tellings)


def test_the_words_of_a_party(lexicon: Lexicon) -> None:
    assert party_words("Russian warplanes", lexicon) == party_words("Russia", lexicon)
    assert party_words("suspected rebels", lexicon) == party_words("rebel forces", lexicon)
    assert party_words("forces", lexicon) == {"force"}


def test_plurals_in_ies_and_men_are_one_party_with_their_singular(lexicon: Lexicon) -> None:
    for singular, plural in (("mercenary", "mercenaries"), ("rebel", "rebels"), ("guardsman", "guardsmen")):
        assert party_words(singular, lexicon) == party_words(plural, lexicon)


def test_an_abbreviation_is_the_body_told_before(lexicon: Lexicon, reading_of: ReadMarks) -> None:
    text = "The Tarn Liberation Front shelled Afgoye. The TLF killed two porters."
    assert sentences(text, "Tarn Liberation Front", lexicon, reading_of) == {0, 1}


def test_who_speaks_of_itself_is_the_doer(lexicon: Lexicon, reading_of: ReadMarks) -> None:
    text = "Rebels fled from Tarn. The government said it killed two porters."
    found = [doer for doer in doers(text, lexicon, reading_of) if doer.full.span.words(text) == "government"]
    assert any(telling.party.role == "subject-of-harm" for telling in found[0].tellings)


@pytest.mark.parametrize("row", rows("tellings"), ids=lambda row: row["text"])
def test_tellings_of_the_case_table(row: Row, lexicon: Lexicon, reading_of: ReadMarks) -> None:
    told = sentences(row["text"], row["doer"], lexicon, reading_of)
    assert told == {int(number) for number in row["sentences"].split()}
