"""Agencies and the words of walls: what a file that breaks its own rules is told."""

from __future__ import annotations

import pytest

from cairn.errors import LexiconError
from cairn.lexicon import agencies, walls
from cairn.lexicon.agencies import load_agencies
from cairn.lexicon.walls import load_wall_words

LISTS = {key: ["x"] for key in ("unnamed", "before", "after", "picture", "picture_before", "staff")}


def test_names_of_one_agency_have_one_key() -> None:
    names = load_agencies("en").names
    assert names["AP"] == names["Associated Press"]
    assert len(set(names.values())) > 150


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ({"agencies": {"a": ["AFP"], "b": ["AFP"]}, "words": LISTS}, "'AFP' stands under a and b"),
        ({"agencies": {"a": ["AFP"]}, "words": {}}, "must be there"),
        ({"words": LISTS}, "agencies must be there"),
    ],
)
def test_agencies_are_checked(tables: dict[str, object], told: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(agencies, "load_toml", lambda *_: tables)
    with pytest.raises(LexiconError, match=told):
        load_agencies("en")


@pytest.mark.parametrize("words", [[], "cookie", ["Cookie"], [1]])
def test_words_of_walls_are_checked(words: object, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(walls, "load_toml", lambda *_: {"consent": {"words": words}})
    with pytest.raises(LexiconError, match=r"walls.toml: consent.words must be"):
        load_wall_words("en")
