"""By which words figures of several voices are weighed."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from typing import Any

from cairn.errors import LexiconError
from cairn.lexicon.toml import load_toml


@dataclass(frozen=True, slots=True, kw_only=True)
class TollWords:
    """Words of speakers' names and of victims, in lower case and without accents.

    Attributes:
        trusted: of each kind of speaker some words, the most trusted kind first, officials last.
        health: of bodies that see the wounded and the dead.
        official: of bodies that these may report to.
        common: tell no body from another.
        households: nouns that count no persons.
    """

    trusted: tuple[tuple[str, ...], ...]
    health: frozenset[str]
    official: frozenset[str]
    common: frozenset[str]
    households: frozenset[str]


@cache
def load_toll_words(language: str = "en") -> TollWords:
    """Load and check ``tolls.toml``; estimates need nothing else of a language.

    Raises:
        LexiconError: when the file is missing or a list is no list of words.
    """
    tables = load_toml(language, "tolls")

    def words(table: str, key: str) -> frozenset[str]:
        return frozenset(_checked(tables.get(table, {}).get(key), f"{language}/tolls.toml: {table}.{key}"))

    kinds = tables.get("kinds", {}).get("trusted") or [None]
    return TollWords(
        trusted=tuple(_checked(kind, f"{language}/tolls.toml: each of kinds.trusted") for kind in kinds),
        health=words("dependence", "health"),
        official=words("dependence", "official"),
        common=words("names", "common"),
        households=words("nouns", "households"),
    )


def _checked(words: Any, name: str) -> tuple[str, ...]:
    if not isinstance(words, list) or not words or not all(isinstance(each, str) and each for each in words):
        raise LexiconError(f"lexicon file {name} must be a list of words")
    return tuple(words)
