"""Spellings of one name meet, names of different places do not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cairn.lexicon.spelling import name_key, plain_key, skeleton


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Sana'a", "Sanaa"),
        ("Şan‘ā’", "SANA"),
        ("Sana’a", "sanaa"),
        ("Deir ez-Zor", "Deir ez Zor"),
        ("São Paulo", "Sao Paulo"),
        ("St. Petersburg", "Saint Petersburg"),
        ("Łódź", "Lodz"),
        ("Diyarbakır", "DIYARBAKIR"),
        ("Port-au-Prince", "Port au Prince"),
    ],
)
def test_plain_spellings_meet(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


@pytest.mark.parametrize(("one", "other"), [("Homs", "Hama"), ("Georgia", "Georgian"), ("Niger", "Nigeria")])
def test_different_names_stay_apart(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


@pytest.mark.parametrize(
    ("one", "other"),
    [("al-Hasakah", "Hasakah"), ("Deir ez-Zor", "Deir al-Zor"), ("As-Suwayda", "al-Suwayda")],
)
def test_articles_do_not_count(one: str, other: str) -> None:
    assert plain_key(name_key(one)) == plain_key(name_key(other))


@pytest.mark.parametrize("name", ["Al", "El", "Los Angeles", "An"])
def test_a_name_is_never_an_article_alone(name: str) -> None:
    assert plain_key(name_key(name))


@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("Deir Ezzour", "Deir ez-Zor"),
        ("Khan Sheikhoun", "Khān Shaykhūn"),
        ("Maaret al-Numan", "Ma‘arrat an Nu‘mān"),
        ("Qamishli", "Kamishly"),
    ],
)
def test_romanisations_share_their_consonants(one: str, other: str) -> None:
    assert skeleton(name_key(one)) == skeleton(name_key(other))


@pytest.mark.parametrize(("one", "other"), [("Idlib", "Dalab"), ("Aleppo", "Lebap"), ("Homs", "Hims Sanjar")])
def test_other_names_do_not(one: str, other: str) -> None:
    assert skeleton(name_key(one)) != skeleton(name_key(other))


@pytest.mark.parametrize("name", ["Ma", "Homa", "Aue", "Gao"])
def test_two_consonants_tell_nothing(name: str) -> None:
    assert skeleton(name_key(name)) is None


@given(st.text(max_size=60))
def test_key_of_a_key_is_itself(name: str) -> None:
    key = name_key(name)
    assert name_key(key) == key


@given(st.text(max_size=60))
def test_keys_of_any_text_hold_only_plain_letters(name: str) -> None:
    assert set(name_key(name)) <= set("abcdefghijklmnopqrstuvwxyz0123456789 ")
    skeleton(plain_key(name_key(name)))
